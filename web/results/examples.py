"""Examples for the manual, made of words that this archive's newest articles hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from index import Document, analysis, cut, fold
from web.locale.bidi import direction
from web.locale.catalog import Catalog

# For an empty archive: words that its first articles may well hold.
USUAL = {
    "a": "السفير",
    "b": "الروسي",
    "c": "الميناء",
    "start": "وزار",
    "source": "الوكالة",
    "month": "2015-08",
}
# Letters of a word that a beginning keeps, and that make a word worth an example.
BEGINNING = 4
LONG_WORD = 5


def examples(catalog: Catalog, newest: Sequence[Document]) -> list[tuple[str, str]]:
    """What to write and what it does, with words of the newest articles where they offer some."""
    words = USUAL | words_of(newest)
    return [(written.format(**words), does) for written, does in catalog.syntax]


def words_of(newest: Sequence[Document]) -> dict[str, str]:
    """Two neighbours of a title, a word of another, a beginning, a source, a month."""
    for document in newest:
        pairs = list(_neighbours(document.title))
        if not pairs:
            continue
        first, second = pairs[0]
        others = [word for other in newest if other is not document for word in _words(other.title)]
        unlike = [word for word in others if fold(word) not in fold(document.title)]
        found = {
            "a": first,
            "b": second,
            "c": unlike[0] if unlike else "",
            "start": first[:BEGINNING],
            "source": document.source,
            "month": document.day[:7],
        }
        return {name: word for name, word in found.items() if word}
    return {}


def _words(title: str) -> list[str]:
    spans = zip(*cut(title), strict=True)
    words = [title[start:end] for start, end in spans]
    return [word for word in words if len(word) >= LONG_WORD and direction(word) == "rtl"]


def _neighbours(title: str) -> Iterator[tuple[str, str]]:
    """Pairs of words that stand side by side, both worth an example."""
    starts, ends = cut(title)
    words = [title[start:end] for start, end in zip(starts, ends, strict=True)]
    worth = set(_words(title))
    for left, right in pairwise(words):
        if (
            {left, right} <= worth
            and not analysis.is_stopword(fold(left))
            and not analysis.is_stopword(fold(right))
        ):
            yield left, right
