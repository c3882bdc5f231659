"""Replacements: what may have been meant by the words of a query, and how likely each is.

A noisy channel (Kernighan, Church, Gale 1990), in logarithms: a replacement gains by how much more
often the index holds it than what was typed, and loses by how unlikely the accident is that lies
between the two: a slip, a space too many or too few, Latin letters, another keyboard layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from index import analysis, fold
from searcher.corrections.keyboard import retyped
from searcher.corrections.pieces import pieces, replaced
from searcher.corrections.slips import slip_cost
from searcher.corrections.strength import WEAK, Strengths
from searcher.corrections.transliteration import arabic_for
from searcher.corrections.word_breaks import breaks

Accident = Literal["keyboard", "latin", "spelling"]

# The logarithm of twenty: so much more frequent must a word be that lies one plain slip away.
TWENTY = 3.0
# Replacements that gain less are no readings of what was typed.
LEAST = -4.0

_LAYOUT = 1.0
# What these accidents cost, in plain slips.
_SPACE = 0.8
# The logarithm of how much rarer two words in a row are than the rarer of the two.
_IN_A_ROW = 2.0
# The cost of two slips up to which a word is near.
_FAR = 1.2

_SHORTEST = 3
# Letters from which on a word may have a slip, and two.
_LONG = 6

_MOST_NEAR = 30
_MOST_BREAKS = 3
_MOST_LATIN = 4
# So many words on the wrong layout show that what stands in quotation marks is on it too.
_HEADLINE = 2

_LATIN = re.compile("[A-Za-z]")


class Replacement(NamedTuple):
    """What may have been meant, what reading it so gains, and what went wrong; None: as typed.

    `bold`: what was typed is a word too, or lies far off.
    """

    text: str
    gain: float = 0.0
    why: Accident | None = None
    bold: bool = False


def replacements(
    word: str, strengths: Strengths, *, known_better: bool = False
) -> list[Replacement]:
    """What may have been meant by a word, the likeliest first; `known_better`: see `arabic_for`."""
    if word.isascii():
        found = list(_latin(word, strengths, known_better))
    else:
        found = [*_slips(word, strengths), *_broken(word, strengths)]
    return sorted((one for one in found if one.gain > LEAST), key=lambda one: -one.gain)


def joined(one: str, other: str, strengths: Strengths) -> Replacement | None:
    """Two words as the one that was meant, where the index has it; bold where neither is weak."""
    if not strengths.of([one + other])[0]:
        return None
    gain = strengths.logarithm([one + other]) - strengths.logarithm([one, other])
    bold = min(strengths.of([one, other])) > WEAK
    return Replacement(one + other, gain + _IN_A_ROW - TWENTY * _SPACE, "spelling", bold)


def layouts(query: str, strengths: Strengths) -> Iterator[Replacement]:
    """A whole query as other layouts would have typed it.

    Words in Latin letters are retyped; Arabic ones only where there are no others.
    """
    chunks = list(_chunks(query))
    latin = [span for span in chunks if _LATIN.search(query, *span)]
    options = {span: retyped(query[slice(*span)]) for span in latin or chunks}
    for number in range(max(map(len, options.values()), default=0)):
        chosen = {span: some[number] for span, some in options.items() if number < len(some)}
        gain = sum(
            strengths.logarithm(words_of(meant))
            - strengths.logarithm(words_of(query[slice(*span)]))
            for span, meant in chosen.items()
        )
        if gain - TWENTY * _LAYOUT > LEAST:
            yield Replacement(replaced(query, chosen), gain - TWENTY * _LAYOUT, "keyboard")


def words_of(text: str) -> list[str]:
    """The words of a text."""
    return [text[start:end] for start, end in zip(*analysis.cut(text), strict=True)]


def _chunks(query: str) -> Iterator[tuple[int, int]]:
    """The stretches without spaces that may be retyped.

    Keys of Arabic letters type punctuation on another layout: the words alone would lack them.
    Quoted words are left alone, unless so many others are in Latin letters that these are too.
    """
    found = pieces(query)
    latin = sum(one.free and _LATIN.search(one.text) is not None for one in found)
    end = 0
    for piece in found:
        if piece.start >= end and (piece.free or latin >= _HEADLINE):
            start = max(query.rfind(" ", 0, piece.start) + 1, end)
            end = query.find(" ", piece.end)
            end = len(query) if end < 0 else end
            yield start, end


def _slips(word: str, strengths: Strengths) -> Iterator[Replacement]:
    typed = fold(word)
    if len(typed) < _SHORTEST or not typed.isalpha():
        return
    before = strengths.logarithm([word])
    near = strengths.vocabulary.near(typed, 1 if len(typed) < _LONG else 2, _MOST_NEAR)
    strengths.of([one.text for one in near])
    known = strengths.knows(word)
    for text, _, slips in near:
        cost = slip_cost(typed, text)
        gain = strengths.logarithm([text]) - before - TWENTY * cost
        if text != typed and not (known and analysis.is_stopword(text)):
            yield Replacement(text, gain, "spelling", known or (slips > 1 and cost > _FAR))


def _broken(word: str, strengths: Strengths) -> list[Replacement]:
    before = strengths.logarithm([word])
    pairs = list(breaks(word))
    strengths.of([part for pair in pairs for part in pair])
    known = strengths.knows(word)
    found = [
        Replacement(
            " ".join(pair), strengths.logarithm(pair) - before - TWENTY * _SPACE, "spelling", known
        )
        for pair in pairs
    ]
    return sorted(found, key=lambda one: -one.gain)[:_MOST_BREAKS]


def _latin(word: str, strengths: Strengths, known_better: bool) -> Iterator[Replacement]:
    if len(word) < 2:
        return
    before = strengths.logarithm([word])
    found = arabic_for(word, strengths.vocabulary, known_better=known_better)
    for text, sure in found[:_MOST_LATIN]:
        gain = strengths.logarithm([text]) - before - TWENTY * (1 - sure)
        yield Replacement(text, gain, "latin")
