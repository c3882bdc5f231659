"""What a page is put together from, each part by itself: filters, pages, periods, limits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl import Article, Site
from index import Document
from searcher import MOST_LETTERS, Results, Searcher
from tests.newsroom import fill
from web.locale.locale import CATALOGS
from web.locale.outlets import OutletNames
from web.metrics import Metrics
from web.results.examples import USUAL, examples, words_of
from web.results.facets import MOST_FOLDED, SHOWN_CHOICES, SHOWN_MONTHS, facet_groups
from web.results.no_results import MOST_WORDS, words_alone
from web.results.page import MOST_ACTIVE, ResultsPage, results_page
from web.results.periods import DAYS, first_days, newest_day
from web.results.top_stories import top_stories
from web.rights.rate import Rate
from web.search_params import MOST_PAGES, SearchParams

STORY = "أعلنت البلدية افتتاح الجسر الجديد بعد عامين من العمل وحضر الحفل مئات الأهالي."


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """A handful of articles of two days, one of the future, one story in three papers."""
    folder = tmp_path_factory.mktemp("parts")
    told = [
        Article(url=f"https://{n}.example/1", title="افتتاح الجسر", body=STORY * 3,
                date="2015-08-20", source=f"جريدة {n}")
        for n in range(3)
    ]  # fmt: skip
    other = Article(url="https://a.example/2", title="السفير يزور الميناء", body="خبر قصير",
                    date="2015-08-19", source="جريدة 0")  # fmt: skip
    future = Article(url="https://a.example/3", title="عرض", body="ساعة", date="2999-01-01")
    fill(folder, *told, other, future)
    return Searcher.open(f"whoosh:{folder / 'index'}")


COUNTS = [(f"كاتب {number}", 40 - number) for number in range(40)]


def test_a_group_shows_the_most_frequent_values_and_folds_some_more() -> None:
    """With shares of the most; a corpus may have thousands."""
    (group,) = facet_groups({"author": COUNTS}, SearchParams(), {})
    assert (len(group.shown), len(group.folded), group.total) == (SHOWN_CHOICES, MOST_FOLDED, 40)
    assert [choice.share for choice in group.shown[:2]] == [100, 97]


def test_a_chosen_value_is_in_sight_however_rare() -> None:
    """And also where no article of the answer has it."""
    (group,) = facet_groups({"author": COUNTS}, SearchParams(author=("كاتب 39", "لا أحد")), {})
    assert [(one.value, one.count) for one in group.shown if one.chosen] == [
        ("كاتب 39", 1),
        ("لا أحد", 0),
    ]


def test_a_value_is_looked_for_by_letters_however_typed() -> None:
    """أحمد is found by «احمد»; what is too long to be asked for is not offered."""
    counts = [("أحمد", 3), ("منى", 2), ("أحمد " * MOST_LETTERS, 1)]
    (group,) = facet_groups({"author": counts}, SearchParams(), {"author": "احمد"})
    assert ([one.value for one in group.choices], group.wanted) == (["أحمد"], "احمد")


@pytest.mark.parametrize(
    ("counts", "offered"),
    [({"language": [("ar", 5)]}, 0), ({"language": [("ar", 5), ("en", 1)]}, 1),
     ({"source": [("الساحل", 5)]}, 1), ({"source": []}, 0), ({"week": [("2015-08-16", 5)]}, 0)],
)  # fmt: skip
def test_a_filter_that_offers_no_choice_is_not_shown(
    counts: dict[str, list[tuple[str, int]]], offered: int
) -> None:
    """One language is none; one source may be left out."""
    assert len(facet_groups(counts, SearchParams(), {})) == offered


def test_months_stand_newest_first_and_are_months() -> None:
    """What an import called a date may be none."""
    counts = [(f"{year}-08", 1) for year in range(1990, 2015)] + [("1995", 7)]
    (group,) = facet_groups({"month": counts}, SearchParams(), {})
    assert [one.value for one in group.shown] == [f"{2014 - n}-08" for n in range(SHOWN_MONTHS)]


def page(total: int, number: int = 1, **params: object) -> ResultsPage:
    """A page of a question with so many matches."""
    asked = SearchParams(query="سفير", page=number, limit=10, **params)
    return ResultsPage(asked, Results("سفير", total, ()), {}, ())


@pytest.mark.parametrize(
    ("total", "number", "numbers"),
    [
        (0, 1, []),
        (10, 1, [1]),
        (11, 1, [1, 2]),
        (100, 1, [1, 2, 3, 0, 10]),
        (100, 5, [1, 0, 3, 4, 5, 6, 7, 0, 10]),
        (100, 4, [1, 2, 3, 4, 5, 6, 0, 10]),
        (100, 99, [1, 0, 10]),
    ],
)
def test_page_numbers_are_the_first_the_last_and_those_around(
    total: int, number: int, numbers: list[int]
) -> None:
    """A gap stands for the others."""
    assert page(total, number).numbers == numbers


def test_pages_end_where_nobody_turns_them_any_more() -> None:
    """And the last one says so."""
    assert page(10**6).page_count == MOST_PAGES
    assert [page(10**6, n).is_cut for n in (1, MOST_PAGES)] == [False, True]
    assert not page(MOST_PAGES * 10, MOST_PAGES).is_cut


def test_every_filter_that_is_on_can_be_taken_off() -> None:
    """By a link each, up to a bound."""
    found = page(9, source=("أ", "ب"), since="2015-08-01")
    assert [(name, value) for name, value, _ in found.active] == [
        ("source", "أ"), ("source", "ب"), ("since", "2015-08-01"),
    ]  # fmt: skip
    assert [rest.source for _, _, rest in found.active] == [("ب",), ("أ",), ("أ", "ب")]
    many = page(9, source=tuple(map(str, range(MOST_ACTIVE + 3))))
    assert len(many.active_shown) == MOST_ACTIVE


def test_a_chosen_filter_is_counted_as_if_it_were_not(searcher: Searcher) -> None:
    """So that its neighbours can be added."""
    found = results_page(searcher, SearchParams(query="الجسر", source=("جريدة 1",)))
    assert found.results.total == 1
    assert dict(found.counts["source"]) == {f"جريدة {n}": 1 for n in range(3)}


@given(st.dates())
def test_periods_end_on_the_newest_day_and_contain_one_another(newest: date) -> None:
    """Also in the first year that there is."""
    starts = first_days(newest)
    assert list(starts) == list(DAYS)
    assert sorted(starts.values(), reverse=True) == list(starts.values())
    assert starts["day"] == newest.isoformat()


def test_a_day_of_the_future_moves_no_period(searcher: Searcher, tmp_path: Path) -> None:
    """Where no article has a day, it is today."""
    today = date(2026, 11, 28)
    assert newest_day(searcher, today) == date(2015, 8, 20)
    fill(tmp_path, Article(url="1", title="بلا تاريخ", body=""))
    assert newest_day(Searcher.open(f"whoosh:{tmp_path / 'index'}"), today) == today


def test_a_top_story_is_told_by_several_papers(searcher: Searcher) -> None:
    """Its earliest article, and how many told it."""
    (found,) = top_stories(searcher, date(2015, 8, 20))
    assert (found[0].title, found[1]) == ("افتتاح الجسر", 3)
    assert top_stories(searcher, date(2015, 8, 1)) == []


def test_each_word_that_found_nothing_says_what_it_finds_alone(searcher: Searcher) -> None:
    """And what the question finds without it; stop words are not asked."""
    told = words_alone(searcher, SearchParams(query="السفير في زلزال"))
    assert [(one.text, one.total, one.rest_total) for one in told] == [
        ("السفير", 1, 0), ("زلزال", 0, 1),
    ]  # fmt: skip
    assert words_alone(searcher, SearchParams(query="كلمة " * (MOST_WORDS + 1))) == []
    assert words_alone(searcher, SearchParams(query="")) == []


def test_examples_are_of_words_that_the_archive_holds() -> None:
    """Usual ones where it holds none."""
    newest = [
        Document(key="1", url="", title="Harbour reopens", body=""),
        Document(key="2", url="", title="الوزير الجديد في القاهرة", body="", source="الساحل",
                 date="2015-08-20"),
        Document(key="3", url="", title="افتتاح الملعب", body=""),
    ]  # fmt: skip
    words = words_of(newest)
    assert (words["a"], words["b"], words["source"]) == ("الوزير", "الجديد", "الساحل")
    assert words["c"] in ("افتتاح", "الملعب")
    assert words_of([]) == {}
    for catalog in CATALOGS.values():
        shown = examples(catalog, [])
        assert len(shown) == len(catalog.syntax)
        assert any(USUAL["a"] in written for written, _ in shown)


def test_metrics_of_two_applications_stay_apart() -> None:
    """Each counts in a registry of its own."""
    one, other = Metrics(), Metrics()
    one.answers.labels("search", "200").inc()
    one.seconds.labels("search").observe(0.004)
    assert b'bahith_answers_total{route="search",status="200"} 1.0' in one.text()
    assert b'bahith_answer_seconds_bucket{le="0.005",route="search"} 1.0' in one.text()
    assert b'route="search"' not in other.text()


def test_a_reader_waits_who_asks_too_often() -> None:
    """Others do not."""
    rate = Rate("2/minute")
    assert [rate.wait("a") for _ in range(2)] == [0, 0]
    assert 1 <= rate.wait("a") <= 60
    assert rate.wait("b") == 0
    with pytest.raises(ValueError, match="many"):
        Rate("as many as they want")


def test_an_outlet_is_called_what_it_calls_itself() -> None:
    """In the page's language, or in the other; whom nobody named keeps the name it has."""
    outlets = [
        Site(("https://news.example/",), sources=("news-ar",), title="الأخبار", title_en="News"),
        Site(("https://coast.example/",), title_en="Coast"),
        Site(("https://hill.example/",)),
    ]
    names = OutletNames.of(outlets)
    told = [names.shown(source, language) for language in ("ar", "en")
            for source in ("news-ar", "news.example", "coast.example", "hill.example")]  # fmt: skip
    assert told == ["الأخبار", "الأخبار", "Coast", "hill.example",
                    "News", "News", "Coast", "hill.example"]  # fmt: skip
