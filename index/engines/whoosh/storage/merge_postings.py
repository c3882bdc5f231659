"""Merge of posting lists: gathered, renumbered and sorted by (term, document) as arrays.

A range of terms at a time, each written out before the next is read: memory follows the vocabulary,
not the postings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from index.analysis.numbering import Numbering
from index.document import FIELDS, Field, Form
from index.engines.whoosh.storage.array_file import Array, narrow, narrowest
from index.engines.whoosh.storage.array_writer import ArrayWriter
from index.engines.whoosh.storage.doc_sets import located, runs
from index.engines.whoosh.storage.segment_data import Postings, SegmentData
from index.engines.whoosh.storage.spool import spools
from index.engines.whoosh.storage.term_dict import dictionary_arrays

# Positions merged at a time: about 40 bytes of working memory for each.
RANGE = 1 << 19


class Renumbered(NamedTuple):
    """How a source's documents and one form's terms are numbered in the merged segment."""

    data: SegmentData
    docs: Array  # -1 for a document that is not wanted
    terms: Array


def write_form(
    file: ArrayWriter,
    form: Form,
    sources: Sequence[SegmentData],
    docs: Sequence[Array],
    title_lengths: Array,
) -> list[str]:
    """Write the terms of a form and their posting lists in both fields; return the terms.

    `docs` numbers each source's documents in the segment, `title_lengths` are those of the segment.
    """
    merged, numbers = _numbered(form, sources, docs)
    titles = _Titles(title_lengths)
    holders = np.zeros(len(merged), dtype=np.int64)
    starts: dict[str, Array] = {}
    for field in FIELDS:
        name = f"{field}.{form}"
        types = _types(numbers, field, form, len(title_lengths))
        with spools(file.path.parent, types) as streams:
            counts: tuple[list[Array], list[Array]] = ([], [])
            for first, postings in _merged(numbers, field, form, len(merged)):
                for some, array in zip(counts, postings[:2], strict=True):
                    some.append(array)
                for stream, array in zip(streams, postings[2:], strict=True):
                    stream.append(array)
                holders[first : first + len(postings.counts)] += postings.counts
                if field == "title":
                    titles.add(first, postings)
                else:
                    holders -= titles.sharing(first, postings, len(merged))
            for what, spool in zip(("docs", "frequencies", "places"), streams, strict=True):
                file.add_pieces(f"{name}.{what}", spool.dtype, spool.pieces())
        for what, some in zip(("starts", "place_starts"), counts, strict=True):
            starts[f"{name}.{what}"] = np.concatenate(some)
    used = holders > 0  # a term whose last document went is no term any more
    for name, array in starts.items():
        file.add(name, narrow(starts_of(array[used])))
    file.add(f"{form}.holders", narrow(holders[used]))
    if form == "exact":
        file.add("title.words", narrow((np.cumsum(used) - 1)[titles.words]))
    terms = [merged[rank] for rank in np.flatnonzero(used)]
    for name, array in dictionary_arrays(form, terms).items():
        file.add(name, array)
    return terms


def _numbered(
    form: Form, sources: Sequence[SegmentData], docs: Sequence[Array]
) -> tuple[list[str], list[Renumbered]]:
    """The terms of all sources, ascending, and how each source's are numbered among them."""
    met = Numbering()
    # One source's terms at a time: all of them together are several times the merged ones.
    numbers = [
        np.fromiter(map(met.__getitem__, source.vocabulary(form)), np.int64) for source in sources
    ]
    merged, ranks = met.ascending()
    return merged, [
        Renumbered(source, new, ranks[some])
        for source, new, some in zip(sources, docs, numbers, strict=True)
    ]


class _Titles:
    """The postings of titles: which documents they are of, and the term at each of their places."""

    def __init__(self, lengths: Array) -> None:
        self._starts = starts_of(lengths)
        self._pairs: list[Array] = []
        self.words = np.zeros(int(self._starts[-1]), dtype=np.int64)

    def add(self, first: int, postings: Postings) -> None:
        """Take the posting lists of the terms from `first` on."""
        terms = first + np.arange(len(postings.counts))
        self._pairs.append(np.repeat(terms, postings.counts) << 32 | postings.docs)
        starts = np.repeat(self._starts[postings.docs], postings.frequencies)
        self.words[starts + postings.places] = np.repeat(terms, postings.place_counts)

    def sharing(self, first: int, postings: Postings, terms: int) -> Array:
        """For each term of the segment, in how many documents of some lists a title has it too."""
        listed = first + np.arange(len(postings.counts))
        pairs = np.repeat(listed, postings.counts) << 32 | postings.docs
        mine = self._all[slice(*self._all.searchsorted((first << 32, int(listed[-1] + 1) << 32)))]
        if not len(pairs) or not len(mine):
            return np.zeros(terms, dtype=np.int64)
        return np.bincount(mine[located(pairs, mine)[1]] >> 32, minlength=terms)

    @cached_property
    def _all(self) -> Array:
        return np.concatenate(self._pairs)


def starts_of(counts: Array) -> Array:
    """Where each of consecutive runs begins, and where the last one ends."""
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))


def _types(
    numbers: Sequence[Renumbered], field: Field, form: Form, documents: int
) -> tuple[np.dtype[Any], ...]:
    """The narrowest types of a stream's documents, frequencies and positions."""
    whole = [each.data.postings(field, form, 0, len(each.terms)) for each in numbers]
    return (
        narrowest(max(0, documents - 1)),
        narrowest(max((int(p.frequencies.max(initial=0)) for p in whole), default=0)),
        narrowest(max((int(p.places.max(initial=0)) for p in whole), default=0)),
    )


def _merged(
    numbers: Sequence[Renumbered], field: Field, form: Form, terms: int
) -> Iterator[tuple[int, Postings]]:
    """A stream's posting lists in the merged numbering, ranges of terms after each other."""
    sizes = np.zeros(terms, dtype=np.int64)
    for each in numbers:
        sizes[each.terms] += each.data.postings(field, form, 0, len(each.terms)).place_counts
    for first, last in _ranges(sizes, RANGE):
        yield first, _merged_range(numbers, field, form, first, last)


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
        *(np.concatenate(starts)[order], np.concatenate(places), last - first),
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
