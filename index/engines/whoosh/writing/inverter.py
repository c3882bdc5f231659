"""Inverter: documents to a segment in memory, their words as numbers, sorted once.

The analysis is plain Python and takes most of the time, so it runs in worker processes where there
are cores (`index.engines.whoosh.writing.workers`). Inverting is one sort of (term, token) pairs,
after which every posting list is contiguous.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.analysis.batch import Coded, Wordbook
from index.analysis.lemmatizer import other_lemmas
from index.attributes import ATTRIBUTE_NAMES, AttributeName, attribute_values
from index.document import FIELDS, Document, Field, Form
from index.engines.whoosh.storage.array_file import Array, narrow
from index.engines.whoosh.storage.docstore import pack
from index.engines.whoosh.storage.segment_data import (
    Attributes,
    Postings,
    newest_first,
    ordinal,
)


@dataclass(frozen=True, slots=True)
class MemorySegment:
    """Documents just inverted; see `SegmentData`."""

    keys: Array
    days: Array
    field_lengths: dict[Field, Array]
    attributes: dict[AttributeName, Attributes]
    vocabularies: dict[Form, list[str]]
    streams: dict[tuple[Field, Form], Postings]
    read_as: dict[str, tuple[str, ...]]
    packed: list[bytes]
    zdict: bytes

    def lengths(self, field: Field) -> Array:
        """See `SegmentData.lengths`."""
        return self.field_lengths[field]

    def attribute(self, name: AttributeName) -> Attributes:
        """See `SegmentData.attribute`."""
        return self.attributes[name]

    def vocabulary(self, form: Form) -> Sequence[str]:
        """See `SegmentData.vocabulary`."""
        return self.vocabularies[form]

    def readings(self) -> Mapping[str, Sequence[str]]:
        """See `SegmentData.readings`."""
        return self.read_as

    def postings(self, field: Field, form: Form, first: int, last: int) -> Postings:
        """See `SegmentData.postings`."""
        counts, place_counts, docs, frequencies, places = self.streams[field, form]
        start, stop = int(counts[:first].sum()), int(counts[:last].sum())
        from_, to = int(place_counts[:first].sum()), int(place_counts[:last].sum())
        return Postings(
            *(counts[first:last], place_counts[first:last]),
            *(docs[start:stop], frequencies[start:stop], places[from_:to]),
        )

    def texts(self) -> Callable[[int], bytes]:
        """See `SegmentData.texts`."""
        return self.packed.__getitem__


def invert(documents: Sequence[Document], zdict: bytes, words: Wordbook) -> MemorySegment:
    """Analyse and invert documents; of several with one key, the last."""
    documents = list({document.key: document for document in documents}.values())
    keys = np.array([document.key.encode() for document in documents], dtype="S")
    days = np.array([ordinal(document.day) for document in documents], dtype=np.int32)
    order = newest_first(days, keys)
    documents = [documents[i] for i in order]
    found = words.numbered(document.text(field) for field in FIELDS for document in documents)
    lengths = dict(zip(FIELDS, np.split(found.sizes, len(FIELDS)), strict=True))
    coded: dict[Form, Coded] = {"exact": found.exact, "lemma": found.lemma}
    streams: dict[tuple[Field, Form], Postings] = {}
    first = 0
    for field, sizes in lengths.items():
        last = first + int(sizes.sum())
        for form, (terms, codes) in coded.items():
            streams[field, form] = _sorted(codes[first:last], sizes, len(terms))
        first = last
    return MemorySegment(
        keys=keys[order],
        days=days[order],
        field_lengths={field: narrow(lengths[field]) for field in FIELDS},
        attributes={name: _attributes(documents, name) for name in ATTRIBUTE_NAMES},
        vocabularies={form: terms for form, (terms, _) in coded.items()},
        streams=streams,
        read_as={term: lemmas for term in found.exact.terms if (lemmas := other_lemmas(term))},
        packed=[pack(document, zdict) for document in documents],
        zdict=zdict,
    )


def _sorted(terms: Array, lengths: Array, vocabulary: int) -> Postings:
    """The posting lists of a text given as term numbers, document after document."""
    tokens = len(terms)
    # Term and token in one number: sorting whole numbers is many times faster than by two keys.
    pairs = np.sort(terms.astype(np.uint64) << np.uint64(32) | np.arange(tokens, dtype=np.uint64))
    term = (pairs >> np.uint64(32)).astype(np.uint32)
    token = (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    document = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)[token]
    first = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
    place = token - first[document]
    opens = np.ones(tokens, dtype=bool)
    opens[1:] = (term[1:] != term[:-1]) | (document[1:] != document[:-1])
    heads = np.flatnonzero(opens)
    return Postings(
        counts=np.bincount(term[heads], minlength=vocabulary),
        place_counts=np.bincount(term, minlength=vocabulary),
        docs=narrow(document[heads]),
        frequencies=narrow(np.diff(heads, append=tokens)),
        places=narrow(place),
    )


def _attributes(documents: Sequence[Document], name: AttributeName) -> Attributes:
    written = [attribute_values(document, name) for document in documents]
    values = sorted(set(written))
    numbers = {value: number for number, value in enumerate(values)}
    return Attributes(values, narrow(np.array([numbers[value] for value in written])))
