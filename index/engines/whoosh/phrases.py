"""Phrases and leads: where positions matter.

A position of a document becomes one number, document times stride plus position, so that a chain of
slots is found by looking numbers up in sorted arrays (the idea of positional intersection in
Manning, Raghavan & Schütze, "Introduction to Information Retrieval", 2.4.2, on whole arrays). It is
the first of the two passes of `index.query.chain_places`; the second one only serves marking.
"""

from __future__ import annotations

from functools import reduce

import numpy as np

from index.document import Field, Form
from index.engines.whoosh.layout import Array
from index.engines.whoosh.segment import SegmentFile
from index.query import Lead, Phrase

_NONE: Array = np.empty(0, dtype=np.int64)


def phrase_docs(file: SegmentFile, phrase: Phrase) -> Array:
    """The documents in which a chain of the phrase's slots stands."""
    if not phrase.slots:
        return _NONE
    slots = [
        [term for text in slot if (term := file.term(phrase.form, text)) >= 0]
        for slot in phrase.slots
    ]
    shared = _shared(file, phrase, slots)
    if len(slots) == 1 or not len(shared):
        return shared
    reach = phrase.slop + 1
    stride = int(file.lengths(phrase.field).max()) + reach + 1
    chain = _positions(file, phrase.field, phrase.form, slots[0], shared, stride)
    for slot in slots[1:]:
        here = _positions(file, phrase.field, phrase.form, slot, shared, stride)
        chain = here[_follows(here, chain, reach)]
    return _distinct(shared[chain // stride])


def lead_docs(file: SegmentFile, lead: Lead) -> Array:
    """The documents whose field holds the term among its first words."""
    field, form, text = lead.term.field, lead.term.form, lead.term.text
    term = file.term(form, text)
    docs, frequencies = file.listed(field, form, term)
    if not len(docs):
        return _NONE
    starts = np.cumsum(frequencies, dtype=np.int64) - frequencies
    return docs[file.places(field, form, term)[starts] < lead.words]


def _shared(file: SegmentFile, phrase: Phrase, slots: list[list[int]]) -> Array:
    """The documents that hold some term of every slot, wherever."""
    sets = []
    for slot in slots:
        lists = [file.listed(phrase.field, phrase.form, term).docs for term in slot]
        lists = [docs for docs in lists if len(docs)]
        if not lists:
            return _NONE
        sets.append(lists[0] if len(lists) == 1 else np.unique(np.concatenate(lists)))
    sets.sort(key=len)
    return reduce(_both, sets)


def _both(few: Array, many: Array) -> Array:
    at = np.searchsorted(many, few.astype(many.dtype, copy=False))
    at = np.minimum(at, len(many) - 1)
    both: Array = few[many[at] == few]
    return both


def _positions(
    file: SegmentFile, field: Field, form: Form, slot: list[int], shared: Array, stride: int
) -> Array:
    """Where a slot stands in the shared documents: rank of the document times stride plus place."""
    found = []
    for term in slot:
        docs, frequencies = file.listed(field, form, term)
        if not len(docs):
            continue
        at = np.minimum(np.searchsorted(docs, shared.astype(docs.dtype, copy=False)), len(docs) - 1)
        ranks = np.flatnonzero(docs[at] == shared)
        at = at[ranks]
        counts = frequencies[at].astype(np.int64)
        ends = np.cumsum(frequencies, dtype=np.int64)[at]
        run = np.cumsum(counts)
        where = np.repeat(ends - run, counts) + np.arange(run[-1] if len(run) else 0)
        places = file.places(field, form, term)[where]
        found.append(np.repeat(ranks * stride, counts) + places)
    if len(found) > 1:
        found = [np.unique(np.concatenate(found))]
    return found[0] if found else _NONE


def _follows(here: Array, before: Array, reach: int) -> Array:
    """Which positions have one of `before` at most `reach` to their left."""
    if not len(before):
        return np.zeros(len(here), dtype=bool)
    at = np.searchsorted(before, here - reach)
    nearest = before[np.minimum(at, len(before) - 1)]
    follows: Array = (at < len(before)) & (nearest < here)
    return follows


def _distinct(ascending: Array) -> Array:
    if not len(ascending):
        return ascending
    distinct: Array = ascending[np.concatenate(([True], ascending[1:] != ascending[:-1]))]
    return distinct
