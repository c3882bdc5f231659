"""Readers of one commit: the index and its segments, with postings as `term_weights` weighs them.

A commit never changes, so any number of threads may search it while the next commit is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from index.attribute_words import loose_words
from index.attributes import AttributeName
from index.document import FIELDS, Field, Form
from index.engine import TIME_FACETS, Facet, Filters, Recency, period_of
from index.engines.whoosh.searching.cache import ByteCache
from index.engines.whoosh.searching.segment_terms import SegmentTerms
from index.engines.whoosh.searching.term_weights import (
    CorpusStatistics,
    norms,
    recency_priors,
    saturated,
)
from index.engines.whoosh.searching.vocabulary import SegmentedVocabulary
from index.engines.whoosh.storage.array_file import Array
from index.engines.whoosh.storage.commit_file import Contents
from index.engines.whoosh.storage.filtering import passing
from index.engines.whoosh.storage.segment import SegmentFile, segment_file
from index.engines.whoosh.storage.segment_data import Attributes

# Bytes of posting lists with their impacts that are kept ready, for each segment.
CACHED_BYTES = 96 << 20
# A part of an index keeps so many times less: there may be one for each reader's rights.
OF_A_PART = 8
_OF_A_LIST = 600  # bytes besides the impacts


class ScoredPostings(NamedTuple):
    """A posting list in one segment: documents, what it adds to their scores, and that at most."""

    docs: Array
    impacts: Array
    most: float = 0.0


# A posting with what is read together of it, so that looking up a few touches few places in memory:
# where its positions begin among those of all terms, how many they are, and its impact.
POSTING = np.dtype([("start", "<i8"), ("frequency", "<u4"), ("impact", "<f4")])
# The same as mere bytes, which numpy joins twenty times faster than records.
RAW = np.dtype((np.void, POSTING.itemsize))

NOTHING_SCORED = ScoredPostings(np.empty(0, np.uint8), np.empty(0, np.float32))


class SegmentReader:
    """One segment of a commit, with what is derived from its arrays and remembered."""

    def __init__(
        self, file: SegmentFile, live: Array | None, statistics: CorpusStatistics, cached: int
    ) -> None:
        self.file = file
        self.documents = file.documents
        self.live = live
        self._idf = statistics.idf
        self._norms = {f: norms(file.lengths(f), statistics.average(f)) for f in FIELDS}
        self._longest = {f: int(file.lengths(f).max(initial=0)) for f in FIELDS}
        self._scored_lists = ByteCache[ScoredPostings](cached)
        self._postings = ByteCache[Array](cached // 2)
        self.clauses = ByteCache[Any](cached // 2)  # see `clause_cache`
        self._attributes: dict[AttributeName, Attributes] = {}
        self._periods: dict[Facet, Attributes] = {}
        self._words: dict[AttributeName, list[list[list[str]]]] = {}

    @cached_property
    def days(self) -> Array:
        """Day numbers, newest first."""
        return self.file.days

    @cached_property
    def everything(self) -> Array:
        """All document numbers."""
        return np.arange(self.documents, dtype=np.int64)

    def scored(self, field: Field, form: Form, text: str) -> ScoredPostings:
        """A term's posting list with its BM25 scores."""
        return self._scored_lists.get((field, form, text)) or self._scored(field, form, text)

    def docs(self, field: Field, form: Form, text: str) -> Array:
        """A term's documents alone, which costs no scores."""
        known = self._scored_lists.get((field, form, text))
        if known is not None:
            return known.docs
        return self.file.posting_list(field, form, self.file.term(form, text)).docs

    def _scored(self, field: Field, form: Form, text: str) -> ScoredPostings:
        docs, frequencies = self.file.posting_list(field, form, self.file.term(form, text))
        entry = NOTHING_SCORED
        if len(docs):
            impacts = saturated(frequencies, self._norms[field][docs])
            impacts *= np.float32(self._idf(field, form, text))
            entry = ScoredPostings(docs, impacts, float(impacts.max()))
        self._scored_lists.put((field, form, text), entry, entry.impacts.nbytes + _OF_A_LIST)
        return entry

    def postings(self, field: Field, form: Form, text: str) -> Array:
        """The postings of a term's entry, `RAW`, to be viewed as `POSTING`; positions checked."""
        name = (field, form, text)
        known = self._postings.get(name)
        return known if known is not None else self._packed(*name)

    def _packed(self, field: Field, form: Form, text: str) -> Array:
        term = self.file.term(form, text)
        frequencies = self.file.posting_list(field, form, term).frequencies
        packed = np.empty(len(frequencies), POSTING)
        packed["frequency"] = frequencies
        packed["impact"] = self.scored(field, form, text).impacts
        starts = packed["start"]
        np.cumsum(frequencies, out=starts)
        starts += self.file.places(field, form, term)[0] - frequencies.astype(np.int64)
        raw: Array = packed.view(RAW)
        self._postings.put((field, form, text), raw, raw.nbytes + _OF_A_LIST)
        return raw

    def attribute(self, name: AttributeName) -> Attributes:
        """The values of an attribute and each document's."""
        if name not in self._attributes:
            self._attributes[name] = self.file.attribute(name)
        return self._attributes[name]

    def coded(self, facet: Facet) -> Attributes:
        """The values of a facet, an attribute or a period, and each document's."""
        if facet not in TIME_FACETS:
            return self.attribute(facet)
        if facet not in self._periods:
            self._periods[facet] = _periods(facet, self.days)
        return self._periods[facet]

    def words(self, name: AttributeName) -> list[list[list[str]]]:
        """The folded words of each value of an attribute's `values`."""
        if name not in self._words:
            values = self.attribute(name).values
            self._words[name] = [[loose_words(value) for value in some] for some in values]
        return self._words[name]

    def longest(self, field: Field) -> int:
        """Tokens of the longest field."""
        return self._longest[field]

    def live_count(self) -> int:
        """Documents that are not deleted."""
        return self.documents if self.live is None else int(np.count_nonzero(self.live))


class IndexReader:
    """All segments of a commit, or what of them is inside a scope: a snapshot for all threads."""

    def __init__(self, folder: Path, contents: Contents, scopes: Sequence[Filters] = ()) -> None:
        self.contents, self._folder, self._scopes = contents, folder, scopes
        files = [segment_file(segment.path(folder)) for segment in contents.segments]
        live = [
            live_documents(file, segment.deleted, scopes)
            for file, segment in zip(files, contents.segments, strict=True)
        ]
        statistics = CorpusStatistics(files, live if scopes else [None] * len(files))
        cached = CACHED_BYTES // OF_A_PART if scopes else CACHED_BYTES
        self.readers = [
            SegmentReader(*one, statistics, cached) for one in zip(files, live, strict=True)
        ]
        self._priors: dict[Recency, list[Array]] = {}

    def within(self, scope: Filters) -> IndexReader:
        """What of it passes some filters too."""
        return IndexReader(self._folder, self.contents, (*self._scopes, scope))

    def live_count(self) -> int:
        """Documents that can be found."""
        return sum(reader.live_count() for reader in self.readers)

    @cached_property
    def vocabulary(self) -> SegmentedVocabulary:
        """See `Engine.vocabulary`."""
        return SegmentedVocabulary([SegmentTerms(each.file, each.live) for each in self.readers])

    def priors(self, recency: Recency) -> list[Array]:
        """The factor of `Recency` for every document of every reader."""
        if recency not in self._priors:
            found = [recency_priors(recency, reader.days) for reader in self.readers]
            self._priors = {recency: found}
            return found
        return self._priors[recency]

    def find(self, key: str) -> tuple[SegmentReader, int] | None:
        """Where the document of a key is: its segment, and its number there."""
        for reader in self.readers:
            number = reader.file.number_of(key)
            if number is not None and (reader.live is None or reader.live[number]):
                return reader, number
        return None


def _periods(facet: Facet, days: Array) -> Attributes:
    """The periods that days lie in, as values of an attribute; none for the undated."""
    different, places = np.unique(days, return_inverse=True)
    names = [
        period_of(facet, date.fromordinal(day).isoformat()) if day else ""
        for day in different.tolist()
    ]
    values = list(dict.fromkeys(names))
    numbers = {value: number for number, value in enumerate(values)}
    codes = np.array([numbers[name] for name in names], dtype=np.uint32)
    return Attributes([(value,) if value else () for value in values], codes[places])


def live_documents(
    file: SegmentFile, deleted: frozenset[int], scopes: Sequence[Filters]
) -> Array | None:
    """Marks of the documents that can be found; None where all can."""
    if not deleted and not scopes:
        return None
    docs = np.arange(file.documents)
    for scope in scopes:
        docs = passing(docs, scope, file.days, file.attribute)
    live = np.zeros(file.documents, dtype=bool)
    live[docs] = True
    live[list(deleted)] = False
    return live
