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
from index.engines.whoosh.scoring import Plan, all_scores, scores_of
from index.engines.whoosh.snapshot import Shelf
from index.query import Query

OPEN = Filters()
# Fewer matches than one in so many documents are worth listing.
FEW = 8


class Asked(NamedTuple):
    """A search as every segment gets it; `end` on the monotonic clock."""

    query: Query
    plan: Plan
    filters: Filters
    end: float


class Found(NamedTuple):
    """Ascending documents and their scores; without `docs`, the scores of all, 0 for no match."""

    docs: Array | None
    scores: Array

    def total(self) -> int:
        """Number of matches."""
        return int(np.count_nonzero(self.scores > 0)) if self.docs is None else len(self.docs)

    def numbers(self) -> Array:
        """The matching documents."""
        return np.flatnonzero(self.scores > 0) if self.docs is None else self.docs

    def times(self, priors: Array) -> Found:
        """The same with every score multiplied by its document's prior."""
        return Found(self.docs, self.scores * (priors if self.docs is None else priors[self.docs]))


def find(asked: Asked, shelf: Shelf, dense: bool) -> Found:
    """A segment's matches; `dense` if the scores of all documents will do. Raises `TimeUp`."""
    if time.monotonic() > asked.end:
        raise TimeUp
    if dense and asked.plan.pure and asked.filters == OPEN:
        return _scored(asked.plan, shelf)
    matcher = Matcher(shelf, asked.end)
    docs = accepted(shelf, matcher.docs(asked.query), asked.filters)
    return Found(docs, scores_of(asked.plan, docs, matcher))


def _scored(plan: Plan, shelf: Shelf) -> Found:
    """The matches of an Or of terms."""
    scores = all_scores(plan, shelf)
    if shelf.live is not None:
        scores *= shelf.live
    held = scores > 0
    if np.count_nonzero(held) * FEW > shelf.documents:
        return Found(None, scores)
    docs = np.flatnonzero(held)
    return Found(docs, scores[docs])
