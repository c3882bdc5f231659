"""Rescue: what a reader may have meant by a query that finds nothing.

Three accidents, in the order of how sure one can be: the wrong keyboard layout was on (`keyboard`),
Arabic was typed in Latin letters (`latin`), a letter was mistyped (`spelling`). Every correction is
made of words that the index holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from index import Vocabulary, analysis
from searcher.corrections.keyboard import retyped
from searcher.corrections.spelling import nearest
from searcher.corrections.transliteration import arabic_for

_SURE = frozenset({"exact", "inflected", "broken-plural"})
_INSIDE = tuple("-'’`")


class Suggestion(NamedTuple):
    """A corrected query, what was wrong with the one typed, and how sure that is (0 to 1)."""

    query: str
    why: Literal["keyboard", "latin", "spelling"]
    score: float


def rescue(query: str, vocabulary: Vocabulary) -> list[Suggestion]:
    """The corrections of a whole query, the likeliest first; none when it needs none.

    Words that the index knows are kept.
    """
    found = [
        *_keyboard(query, vocabulary),
        *(list(_by_word(query, vocabulary, "latin")) or _joined(query, vocabulary)),
        *_by_word(query, vocabulary, "spelling"),
    ]
    return sorted(found, key=lambda one: -one.score)


def _keyboard(query: str, vocabulary: Vocabulary) -> Iterator[Suggestion]:
    """The query as another layout would have typed it, when the index knows each of its words."""
    for typed in retyped(query):
        words = _words(typed)
        if words and all(_is_known(word, vocabulary) for word in words):
            yield Suggestion(typed, "keyboard", 0.95 if len("".join(words)) > 2 else 0.5)


def _is_known(word: str, vocabulary: Vocabulary) -> bool:
    """Whether the index has a word itself or a form of it, not merely a name like it."""
    return any(one.why in _SURE for one in analysis.variants(word, vocabulary))


def _by_word(
    query: str, vocabulary: Vocabulary, why: Literal["latin", "spelling"]
) -> Iterator[Suggestion]:
    """The query with each unknown word replaced by its best correction."""
    correct = arabic_for if why == "latin" else nearest
    fixed, score, last = "", 1.0, 0
    changed = False
    for start, end in _spans(query):
        word = query[start:end]
        if not analysis.variants(word, vocabulary):
            best = correct(word, vocabulary)
            if not best:
                return
            word, sure = best[0]
            score, changed = min(score, sure), True
        fixed += query[last:start] + word
        last = end
    if changed:
        yield Suggestion(fixed + query[last:], why, score)


def _joined(query: str, vocabulary: Vocabulary) -> Iterator[Suggestion]:
    """Two Latin words as the one Arabic word that the index may have for them: abu dhabi."""
    words = [query[start:end] for start, end in _spans(query)]
    if len(words) == 2:
        for word, sure in arabic_for("".join(words), vocabulary)[:1]:
            yield Suggestion(word, "latin", sure)


def _spans(query: str) -> list[tuple[int, int]]:
    """The words of a query; a Latin one keeps its hyphens and apostrophes (al-jazaer, mu'tamar)."""
    spans: list[tuple[int, int]] = []
    for start, end in zip(*analysis.cut(query), strict=True):
        between = query[spans[-1][1] : start] if spans else " "
        if between in _INSIDE and query[start].isascii():
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _words(text: str) -> list[str]:
    return [text[start:end] for start, end in zip(*analysis.cut(text), strict=True)]
