"""Adding up posting lists, in memory that each thread keeps.

Fresh megabytes for every search would make the system hand out and clear pages each time, which can
take ten times as long as the adding itself.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from index.engines.whoosh.layout import Array
from index.engines.whoosh.snapshot import Entry

# Postings added in one call: what fits a processor's cache beside the sums.
CHUNK = 1 << 16


class Workspace(threading.local):
    """A thread's memory for one search after the other."""

    def __init__(self) -> None:
        self._sums = np.empty(0)
        self._docs = np.empty(CHUNK, dtype=np.int64)
        self._impacts = np.empty(CHUNK)

    def add_up(self, lists: Sequence[Entry], boosts: Sequence[float], documents: int) -> Array:
        """For each document of a segment the sum of its impacts, each list's times its boost.

        Valid until the thread's next call.
        """
        if len(self._sums) < documents:
            self._sums = np.empty(documents)
        sums = self._sums[:documents]
        sums.fill(0)
        first, size = 0, 0
        for number, (docs, _) in enumerate(lists):
            if size + len(docs) > CHUNK:
                self._add(lists[first:number], boosts[first:number], sums)
                first, size = number, 0
            size += len(docs)
        self._add(lists[first:], boosts[first:], sums)
        return sums

    def _add(self, lists: Sequence[Entry], boosts: Sequence[float], sums: Array) -> None:
        """Lists laid end to end and added in one pass."""
        if not lists:
            return
        if len(lists[0].docs) > CHUNK:
            self._add_long(lists[0], boosts[0], sums)
            return
        sizes = [len(docs) for docs, _ in lists]
        size = sum(sizes)
        docs, impacts = self._docs[:size], self._impacts[:size]
        np.concatenate([each.docs for each in lists], out=docs)
        np.concatenate([each.impacts for each in lists], out=impacts)
        if any(boost != 1.0 for boost in boosts):
            impacts *= np.repeat(boosts, sizes)
        np.add.at(sums, docs, impacts)

    def _add_long(self, entry: Entry, boost: float, sums: Array) -> None:
        for start in range(0, len(entry.docs), CHUNK):
            piece = Entry(*(array[start : start + CHUNK] for array in entry))
            self._add([piece], [boost], sums)


workspace = Workspace()
