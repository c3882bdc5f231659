"""Context: which readings of a query's words stand together in an article.

Every word becomes a slot of alternatives: itself and what may have been meant. One search finds the
articles in which each slot has one, the best first, and their positions tell which. Words that
stand together in a headline, in the order of the query, are hardly there by chance.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index import FIELDS, Engine, Field, Filters, Form, Located, analysis, fold, query
from searcher.corrections.replacements import Accident, Replacement, words_of

MOST_ARTICLES = 20
"""Articles that are looked at, the best of the search."""
IN_ORDER, IN_TITLE = 4.0, 2.0
"""What it adds to a reading that a headline has all its words, in the order of the query or not."""
_TITLE = 3.0
_SOFT = 6.0
"""An alternative's weight in the search falls by e for so much that its reading loses."""

Positions = dict[str, list[int]]


class Slot(NamedTuple):
    """A stretch of the query, its readings, and whether an article must hold one."""

    start: int
    end: int
    options: tuple[Replacement, ...]
    required: bool = True


class QueryReading(NamedTuple):
    """The options chosen for the slots, None where none of an optional slot is held."""

    options: tuple[Replacement | None, ...]
    gain: float

    @property
    def why(self) -> Accident | None:
        """What went wrong in typing; None where nothing did."""
        return next((one.why for one in self.options if one and one.why), None)


def together(
    slots: Sequence[Slot], engine: Engine, filters: Filters, end: float
) -> Iterator[QueryReading]:
    """The readings that the best articles hold in full; some of them more than once."""
    wanted = [query.Or(tuple(_terms(slot))) for slot in slots if slot.required]
    bonus = [query.Or(tuple(_terms(slot))) for slot in slots if not slot.required]
    tree = query.And((*wanted, query.AtLeast(0, tuple(bonus))))
    timeout = max(0.0, end - time.monotonic())
    found = engine.search(tree, limit=MOST_ARTICLES, filters=filters, timeout=timeout).found
    forms = {form for slot in slots for option in slot.options for form in _forms(option)}
    terms: dict[tuple[Field, Form], set[str]] = {}
    for form, words in forms:
        for field in FIELDS:
            terms.setdefault((field, form), set()).update(words)
    for located in engine.located([match.key for match in found], terms):
        if located:
            yield from _readings(slots, located)


def _terms(slot: Slot) -> Iterator[query.Query]:
    """What an article holds that holds an option of a slot."""
    for option in slot.options:
        weight = math.exp(min(option.gain, 0.0) / _SOFT)
        for form, words in _forms(option):
            for field in FIELDS:
                boost = weight * (_TITLE if field == "title" else 1.0)
                terms = tuple(query.Term(field, form, word, boost) for word in words)
                yield terms[0] if len(terms) == 1 else query.And(terms)


def _forms(option: Replacement) -> Iterator[tuple[Form, tuple[str, ...]]]:
    """The terms of an option: as spelled, and what was typed in its other forms too."""
    words = words_of(option.text)
    yield "exact", tuple(map(fold, words))
    if option.why is None and len(words) == 1:
        yield "lemma", (analysis.forms(words[0])[1],)


def _readings(slots: Sequence[Slot], located: Located) -> Iterator[QueryReading]:
    """How an article reads the slots: by its title alone, and by all of it."""
    title, body = ([_held(slot, field, located) for slot in slots] for field in FIELDS)
    if all(one or not slot.required for one, slot in zip(title, slots, strict=True)):
        chosen = [max(one, key=_gain) if one else None for one in title]
        bonus = IN_ORDER if _ascends([one[1] for one in chosen if one]) else IN_TITLE
        yield _reading(chosen, bonus)
    both = [one + other for one, other in zip(title, body, strict=True)]
    if all(one or not slot.required for one, slot in zip(both, slots, strict=True)):
        yield _reading([max(one, key=_gain) if one else None for one in both], 0.0)


_Held = tuple[Replacement, list[int]]


def _gain(held: _Held) -> float:
    return held[0].gain


def _reading(chosen: Sequence[_Held | None], bonus: float) -> QueryReading:
    options = tuple(one[0] if one else None for one in chosen)
    return QueryReading(options, bonus + sum(one.gain for one in options if one))


def _held(slot: Slot, field: Field, located: Located) -> list[_Held]:
    """The options that a field holds, with the places where they begin."""
    found = []
    for option in slot.options:
        places = sorted(
            place
            for form, words in _forms(option)
            for place in _begins(words, located.positions.get((field, form), {}))
        )
        if places:
            found.append((option, places))
    return found


def _begins(words: Sequence[str], positions: Positions) -> list[int]:
    """Where the first of the words stands, if all are there."""
    first, *rest = (positions.get(word, []) for word in words)
    return first if all(rest) else []


def _ascends(places: Sequence[Sequence[int]]) -> bool:
    """Whether one place of each can be taken so that they ascend."""
    last = -1
    for some in places:
        after = [place for place in some if place > last]
        if not after:
            return False
        last = after[0]
    return True
