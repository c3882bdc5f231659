"""Correct: what to search for instead of a query, or to offer beside it.

One ladder, from what was typed to what may have been meant: for every word, how strong is what the
index holds for it beside what another layout, Latin letters read as Arabic, a near spelling, one
word instead of two or two instead of one would find. A correction is *applied* only where some
article holds all its words and none holds all that were typed, and only to words that hardly any
article holds; else it is *offered*, where a near word is far more frequent than such a one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from index import Engine, Filters, analysis, fold
from searcher.corrections.context import QueryReading, Slot, together
from searcher.corrections.pieces import Piece, pieces, replaced
from searcher.corrections.replacements import (
    Accident,
    Replacement,
    joined,
    layouts,
    replacements,
)
from searcher.corrections.strength import WEAK, Strengths
from searcher.syntax.lexer import lex

# Words of a query whose near spellings are looked up, the weakest: each takes about 1 ms.
MOST_READ = 8
# Pairs of neighbours that are tried as one word, each at the cost of a search.
MOST_JOINED = 4
# Corrections that are counted, the likeliest.
MOST_TRIED = 3
# The gain of a layout, of several words that were none, above which no other reading is tried.
SURE = 9.0
# Telling words from which on a query finds enough without one of them: nothing is rewritten.
LONG = 6


class Correction(NamedTuple):
    """A corrected query, what went wrong in typing it, how much likelier it is, as a logarithm."""

    query: str
    why: Accident
    gain: float
    applied: bool = False


class Corrector:
    """Corrects the queries of one index.

    `count` tells how many articles surely hold all words of a query; past `end`, a moment of the
    monotonic clock, no more is looked for.
    """

    def __init__(
        self,
        engine: Engine,
        strengths: Strengths,
        count: Callable[[str], int],
        filters: Filters,
        end: float,
    ) -> None:
        self._engine, self._strengths, self._count = engine, strengths, count
        self._filters, self._end = filters, end
        self._options = cache(lambda word: replacements(word, strengths))

    def correct(self, query: str) -> Correction | None:
        """The correction of a query; nothing where it is fine as it is."""
        free = [piece.text for piece in pieces(query) if piece.free]
        if not free:
            return None
        weakest = min(self._strengths.of(free))
        typed = self._count(query) if weakest or _has_choice(query) else 0
        if typed and weakest > WEAK:
            return None
        if not typed and (found := self._applicable(query)):
            return found._replace(applied=found.why == "keyboard" or not _is_long(query))
        best = self._likelier(query)
        return best if best and self._count(best.query) > typed else None

    def _applicable(self, query: str) -> Correction | None:
        """The likeliest reading that some article holds, once more counted as it will be found."""
        best: dict[str, Correction] = {}
        for one in sorted(self._held(query), key=lambda one: -one.gain):
            best.setdefault(one.query, one)
        likeliest = list(best.values())[:MOST_TRIED]
        return next((one for one in likeliest if self._count(one.query)), None)

    def _held(self, query: str) -> Iterator[Correction]:
        """The readings of a query, on each layout, that some article holds."""
        for base in (*layouts(query, self._strengths), Replacement(query)):
            held = False
            for slots in self._slots(base.text):
                if time.monotonic() > self._end:
                    return
                for reading in together(slots, self._engine, self._filters, self._end):
                    why = reading.why or base.why
                    gain = base.gain + reading.gain
                    if why and gain > 0:
                        held = True
                        yield Correction(_written(base.text, slots, reading), why, gain)
            if held and base.gain > SURE:
                return

    def _slots(self, query: str) -> Iterator[list[Slot]]:
        """The slots of a query; once more for each pair of neighbours that may be one word."""
        found = pieces(query)
        read = self._weakest(found)
        slots = [self._slot(piece, piece in read) for piece in found]
        yield slots
        for at in self._pairs(found):
            one, other = found[at], found[at + 1]
            whole = joined(one.text, other.text, self._strengths)
            if whole:
                yield [*slots[:at], Slot(one.start, other.end, (whole,)), *slots[at + 2 :]]

    def _pairs(self, found: Sequence[Piece]) -> list[int]:
        """Where two neighbours may be one word: the pairs with the weakest member."""
        pairs = [at for at, (one, other) in enumerate(pairwise(found)) if one.free and other.free]
        weak = {
            at: min(self._strengths.of([one.text for one in found[at : at + 2]])) for at in pairs
        }
        return sorted(pairs, key=weak.__getitem__)[:MOST_JOINED]

    def _weakest(self, found: Sequence[Piece]) -> list[Piece]:
        """The pieces whose near spellings are looked up."""
        free = [one for one in found if one.free and not _is_stopword(one)]
        strengths = dict(zip(free, self._strengths.of([one.text for one in free]), strict=True))
        weak = [one for one in free if strengths[one] <= WEAK]
        return sorted(weak, key=strengths.__getitem__)[:MOST_READ]

    def _slot(self, piece: Piece, read: bool) -> Slot:
        options = self._options(piece.text) if read else []
        typed = Replacement(piece.text)
        return Slot(piece.start, piece.end, (typed, *options), required=not _is_stopword(piece))

    def _likelier(self, query: str) -> Correction | None:
        """The query with each weak word as the near one that is far more frequent, or retyped."""
        found = [
            Correction(one.text, "keyboard", one.gain) for one in layouts(query, self._strengths)
        ]
        changes: dict[tuple[int, int], Replacement] = {}
        for piece in self._weakest(pieces(query)):
            options = self._options(piece.text)
            if options and options[0].gain > 0:
                changes[piece.start, piece.end] = options[0]
        if changes:
            text = replaced(query, {span: one.text for span, one in changes.items()})
            why = next(one.why for one in changes.values() if one.why)
            found.append(Correction(text, why, sum(one.gain for one in changes.values())))
        return max((one for one in found if one.gain > 0), key=lambda one: one.gain, default=None)


def retypings(query: str, strengths: Strengths) -> Iterator[Correction]:
    """A query as another layout or Arabic letters would have it.

    For a text that must answer one query, where `Corrector` looks for any text that does.
    """
    for one in layouts(query, strengths):
        yield Correction(one.text, "keyboard", one.gain)
    options = {
        (one.start, one.end): replacements(one.text, strengths, known_better=True)
        for one in pieces(query)
        if one.free and one.text.isascii()
    }
    for number in range(max(map(len, options.values()), default=0)):
        chosen = {span: some[min(number, len(some) - 1)] for span, some in options.items() if some}
        text = replaced(query, {span: one.text for span, one in chosen.items()})
        yield Correction(text, "latin", sum(one.gain for one in chosen.values()))


def _is_stopword(piece: Piece) -> bool:
    return analysis.is_stopword(fold(piece.text))


def _is_long(query: str) -> bool:
    return sum(not _is_stopword(piece) for piece in pieces(query)) >= LONG


def _has_choice(query: str) -> bool:
    """Whether not all words are wanted, so that one that nothing holds says little."""
    return any(lexeme.kind == "or" for lexeme in lex(query))


def _written(query: str, slots: Sequence[Slot], reading: QueryReading) -> str:
    """The query with what was chosen for its slots."""
    chosen = zip(slots, reading.options, strict=True)
    return replaced(
        query, {(slot.start, slot.end): one.text for slot, one in chosen if one and one.why}
    )
