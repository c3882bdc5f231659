"""Optional clauses: parts that add to a score but need not hold, scored only where they can matter.

A search for the first few needs them for few documents. What they can add at most is known
beforehand: for a word it is so many times what the word has already added, or so many times the
most that it adds anywhere. Documents that cannot reach the first few even with that are left
out, and the answer is still exact (the bound of MaxScore: Turtle & Flood, "Query evaluation:
strategies and optimizations", 1995; here for whole parts of a query, on arrays).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from index.engines.whoosh.searching.bm25 import NO_PLAN, ScoringPlan, plan_of, scores_of
from index.engines.whoosh.searching.clause_cache import Boosts
from index.engines.whoosh.searching.matching import Matcher
from index.engines.whoosh.searching.proximity import Proximity, gains, is_pair, proximities_of
from index.engines.whoosh.searching.segment_reader import SegmentReader
from index.engines.whoosh.storage.array_file import Array
from index.query import AtLeast, Phrase, Query, Term

# Scores are compared in 32 bits in the end: a bound must miss by more than that to count.
_SLACK = 1 - 1e-6


class OptionalClauses(NamedTuple):
    """Parts that need not hold: terms, words side by side, and any others."""

    terms: ScoringPlan
    pairs: list[Proximity]
    others: tuple[Query, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing adds anything."""
        return not (self.terms.boosts or self.pairs or self.others)


class Scored(NamedTuple):
    """Ascending documents, their scores so far, and what these are multiplied with in the end."""

    docs: Array
    scores: Array
    priors: Array | None

    def final(self) -> Array:
        """The scores times the priors."""
        return self.scores if self.priors is None else self.scores * self.priors

    def where(self, chosen: Array) -> Scored:
        """The chosen ones."""
        priors = None if self.priors is None else self.priors[chosen]
        return Scored(self.docs[chosen], self.scores[chosen], priors)


def optional_clauses(parts: Sequence[Query]) -> OptionalClauses:
    """The parts, sorted by how they are worked out."""
    terms: list[Query] = []
    phrases: list[Phrase] = []
    others: list[Query] = []
    for part in parts:
        if type(part) is Term and part.boost > 0:
            terms.append(part)
        elif is_pair(part):
            phrases.append(part)
        else:
            others.append(part)
    plan = plan_of(AtLeast(0, tuple(terms))) if terms else NO_PLAN
    return OptionalClauses(plan, proximities_of(phrases), tuple(others))


def add_optional(
    optional: OptionalClauses, matcher: Matcher, found: Scored, boosts: Boosts, wanted: int | None
) -> Scored:
    """Documents with their whole scores: all of them, or those that may be among the best few.

    `boosts` are those of terms that have added to the scores wherever they stand.
    """
    reader = matcher.reader
    if optional.others:
        wanted = None
    if optional.terms.boosts:
        found = _reaching(found, wanted, *_most(optional, reader, boosts, terms=True))
        added = scores_of(optional.terms, found.docs, matcher)
        found = Scored(found.docs, found.scores + added, found.priors)
    if optional.pairs:
        found = _reaching(found, wanted, *_most(optional, reader, boosts, terms=False))
    scores = found.scores.copy()
    for some in optional.pairs:
        matcher.check_time()
        scores += gains(some, reader, found.docs)
    for part in optional.others:
        holding = matcher.among(part, found.docs)
        scores[holding] += scores_of(plan_of(part), found.docs[holding], matcher)
    return Scored(found.docs, scores, found.priors)


def _most(
    optional: OptionalClauses, reader: SegmentReader, boosts: Boosts, *, terms: bool
) -> tuple[float, float]:
    """By what a score can grow at most: so many times itself, and so much."""
    times = more = 0.0
    for some in optional.pairs:
        for text, most in zip(some.texts, some.most, strict=True):
            name = (some.field, some.form, text)
            if boost := boosts.get(name, 0.0):
                times = max(times, most / boost)
            else:
                more += most * reader.scored(*name).most
    if terms:
        more += sum(
            boost * reader.scored(*name).most for name, boost in optional.terms.boosts.items()
        )
    return times, more


def _reaching(found: Scored, wanted: int | None, times: float, more: float) -> Scored:
    """The documents that may be among the best so many if a score grows by that at most."""
    if wanted is None or len(found.docs) <= wanted:
        return found
    now = found.final()
    line = np.partition(now, len(now) - wanted)[len(now) - wanted] * _SLACK
    most = found.scores * (1 + times) + more
    if found.priors is not None:
        most *= found.priors
    return found.where(np.flatnonzero(most >= line))
