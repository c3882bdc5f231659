"""Autocomplete: what comes next, in the spelling that papers write."""

from __future__ import annotations

import pytest

from index import Checkpoint, Document, open_engine
from searcher import Searcher

TITLES = (
    *("وزير الخارجية يصل", "وزير الخارجية يغادر", "الخبر في الخليج", "الخليج يترقب"),
    *(
        "الخليج اليوم",
        "الخليج أولا",
        "رئيس أردوغان يزور",
        "أحمد يفوز",
        "وزارة الصحة",
        "وزاره العدل",
    ),
    *("وزاره العدل", "وزارة المال", "سافر الى المدينة", "عاد الى القرية", "البيت الابيض"),
)


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    """A searcher of these headlines."""
    engine = open_engine("memory:")
    documents = [Document(str(n), f"https://example.org/{n}", t, "") for n, t in enumerate(TITLES)]
    engine.update(documents, [], Checkpoint("test", 1))
    return Searcher(engine)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("وزير الخ", "وزير الخارجية"),  # though الخليج is more frequent
        ("الخ", "الخليج"),
        ("رئيس ا", "رئيس أردوغان"),  # one letter is enough behind a word
        ("احم", "أحمد"),
        ("وزار", "وزارة"),
    ],
)
def test_the_likeliest_word_comes_first(searcher: Searcher, typed: str, first: str) -> None:
    """By what follows the word before, then by frequency; in its commonest spelling."""
    assert searcher.suggest(typed)[0] == first


def test_neither_stop_words_nor_a_second_spelling_are_offered(searcher: Searcher) -> None:
    """Whatever hamza a stop word lacks."""
    assert "الى" not in searcher.suggest("ال")
    assert "وزاره" not in searcher.suggest("وزا")


def test_nothing_is_offered_for_what_nobody_finishes(searcher: Searcher) -> None:
    """The bound of what was typed."""
    assert searcher.suggest("ا" * 201) == []
