"""Chains: where the words of a phrase stand in a text, in order and close enough together.

>>> chain_places([["وزير"], ["خارجية"]], 0, {"وزير": [0, 7], "خارجية": [1, 9]})
[[0], [1]]
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Mapping, Sequence


def chain_places(
    slots: Sequence[Sequence[str]], slop: int, positions: Mapping[str, list[int]]
) -> list[list[int]]:
    """For each slot the positions that stand in a complete chain, ascending; all empty without any.

    A slot lists terms; `positions` has where each stands in one field, as far as they occur. A
    chain takes one position a slot, ascending, neighbours at most `slop` words apart. Two passes
    (what can be reached from the left, then what reaches the right end) keep it linear in the
    positions, where listing the chains would grow with their product.
    """
    reach = slop + 1
    places = [sorted({p for text in slot for p in positions.get(text, ())}) for slot in slots]
    for left, right in itertools.pairwise(range(len(places))):
        places[right] = _within(places[right], places[left], 1, reach)
    for left, right in reversed(list(itertools.pairwise(range(len(places))))):
        places[left] = _within(places[left], places[right], -reach, -1)
    return places


def _within(places: list[int], others: list[int], low: int, high: int) -> list[int]:
    """The places that have another one at a distance `low <= place - other <= high`."""
    kept = []
    for place in places:
        first = bisect_left(others, place - high)
        if first < len(others) and others[first] <= place - low:
            kept.append(place)
    return kept
