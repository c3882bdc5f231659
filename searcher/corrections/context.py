"""Context: which readings of a query's words stand together in an article.

Every word becomes a slot of alternatives: itself and what may have been meant. One search finds the
articles in which each slot has one, the best first, and their positions tell which. Words that
stand together in a headline, in the order of the query, are hardly there by chance; only that makes
a bold replacement believed, one of a word that may well have been meant.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from index import FIELDS, Engine, Field, Filters, Form, Located, analysis, fold, query
from searcher.corrections.replacements import Accident, Replacement, words_of

# Articles that are looked at, the best of the search.
MOST_ARTICLES = 20
# What it adds to a reading that a headline has all its words, in the order of the query or not.
IN_ORDER, IN_TITLE = 4.0, 2.0

_TITLE = 3.0
# An alternative's weight in the search falls by e for so much that its reading loses.
_SOFT = 6.0

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
    optional = [query.Or(tuple(_terms(slot))) for slot in slots if not slot.required]
    tree = query.And((*wanted, query.AtLeast(0, tuple(optional))))
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


@lru_cache(1 << 12)
def _forms(option: Replacement) -> tuple[tuple[Form, tuple[str, ...]], ...]:
    """The terms of an option: as spelled, and what was typed in its other forms too."""
    words = words_of(option.text)
    exact: tuple[Form, tuple[str, ...]] = ("exact", tuple(map(fold, words)))
    if option.why is None and len(words) == 1:
        return exact, ("lemma", (analysis.forms(words[0])[1],))
    return (exact,)


def _readings(slots: Sequence[Slot], located: Located) -> Iterator[QueryReading]:
    """How an article reads the slots: by its title alone, and by all of it."""
    title, body = ([_held(slot, field, located) for slot in slots] for field in FIELDS)
    headline = _likeliest(slots, title)
    if headline and len(slots) > 1 and _ascends([one[1] for one in headline if one]):
        yield _reading(headline, IN_ORDER)
    title, body = ([list(filter(_meek, one)) for one in held] for held in (title, body))
    if headline := _likeliest(slots, title):
        yield _reading(headline, IN_TITLE)
    both = [one + other for one, other in zip(title, body, strict=True)]
    if chosen := _likeliest(slots, both):
        yield _reading(chosen, 0.0)


_Held = tuple[Replacement, list[int]]


def _gain(held: _Held) -> float:
    return held[0].gain


def _meek(held: _Held) -> bool:
    return not held[0].bold


def _likeliest(slots: Sequence[Slot], held: Sequence[list[_Held]]) -> list[_Held | None]:
    """The likeliest of what is held for each slot; nothing where one lacks that needs one."""
    if not all(one or not slot.required for one, slot in zip(held, slots, strict=True)):
        return []
    return [max(one, key=_gain) if one else None for one in held]


def _reading(chosen: Sequence[_Held | None], headline: float) -> QueryReading:
    options = tuple(one[0] if one else None for one in chosen)
    return QueryReading(options, headline + sum(one.gain for one in options if one))


def _held(slot: Slot, field: Field, located: Located) -> list[_Held]:
    """The options that a field holds, with the places where they begin."""
    found = []
    for option in slot.options:
        places: list[int] = []
        for form, words in _forms(option):
            places += _begins(words, located.positions.get((field, form), {}))
        if places:
            found.append((option, sorted(places)))
    return found


def _begins(words: Sequence[str], positions: Positions) -> list[int]:
    """Where the first of the words stands, if all are there."""
    return positions[words[0]] if all(word in positions for word in words) else []


def _ascends(places: Sequence[Sequence[int]]) -> bool:
    """Whether one place of each can be taken so that they ascend."""
    last = -1
    for some in places:
        after = [place for place in some if place > last]
        if not after:
            return False
        last = after[0]
    return True
