"""Suggest: how the last word of a query may go on, while it is typed."""

from __future__ import annotations

from bisect import bisect_left

from index import Vocabulary, analysis, cut, fold

MOST_LOOKED_AT = 300
"""Words whose frequency is asked for; a longer beginning leaves fewer."""
SHORTEST = 2
_LAST = "\U0010ffff"


def suggest(typed: str, vocabulary: Vocabulary, limit: int) -> list[str]:
    """The query with its last word finished, the most frequent words first."""
    starts, ends = cut(typed)
    if not starts or ends[-1] < len(typed.rstrip()):
        return []
    start = fold(typed[starts[-1] : ends[-1]])
    if len(start) < SHORTEST:
        return []
    terms = vocabulary.terms("exact")
    found = terms[bisect_left(terms, start) : bisect_left(terms, start + _LAST)]
    shortest = sorted(found, key=len)[:MOST_LOOKED_AT]
    counted = sorted((-vocabulary.frequency("exact", term), term) for term in shortest)
    head = typed[: starts[-1]]
    return [head + term for _, term in counted if not analysis.is_stopword(term)][:limit]
