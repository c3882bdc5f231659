"""Comparison: is one way of searching better than another, or was it luck?

The same questions are asked of both, so that each is a pair of values. Fisher's randomisation test
swaps the two of some pairs at random: the share of such swaps that differ as much as what was
measured is `p`, the chance that two equal ways differ so. It supposes nothing of how the values are
spread, which are mostly zeros and ones (Smucker, Allan and Carterette, CIKM 2007).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index import open_engine
from searcher.errors import SearchError
from searcher.evaluation.judgements import article_key, numbered
from searcher.search import Searcher
from searcher.settings import read_settings

# Swaps that are tried: p is then told to within a hundredth where it matters.
SWAPS = 10_000
_AT_ONCE = 1_000

# Articles by their ids with their scores.
Ranked = list[tuple[str, float]]
# What is found for a question, by its id and its words.
Answerer = Callable[[str, str], Ranked]


def p_value(ours: Sequence[float], theirs: Sequence[float], *, swaps: int = SWAPS) -> float:
    """The chance that two equal ways differ as much in their means as these; 1 without pairs.

    >>> p_value([1.0, 0.5], [1.0, 0.5]), p_value([1.0] * 12, [0.0] * 12) < 0.01
    (1.0, True)
    """
    differences = np.array(ours, float) - np.array(theirs, float)
    if not differences.any():
        return 1.0
    measured = abs(differences.sum()) - 1e-9  # sums of the same numbers in another order
    random = np.random.default_rng(17)
    as_much = 0
    for first in range(0, swaps, _AT_ONCE):
        signs = random.choice((-1.0, 1.0), (min(_AT_ONCE, swaps - first), len(differences)))
        as_much += int((abs(signs @ differences) >= measured).sum())
    return (as_much + 1) / (swaps + 1)


def read_run(lines: Iterable[str]) -> dict[str, Ranked]:
    """A TREC run, `id Q0 article rank score name`; raises `SearchError` for a line that is none.

    >>> read_run(["1 Q0 k7 1 2.5 ours"])
    {'1': [('k7', 2.5)]}
    """
    found: dict[str, Ranked] = {}
    for number, line in numbered(lines):
        try:
            question, _, article, _, score, *_ = line.split()
            found.setdefault(question, []).append((article_key(article), float(score)))
        except ValueError as error:
            raise SearchError(
                f"line {number} of the run is no `id Q0 article rank score name`."
            ) from error
    return found


def other_way(named: str, index_url: str, depth: int) -> Answerer:
    """What `--compare` names: a file of weights (.toml), a TREC run, or another index."""
    path = Path(named)
    if path.suffix == ".toml":
        searcher = Searcher(open_engine(index_url), weights=read_settings(path).weights)
        return lambda _, query: found_by(searcher, query, depth)
    if path.is_file():
        with path.open(encoding="utf-8", errors="replace") as lines:
            run = read_run(lines)
        return lambda question, _: run.get(question, [])[:depth]
    if ":" not in named:
        raise SearchError(f"there is no file {named} to compare with, and it names no index.")
    other = Searcher.open(named)
    return lambda _, query: found_by(other, query, depth)


def found_by(searcher: Searcher, query: str, depth: int) -> Ranked:
    """The ids and scores of the best articles for a question."""
    return [(hit.id, hit.score) for hit in searcher.search(query, limit=depth).hits]


def compared(
    ours: Sequence[Mapping[str, Any]], theirs: Sequence[Mapping[str, Any]], measures: Sequence[str]
) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """Each question's gain over the other way, by measure; and the p of each measure."""
    gains = [
        {"id": one["id"], **{name: one[name] - other[name] for name in measures}}
        for one, other in zip(ours, theirs, strict=True)
    ]
    ps = {
        name: p_value([one[name] for one in ours], [one[name] for one in theirs])
        for name in measures
    }
    return gains, ps
