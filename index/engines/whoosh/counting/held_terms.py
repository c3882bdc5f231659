"""Held terms: in how many matches each term stands, from the posting lists alone.

All postings of a form are looked at, a piece at a time: reading the matches' texts instead costs
more from some dozens of them on (`python -m benchmarks.coverage`).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from index.document import Form
from index.engines.whoosh.searching.matching import TimeUp
from index.engines.whoosh.searching.segment_reader import SegmentReader
from index.engines.whoosh.storage.array_file import Array

# Postings that are looked at together: some megabytes, which fit a processor's cache.
PIECE = 1 << 19


def count_held(
    found: Sequence[tuple[SegmentReader, Array]],
    form: Form,
    limit: int,
    among: Collection[str] | None,
    end: float,
) -> Counter[str]:
    """The counts of some terms, or of all that may be among the `limit` most held.

    `found` are segments and the documents of each that match. Raises `TimeUp`.
    """
    totals: Counter[str] = Counter()
    if among is not None:
        for reader, docs in found:
            chosen = _marked(reader, docs)
            for text in among:
                totals[text] += _count(reader, form, text, chosen)
        return totals
    counted = [(one, _count_all(one, form, _marked(one, docs), end)) for one, docs in found]
    # What is among the most held of all segments reaches its share of that in one of them.
    least = max((_nth(counts, limit) for _, counts in counted), default=0)
    share = max(1, -(-least // max(1, len(counted))))
    texts = {
        text
        for reader, counts in counted
        for text in reader.file.terms[form].texts(np.flatnonzero(counts >= share))
    }
    for reader, counts in counted:
        for text in texts:
            number = reader.file.term(form, text)
            totals[text] += int(counts[number]) if number >= 0 else 0
    return totals


def _marked(reader: SegmentReader, docs: Array) -> Array:
    chosen = np.zeros(reader.documents, dtype=bool)
    chosen[docs] = True
    return chosen


def _nth(counts: Array, place: int) -> int:
    """The so-manieth largest count; 0 where there are fewer."""
    if len(counts) <= place or place < 1:
        return 0
    return int(np.partition(counts, len(counts) - place)[len(counts) - place])


def _count(reader: SegmentReader, form: Form, text: str, chosen: Array) -> int:
    """In how many of the chosen documents a term stands."""
    number = reader.file.term(form, text)
    held = reader.file.posting_list("body", form, number).docs
    beside = reader.file.posting_list("title", form, number).docs
    more = beside[chosen[beside]]
    return int(np.count_nonzero(chosen[held])) + int(np.count_nonzero(~_in(more, held)))


def _count_all(reader: SegmentReader, form: Form, chosen: Array, end: float) -> Array:
    """For each term of a form in how many of the chosen documents it stands."""
    bodies = _starts(reader, "body", form)
    titles = _starts(reader, "title", form)
    kinds = len(bodies) - 1
    cuts = np.searchsorted(bodies, np.arange(PIECE, int(bodies[-1]), PIECE)).tolist()
    counts = np.zeros(kinds, dtype=np.int64)
    for first, last in zip([0, *cuts], [*cuts, kinds], strict=True):
        if time.monotonic() > end:
            raise TimeUp
        held = _pairs(reader, "body", form, bodies[first : last + 1], chosen)
        more = _pairs(reader, "title", form, titles[first : last + 1], chosen)
        more = more[~_in(more, held)]
        for pairs in (held, more):
            counts[first:last] += np.bincount(pairs // reader.documents, minlength=last - first)
    return counts


def _starts(reader: SegmentReader, field: str, form: Form) -> Array:
    return reader.file.file.array(f"{field}.{form}.starts").astype(np.int64)


def _pairs(reader: SegmentReader, field: str, form: Form, starts: Array, chosen: Array) -> Array:
    """Term, from the first of these, and chosen document of each posting as one number."""
    docs = reader.file.file.array(f"{field}.{form}.docs", int(starts[0]), int(starts[-1]))
    held = np.flatnonzero(chosen[docs])
    terms = np.searchsorted(starts - starts[0], held, side="right") - 1
    pairs: Array = terms * reader.documents + docs[held]
    return pairs


def _in(some: Array, ascending: Array) -> Array:
    """Which of some ascending numbers are among others."""
    if not len(ascending):
        return np.zeros(len(some), dtype=bool)
    places = np.minimum(np.searchsorted(ascending, some), len(ascending) - 1)
    same: Array = ascending[places] == some
    return same
