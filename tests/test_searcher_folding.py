"""A story is one line of a folded list, its copies stand under it, and both are counted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Checkpoint, Document, open_engine
from searcher import Searcher
from searcher.folding import COPIES_SHOWN
from searcher.terminal import show

DAYS = ("2015-08-01", "2015-08-02", "2015-08-03")


def article(number: int, story: str = "", text: str = "زار السفير المدينة") -> Document:
    """An article of some story; its key is its number."""
    day = DAYS[number % len(DAYS)]
    return Document(
        f"{number:02}", f"https://example.org/{number}", f"لقاء {number}", text, day, story=story
    )


def searcher(*documents: Document) -> Searcher:
    """A searcher of these alone."""
    engine = open_engine("memory:")
    engine.update(documents, (), Checkpoint("archive", 1))
    return Searcher(engine)


def test_a_story_is_one_line_with_its_copies_under_it() -> None:
    """The best of them, and what each of the others shares with it."""
    found = searcher(
        article(0, "00"),
        article(3, "00", "زار السفير المدينة أمس"),
        article(1),
        article(2, "00", "زار السفير القرية"),
    ).search("السفير", fold=True, sort="oldest")
    assert (found.total, found.stories, found.lines) == (4, 2, 2)
    assert [hit.id for hit in found.hits] == ["00", "01"]
    told = [(copy.id, copy.date, copy.likeness) for copy in found.hits[0].copies]
    assert told == [("03", DAYS[0], 75), ("02", DAYS[2], 50)]
    assert found.hits[0].copies_total == 2
    assert found.hits[1].copies == ()


def test_a_terminal_names_the_sources_of_copies(capsys: pytest.CaptureFixture[str]) -> None:
    """How many others tell it, and who."""
    found = searcher(
        article(0, "00"), replace(article(1, "00"), source="الساحل"), article(2, "00")
    ).search("السفير", fold=True, sort="oldest")
    show(found)
    assert "   + 2: الساحل\n" in capsys.readouterr().out


def test_unfolded_every_copy_is_a_line() -> None:
    """As long as nobody asks for folding, which the page does."""
    found = searcher(article(0, "00"), article(1, "00")).search("السفير")
    assert (found.total, found.stories, len(found.hits), found.facets) == (2, None, 2, {})


def test_copies_are_those_that_answer_too() -> None:
    """What the filters leave out is neither counted nor listed."""
    found = searcher(article(0, "00"), article(1, "00"), article(2, "00")).search(
        "السفير", fold=True, until=DAYS[1]
    )
    assert (found.total, found.stories, found.hits[0].copies_total) == (2, 1, 1)


def test_a_story_that_everyone_ran_names_a_few() -> None:
    """The others are counted."""
    hit = (
        searcher(*(article(number, "00") for number in range(40))).search("السفير", fold=True).hits
    )
    assert (len(hit), len(hit[0].copies), hit[0].copies_total) == (1, COPIES_SHOWN, 39)


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(["", "", "s", "t", "u"]), max_size=40),
    st.sampled_from(["relevance", "newest", "oldest"]),
    st.sampled_from(["السفير", "السفير القرية", ""]),
    st.integers(1, 6),
)
def test_folded_pages_are_pieces_of_the_folded_list(
    stories: list[str], sort: str, query: str, limit: int
) -> None:
    """Under every sort, whatever is asked; no story twice, none left out."""
    texts = ("زار السفير المدينة", "زار السفير القرية")
    asked = searcher(*(article(n, story, texts[n % 5 == 0]) for n, story in enumerate(stories)))
    options = {"fold": True, "sort": sort}
    ask = asked.search if query else lambda _, **changes: asked.browse(**changes)
    whole = ask(query, limit=100, **options)
    unfolded = ask(query, limit=100, sort=sort)
    assert whole.total == unfolded.total
    assert whole.stories == len(whole.hits) == len({hit.story or hit.id for hit in unfolded.hits})
    assert sum(1 + hit.copies_total for hit in whole.hits) == whole.total
    pages = [
        hit.id
        for offset in range(0, len(whole.hits) + 1, limit)
        for hit in ask(query, limit=limit, offset=offset, **options).hits
    ]
    assert pages == [hit.id for hit in whole.hits]
    firsts = {hit.story or hit.id: hit.id for hit in reversed(unfolded.hits)}
    assert set(pages) == set(firsts.values())


@pytest.mark.parametrize("sort", ["relevance", "newest"])
def test_what_lacks_a_word_comes_after_the_stories_that_hold_all(sort: str) -> None:
    """The dividing line is drawn between stories."""
    found = searcher(
        article(0, "00", "زار السفير القرية"), article(1, "00", "زار السفير القرية"), article(2)
    ).search("السفير القرية", fold=True, sort=sort)
    assert (found.total, found.total_whole, found.divided_at) == (3, 2, 1)
