"""Segment terms: what one segment says about its vocabulary, by numbers of terms.

Deleted documents do not count. They are few and a segment's counts are of all its documents, so a
count is at most the one that is written; only what is asked for is counted anew.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np

from index.analysis import Form, Table
from index.document import FIELDS
from index.engines.whoosh.storage.array_file import Array
from index.engines.whoosh.storage.doc_sets import EMPTY
from index.engines.whoosh.storage.keyed_table import KeyedTable
from index.engines.whoosh.storage.segment import SegmentFile
from index.engines.whoosh.storage.slip_filter import candidates


class CountedNumbers(NamedTuple):
    """Terms of a segment by their ascending numbers, and how often each occurs at most."""

    numbers: Array
    counts: Array


class SegmentTerms:
    """The terms of a segment, of which some documents may be deleted (`live` None: none is)."""

    def __init__(self, file: SegmentFile, live: Array | None) -> None:
        self.file, self.live = file, live
        self._tables: dict[Table, KeyedTable] = {}

    def frequency(self, form: Form, term: int) -> int:
        """In how many live documents a term occurs, in either field; 0 for the term -1."""
        if term < 0:
            return 0
        if self.live is None:
            return int(self.file.file.array(f"{form}.holders", term, term + 1)[0])
        title, body = (self.file.posting_list(field, form, term).docs for field in FIELDS)
        return int(np.count_nonzero(self.live[np.union1d(title, body).astype(np.int64)]))

    def beginning(self, form: Form, prefix: str) -> CountedNumbers:
        """The terms that begin so, deleted ones included."""
        low, high = self.file.terms[form].beginning(prefix)
        return CountedNumbers(
            np.arange(low, high), self.file.file.array(f"{form}.holders", low, high)
        )

    def keyed(self, table: Table, key: str) -> Array:
        """The terms that have a key, deleted ones included."""
        if table not in self._tables:
            self._tables[table] = KeyedTable(self.file.derived, table)
        return self._tables[table].terms(key)

    def near(self, term: str, slips: int) -> Array:
        """The exact terms that may lie within so many slips, deleted ones included."""
        return candidates(self.file.derived, term, slips)

    def followers(self, term: int) -> CountedNumbers:
        """The exact terms that stand right behind one in titles, and in how many live ones."""
        if term < 0:
            return CountedNumbers(EMPTY, EMPTY)
        docs, frequencies = self.file.posting_list("title", "exact", term)
        docs = np.repeat(docs.astype(np.int64), frequencies)
        places = self.file.places("title", "exact", term)[1].astype(np.int64) + 1
        inside = places < self._title_starts[docs + 1] - self._title_starts[docs]
        if self.live is not None:
            inside &= self.live[docs]
        docs, places = docs[inside], places[inside]
        words = self.file.file.array("title.words")[self._title_starts[docs] + places]
        # Each title counts once, however often the two stand side by side in it.
        pairs = np.unique(words.astype(np.int64) << 32 | docs) >> 32
        return CountedNumbers(*np.unique(pairs, return_counts=True))

    @cached_property
    def _title_starts(self) -> Array:
        lengths = self.file.lengths("title")
        return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
