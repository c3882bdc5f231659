"""What a search answers, on a handful of articles."""

from __future__ import annotations

import pytest

from index import Checkpoint, Document, Engine, open_engine
from searcher import Results, Searcher


def article(key: str, title: str, body: str, date: str = "", source: str = "") -> Document:
    """A document at an address of its own."""
    return Document(key, f"https://example.org/{key}", title, body, date=date, source=source)


ARTICLES = [
    article("lead", "", "السفير الروسي " + "كلام " * 80, "2015-08-01", "أ"),
    article("late", "", "كلام " * 80 + "السفير الروسي", "2015-08-02", "ب"),
    article("apart", "", "السفير " + "كلام " * 40 + "الروسي " + "كلام " * 40, "2015-08-03", "أ"),
    article("one", "", "السفير " + "كلام " * 80, "2015-08-04", "ب"),
    article("news", "زلزال", "وقع زلزال في الساحل.", "2015-08-05", "أ"),
    article("olds", "زلزال", "وقع زلزال في الساحل.", "2010-08-05", "ب"),
]


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The articles in a `memory:` engine."""
    found = open_engine("memory:")
    found.update(ARTICLES, [], Checkpoint("test", 1))
    return found


@pytest.fixture(scope="module")
def searcher(engine: Engine) -> Searcher:
    """A searcher of the articles."""
    return Searcher(engine)


def keys(results: Results) -> list[str]:
    """The hits by name."""
    return [hit.id for hit in results.hits]


def test_words_side_by_side_and_early_stand_above_words_apart_and_late(searcher: Searcher) -> None:
    """A lead above the rest of an article, neighbours above strangers, both words above one."""
    found = keys(searcher.search("السفير الروسي"))
    assert found[0] == "lead"
    assert found[-1] == "one"


def test_the_word_that_an_article_lacks_is_named(searcher: Searcher) -> None:
    """So that nobody looks for it in vain."""
    hits = {hit.id: hit for hit in searcher.search("السفير الروسي").hits}
    assert hits["one"].missing == ("الروسي",)
    assert hits["lead"].missing == ()


def test_one_odd_word_does_not_empty_the_page(searcher: Searcher) -> None:
    """Most of the words are enough where nothing has them all."""
    assert keys(searcher.search("زلزال الساحل كلمةغيرموجودة", literal=True))


def test_sorted_by_date_an_article_that_lacks_a_word_comes_last(searcher: Searcher) -> None:
    """Else the newest of the half-right would stand first."""
    found = searcher.search("السفير الروسي", sort="newest")
    assert keys(found) == ["apart", "late", "lead", "one"]
    assert found.divided_at == 3


def test_ties_go_to_the_newer(searcher: Searcher) -> None:
    """Of two articles that answer equally well."""
    assert keys(searcher.search("زلزال")) == ["news", "olds"]


def test_recency_is_off_unless_it_is_asked_for(searcher: Searcher) -> None:
    """By a switch, or by the query's own words."""
    plain = searcher.search("زلزال").hits[0].score
    assert searcher.search("زلزال", recency=True).hits[0].score > plain
    news = searcher.search("آخر زلزال")
    assert news.hits[0].score > searcher.search("آخر زلزال", recency=False).hits[0].score


def test_filters_facets_and_pages_work_together(searcher: Searcher) -> None:
    """What narrows the hits narrows the counts; pages follow one another."""
    found = searcher.search("السفير", source=["أ"], facets=["source"], limit=1)
    assert found.total == 2
    assert found.facets["source"] == [("أ", 2)]
    assert keys(found) + keys(searcher.search("السفير", source=["أ"], limit=1, offset=1)) == [
        hit.id for hit in searcher.search("السفير", source=["أ"]).hits
    ]
    assert keys(searcher.search("السفير", since="2015-08-02", until="2015-08-03")) != []


def test_a_day_in_plain_words_narrows_only_what_it_can(searcher: Searcher) -> None:
    """«أغسطس 2015» holds for some articles; «يناير 2011» for none, so it is two words."""
    assert keys(searcher.search("زلزال أغسطس 2015")) == ["news"]
    assert searcher.search("زلزال أغسطس 2015").periods[0].since == "2015-08-01"
    unknown = searcher.search("زلزال يناير 2011")
    assert keys(unknown) == ["news", "olds"]
    assert unknown.periods == ()
    assert keys(searcher.search("زلزال date:2011-01")) == []


def test_a_slip_is_corrected_and_said_so(searcher: Searcher) -> None:
    """Nothing answers as typed; the likeliest correction does. Taken literally nothing answers."""
    found = searcher.search("زلظال")
    assert keys(found) == ["news", "olds"]
    assert found.suggestion
    assert (found.suggestion.query, found.suggestion.applied) == ("زلزال", True)
    assert searcher.search("زلظال", literal=True).total == 0


def test_results_say_themselves_in_json(searcher: Searcher) -> None:
    """The shape that scripts, the page and the API rely on."""
    answer = searcher.search("السفير الروسي", limit=1).to_json()
    assert {"query", "total", "total_exact", "took_ms", "suggestion", "hits"} <= answer.keys()
    (hit,) = answer["hits"]
    assert {
        *("id", "url", "title", "source", "author", "section", "date", "score"),
        *("snippet", "title_marks", "words"),
    } <= hit.keys()
    assert hit["snippet"]["marks"] == [[0, 6], [7, 13]]
    assert hit["words"][0] == {"word": "السفير", "form": "السفير", "why": "exact"}


@pytest.mark.parametrize("asked", ["السفير الروسي", "زلزال الساحل كلام", "آخر زلزال", "-زلزال"])
def test_a_score_is_the_sum_of_its_parts(searcher: Searcher, asked: str) -> None:
    """What each word adds, and what order, place and recency add."""
    for hit in searcher.search(asked, explain_score=True).hits:
        assert sum(part.score for part in hit.score_parts) == pytest.approx(hit.score, abs=1e-2)


def test_a_new_commit_is_seen() -> None:
    """What words mean is looked up again when the index has changed."""
    own = open_engine("memory:")
    own.update(ARTICLES[:1], [], Checkpoint("test", 1))
    searcher = Searcher(own)
    assert searcher.search("زلزال", literal=True).total == 0
    own.update(ARTICLES[4:], [], Checkpoint("test", 2))
    assert searcher.search("زلزال", literal=True).total == 2


def test_words_are_finished_while_they_are_typed(searcher: Searcher) -> None:
    """The last one, by how frequent its endings are."""
    assert searcher.suggest("وقع زل") == ["وقع زلزال"]
    assert searcher.suggest("ز") == []
    assert searcher.suggest("زلزال ") == []


@pytest.mark.parametrize(
    "text",
    [
        *("سفير " * 10_000, '"سفير', "في من على", "؟!،", "*", "س*", "(" * 3_000, "\x00\ud800"),
        " OR ".join(f"كلمة{number}*" for number in range(500)),
        "(.*)+[a-z]{1,1000}$^|\\b" * 50,
    ],
)
def test_no_query_is_too_odd(searcher: Searcher, text: str) -> None:
    """Long, empty, unbalanced, greedy: an answer, and a sentence where something was left out."""
    found = searcher.search(text)
    assert found.total or found.notes or found.hits == ()


def test_the_time_is_up_partially() -> None:
    """An answer that had no time says that it is partial."""
    own = open_engine("memory:")
    own.update(ARTICLES, [], Checkpoint("test", 1))
    assert Searcher(own, timeout=0.0).search("السفير").partial


def test_a_hit_tells_a_broken_plural_from_other_inflections() -> None:
    """The reason beside a word is the reader's, not that two words share a lemma."""
    engine = open_engine("memory:")
    engine.update([article("k", "", "اجتمع الوزراء مع السفيرين.")], [], Checkpoint("reasons", 1))
    (hit,) = Searcher(engine).search("وزير سفير").hits
    assert {word.form: word.why for word in hit.words} == {
        "الوزراء": "broken-plural",
        "السفيرين": "inflected",
    }


def test_a_whole_answer_to_three_words_stands_above_a_headline_that_lacks_one() -> None:
    """Who types three words expects all three before two of them in large print."""
    engine = open_engine("memory:")
    filler = [article(f"f{n}", "", f"كلام عن السفير وروسيا رقم {n}") for n in range(20)]
    headline = article("h", "سفير المملكة في روسيا", "سفير المملكة لدى روسيا يعزي القيادة.")
    whole = article("w", "", "قال السفير في الجزائر إن روسيا تدعم الحوار.")
    engine.update([*filler, headline, whole], [], Checkpoint("whole", 1))
    assert keys(Searcher(engine).search("سفير روسيا بالجزائر"))[0] == "w"
