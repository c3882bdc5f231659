"""Document sets: ascending arrays of their numbers, and marks over all of a segment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.engines.whoosh.storage.array_file import Array

EMPTY: Array = np.empty(0, dtype=np.int64)
# Looking one document up in a list costs about as much as marking this many (benchmarks/speed.py).
LOOKUP = 16


def union(sets: Sequence[Array], documents: int) -> Array:
    """The documents of any of some non-empty sets."""
    if len(sets) <= 1:
        return sets[0] if sets else EMPTY
    if sum(map(len, sets)) * LOOKUP < documents:
        return distinct(np.sort(np.concatenate(sets)))
    return np.flatnonzero(marked(sets, documents))


def distinct(ascending: Array) -> Array:
    """Each value once. (`np.unique` hashes first, which takes twenty times as long here.)"""
    if not len(ascending):
        return ascending
    new = np.ones(len(ascending), dtype=bool)
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    return ascending[new]


def marked(sets: Sequence[Array], documents: int) -> Array:
    """For each document of the segment, whether it is in any of some sets."""
    marks = np.zeros(documents, dtype=bool)
    if sets:
        marks[np.concatenate(sets) if len(sets) > 1 else sets[0]] = True
    return marks


def contains(docs: Array, asked: Array, documents: int) -> Array:
    """For each of the asked documents, whether it is in the set."""
    if not len(docs):
        return np.zeros(len(asked), dtype=bool)
    if len(docs) == documents:
        return np.ones(len(asked), dtype=bool)
    if len(asked) * LOOKUP < len(docs):
        return located(docs, asked)[1]
    return marked([docs], documents)[asked]


def located(docs: Array, asked: Array) -> tuple[Array, Array]:
    """Where each asked document stands in a non-empty set, and whether it does."""
    # In the set's own type: numpy would widen the longer array to search it for the shorter.
    at = docs.searchsorted(asked.astype(docs.dtype, copy=False))
    np.minimum(at, len(docs) - 1, out=at)
    return at, docs[at] == asked


def runs(starts: Array, sizes: Array) -> Array:
    """The numbers of all runs, one after the other.

    >>> runs(np.array([5, 20]), np.array([2, 3])).tolist()
    [5, 6, 20, 21, 22]
    """
    ends = sizes.cumsum(dtype=np.int64)
    numbers: Array = (starts - ends + sizes).repeat(sizes)
    numbers += np.arange(len(numbers))
    return numbers
