"""Finding in one segment: documents and scores, by the shortest way the query allows.

An Or of terms needs no set of documents: who has a score was found. Everything else is matched
first, filtered, and scored for what is left.
"""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy as np

from index.engine import Filters
from index.engines.whoosh.layout import Array
from index.engines.whoosh.matching import Matcher, TimeUp, accepted
from index.engines.whoosh.scoring import Plan, scores_of, weighted
from index.engines.whoosh.sets import NOBODY
from index.engines.whoosh.snapshot import Shelf
from index.engines.whoosh.workspace import workspace
from index.query import Query

OPEN = Filters()
# Fewer matches than one in so many documents are worth listing.
FEW = 8
# Documents of a rare term that are enough to tell how good the best matches are.
ENOUGH = 30


class Asked(NamedTuple):
    """A search as every segment gets it; `end` on the monotonic clock."""

    query: Query
    plan: Plan
    filters: Filters
    end: float


class Found(NamedTuple):
    """Ascending documents and their scores; without `docs`, the scores of all, 0 for no match.

    The scores of all are valid until the thread's next search; see `workspace`. `likely` are some
    documents that are good matches: they tell `ranking` where to draw the line.
    """

    docs: Array | None
    scores: Array
    total: int
    likely: Array

    def numbers(self) -> Array:
        """The matching documents."""
        return np.flatnonzero(self.scores > 0) if self.docs is None else self.docs

    def times(self, priors: Array) -> Found:
        """The same with every score multiplied by its document's prior."""
        if self.docs is not None:
            return self._replace(scores=self.scores * priors[self.docs])
        np.multiply(self.scores, priors, out=self.scores)
        return self


def find(asked: Asked, shelf: Shelf, dense: bool) -> Found:
    """A segment's matches; `dense` if the scores of all documents will do. Raises `TimeUp`."""
    if time.monotonic() > asked.end:
        raise TimeUp
    if dense and asked.plan.pure and asked.filters == OPEN:
        return _scored(asked.plan, shelf)
    matcher = Matcher(shelf, asked.end)
    docs = accepted(shelf, matcher.docs(asked.query), asked.filters)
    return Found(docs, scores_of(asked.plan, docs, matcher), len(docs), NOBODY)


def _scored(plan: Plan, shelf: Shelf) -> Found:
    """The matches of an Or of terms."""
    entries, boosts = weighted(plan, shelf)
    if len(entries) == 1 and shelf.live is None:
        docs, impacts = entries[0]
        return Found(docs, impacts * np.float64(boosts[0]), len(docs), NOBODY)
    scores = workspace.add_up(entries, boosts, shelf.documents)
    if shelf.live is not None:
        scores *= shelf.live
    held = scores > 0
    total = int(np.count_nonzero(held))
    if total * FEW > shelf.documents:
        return Found(None, scores, total, min((entry.docs for entry in entries), key=_rarity))
    docs = np.flatnonzero(held)
    return Found(docs, scores[docs], total, NOBODY)


def _rarity(docs: Array) -> float:
    """Sorts the shortest list first that is long enough to hold the best matches."""
    return len(docs) if len(docs) >= ENOUGH else np.inf
