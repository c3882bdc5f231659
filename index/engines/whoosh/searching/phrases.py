"""Phrases and leads: matching by positions.

A position of a document becomes one number, document times stride plus position, so that a chain of
slots is found by looking numbers up in sorted arrays (the idea of positional intersection in
Manning, Raghavan & Schütze, "Introduction to Information Retrieval", 2.4.2, on whole arrays). It is
the first of the two passes of `index.chains.chain_places`; the second one only serves marking.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.engines.whoosh.searching.segment_reader import (
    NOTHING_SCORED,
    POSTING,
    ScoredPostings,
    SegmentReader,
)
from index.engines.whoosh.storage.array_file import Array
from index.engines.whoosh.storage.doc_sets import EMPTY, contains, distinct, located, runs, union
from index.query import Lead, Phrase

# Documents looked at in one go: their positions fit a processor's cache.
PIECE = 1 << 13


def phrase_docs(reader: SegmentReader, phrase: Phrase) -> Array:
    """The documents in which a chain of the phrase's slots stands."""
    shared = _shared(reader, phrase)
    if len(phrase.slots) <= 1 or not len(shared):
        return shared
    pieces = [
        _chained(reader, phrase, shared[start : start + PIECE])
        for start in range(0, len(shared), PIECE)
    ]
    return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)


def _chained(reader: SegmentReader, phrase: Phrase, shared: Array) -> Array:
    """Those of the documents, which hold all slots, in which the slots stand in a chain."""
    reach = phrase.slop + 1
    stride = reader.longest(phrase.field) + reach + 1
    chain = _positions(reader, phrase, phrase.slots[0], shared, stride)
    for slot in phrase.slots[1:]:
        here = _positions(reader, phrase, slot, shared, stride)
        chain = _following(here, chain, reach)
    return distinct(shared[chain // stride])


def lead_postings(reader: SegmentReader, lead: Lead) -> ScoredPostings:
    """The documents whose field holds the term among its first words, with the term's impacts."""
    field, form, text = lead.term.field, lead.term.form, lead.term.text
    docs, impacts, most = reader.scored(field, form, text)
    if not len(docs):
        return NOTHING_SCORED
    postings = reader.postings(field, form, text).view(POSTING)
    first = reader.file.all_places(field, form)[postings["start"]]
    early = (first < lead.words).nonzero()[0]
    return ScoredPostings(docs[early], impacts[early], most)


def _shared(reader: SegmentReader, phrase: Phrase) -> Array:
    """The documents that hold some term of every slot, wherever."""
    sets = []
    for slot in phrase.slots:
        lists = [reader.scored(phrase.field, phrase.form, text).docs for text in slot]
        lists = [docs for docs in lists if len(docs)]
        if not lists:
            return EMPTY
        sets.append(union(lists, reader.documents))
    sets.sort(key=len)
    left = sets[0] if sets else EMPTY
    for docs in sets[1:]:
        left = left[contains(docs, left, reader.documents)]
    return left


def _positions(
    reader: SegmentReader, phrase: Phrase, slot: Sequence[str], shared: Array, stride: int
) -> Array:
    """Where a slot stands in the shared documents: rank of the document times stride plus place."""
    found = []
    places = reader.file.all_places(phrase.field, phrase.form)
    for text in slot:
        docs = reader.scored(phrase.field, phrase.form, text).docs
        if not len(docs):
            continue
        at, there = located(docs, shared)
        ranks = there.nonzero()[0]
        at = at[ranks]
        postings = reader.postings(phrase.field, phrase.form, text)[at].view(POSTING)
        counts = postings["frequency"]
        where = runs(postings["start"], counts)
        found.append((ranks * stride).repeat(counts) + places[where])
    if len(found) > 1:
        found = [distinct(np.sort(np.concatenate(found)))]
    return found[0] if found else EMPTY


def _following(here: Array, before: Array, reach: int) -> Array:
    """Those positions that have one of `before` at most `reach` to their left.

    The shorter side is looked up in the longer one.
    """
    if not len(before) or not len(here):
        return here[:0]
    if len(before) < len(here):
        first = here.searchsorted(before + 1)
        last = here.searchsorted(before + reach, side="right")
        # How many of the ranges have begun at each place, less those that have ended.
        ranges = np.bincount(first, minlength=len(here) + 1)
        ranges -= np.bincount(last, minlength=len(here) + 1)
        follows = np.cumsum(ranges)[:-1] > 0
    else:
        at = before.searchsorted(here - reach)
        nearest = before[np.minimum(at, len(before) - 1)]
        follows = (at < len(before)) & (nearest < here)
    following: Array = here[follows]
    return following
