"""Suggest: how the last word of a query may go on, while it is typed."""

from __future__ import annotations

from index import analysis, cut, fold
from searcher.expansion.lookup import Lookup

MOST_LOOKED_AT = 300
"""Words whose frequency is asked for; a longer beginning leaves fewer."""
SHORTEST = 2


def suggest(typed: str, lookup: Lookup, limit: int) -> list[str]:
    """The query with its last word finished, the most frequent words first."""
    starts, ends = cut(typed)
    if not starts or ends[-1] < len(typed):
        return []
    begun = typed[starts[-1] : ends[-1]]
    if len(fold(begun)) < SHORTEST:
        return []
    found = lookup.beginning_with(begun)
    shortest = sorted(found, key=len)[:MOST_LOOKED_AT]
    counted = sorted((-lookup.frequency("exact", term), term) for term in shortest)
    head = typed[: starts[-1]]
    return [head + term for _, term in counted if not analysis.is_stopword(term)][:limit]
