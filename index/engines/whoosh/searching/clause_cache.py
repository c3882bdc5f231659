"""Words: a whole part of a query as one posting list.

What a reader's word became is an Or of dozens of terms in two fields, and readers type the same
words again and again. Its terms' lists are added up once; after that the word costs a query no more
than a single term does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from index.document import Field, Form
from index.engines.whoosh.searching.accumulator import workspace
from index.engines.whoosh.searching.bm25 import plan_of, scores_of
from index.engines.whoosh.searching.matching import Matcher
from index.engines.whoosh.searching.phrases import lead_entry
from index.engines.whoosh.searching.segment_reader import EMPTY, Entry
from index.engines.whoosh.storage.doc_sets import LOOKUP, marked
from index.query import Lead, Or, Query, Term

Boosts = dict[tuple[Field, Form, str], float]
OF_A_WORD = 2_000  # bytes besides the arrays


class Word(NamedTuple):
    """A part's documents with what it adds to them, and the boosts of the terms that add to it."""

    entry: Entry
    boosts: Boosts


def word_of(part: Query, matcher: Matcher) -> Word:
    """A part of a query in one segment. Raises `TimeUp`."""
    if type(part) is not Or:
        return _other(part, matcher)
    kept = matcher.shelf.summed.get(id(part))
    if kept is not None:
        known: Word = kept[1]
        return known
    matcher.check_time()
    entries, weights = [], []
    boosts: Boosts = {}
    for one in part.parts:
        if type(one) is Term:
            name = (one.field, one.form, one.text)
            entries.append(matcher.shelf.entry(*name))
            weights.append(one.boost)
            boosts[name] = boosts.get(name, 0.0) + one.boost
        elif type(one) is Lead:
            entries.append(lead_entry(matcher.shelf, one))
            weights.append(one.term.boost)
        else:
            inner = word_of(one, matcher)
            entries.append(inner.entry)
            weights.append(1.0)
            boosts.update(inner.boosts)
    word = Word(_added(entries, weights, matcher.shelf.documents), boosts)
    # The node is kept with its word, so that its id stays its own.
    matcher.shelf.summed.keep(id(part), (part, word), _size(word))
    return word


def _other(part: Query, matcher: Matcher) -> Word:
    """Whatever is no Or: matched, then scored."""
    docs = matcher.docs(part)
    return Word(Entry(docs, scores_of(plan_of(part), docs, matcher)), {})


def _added(entries: Sequence[Entry], weights: Sequence[float], documents: int) -> Entry:
    """The sum of some lists, each times its weight."""
    held = [number for number, entry in enumerate(entries) if len(entry.docs)]
    if not held:
        return EMPTY
    entries, weights = [entries[i] for i in held], [weights[i] for i in held]
    lists = [entry.docs for entry in entries]
    if len(entries) == 1:
        return Entry(lists[0], entries[0].impacts * np.float32(weights[0]))
    if sum(map(len, lists)) * LOOKUP < documents:
        docs, which = np.unique(np.concatenate(lists), return_inverse=True)
        impacts = np.concatenate([entry.impacts for entry in entries])
        impacts = impacts * np.repeat(weights, [len(docs) for docs in lists])
        return Entry(docs, np.bincount(which, impacts).astype(np.float32))
    docs = np.flatnonzero(marked(lists, documents))
    sums = workspace.add_up(entries, weights, documents)[docs]
    return Entry(docs.astype(lists[0].dtype), sums.astype(np.float32))


def _size(word: Word) -> int:
    return word.entry.docs.nbytes + word.entry.impacts.nbytes + OF_A_WORD
