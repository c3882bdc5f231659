"""Coverage: counting over time and by source, and the typical words, on all real articles.

    python -m benchmarks.coverage                      builds their index first
    python -m benchmarks.coverage --index whoosh:DIR   asks one that is there

Fifty words that stand in about a tenth of the articles are each counted by day and source, after
one has warmed the process up. Processor time, in milliseconds; the goal is a 95th percentile of 15.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.workload import build, news
from index.query import Everything, Or, Term
from searcher import Searcher, SearchOptions, over_time, typical_words

WORDS = 50
SHARE = 0.1


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of processor time."""
    began = time.process_time()
    work()
    return 1000 * (time.process_time() - began)


def told(name: str, times: list[float]) -> None:
    """A line of a table."""
    middle, late = np.percentile(times, (50, 95))
    print(f"{name:44}{middle:9.2f}{late:9.2f}")


def measure(searcher: Searcher) -> None:
    """All figures of an open index."""
    engine = searcher.engine
    everything = engine.held_terms(Everything(), "lemma", limit=3000)
    wanted = SHARE * everything.matches
    near = sorted(everything.counts, key=lambda one: abs(one.frequency - wanted))[:WORDS]
    trees = [
        Or((Term("title", "lemma", one.text), Term("body", "lemma", one.text))) for one in near
    ]
    pairs = (("day", "source"),)
    engine.search(trees[0], limit=0, facets=("day", "source"), crosstabs=pairs)
    print(f"{everything.matches} articles; words in {near[0].frequency} of them or so")
    print(f"{'milliseconds':44}{'median':>9}{'p95':>9}")
    counts = [
        timed(
            lambda t=tree: engine.search(t, limit=0, facets=("day", "source"), crosstabs=pairs)  # type: ignore[misc]
        )
        for tree in trees
    ]
    told("engine: by day, by source, and by both", counts)
    options = SearchOptions()
    told("the chart over results, from the typed word", [
        timed(lambda w=one.text: over_time(searcher, w, options)) for one in near  # type: ignore[misc]
    ])  # fmt: skip
    told("typical words of a question", [
        timed(lambda w=one.text: typical_words(searcher, w, options)) for one in near[:10]  # type: ignore[misc]
    ])  # fmt: skip


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", help="an index that is there")
    asked = parser.parse_args()
    if asked.index:
        measure(Searcher.open(asked.index))
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Searcher(build(Path(folder), news(None), 1)))


if __name__ == "__main__":
    main()
