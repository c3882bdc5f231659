"""Accumulator: the sums of scored posting lists, in memory that each thread keeps.

Fresh megabytes for every search would make the system hand out and clear pages each time, which can
take ten times as long as the adding itself.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from index.engines.whoosh.searching.segment_reader import ScoredPostings
from index.engines.whoosh.storage.array_file import Array
from index.engines.whoosh.storage.doc_sets import EMPTY, LOOKUP, located

# Postings added in one call: what fits a processor's cache beside the sums.
CHUNK = 1 << 16
# Starting to search a list costs as much as looking at so many postings (benchmarks/relevance.py).
SEARCH = 2000
# So few lists are searched sooner than they are laid end to end (benchmarks/relevance.py).
FEW_LISTS = 6
_ONE = np.uint32(1)


class Accumulator(threading.local):
    """A thread's memory for one search after the other."""

    def __init__(self) -> None:
        self._sums = np.empty(0)
        self._counts = np.empty(0, dtype=np.uint32)
        self._slots = np.empty(0, dtype=np.int32)
        self._docs = np.empty(CHUNK, dtype=np.int64)
        self._impacts = np.empty(CHUNK)

    def add_up(
        self, lists: Sequence[ScoredPostings], boosts: Sequence[float], documents: int
    ) -> Array:
        """For each document of a segment the sum of its impacts, each list's times its boost.

        Valid until the thread's next call.
        """
        sums = self._zeroed(documents)
        self._add_all(lists, boosts, sums, None)
        return sums

    def tally(self, lists: Sequence[ScoredPostings], documents: int) -> tuple[Array, Array]:
        """For each document of a segment the sum of its impacts, and how many lists hold it.

        Valid until the thread's next call.
        """
        if len(self._counts) < documents:
            self._counts = np.empty(documents, dtype=np.uint32)
        sums, counts = self._zeroed(documents), self._counts[:documents]
        counts.fill(0)
        self._add_all(lists, [1.0] * len(lists), sums, counts)
        return sums, counts

    def among(
        self, lists: Sequence[Array], docs: Array, documents: int
    ) -> list[tuple[Array, Array]]:
        """For each list the postings that are of some documents, and which of these they are.

        A long list is searched for the documents; short ones, when there are more than a few, are
        laid end to end and looked at whole.
        """
        most = SEARCH + LOOKUP * len(docs) if len(lists) > FEW_LISTS else -1
        short = [each for each in lists if len(each) <= most]
        looked_at = self._looked_at(short, docs, documents)
        found = []
        for each in lists:
            if len(each) <= most:
                found.append(next(looked_at))
            elif not len(each):
                found.append((EMPTY, EMPTY))
            else:
                at, there = located(each, docs)
                found.append((at[there], there.nonzero()[0]))
        return found

    def _looked_at(
        self, lists: Sequence[Array], docs: Array, documents: int
    ) -> Iterator[tuple[Array, Array]]:
        """The same for lists that are looked at whole."""
        if not lists:
            return
        if len(self._slots) < documents:
            self._slots = np.full(documents, -1, dtype=np.int32)
        everything = np.concatenate(lists, dtype=np.int64)
        try:
            self._slots[docs] = np.arange(len(docs), dtype=np.int32)
            of = self._slots[everything]
        finally:  # for the next search nobody is among them
            self._slots[docs] = -1
        held = np.flatnonzero(of >= 0)
        of = of[held]
        ends = np.cumsum([0, *map(len, lists)])
        cuts = held.searchsorted(ends).tolist()
        for start, (first, last) in zip(ends.tolist(), pairwise(cuts), strict=False):
            yield held[first:last] - start, of[first:last]

    def _zeroed(self, documents: int) -> Array:
        if len(self._sums) < documents:
            self._sums = np.empty(documents)
        sums = self._sums[:documents]
        sums.fill(0)
        return sums

    def _add_all(
        self,
        lists: Sequence[ScoredPostings],
        boosts: Sequence[float],
        sums: Array,
        counts: Array | None,
    ) -> None:
        first, size = 0, 0
        for number, entry in enumerate(lists):
            if size + len(entry.docs) > CHUNK:
                self._add(lists[first:number], boosts[first:number], sums, counts)
                first, size = number, 0
            size += len(entry.docs)
        self._add(lists[first:], boosts[first:], sums, counts)

    def _add(
        self,
        lists: Sequence[ScoredPostings],
        boosts: Sequence[float],
        sums: Array,
        counts: Array | None,
    ) -> None:
        """Lists laid end to end and added in one pass."""
        if not lists:
            return
        if len(lists[0].docs) > CHUNK:
            self._add_long(lists[0], boosts[0], sums, counts)
            return
        sizes = [len(entry.docs) for entry in lists]
        size = sum(sizes)
        docs, impacts = self._docs[:size], self._impacts[:size]
        np.concatenate([each.docs for each in lists], out=docs)
        np.concatenate([each.impacts for each in lists], out=impacts)
        if any(boost != 1.0 for boost in boosts):
            impacts *= np.repeat(boosts, sizes)
        np.add.at(sums, docs, impacts)
        if counts is not None:
            np.add.at(counts, docs, _ONE)

    def _add_long(
        self, entry: ScoredPostings, boost: float, sums: Array, counts: Array | None
    ) -> None:
        for start in range(0, len(entry.docs), CHUNK):
            stop = start + CHUNK
            piece = ScoredPostings(entry.docs[start:stop], entry.impacts[start:stop])
            self._add([piece], [boost], sums, counts)


accumulator = Accumulator()
