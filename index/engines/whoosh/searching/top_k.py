"""Top k: the first matches of a segment in the order that was asked for.

Documents of a segment are numbered newest first, ties of a day by key: the smaller number wins
every tie, and sorting by date is cutting a range.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from index.engine import Match, Sort
from index.engines.whoosh.searching.segment_reader import SegmentReader
from index.engines.whoosh.searching.segment_search import SegmentMatches
from index.engines.whoosh.storage.array_file import Array
from index.engines.whoosh.storage.doc_sets import EMPTY

# Scores are looked at in blocks of this many: the best of each give a bound that most miss.
BLOCK = 256
# So many scores are sorted sooner than bounds are found for them (benchmarks/relevance.py).
SMALL = 512


class Candidate(NamedTuple):
    """A match with what it is sorted by, smallest first."""

    order: tuple[float, float, str]
    match: Match


def best(reader: SegmentReader, found: SegmentMatches, sort: Sort, count: int) -> list[Candidate]:
    """The first `count` of a segment's matches under a sort, in any order."""
    if count <= 0:
        return []
    scores = found.scores
    if found.docs is None:
        docs = chosen = top(scores, min(count, found.total), found.likely)
    else:
        match sort:
            case "relevance":
                chosen = top(scores, count)
            case "newest":
                chosen = _first_days(reader.days[found.docs], scores, count)
            case "oldest":
                chosen = _last_days(reader.days[found.docs], scores, count)
        docs = found.docs[chosen]
    rounded = scores[chosen].astype(np.float32)
    values, codes = reader.attribute("story")
    return [
        _candidate(float(day), Match(key.decode(), score, "".join(values[story])), sort)
        for key, day, score, story in zip(
            reader.file.keys[docs].tolist(),
            reader.days[docs].tolist(),
            rounded.tolist(),
            codes[docs].tolist(),
            strict=True,
        )
    ]


def top(scores: Array, count: int, likely: Array = EMPTY) -> Array:
    """Where the highest scores stand, compared in 32 bits, ties to the first; at most `count`.

    `likely` are places of which the best are probably among them.

    >>> top(np.array([1, 3, 2, 3, 3]), 2)
    array([1, 3])
    """
    if count <= 0 or len(scores) <= count:
        return np.arange(len(scores) if count > 0 else 0)
    if len(scores) <= SMALL:
        return np.argsort(-scores.astype(np.float32), kind="stable")[:count]
    # The bound is lowered by more than rounding can lift a score to it.
    bound = np.nextafter(np.float32(_bound(scores, count, likely)), np.float32(-np.inf))
    reached = np.flatnonzero(scores >= np.float64(bound))
    rounded = scores[reached].astype(np.float32)
    if len(reached) > 8 * count:
        last = np.partition(rounded, len(reached) - count)[len(reached) - count]
        above = reached[rounded > last]
        level = reached[rounded == last][: count - len(above)]
        return np.concatenate((above, level))
    return reached[np.argsort(-rounded, kind="stable")[:count]]


def _bound(scores: Array, count: int, likely: Array) -> float:
    """A score that at least `count` reach: the count-th best of the likely, or of blocks' bests."""
    if len(likely) >= count:
        return float(np.partition(scores[likely], len(likely) - count)[len(likely) - count])
    blocks = len(scores) // BLOCK
    if blocks < 2 * count:
        return -np.inf
    peaks = scores[: blocks * BLOCK].reshape(blocks, BLOCK).max(axis=1)
    return float(np.partition(peaks, blocks - count)[blocks - count])


def _first_days(days: Array, scores: Array, count: int) -> Array:
    """Where the newest stand; of the last day only its highest scores."""
    if len(days) <= count:
        return np.arange(len(days))
    first, last = _same_day(days, int(days[count - 1]))
    return np.concatenate((np.arange(first), first + top(scores[first:last], count - first)))


def _last_days(days: Array, scores: Array, count: int) -> Array:
    """Where the oldest stand; the undated, last in both directions, only if there is room."""
    dated = len(days) - int(np.searchsorted(days[::-1], 0, side="right"))
    chosen = np.arange(dated)
    if dated > count:
        first, last = _same_day(days, int(days[dated - count]))
        whole = dated - last
        some = first + top(scores[first:last], count - whole)
        chosen = np.concatenate((some, np.arange(last, dated)))
    undated = dated + top(scores[dated:], count - len(chosen))
    return np.concatenate((chosen, undated))


def _same_day(days: Array, day: int) -> tuple[int, int]:
    """The range of a day in descending days."""
    back = days[::-1]
    last = len(days) - int(np.searchsorted(back, day, side="left"))
    return len(days) - int(np.searchsorted(back, day, side="right")), last


def _candidate(day: float, found: Match, sort: Sort) -> Candidate:
    key, score, _ = found
    match sort:
        case "relevance":
            order = (-score, -day, key)
        case "newest":
            order = (-day, -score, key)
        case "oldest":
            order = (day or np.inf, -score, key)
    return Candidate(order, found)
