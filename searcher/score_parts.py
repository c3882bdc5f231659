"""Scores: what the score of a hit is made of, part by part.

Asked of the engine itself, one part of the plan at a time on the days of the hits, so that nothing
is computed in two ways. Meant for a reader who wonders, not for every search.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from index import Engine, Filters, query
from searcher.hits.results import Hit, ScorePart
from searcher.relaxation import SearchOutcome

# Matches of one part on one day that are looked through.
MOST_A_DAY = 100_000

REST = "غير ذلك"


def score_parts(
    found: SearchOutcome, hits: Sequence[Hit], engine: Engine
) -> dict[str, list[ScorePart]]:
    """For each hit its key and the parts of its score, which add up to it.

    The last part holds what the others do not explain: recency.
    """
    parts: dict[str, list[ScorePart]] = {hit.id: [] for hit in hits}
    by_day = sorted(hits, key=lambda hit: hit.date[:10])
    for day, some in groupby(by_day, key=lambda hit: hit.date[:10]):
        keys = {hit.id for hit in some}
        for label, tree, times in _labelled(found):
            filters = Filters(since=day, until=day)
            for match in engine.search(tree, limit=MOST_A_DAY, filters=filters).found:
                if match.key in keys and match.score:
                    parts[match.key].append(ScorePart(label, match.score * times))
    for hit in hits:
        rest = hit.score - sum(part.score for part in parts[hit.id])
        if abs(rest) > 1e-3:
            parts[hit.id].append(ScorePart(REST, rest))
    return parts


def _labelled(found: SearchOutcome) -> Iterator[tuple[str, query.Query, float]]:
    """What adds to a score: a few words that name it, its tree, and a factor."""
    for label, tree in found.plan.parts:
        yield label, tree, 1.0
    if found.plan.coordination:
        yield "كل الكلمات معًا", query.And(found.plan.words), found.plan.coordination
    for tree in found.plan.optional:
        match tree:
            case query.Term(text=text):
                yield text, tree, 1.0
            case query.Phrase(slots=slots):
                yield "متجاورة: " + " ".join(slot[0] for slot in slots), tree, 1.0
            case _:
                raise AssertionError(tree)
