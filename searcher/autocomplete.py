"""Suggest: how the last word of a query may go on, while it is typed."""

from __future__ import annotations

from index import analysis, cut, fold
from searcher.expansion.lookup import Lookup

MOST_STOPWORDS = 40
"""So many stop words may stand before what is suggested."""
SHORTEST = 2


def suggest(typed: str, lookup: Lookup, limit: int) -> list[str]:
    """The query with its last word finished, the most frequent words first."""
    starts, ends = cut(typed)
    if not starts or ends[-1] < len(typed):
        return []
    begun = typed[starts[-1] : ends[-1]]
    if len(fold(begun)) < SHORTEST:
        return []
    found = lookup.beginning(begun, limit + MOST_STOPWORDS)
    head = typed[: starts[-1]]
    return [head + term for term in found if not analysis.is_stopword(term)][:limit]
