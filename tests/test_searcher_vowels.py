"""Vowels: a text that writes a word with other vowels than the reader stands below the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Checkpoint, Document, open_engine
from searcher import Searcher
from searcher.hits.vowels import WINDOW, contradicts, vowelled_words

TEXTS = {
    "flag": "رُفِعَ عَلَم البلاد فوق المبنى",
    "bare": "في المدرسة علم كثير لمن يريد",
    "science": "يُطلب عِلْم الفلك في كل مكان",
    "both": "عَلَم فوق دار عِلْم في المدينة",
}


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    """Four articles of one length that share letters and differ in vowels."""
    engine = open_engine("memory:")
    rows = [Document(key, f"https://example.org/{key}", "", text) for key, text in TEXTS.items()]
    engine.update(rows, [], Checkpoint("vowels", 1))
    return Searcher(engine)


def _order(searcher: Searcher, text: str, **options: object) -> list[str]:
    return [hit.id for hit in searcher.search(text, **options).hits]


@pytest.mark.parametrize(("typed", "last"), [("عِلْم", "flag"), ("عَلَم", "science")])
def test_other_vowels_go_below_and_nothing_else_moves(
    searcher: Searcher, typed: str, last: str
) -> None:
    """Bare texts and those that have it both ways stay where they were; nothing is lost."""
    bare = _order(searcher, "علم")
    assert _order(searcher, typed) == [*(one for one in bare if one != last), last]


def test_pages_cut_one_list(searcher: Searcher) -> None:
    """Whatever the size of the page, and folded or not; totals stay."""
    whole = _order(searcher, "عِلْم")
    for fold in (False, True):
        pages = [
            _order(searcher, "عِلْم", limit=1, offset=place, fold=fold) for place in range(len(whole))
        ]
        assert [one for page in pages for one in page] == whole
    assert searcher.search("عِلْم").total == searcher.search("علم").total


def test_days_keep_their_order(searcher: Searcher) -> None:
    """Who sorts by day gets days."""
    assert _order(searcher, "عِلْم", sort="newest") == _order(searcher, "علم", sort="newest")


@pytest.mark.parametrize(
    ("typed", "read", "other"),
    [
        ("عِلْم", "عَلَم", True),
        ("عِلْم", "العَلَمُ", True),
        ("عَلَم", "عَلَّم", True),
        ("عِلْم", "علم", False),
        ("عِلْم", "عِلمَ", False),
        ("عِلْم", "عِلـــْمٌ", False),
        ("عِلْم", "عَمَل", False),
    ],
)
def test_vowels_contradict_where_both_are_written(typed: str, read: str, other: bool) -> None:
    """The last letter's tells the case, and no letter without a mark tells anything."""
    assert contradicts(typed, read) is other
    assert contradicts(read, typed) is other


def test_a_reading_takes_no_more_than_a_window(searcher: Searcher) -> None:
    """Far behind, the list is the engine's."""
    assert searcher.search("عِلْم", offset=WINDOW).hits == ()


@given(st.text())
def test_any_query_has_vowelled_words_or_none(query: str) -> None:
    """Each a stretch of it."""
    assert all(word in query for word in vowelled_words(query))


@given(st.text("علم\u064b\u0650\u0651\u0640الو "), st.text("علم\u064b\u0650\u0651\u0640الو "))
def test_no_word_contradicts_itself(one: str, other: str) -> None:
    """And of two both contradict each other or neither."""
    assert not contradicts(one, one)
    assert contradicts(one, other) == contradicts(other, one)
