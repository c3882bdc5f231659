"""Counting in a cluster: facets, cross tabulations and held terms, as aggregations.

A `terms` aggregation of as many buckets as clusters allow is exact; pairs of values may be more
than that, so they are read as a `composite`, page after page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import NamedTuple

from index.analysis import TermCount
from index.document import Form
from index.engine import CrossCount, Facet, FacetPair, Filters
from index.engines.opensearch.client import Json
from index.query import Query

# Different values of a facet that are counted: below it counts are exact, and clusters allow
# 65,535 buckets.
MOST_VALUES = 65_000
# Pairs of values that one request reads.
PAGE = 10_000

_WEEK = {"field": "ordinal", "interval": 7}  # whose multiples are Sundays, as `period_of` has it


class HeldRequest(NamedTuple):
    """The arguments of `Engine.held_terms`; `end` is a moment on the monotonic clock, or None."""

    query: Query
    form: Form
    filters: Filters
    limit: int
    among: Collection[str] | None
    end: float | None


def facet_aggregations(facets: Sequence[Facet]) -> Json:
    """The aggregations of facets, each under its own name."""
    return {facet: _values(facet, size=MOST_VALUES) for facet in facets}


def facet_counts(facet: Facet, found: Json) -> list[tuple[str, int]]:
    """The values and counts of an answered facet, most frequent first, then by value."""
    counts = [(_value(facet, bucket["key"]), bucket["doc_count"]) for bucket in found["buckets"]]
    return sorted(counts, key=lambda one: (-one[1], one[0]))


def read_crosstab(pair: FacetPair, ask: Callable[[Json], Json]) -> list[CrossCount]:
    """The pairs of values that occur; `ask` answers some aggregations over the matches."""
    sources = [
        {str(place): {"histogram": _WEEK} if facet == "week" else {"terms": {"field": facet}}}
        for place, facet in enumerate(pair)
    ]
    counts: list[CrossCount] = []
    after: Json = {}
    while True:
        page: Json = {"sources": sources, "size": PAGE} | ({"after": after} if after else {})
        found = ask({"pairs": {"composite": page}})["pairs"]
        for bucket in found["buckets"]:
            values = [_value(facet, bucket["key"][str(n)]) for n, facet in enumerate(pair)]
            counts.append(CrossCount(values[0], values[1], bucket["doc_count"]))
        after = found.get("after_key", {})
        if len(found["buckets"]) < PAGE:
            return sorted(counts)


def held_aggregation(asking: HeldRequest) -> Json:
    """The aggregation that counts terms."""
    terms: Json = {"field": f"held.{asking.form}", "size": asking.limit, "shard_size": MOST_VALUES}
    if asking.among is not None:
        terms["include"] = sorted(set(asking.among))
    return {"held": {"terms": terms}}


def held_counts(found: Json) -> tuple[TermCount, ...]:
    """The counts of terms."""
    buckets = found["held"]["buckets"]
    return tuple(TermCount(bucket["key"], bucket["doc_count"]) for bucket in buckets)


def _values(facet: Facet, *, size: int) -> Json:
    if facet == "week":
        return {"histogram": {**_WEEK, "min_doc_count": 1}}
    return {"terms": {"field": facet, "size": size}}


def _value(facet: Facet, key: str | float) -> str:
    if facet == "week":
        return date.fromordinal(max(1, int(key))).isoformat()
    return str(key)
