"""Merge of inverted documents into one segment file: the only way a segment is written.

Fresh documents of one commit and old segments that are worth merging are the same to it. Posting
lists are gathered, renumbered and sorted by (term, document) as arrays; a range of terms at a time,
so that memory follows the largest field, not the whole index.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.attributes import ATTRIBUTE_NAMES, AttributeName
from index.document import FIELDS, FORMS, Field, Form
from index.engines.whoosh.storage.array_file import Array, ArrayWriter, narrow, narrowest
from index.engines.whoosh.storage.doc_sets import runs
from index.engines.whoosh.storage.docstore import pack, unpack
from index.engines.whoosh.storage.segment_data import (
    Postings,
    SegmentData,
    newest_first,
)

# Positions merged at a time: about 40 bytes of working memory for each.
RANGE = 1 << 22
TERMS_PER_BLOCK = 64


class Source(NamedTuple):
    """Inverted documents, and which of them are still wanted."""

    data: SegmentData
    live: Array


class Renumbered(NamedTuple):
    """How a source's documents and one form's terms are numbered in the merged segment."""

    data: SegmentData
    docs: Array  # -1 for a document that is not wanted
    terms: Array


def write_segment(path: Path, sources: Sequence[Source]) -> int:
    """Write the live documents of all sources as one segment file; return how many there are."""
    keys = _joined([source.data.keys[source.live] for source in sources])
    days = np.concatenate([source.data.days[source.live] for source in sources])
    order = newest_first(days, keys)
    renumbered = _renumbered(sources, order)
    with ArrayWriter(path) as file:
        file.add("keys", keys[order])
        file.add("key_order", narrow(np.argsort(keys[order], kind="stable")))
        file.add("days", days[order])
        for field in FIELDS:
            lengths = [source.data.lengths(field)[source.live] for source in sources]
            file.add(f"{field}.lengths", narrow(np.concatenate(lengths)[order]))
        for name in ATTRIBUTE_NAMES:
            _write_attribute(file, name, sources, order)
        for form in FORMS:
            _write_form(file, form, sources, renumbered, len(order))
        _write_texts(file, sources, order)
    return len(order)


def _renumbered(sources: Sequence[Source], order: Array) -> list[Array]:
    """For each source, each document's number in the merged segment, or -1."""
    numbers = np.empty(len(order), dtype=np.int64)
    numbers[order] = np.arange(len(order))
    found, first = [], 0
    for source in sources:
        docs = np.full(len(source.live), -1, dtype=np.int64)
        alive = int(np.count_nonzero(source.live))
        docs[source.live] = numbers[first : first + alive]
        found.append(docs)
        first += alive
    return found


def _write_attribute(
    file: ArrayWriter, name: AttributeName, sources: Sequence[Source], order: Array
) -> None:
    had = [source.data.attribute(name) for source in sources]
    codes = [each.codes[source.live] for each, source in zip(had, sources, strict=True)]
    used = [np.unique(some).tolist() for some in codes]  # the last one's value may have gone
    values = sorted(
        {each.values[code] for each, some in zip(had, used, strict=True) for code in some}
    )
    numbers = {value: number for number, value in enumerate(values)}
    codes = [
        np.array([numbers.get(value, 0) for value in each.values], dtype=np.int64)[some]
        for each, some in zip(had, codes, strict=True)
    ]
    listed = json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass")
    file.add(f"{name}.values", np.frombuffer(listed, np.uint8))
    file.add(f"{name}.codes", narrow(np.concatenate(codes)[order]))


def _write_form(
    file: ArrayWriter, form: Form, sources: Sequence[Source], docs: list[Array], documents: int
) -> None:
    vocabularies = [source.data.vocabulary(form) for source in sources]
    # Ascending runs one after the other, as `sorted` likes them: a set would shuffle them first.
    merged = sorted(dict.fromkeys(chain.from_iterable(vocabularies)))
    ranks = {text: rank for rank, text in enumerate(merged)}
    numbers = [
        Renumbered(source.data, new, np.fromiter(map(ranks.__getitem__, vocabulary), np.int64))
        for source, new, vocabulary in zip(sources, docs, vocabularies, strict=True)
    ]
    streams = {field: _merged(numbers, field, form, len(merged), documents) for field in FIELDS}
    # A term whose last document went is no term any more.
    used = np.logical_or.reduce([stream.counts > 0 for stream in streams.values()])
    _write_vocabulary(file, form, [merged[rank] for rank in np.flatnonzero(used)])
    for field, stream in streams.items():
        name = f"{field}.{form}"
        file.add(f"{name}.starts", narrow(_starts(stream.counts[used])))
        file.add(f"{name}.place_starts", narrow(_starts(stream.place_counts[used])))
        file.add(f"{name}.docs", stream.docs)
        file.add(f"{name}.frequencies", stream.frequencies)
        file.add(f"{name}.places", stream.places)


def _write_vocabulary(file: ArrayWriter, form: Form, terms: list[str]) -> None:
    encoded = [text.encode() for text in terms]
    starts = _starts(np.array([len(text) + 1 for text in encoded], dtype=np.int64))
    # No form holds white space, so a line end parts them.
    file.add(f"{form}.terms", np.frombuffer(b"".join(b"%s\n" % t for t in encoded), np.uint8))
    file.add(f"{form}.blocks", narrow(starts[:-1:TERMS_PER_BLOCK]))


def _merged(
    numbers: Sequence[Renumbered], field: Field, form: Form, terms: int, documents: int
) -> Postings:
    """One stream's posting lists in the merged numbering, in types as narrow as they can be."""
    whole = [each.data.postings(field, form, 0, len(each.terms)) for each in numbers]
    sizes = np.zeros(terms, dtype=np.int64)
    for each, postings in zip(numbers, whole, strict=True):
        sizes[each.terms] += postings.place_counts
    types = (
        np.dtype(np.int64),
        np.dtype(np.int64),
        narrowest(max(0, documents - 1)),
        narrowest(max((int(p.frequencies.max(initial=0)) for p in whole), default=0)),
        narrowest(max((int(p.places.max(initial=0)) for p in whole), default=0)),
    )
    pieces: tuple[list[Array], ...] = ([], [], [], [], [])
    for first, last in _ranges(sizes, RANGE):
        piece = _merged_range(numbers, field, form, first, last)
        for gathered, array, dtype in zip(pieces, piece, types, strict=True):
            gathered.append(array.astype(dtype, copy=False))
    return Postings(*map(np.concatenate, pieces))


def _ranges(sizes: Array, limit: int) -> Iterator[tuple[int, int]]:
    """Ranges of terms that hold about `limit` positions each; at least one range."""
    ends = np.cumsum(sizes)
    first = 0
    while first < len(sizes) or not first:
        base = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, base + limit, side="right")))
        yield first, min(last, len(sizes))
        first = last


def _merged_range(
    numbers: Sequence[Renumbered], field: Field, form: Form, first: int, last: int
) -> Postings:
    terms, docs, frequencies, starts, places = [], [], [], [], []
    base = 0
    for each in numbers:
        low, high = np.searchsorted(each.terms, (first, last))
        postings = each.data.postings(field, form, int(low), int(high))
        wide = postings.frequencies.astype(np.int64)
        terms.append(np.repeat(each.terms[low:high], postings.counts))
        docs.append(each.docs[postings.docs])
        frequencies.append(wide)
        starts.append(base + np.cumsum(wide) - wide)
        places.append(postings.places)
        base += len(postings.places)
    term, doc = np.concatenate(terms), np.concatenate(docs)
    # One sort key of term and document; an unwanted document's -1 sets all bits, so it comes first.
    # Every source is in that order already: merging such runs is five times as fast as sorting.
    order = np.argsort(term << 32 | doc, kind="stable")
    order = order[int(np.count_nonzero(doc < 0)) :]
    return _gathered(
        *(term[order] - first, doc[order], np.concatenate(frequencies)[order]),
        *(np.concatenate(starts)[order], _joined(places), last - first),
    )


def _gathered(
    term: Array, doc: Array, frequency: Array, start: Array, places: Array, terms: int
) -> Postings:
    """Postings in their new order, each with its run of positions fetched from where it stood."""
    return Postings(
        counts=np.bincount(term, minlength=terms),
        place_counts=np.bincount(term, weights=frequency, minlength=terms).astype(np.int64),
        docs=doc,
        frequencies=frequency,
        places=places[runs(start, frequency)],
    )


def _write_texts(file: ArrayWriter, sources: Sequence[Source], order: Array) -> None:
    """Stored documents in their new order; those of another dictionary are packed again."""
    zdict = max((source.data.zdict for source in sources), key=len)
    fetches = [source.data.texts() for source in sources]
    of = np.concatenate([np.full(int(s.live.sum()), i) for i, s in enumerate(sources)])[order]
    old = np.concatenate([np.flatnonzero(source.live) for source in sources])[order]
    sizes = np.empty(len(order), dtype=np.int64)
    blob = bytearray()
    for number, (source, doc) in enumerate(zip(of.tolist(), old.tolist(), strict=True)):
        packed = fetches[source](doc)
        if sources[source].data.zdict != zdict:
            packed = pack(unpack(packed, sources[source].data.zdict), zdict)
        sizes[number] = len(packed)
        blob += packed
    file.add("zdict", np.frombuffer(zdict, np.uint8))
    file.add("texts", np.frombuffer(blob, np.uint8))
    file.add("text_starts", narrow(_starts(sizes)))


def _starts(counts: Array) -> Array:
    """Where each of consecutive runs begins, and where the last one ends."""
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))


def _joined(arrays: Sequence[Array]) -> Array:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
