"""Search of one segment: its matches and their scores, by the shortest way the query allows.

An Or of terms needs no set of documents: who has a score was found. A query as readers ask, so many
of some words, is added up and counted in one pass over the words' lists. Everything else is matched
first and scored for what is left. What a document is merely better for comes last, and only for
those it can lift among the first.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from index.engine import NO_FILTERS, Filters
from index.engines.whoosh.searching.accumulator import accumulator
from index.engines.whoosh.searching.bm25 import NO_PLAN, ScoringPlan, plan_of, scores_of, weighted
from index.engines.whoosh.searching.clause_cache import Boosts, summed_clause
from index.engines.whoosh.searching.matching import Matcher, TimeUp, accepted
from index.engines.whoosh.searching.optional_clauses import (
    OptionalClauses,
    Scored,
    add_optional,
    optional_clauses,
)
from index.engines.whoosh.searching.segment_reader import SegmentReader
from index.engines.whoosh.storage.array_file import Array
from index.engines.whoosh.storage.doc_sets import EMPTY, located
from index.query import And, AtLeast, Query

# Fewer matches than one in so many documents are worth listing.
FEW = 8
# Documents of a rare term that are enough to tell how good the best matches are.
ENOUGH = 30


class SegmentQuery(NamedTuple):
    """A search as every segment gets it.

    The query is taken apart into what must hold (`words`, of which some must, and `needed`, whose
    scores `plan` makes) and what need not (`optional`). `wanted`: so many of the best will do; None
    for the scores of all. `end` is on the monotonic clock.
    """

    words: AtLeast | None
    needed: Query | None
    plan: ScoringPlan
    optional: OptionalClauses
    filters: Filters
    wanted: int | None
    end: float


class SegmentMatches(NamedTuple):
    """Ascending documents and their scores; without `docs`, the scores of all, 0 for no match.

    The scores of all are valid until the thread's next search; see `accumulator`. `likely` are some
    documents that are good matches: they tell `top_k` where to draw the line. `matching` are all
    that match, where `docs` are but those that may be among the best. `partial`: the time was up
    before all of the scores were known.
    """

    docs: Array | None
    scores: Array
    total: int
    likely: Array = EMPTY
    matching: Array | None = None
    partial: bool = False

    def numbers(self) -> Array:
        """The matching documents."""
        if self.matching is not None:
            return self.matching
        return np.flatnonzero(self.scores > 0) if self.docs is None else self.docs


def segment_query(query: Query, filters: Filters, wanted: int | None, end: float) -> SegmentQuery:
    """A query taken apart for the segments."""
    needed: list[Query] = []
    need_not: list[Query] = []
    words: AtLeast | None = None
    for part in _conjuncts(query):
        if not isinstance(part, AtLeast):
            needed.append(part)
        elif part.count <= 0 and not part.coordination:
            need_not += part.parts
        elif part.count > 0 and words is None:
            words = part
        else:
            needed.append(part)
    rest = needed[0] if len(needed) == 1 else And(tuple(needed))
    counting = wanted == 0  # then no scores are made
    plan = NO_PLAN if counting or not needed else plan_of(rest)
    optional = optional_clauses(() if counting else need_not)
    return SegmentQuery(words, rest if needed else None, plan, optional, filters, wanted, end)


def search_segment(
    asked: SegmentQuery, reader: SegmentReader, priors: Array | None
) -> SegmentMatches:
    """A segment's matches, their scores times the documents' priors. Raises `TimeUp`."""
    if time.monotonic() > asked.end:
        raise TimeUp
    pure = asked.words is None and asked.plan.pure and asked.optional.empty
    if pure and asked.wanted is not None and asked.filters == NO_FILTERS:
        return _with_priors(_added_up(asked.plan, reader), priors)
    matcher = Matcher(reader, asked.end)
    docs, scores, boosts = _needed(asked, matcher)
    live = accepted(reader, docs, asked.filters)
    if len(live) < len(docs):
        scores = scores[located(docs, live)[0]]
    found = Scored(live, scores, None if priors is None else priors[live])
    partial = False
    if not asked.optional.empty:
        try:
            found = add_optional(asked.optional, matcher, found, boosts, asked.wanted)
        except TimeUp:  # what was found so far stands, by the scores it has
            partial = True
    return SegmentMatches(found.docs, found.final(), len(live), matching=live, partial=partial)


def _conjuncts(query: Query) -> Iterator[Query]:
    """The parts that must all hold."""
    if isinstance(query, And):
        for part in query.parts:
            yield from _conjuncts(part)
    else:
        yield query


def _needed(asked: SegmentQuery, matcher: Matcher) -> tuple[Array, Array, Boosts]:
    """What holds the query, its scores without optional clauses, and the boosts of these scores."""
    if asked.words is None:
        docs = matcher.docs(asked.needed or And(()))
        return docs, scores_of(asked.plan, docs, matcher), asked.plan.boosts
    docs, scores, boosts = _some_words(asked.words, matcher)
    if asked.needed:
        held = matcher.among(asked.needed, docs)
        docs = docs[held]
        scores = scores[held] + scores_of(asked.plan, docs, matcher)
    return docs, scores, boosts


def _some_words(words: AtLeast, matcher: Matcher) -> tuple[Array, Array, Boosts]:
    """The documents that hold so many words, and their scores."""
    found = [summed_clause(part, matcher) for part in words.parts]
    boosts: Boosts = {}
    for word in found:
        boosts.update(word.boosts)
    if len(found) == 1 == words.count:
        return found[0].entry.docs, found[0].entry.impacts * (1.0 + words.coordination), boosts
    entries = [word.entry for word in found]
    sums, counts = accumulator.tally(entries, matcher.reader.documents)
    docs = np.flatnonzero(counts >= words.count)
    scores = sums[docs]
    if words.coordination:
        scores[counts[docs] == len(found)] *= 1 + words.coordination
    return docs, scores, boosts


def _with_priors(found: SegmentMatches, priors: Array | None) -> SegmentMatches:
    """The same with every score multiplied by its document's prior."""
    if priors is None:
        return found
    if found.docs is not None:
        return found._replace(scores=found.scores * priors[found.docs])
    np.multiply(found.scores, priors, out=found.scores)
    return found


def _added_up(plan: ScoringPlan, reader: SegmentReader) -> SegmentMatches:
    """The matches of an Or of terms."""
    entries, boosts = weighted(plan, reader)
    if len(entries) == 1 and reader.live is None:
        docs, impacts, _ = entries[0]
        return SegmentMatches(docs, impacts * np.float64(boosts[0]), len(docs))
    scores = accumulator.add_up(entries, boosts, reader.documents)
    if reader.live is not None:
        scores *= reader.live
    held = scores > 0
    total = int(np.count_nonzero(held))
    if total * FEW > reader.documents:
        return SegmentMatches(
            None, scores, total, min((entry.docs for entry in entries), key=_rarity)
        )
    docs = np.flatnonzero(held)
    return SegmentMatches(docs, scores[docs], total)


def _rarity(docs: Array) -> float:
    """Sorts the shortest list first that is long enough to hold the best matches."""
    return len(docs) if len(docs) >= ENOUGH else np.inf
