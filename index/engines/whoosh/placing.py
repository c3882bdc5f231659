"""Placing: what documents gain by where some words stand: early (`Lead`) or close by (`Phrase`).

These parts of a query need not hold, there are many of them, and few documents can profit: so they
are worked out for all words together, on the documents that are left, in some thirty calls of numpy
however many the parts. What a word's positions are is found once for all parts that ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeGuard

import numpy as np

from index.document import Field, Form
from index.engines.whoosh.layout import Array
from index.engines.whoosh.sets import LOOKUP, NOBODY, located
from index.engines.whoosh.snapshot import Shelf
from index.engines.whoosh.workspace import workspace
from index.query import Lead, Phrase, Query

# Starting to search a list costs as much as looking at so many postings (benchmarks/relevance.py).
SEARCH = 2000


class Pairs(NamedTuple):
    """Pairs of words that follow each other in `texts` as they do in the query.

    The words from `first` to before `last` are each wanted behind the word `back` numbers before
    it, at most `reach` places away, and then both gain.
    """

    back: int
    reach: int
    boost: float
    first: int
    last: int


class Placing(NamedTuple):
    """Leads and pairs of words of one field and form; words by their number in `texts`.

    `leads` are numbers of first words, each with the boost that every word has there. `most` is
    what each word's BM25 can be multiplied with at most.
    """

    field: Field
    form: Form
    texts: list[str]
    leads: list[tuple[int, Array]]
    pairs: list[Pairs]
    most: list[float]


class Held(NamedTuple):
    """Which words stand in which documents: word, place among the documents, and its posting.

    In the order of words, then documents. `starts` are places in the stream's positions.
    """

    words: Array
    docs: Array
    impacts: Array
    starts: Array
    frequencies: Array


def takes(part: Query) -> TypeGuard[Lead | Phrase]:
    """Whether a part of a query is one that `placings_of` understands."""
    if type(part) is Lead:
        return part.term.boost > 0
    return type(part) is Phrase and part.boost > 0 and list(map(len, part.slots)) == [1, 1]


def placings_of(parts: Sequence[Lead | Phrase]) -> list[Placing]:
    """The parts gathered by field and form."""
    streams: dict[tuple[Field, Form], list[Lead | Phrase]] = {}
    for part in parts:
        named = part.term if isinstance(part, Lead) else part
        streams.setdefault((named.field, named.form), []).append(part)
    return [_placing(field, form, some) for (field, form), some in streams.items()]


def _placing(field: Field, form: Form, parts: Sequence[Lead | Phrase]) -> Placing:
    numbers: dict[str, int] = {}
    early: dict[int, dict[int, float]] = {}
    pairs: list[Pairs] = []
    for part in parts:
        if isinstance(part, Lead):
            boosts = early.setdefault(part.words, {})
            number = numbers.setdefault(part.term.text, len(numbers))
            boosts[number] = boosts.get(number, 0.0) + part.term.boost
        else:
            (first,), (second,) = part.slots
            one = numbers.setdefault(first, len(numbers))
            other = numbers.setdefault(second, len(numbers))
            _join(pairs, Pairs(other - one, part.slop + 1, part.boost, other, other + 1))
    most = np.zeros(len(numbers))
    leads = []
    for words, boosts in early.items():
        leads.append((words, np.array([boosts.get(n, 0.0) for n in range(len(numbers))])))
        most += leads[-1][1]
    for back, _, boost, start, stop in pairs:
        most[start:stop] += boost
        most[start - back : stop - back] += boost
    return Placing(field, form, list(numbers), leads, pairs, most.tolist())


def _join(pairs: list[Pairs], new: Pairs) -> None:
    """Add a pair, to the last ones where it continues them."""
    if pairs and pairs[-1][:3] == new[:3] and pairs[-1].last == new.first:
        new = new._replace(first=pairs.pop().first)
    pairs.append(new)


def gains(placing: Placing, shelf: Shelf, docs: Array) -> Array:
    """What each of some ascending documents of a segment gains."""
    held = _held(placing, shelf, docs)
    if held is None:
        return np.zeros(len(docs))
    places = shelf.file.all_places(placing.field, placing.form)
    first = places[held.starts]
    early = np.zeros(len(first))
    for words, boosts in placing.leads:
        early += boosts[held.words] * (first < words)
    gained = np.bincount(held.docs, early * held.impacts, len(docs))
    if placing.pairs:
        _add_close(gained, placing, held, places, shelf.longest(placing.field))
    return gained


def _held(placing: Placing, shelf: Shelf, docs: Array) -> Held | None:
    """Where the words stand in the documents; None when none of them stands anywhere.

    A long list is searched for the documents; short ones are laid end to end and looked at whole.
    """
    field, form = placing.field, placing.form
    lists = [shelf.entry(field, form, text) for text in placing.texts]
    short = [n for n, entry in enumerate(lists) if len(entry.docs) <= SEARCH + LOOKUP * len(docs)]
    found = dict.fromkeys(range(len(lists)), (NOBODY, NOBODY))
    found.update(
        zip(
            short,
            workspace.among([lists[n].docs for n in short], docs, shelf.documents),
            strict=True,
        )
    )
    for number in set(found).difference(short):
        where, there = located(lists[number].docs, docs)
        found[number] = where[there], there.nonzero()[0]
    held = [number for number in found if len(found[number][0])]
    if not held:
        return None
    standing = [shelf.occurrences(field, form, placing.texts[number]) for number in held]
    at = [found[number][0] for number in held]
    return Held(
        words=np.repeat(held, list(map(len, at))),
        docs=np.concatenate([found[number][1] for number in held]),
        impacts=np.concatenate([lists[n].impacts[a] for n, a in zip(held, at, strict=True)]),
        starts=np.concatenate([s.starts[a] for s, a in zip(standing, at, strict=True)]),
        frequencies=np.concatenate([s.frequencies[a] for s, a in zip(standing, at, strict=True)]),
    )


def _add_close(gained: Array, placing: Placing, held: Held, places: Array, longest: int) -> None:
    """Add what pairs of words bring to each document.

    Every position becomes one number, (word, document, place), so that the nearest position of the
    first word before one of the second is found by a search in an ascending array.
    """
    shape = (len(placing.texts), len(gained))
    stride = longest + max(pairs.reach for pairs in placing.pairs) + 1
    cells = held.words * len(gained) + held.docs
    ends = held.frequencies.cumsum(dtype=np.int64)
    where = (held.starts - ends + held.frequencies).repeat(held.frequencies)
    where += np.arange(len(where))
    keys = cells.repeat(held.frequencies) * stride + places[where]
    bounds = keys.searchsorted(np.arange(shape[0] + 1) * (shape[1] * stride)).tolist()
    impacts = np.zeros(shape)
    impacts.ravel()[cells] = held.impacts
    for back, reach, boost, start, stop in placing.pairs:
        of_second = keys[bounds[start] : bounds[stop]]
        wanted = of_second - back * shape[1] * stride
        distances = wanted - keys[keys.searchsorted(wanted) - 1]
        # As unsigned numbers, so that what has nothing before it is far away.
        near = of_second[distances.view(np.uint64) <= reach]
        close = np.zeros(shape, dtype=bool)
        close.ravel()[near // stride] = True
        both = impacts[start:stop] + impacts[start - back : stop - back]
        gained += boost * (both * close[start:stop]).sum(axis=0)
