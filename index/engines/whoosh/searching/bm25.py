"""BM25 scores of documents, summed over the query's terms, on whole arrays.

A query is first turned into a plan: the terms that add their score wherever they stand, and the
parts whose terms add only where the part holds (an And inside an Or, a phrase inside an Or).
`index.engines.memory.MemoryEngine.score` is the meaning.

Scores are added up in 64 bits: the order of adding, which differs between segments, does not show
once they are rounded to 32, so that documents of the same text tie.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from index.document import Field, Form
from index.engines.whoosh.searching.accumulator import SEARCH, accumulator
from index.engines.whoosh.searching.matching import Matcher
from index.engines.whoosh.searching.segment_reader import (
    NOTHING_SCORED,
    ScoredPostings,
    SegmentReader,
)
from index.engines.whoosh.storage.array_file import Array
from index.engines.whoosh.storage.doc_sets import LOOKUP, located
from index.query import And, AtLeast, Lead, Or, Phrase, Query, Term


class ScoringPlan(NamedTuple):
    """What adds to a score: terms with their boosts, and parts where they hold.

    `pure` says that the terms are all there is to the query: who has a score holds it.
    """

    boosts: dict[tuple[Field, Form, str], float]
    parts: list[tuple[Query, ScoringPlan]]
    pure: bool

    @property
    def empty(self) -> bool:
        """Whether every score is 0."""
        return not self.boosts and not self.parts


# Adds nothing to any score.
NO_PLAN = ScoringPlan({}, [], False)


def plan_of(query: Query) -> ScoringPlan:
    """The plan of a query, for documents that hold it."""
    boosts: dict[tuple[Field, Form, str], float] = {}
    parts: list[tuple[Query, ScoringPlan]] = []
    pure = _collect(query, True, boosts, parts)
    return ScoringPlan(boosts, parts, pure and all(boost > 0 for boost in boosts.values()))


def _collect(
    query: Query,
    held: bool,
    boosts: dict[tuple[Field, Form, str], float],
    parts: list[tuple[Query, ScoringPlan]],
) -> bool:
    """Add what a query adds; `held` if it is sure to hold. Returns whether it is an Or of terms."""
    if type(query) is Term:
        name = (query.field, query.form, query.text)
        boosts[name] = boosts.get(name, 0.0) + query.boost
        return True
    match query:
        case Or(inner):
            pure = [_collect(part, False, boosts, parts) for part in inner]
            return all(pure)
        case And(inner) if held:
            for part in inner:
                _collect(part, True, boosts, parts)
        case AtLeast(_, inner, whole) if held:
            for part in inner:
                _collect(part, False, boosts, parts)
            if whole:
                all_of_it = And(inner)
                parts.append((all_of_it, _times(plan_of(all_of_it), whole)))
        case Phrase(field, form, slots, _, boost) if held:
            for text in (text for slot in slots for text in slot):
                _collect(Term(field, form, text, boost), True, boosts, parts)
        case Lead(term, _) if held:
            _collect(term, True, boosts, parts)
        case Phrase() | Lead() | And() | AtLeast():
            parts.append((query, plan_of(query)))
    return False


def _times(plan: ScoringPlan, factor: float) -> ScoringPlan:
    """A plan with all its boosts multiplied."""
    boosts = {name: boost * factor for name, boost in plan.boosts.items()}
    return plan._replace(
        boosts=boosts, parts=[(query, _times(inner, factor)) for query, inner in plan.parts]
    )


def scores_of(plan: ScoringPlan, docs: Array, matcher: Matcher) -> Array:
    """The scores of ascending documents of a segment, in their order."""
    scores = _sums(plan, docs, matcher.reader)
    for query, inner in plan.parts:
        holding = matcher.docs(query)
        if len(holding) and len(docs):
            at, there = located(docs, holding)
            scores[at[there]] += scores_of(inner, holding[there], matcher)
    return scores


def weighted(plan: ScoringPlan, reader: SegmentReader) -> tuple[list[ScoredPostings], list[float]]:
    """The posting lists of a plan's terms that a segment has, and their boosts."""
    entry = reader.scored
    entries, boosts = [], []
    for name, boost in plan.boosts.items():
        found = entry(*name)
        if found is not NOTHING_SCORED:
            entries.append(found)
            boosts.append(boost)
    return entries, boosts


def _sums(plan: ScoringPlan, docs: Array, reader: SegmentReader) -> Array:
    """For each document the sum of the impacts it has.

    Lists are either searched for the documents or added up over all documents of the segment,
    whichever is less work: long lists are searched, and all of them when there are few documents.
    """
    sums = np.zeros(len(docs))
    if not len(docs):
        return sums
    entries, boosts = weighted(plan, reader)
    search = SEARCH + LOOKUP * len(docs)
    short = [number for number, entry in enumerate(entries) if len(entry.docs) <= search]
    adding = reader.documents // 8 + sum(len(entries[number].docs) for number in short)
    if search * len(short) < adding:
        short = []
    for number in set(range(len(entries))).difference(short):
        at, there = located(entries[number].docs, docs)
        sums[there] += np.float64(boosts[number]) * entries[number].impacts[at[there]]
    if short:
        entries, boosts = [entries[i] for i in short], [boosts[i] for i in short]
        sums += accumulator.add_up(entries, boosts, reader.documents)[docs]
    return sums
