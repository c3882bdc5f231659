"""The scores of documents that were found: BM25 summed over the query's terms, on whole arrays.

A query is first turned into a plan: the terms that add their score wherever they stand, and the
parts whose terms add only where the part holds (an And inside an Or, a phrase inside an Or).
`index.engines.memory.MemoryEngine.score` is the meaning.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from index.document import Field, Form
from index.engines.whoosh.layout import Array
from index.engines.whoosh.matching import LOOKUP, Matcher, located
from index.engines.whoosh.snapshot import Shelf, Snapshot
from index.query import And, AtLeast, Lead, Or, Phrase, Query, Term


class Weight(NamedTuple):
    """A term that adds its BM25 times a boost."""

    field: Field
    form: Form
    text: str
    boost: float


class Plan(NamedTuple):
    """What adds to a score: terms wherever they stand, and parts where they hold."""

    weights: tuple[Weight, ...]
    parts: tuple[tuple[Query, Plan], ...] = ()


class Impacts(NamedTuple):
    """A term's posting list in one segment, its impacts, and what they are multiplied by."""

    docs: Array
    impacts: Array
    weight: float


def plan_of(query: Query) -> Plan:
    """The plan of a query, for documents that hold it."""
    weights: dict[tuple[Field, Form, str], float] = {}
    parts: list[tuple[Query, Plan]] = []
    for node, held in _addends(query, held=True):
        match node:
            case Term(field, form, text, boost) if held:
                weights[field, form, text] = weights.get((field, form, text), 0.0) + boost
            case _:
                parts.append((node, plan_of(node)))
    return Plan(tuple(Weight(*term, boost) for term, boost in weights.items()), tuple(parts))


def _addends(query: Query, held: bool) -> Sequence[tuple[Query, bool]]:
    """The terms under a query, and the parts that are not sure to hold where the query does."""
    match query:
        case Term():
            return [(query, True)]
        case Phrase(field, form, slots, _, boost) if held:
            return [(Term(field, form, text, boost), True) for slot in slots for text in slot]
        case Lead(term, _) if held:
            return [(term, True)]
        case And(parts) if held:
            return [addend for part in parts for addend in _addends(part, held=True)]
        case Or(parts):
            return [addend for part in parts for addend in _addends(part, held=False)]
        case AtLeast(_, parts) if held:
            return [addend for part in parts for addend in _addends(part, held=False)]
        case Phrase() | Lead() | And() | AtLeast():
            return [(query, False)]
        case _:
            return []


def scores_of(plan: Plan, docs: Array, matcher: Matcher, snapshot: Snapshot) -> Array:
    """The scores of ascending documents of a segment, 32-bit, in their order.

    Added up in 64 bits and rounded once: the order of adding, which differs between segments, does
    not show, and documents of the same text tie.
    """
    return _scores(plan, docs, matcher, snapshot).astype(np.float32)


def _scores(plan: Plan, docs: Array, matcher: Matcher, snapshot: Snapshot) -> Array:
    scores = _sums(_impacts(plan.weights, matcher.shelf, snapshot), docs, matcher.shelf)
    for query, inner in plan.parts:
        holding = matcher.docs(query)
        if len(holding) and len(docs):
            at, there = located(docs, holding)
            scores[at[there]] += _scores(inner, holding[there], matcher, snapshot)
    return scores


def _impacts(weights: Sequence[Weight], shelf: Shelf, snapshot: Snapshot) -> list[Impacts]:
    found = []
    for field, form, text, boost in weights:
        term = shelf.file.term(form, text)
        docs = shelf.file.listed(field, form, term).docs
        if len(docs):
            weight = boost * snapshot.idf(field, form, text)
            found.append(Impacts(docs, shelf.impacts(field, form, term), weight))
    return found


def _sums(lists: Sequence[Impacts], docs: Array, shelf: Shelf) -> Array:
    """For each document the sum of the impacts it has.

    A list much longer than the documents asked for is searched for them; the others are added up in
    an array over all documents of the segment, which costs as much as they are long.
    """
    sums = np.zeros(len(docs))
    short = []
    for each in lists:
        if len(docs) * LOOKUP < len(each.docs):
            at, there = located(each.docs, docs)
            sums[there] += each.weight * each.impacts[at[there]]
        else:
            short.append(each)
    if short and len(docs):
        with scratch(shelf.documents) as everyone:
            for each in short:
                everyone[each.docs] += each.weight * each.impacts
            sums += everyone[docs]
    return sums


class scratch:
    """A zeroed array over a segment's documents, used again by the same thread.

    A new one for every search would make the system hand out and clear fresh pages each time.
    """

    _own = threading.local()

    def __init__(self, size: int) -> None:
        self._size = size

    def __enter__(self) -> Array:
        array: Array | None = getattr(self._own, "array", None)
        if array is None or len(array) < self._size:
            array = np.empty(self._size)
        self._own.array = None  # a part inside a part takes another one
        self._array = array
        view = array[: self._size]
        view.fill(0)
        return view

    def __exit__(self, *_: object) -> None:
        self._own.array = self._array
