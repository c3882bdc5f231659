"""A query cut down to as many clauses as a cluster takes.

Clusters refuse trees of more than 1,024 clauses (`indices.query.bool.max_clause_count`), counted
over the whole tree. Queries of readers stay far below; pasted paragraphs may not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from index.query import And, AtLeast, Or, Phrase, Query, Term

# Some fewer than a cluster's usual 1,024: filters of the request itself count too.
MOST_CLAUSES = 1_000


def fitted(query: Query, size: Callable[[Query], int], most: int = MOST_CLAUSES) -> Query:
    """The query with the weakest alternatives left out until it is small enough.

    Each step halves the longest list of alternatives or of optional parts, so there are few; a
    query without any such list comes back as it is.
    """
    while size(query) > most:
        longest = max(_lists(query), key=lambda one: len(one.parts), default=None)
        if longest is None or len(longest.parts) < 2:
            return query
        query = _replaced(query, longest, _halved(longest))
    return query


def _lists(query: Query) -> Iterator[Or | AtLeast]:
    """The parts of a tree from which something may be left out."""
    match query:
        case And(parts) | Or(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _lists(part)
    if isinstance(query, Or) or (isinstance(query, AtLeast) and query.count < len(query.parts)):
        yield query


def _halved(node: Or | AtLeast) -> Or | AtLeast:
    keep = max(len(node.parts) // 2, 1, node.count if isinstance(node, AtLeast) else 1)
    strongest = sorted(node.parts, key=_boost, reverse=True)[:keep]
    return replace(node, parts=tuple(part for part in node.parts if part in strongest)[:keep])


def _boost(query: Query) -> float:
    return query.boost if isinstance(query, Term | Phrase) else 1.0


def _replaced(query: Query, old: Query, new: Query) -> Query:
    if query is old:
        return new
    match query:
        case And(parts) | Or(parts) | AtLeast(_, parts):
            return replace(query, parts=tuple(_replaced(part, old, new) for part in parts))
    return query
