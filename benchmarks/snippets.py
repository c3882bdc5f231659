"""Snippets: what a hit costs once its article is at hand, and whether every hit shows a mark.

    python -m benchmarks.snippets

Headlines are searched for among the articles without their titles (the index of
`benchmarks.relevance`); timed is what follows the engine: cutting the article into words, finding
the evidence, choosing and cutting the passage. Each hit is built twice and the second time
counts: words once seen are looked up.
"""

from __future__ import annotations

import time
from statistics import mean, median, quantiles

from benchmarks.relevance import opened, queries
from index import Document, Engine
from searcher import Hit
from searcher.evidence import find, wanted_by
from searcher.expand import Plan
from searcher.finding import Asked, answer
from searcher.hits import hit_of
from searcher.lookup import Lookup

QUERIES = 200


def main() -> None:
    """Print the figures."""
    engine = opened()
    lookup = Lookup(engine)
    items = queries(1)["title"]
    times: list[float] = []
    hits: list[Hit] = []
    words: list[int] = []
    for typed, _ in items[:: len(items) // QUERIES]:
        found = answer(typed, Asked(limit=10), engine, lookup)
        for document in documents(engine, [match.key for match in found.matches.found]):
            timed(document, found.plan)
            hit, seconds = timed(document, found.plan)
            times.append(seconds * 1000)
            hits.append(hit)
            words.append(len(document.body.split()))
    print(f"{len(times)} hits of {mean(words):.0f} words on average")
    print(f"a hit: median {median(times):.3f} ms, 95 % under {quantiles(times, n=20)[-1]:.3f} ms")
    print(f"hits without a mark: {sum(not hit.snippet.marks for hit in hits)}")
    print(f"hits with two passages: {mean(len(hit.snippet.passages) > 1 for hit in hits):.0%}")
    print(f"characters: median {median(len(hit.excerpt) for hit in hits):.0f}")


def timed(document: Document, plan: Plan) -> tuple[Hit, float]:
    """A hit, and the seconds it took."""
    wanted = wanted_by(plan.clues)  # once for a page of hits
    began = time.perf_counter()
    hit = hit_of(document, 0.0, plan.clues, find(document, wanted))
    return hit, time.perf_counter() - began


def documents(engine: Engine, keys: list[str]) -> list[Document]:
    """The stored articles."""
    return [document for document in engine.documents(keys) if document]


if __name__ == "__main__":
    main()
