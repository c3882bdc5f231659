"""Filters on what a segment stores of its documents: attributes and days."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date

import numpy as np

from index.attributes import AttributeName
from index.engine import Filters
from index.engines.whoosh.storage.array_file import Array
from index.engines.whoosh.storage.segment_data import Attributes


def passing(
    docs: Array, filters: Filters, days: Array, attribute: Callable[[AttributeName], Attributes]
) -> Array:
    """Those of some ascending documents that pass the filters."""
    for name, wanted in filters.accepted.items():
        if len(docs):
            values, codes = attribute(name)
            lets = np.array([not wanted.isdisjoint(some) for some in values], dtype=bool)
            docs = docs[lets[codes[docs]]]
    if filters.since or filters.until:
        dated = date_range(days, filters.since, filters.until)
        first, last = np.searchsorted(docs, (dated.start, dated.stop))
        docs = docs[first:last]
    return docs


def date_range(days: Array, since: str, until: str) -> slice:
    """The documents dated between two ISO days: consecutive, as documents stand newest first."""
    if not since and not until:
        return slice(0, len(days))
    oldest = bisect_left(_ORDINALS, since, key=_iso) + 1
    newest = bisect_right(_ORDINALS, until, key=_iso) if until else len(_ORDINALS)
    back = days[::-1]
    first = len(days) - int(np.searchsorted(back, newest, side="right"))
    last = len(days) - int(np.searchsorted(back, max(1, oldest), side="left"))
    return slice(first, max(first, last))


_ORDINALS = range(1, date.max.toordinal() + 1)


def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
