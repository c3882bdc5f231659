"""Clause cache: a whole part of a query, such as all forms of a word, as one scored posting list.

What a reader's word became is an Or of dozens of terms in two fields, and readers type the same
words again and again. Its terms' lists are added up once; after that the word costs a query no more
than a single term does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from index.document import Field, Form
from index.engines.whoosh.searching.accumulator import accumulator
from index.engines.whoosh.searching.bm25 import plan_of, scores_of
from index.engines.whoosh.searching.matching import Matcher
from index.engines.whoosh.searching.phrases import lead_postings
from index.engines.whoosh.searching.segment_reader import NOTHING_SCORED, ScoredPostings
from index.engines.whoosh.storage.doc_sets import LOOKUP, marked
from index.query import Lead, Or, Query, Term

Boosts = dict[tuple[Field, Form, str], float]
OF_A_CLAUSE = 2_000  # bytes besides the arrays


class SummedClause(NamedTuple):
    """A part's documents with what it adds to their scores, and the boosts of its terms."""

    entry: ScoredPostings
    boosts: Boosts


def summed_clause(part: Query, matcher: Matcher) -> SummedClause:
    """A part of a query in one segment. Raises `TimeUp`."""
    if type(part) is not Or:
        return _other(part, matcher)
    kept = matcher.reader.clauses.get(id(part))
    if kept is not None:
        known: SummedClause = kept[1]
        return known
    matcher.check_time()
    entries, weights = [], []
    boosts: Boosts = {}
    for one in part.parts:
        if type(one) is Term:
            name = (one.field, one.form, one.text)
            entries.append(matcher.reader.scored(*name))
            weights.append(one.boost)
            boosts[name] = boosts.get(name, 0.0) + one.boost
        elif type(one) is Lead:
            entries.append(lead_postings(matcher.reader, one))
            weights.append(one.term.boost)
        else:
            inner = summed_clause(one, matcher)
            entries.append(inner.entry)
            weights.append(1.0)
            boosts.update(inner.boosts)
    clause = SummedClause(_added(entries, weights, matcher.reader.documents), boosts)
    # By identity, which `Engine.search` tells; kept with its sum, so that the id stays the node's.
    matcher.reader.clauses.put(id(part), (part, clause), _size(clause))
    return clause


def _other(part: Query, matcher: Matcher) -> SummedClause:
    """Whatever is no Or: matched, then scored."""
    docs = matcher.docs(part)
    return SummedClause(ScoredPostings(docs, scores_of(plan_of(part), docs, matcher)), {})


def _added(
    entries: Sequence[ScoredPostings], weights: Sequence[float], documents: int
) -> ScoredPostings:
    """The sum of some lists, each times its weight."""
    held = [number for number, entry in enumerate(entries) if len(entry.docs)]
    if not held:
        return NOTHING_SCORED
    entries, weights = [entries[i] for i in held], [weights[i] for i in held]
    lists = [entry.docs for entry in entries]
    if len(entries) == 1:
        return ScoredPostings(lists[0], entries[0].impacts * np.float32(weights[0]))
    if sum(map(len, lists)) * LOOKUP < documents:
        docs, which = np.unique(np.concatenate(lists), return_inverse=True)
        impacts = np.concatenate([entry.impacts for entry in entries])
        impacts = impacts * np.repeat(weights, [len(docs) for docs in lists])
        return ScoredPostings(docs, np.bincount(which, impacts).astype(np.float32))
    docs = np.flatnonzero(marked(lists, documents))
    sums = accumulator.add_up(entries, weights, documents)[docs]
    return ScoredPostings(docs.astype(lists[0].dtype), sums.astype(np.float32))


def _size(clause: SummedClause) -> int:
    return clause.entry.docs.nbytes + clause.entry.impacts.nbytes + OF_A_CLAUSE
