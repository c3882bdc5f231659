"""Proximity: what documents gain by words of the query that stand close together in them.

Such pairs need not hold, a query has one for every two words, and few documents can profit: so they
are worked out for all words together, on the documents that are left, in some thirty calls of numpy
however many the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeGuard

import numpy as np

from index.document import Field, Form
from index.engines.whoosh.searching.accumulator import accumulator
from index.engines.whoosh.searching.phrases import PIECE
from index.engines.whoosh.searching.segment_reader import POSTING, SegmentReader
from index.engines.whoosh.storage.array_file import Array
from index.engines.whoosh.storage.doc_sets import runs
from index.query import Phrase, Query


class PairRun(NamedTuple):
    """Pairs of words that follow each other in `texts` as they do in the query.

    The words from `first` to before `last` are each wanted behind the word `back` numbers before
    it, at most `reach` places away, and then both gain.
    """

    back: int
    reach: int
    boost: float
    first: int
    last: int


class Proximity(NamedTuple):
    """Pairs of words of one field and form that add to a score; words by number in `texts`.

    `most` is what each word's BM25 can be multiplied with at most.
    """

    field: Field
    form: Form
    texts: list[str]
    pairs: list[PairRun]
    most: list[float]


class PairPostings(NamedTuple):
    """Which words stand in which documents: word, place among the documents, and its posting.

    In the order of words, then documents; postings as in `segment_reader.POSTING`.
    """

    words: Array
    docs: Array
    postings: Array


def is_pair(part: Query) -> TypeGuard[Phrase]:
    """Whether a part of a query is one that `proximities_of` understands: two words in order."""
    return type(part) is Phrase and part.boost > 0 and list(map(len, part.slots)) == [1, 1]


def proximities_of(phrases: Sequence[Phrase]) -> list[Proximity]:
    """The pairs gathered by field and form."""
    streams: dict[tuple[Field, Form], list[Phrase]] = {}
    for phrase in phrases:
        streams.setdefault((phrase.field, phrase.form), []).append(phrase)
    return [_gathered(*stream, some) for stream, some in streams.items()]


def _gathered(field: Field, form: Form, phrases: Sequence[Phrase]) -> Proximity:
    numbers: dict[str, int] = {}
    pairs: list[PairRun] = []
    for phrase in phrases:
        (one,), (other,) = phrase.slots
        first = numbers.setdefault(one, len(numbers))
        second = start = numbers.setdefault(other, len(numbers))
        kind = (second - first, phrase.slop + 1, phrase.boost)
        if pairs and pairs[-1][:3] == kind and pairs[-1].last == second:  # it continues the last
            start = pairs.pop().first
        pairs.append(PairRun(*kind, start, second + 1))
    most = [0.0] * len(numbers)
    for back, _, boost, start, stop in pairs:
        for second in range(start, stop):
            most[second] += boost
            most[second - back] += boost
    return Proximity(field, form, list(numbers), pairs, most)


def gains(proximity: Proximity, reader: SegmentReader, docs: Array) -> Array:
    """What each of some ascending documents of a segment gains."""
    pieces = [
        _gains(proximity, reader, docs[start : start + PIECE])
        for start in range(0, max(1, len(docs)), PIECE)
    ]
    return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)


def _gains(proximity: Proximity, reader: SegmentReader, docs: Array) -> Array:
    """The same for as many documents as fit.

    Every position becomes one number, (word, document, place), so that the nearest position of the
    first word before one of the second is found by a search in an ascending array.
    """
    gained = np.zeros(len(docs))
    held = _held(proximity, reader, docs)
    if held is None:
        return gained
    shape = (len(proximity.texts), len(docs))
    stride = reader.longest(proximity.field) + max(p.reach for p in proximity.pairs) + 1
    cells = held.words * len(docs) + held.docs
    frequencies = held.postings["frequency"]
    keys = cells.repeat(frequencies) * stride
    places = reader.file.all_places(proximity.field, proximity.form)
    keys += places[runs(held.postings["start"], frequencies)]
    bounds = keys.searchsorted(np.arange(shape[0] + 1) * (shape[1] * stride)).tolist()
    impacts = np.zeros(shape)
    impacts.ravel()[cells] = held.postings["impact"]
    for back, reach, boost, start, stop in proximity.pairs:
        of_second = keys[bounds[start] : bounds[stop]]
        wanted = of_second - back * shape[1] * stride
        distances = wanted - keys[keys.searchsorted(wanted) - 1]
        # As unsigned numbers, so that what has nothing before it, or only itself, is far away.
        near = of_second[(distances - 1).view(np.uint64) < reach]
        close = np.zeros(shape, dtype=bool)
        close.ravel()[near // stride] = True
        both = impacts[start:stop] + impacts[start - back : stop - back]
        gained += boost * (both * close[start:stop]).sum(axis=0)
    return gained


def _held(proximity: Proximity, reader: SegmentReader, docs: Array) -> PairPostings | None:
    """Where the words stand in the documents; None when none of them stands anywhere."""
    field, form, texts, _, _ = proximity
    lists = [reader.scored(field, form, text).docs for text in texts]
    found = enumerate(accumulator.among(lists, docs, reader.documents))
    held = [(number, at, of) for number, (at, of) in found if len(at)]
    if not held:
        return None
    postings = [reader.postings(field, form, texts[number])[at] for number, at, _ in held]
    return PairPostings(
        words=np.repeat([number for number, _, _ in held], [len(some) for some in postings]),
        docs=np.concatenate([of for _, _, of in held]),
        postings=np.concatenate(postings).view(POSTING),
    )
