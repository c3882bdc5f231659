"""Finding in one segment: documents and scores, by the shortest way the query allows.

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

from index.engine import Filters
from index.engines.whoosh.searching.accumulator import workspace
from index.engines.whoosh.searching.bm25 import NO_PLAN, Plan, plan_of, scores_of, weighted
from index.engines.whoosh.searching.clause_cache import Boosts, word_of
from index.engines.whoosh.searching.matching import Matcher, TimeUp, accepted
from index.engines.whoosh.searching.optional_clauses import Bonus, Scored, bonus_of, with_bonus
from index.engines.whoosh.searching.segment_reader import Shelf
from index.engines.whoosh.storage.array_file import Array
from index.engines.whoosh.storage.doc_sets import NOBODY, located
from index.query import And, AtLeast, Query

OPEN = Filters()
# Fewer matches than one in so many documents are worth listing.
FEW = 8
# Documents of a rare term that are enough to tell how good the best matches are.
ENOUGH = 30


class Asked(NamedTuple):
    """A search as every segment gets it.

    The query is taken apart into what must hold (`words`, of which some must, and `needed`, whose
    scores `plan` makes) and what need not (`bonus`). `wanted`: so many of the best will do; None
    for the scores of all. `end` is on the monotonic clock.
    """

    words: AtLeast | None
    needed: Query | None
    plan: Plan
    bonus: Bonus
    filters: Filters
    wanted: int | None
    end: float


class Found(NamedTuple):
    """Ascending documents and their scores; without `docs`, the scores of all, 0 for no match.

    The scores of all are valid until the thread's next search; see `workspace`. `likely` are some
    documents that are good matches: they tell `ranking` where to draw the line. `matching` are all
    that match, where `docs` are but those that may be among the best. `partial`: the time was up
    before all of the scores were known.
    """

    docs: Array | None
    scores: Array
    total: int
    likely: Array = NOBODY
    matching: Array | None = None
    partial: bool = False

    def numbers(self) -> Array:
        """The matching documents."""
        if self.matching is not None:
            return self.matching
        return np.flatnonzero(self.scores > 0) if self.docs is None else self.docs


def asked_for(query: Query, filters: Filters, wanted: int | None, end: float) -> Asked:
    """A query taken apart."""
    needed: list[Query] = []
    optional: list[Query] = []
    words: AtLeast | None = None
    for part in _conjuncts(query):
        if not isinstance(part, AtLeast):
            needed.append(part)
        elif part.count <= 0 and not part.whole:
            optional += part.parts
        elif part.count > 0 and words is None:
            words = part
        else:
            needed.append(part)
    rest = needed[0] if len(needed) == 1 else And(tuple(needed))
    counting = wanted == 0  # then no scores are made
    plan = NO_PLAN if counting or not needed else plan_of(rest)
    bonus = bonus_of(() if counting else optional)
    return Asked(words, rest if needed else None, plan, bonus, filters, wanted, end)


def find(asked: Asked, shelf: Shelf, priors: Array | None) -> Found:
    """A segment's matches, their scores times the documents' priors. Raises `TimeUp`."""
    if time.monotonic() > asked.end:
        raise TimeUp
    pure = asked.words is None and asked.plan.pure and asked.bonus.empty
    if pure and asked.wanted is not None and asked.filters == OPEN:
        return _with_priors(_added_up(asked.plan, shelf), priors)
    matcher = Matcher(shelf, asked.end)
    docs, scores, boosts = _needed(asked, matcher)
    live = accepted(shelf, docs, asked.filters)
    if len(live) < len(docs):
        scores = scores[located(docs, live)[0]]
    found = Scored(live, scores, None if priors is None else priors[live])
    partial = False
    if not asked.bonus.empty:
        try:
            found = with_bonus(asked.bonus, matcher, found, boosts, asked.wanted)
        except TimeUp:  # what was found so far stands, by the scores it has
            partial = True
    return Found(found.docs, found.final(), len(live), matching=live, partial=partial)


def _conjuncts(query: Query) -> Iterator[Query]:
    """The parts that must all hold."""
    if isinstance(query, And):
        for part in query.parts:
            yield from _conjuncts(part)
    else:
        yield query


def _needed(asked: Asked, matcher: Matcher) -> tuple[Array, Array, Boosts]:
    """What holds the query, its scores without the bonus, and the boosts these are made with."""
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
    found = [word_of(part, matcher) for part in words.parts]
    boosts: Boosts = {}
    for word in found:
        boosts.update(word.boosts)
    if len(found) == 1 == words.count:
        return found[0].entry.docs, found[0].entry.impacts * (1.0 + words.whole), boosts
    entries = [word.entry for word in found]
    sums, counts = workspace.tally(entries, matcher.shelf.documents)
    docs = np.flatnonzero(counts >= words.count)
    scores = sums[docs]
    if words.whole:
        scores[counts[docs] == len(found)] *= 1 + words.whole
    return docs, scores, boosts


def _with_priors(found: Found, priors: Array | None) -> Found:
    """The same with every score multiplied by its document's prior."""
    if priors is None:
        return found
    if found.docs is not None:
        return found._replace(scores=found.scores * priors[found.docs])
    np.multiply(found.scores, priors, out=found.scores)
    return found


def _added_up(plan: Plan, shelf: Shelf) -> Found:
    """The matches of an Or of terms."""
    entries, boosts = weighted(plan, shelf)
    if len(entries) == 1 and shelf.live is None:
        docs, impacts, _ = entries[0]
        return Found(docs, impacts * np.float64(boosts[0]), len(docs))
    scores = workspace.add_up(entries, boosts, shelf.documents)
    if shelf.live is not None:
        scores *= shelf.live
    held = scores > 0
    total = int(np.count_nonzero(held))
    if total * FEW > shelf.documents:
        return Found(None, scores, total, min((entry.docs for entry in entries), key=_rarity))
    docs = np.flatnonzero(held)
    return Found(docs, scores[docs], total)


def _rarity(docs: Array) -> float:
    """Sorts the shortest list first that is long enough to hold the best matches."""
    return len(docs) if len(docs) >= ENOUGH else np.inf
