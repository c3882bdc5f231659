"""Matching: the documents of a segment that hold a query, as ascending arrays of their numbers.

The vectorised twin of `index.query.holds`: it must find the same documents.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from index.attribute_words import loose_words
from index.attributes import AttributeName
from index.engine import Filters
from index.engines.whoosh.searching.phrases import lead_postings, phrase_docs
from index.engines.whoosh.searching.segment_reader import SegmentReader
from index.engines.whoosh.storage.array_file import Array
from index.engines.whoosh.storage.doc_sets import EMPTY, contains, marked, union
from index.engines.whoosh.storage.filtering import date_range, passing
from index.query import (
    And,
    AtLeast,
    Attribute,
    Dates,
    Everything,
    Lead,
    Not,
    Nothing,
    Or,
    Phrase,
    Query,
    Term,
)


class TimeUp(Exception):
    """The search has used its time."""


class Matcher:
    """Finds the documents of one segment; remembers what it found for each part of the query."""

    def __init__(self, reader: SegmentReader, end: float) -> None:
        self.reader = reader
        self._end = end
        self._found: dict[int, tuple[Query, Array]] = {}

    def docs(self, query: Query) -> Array:
        """The documents that hold a query, deleted ones included. Raises `TimeUp`."""
        known = self._found.get(id(query))
        if known is not None:
            return known[1]
        self.check_time()
        docs = self._docs(query)
        # By identity, which lasts while the node does: it is kept with its answer.
        self._found[id(query)] = (query, docs)
        return docs

    def check_time(self) -> None:
        """Raise `TimeUp` when it is."""
        if time.monotonic() > self._end:
            raise TimeUp

    def among(self, part: Query, asked: Array) -> Array:
        """For each of the asked documents, whether it holds a part."""
        if not len(asked):
            return np.zeros(0, dtype=bool)
        if isinstance(part, Or):
            return marked(self._sets(part.parts), self.reader.documents)[asked]
        return contains(self.docs(part), asked, self.reader.documents)

    def _docs(self, query: Query) -> Array:
        reader = self.reader
        match query:
            case Term(field, form, text):
                return reader.docs(field, form, text)
            case Phrase():
                return phrase_docs(reader, query)
            case Lead():
                return lead_postings(reader, query).docs
            case Attribute(name, text):
                return self._attribute(name, text)
            case Dates(since, until):
                return reader.everything[date_range(reader.days, since, until)]
            case And(parts):
                return self._all(parts)
            case Or(parts):
                return union(self._sets(parts), reader.documents)
            case AtLeast(count, parts):
                return self._some(count, parts)
            case Not(part):
                return self._without(reader.everything, part)
            case Everything():
                return reader.everything
            case Nothing():
                return EMPTY

    def _sets(self, parts: Sequence[Query]) -> list[Array]:
        """The non-empty sets of some parts; terms, which are many, by the short way."""
        docs_of = self.reader.docs
        found = [
            docs_of(part.field, part.form, part.text) if type(part) is Term else self.docs(part)
            for part in parts
        ]
        return [docs for docs in found if len(docs)]

    def _all(self, parts: Sequence[Query]) -> Array:
        needed = sorted((part for part in parts if not isinstance(part, Not)), key=self._size)
        left = self.docs(needed[0]) if needed else self.reader.everything
        for each in needed[1:]:
            left = left[self.among(each, left)]
        for part in parts:
            if isinstance(part, Not):
                left = left[~self.among(part.part, left)]
        return left

    def _size(self, part: Query) -> int:
        """About how many documents hold a part; the Or that is only looked up in is not united."""
        if isinstance(part, Or):
            return sum(map(len, self._sets(part.parts)))
        return len(self.docs(part))

    def _without(self, docs: Array, part: Query) -> Array:
        return docs[~self.among(part, docs)]

    def _some(self, count: int, parts: Sequence[Query]) -> Array:
        if count <= 0:
            return self.reader.everything
        if count > len(parts):
            return EMPTY
        if count == len(parts):
            return self._all(parts)
        if count == 1:
            return union(self._sets(parts), self.reader.documents)
        held = np.zeros(self.reader.documents, dtype=np.uint32)
        for part in parts:
            sets = self._sets(part.parts) if isinstance(part, Or) else [self.docs(part)]
            held += marked(sets, self.reader.documents)
        return np.flatnonzero(held >= count)

    def _attribute(self, name: AttributeName, text: str) -> Array:
        wanted = loose_words(text)
        width = len(wanted)
        accepted = [
            bool(wanted)
            and any(
                have[i : i + width] == wanted
                for have in values
                for i in range(len(have) - width + 1)
            )
            for values in self.reader.words(name)
        ]
        return np.flatnonzero(np.array(accepted, dtype=bool)[self.reader.attribute(name).codes])


def accepted(reader: SegmentReader, docs: Array, filters: Filters) -> Array:
    """The live documents among these that pass the filters."""
    if reader.live is not None:
        docs = docs[reader.live[docs]]
    return passing(docs, filters, reader.days, reader.attribute)
