"""Snippets: what a page of hits costs once its articles are known, and whether each shows a mark.

    python -m benchmarks.snippets

Headlines are searched for among the articles without their titles (the index of
`benchmarks.relevance`); timed is what follows the search: reading the ten articles with the
positions of the query's words, finding the evidence, choosing and cutting the passages.
"""

from __future__ import annotations

import time
from statistics import mean, median, quantiles

from benchmarks.relevance import opened, queries
from index import Document, Engine
from searcher import Hit
from searcher.expansion.lookup import Lookup
from searcher.hits.build import hits_of
from searcher.options import SearchOptions
from searcher.relaxation import find_matches

QUERIES = 200


def main() -> None:
    """Print the figures."""
    engine = opened()
    lookup = Lookup(engine.vocabulary())
    items = queries(1)["title"]
    times: list[float] = []
    hits: list[Hit] = []
    for typed, _ in items[:: len(items) // QUERIES]:
        found = find_matches(typed, SearchOptions(), engine, lookup)
        began = time.perf_counter()
        page = list(hits_of(engine, found.matches.found, found.plan.highlight_terms))
        times.append((time.perf_counter() - began) * 1000)
        hits += page
    words = [len(document.body.split()) for hit in hits if (document := read(engine, hit))]
    print(f"{len(times)} pages, {len(hits)} hits of {mean(words):.0f} words on average")
    print(f"a page: median {median(times):.2f} ms, 95 % under {quantiles(times, n=20)[-1]:.2f} ms")
    print(f"hits without a mark: {sum(not hit.snippet.marks for hit in hits)}")
    print(f"hits with two passages: {mean(len(hit.snippet.passages) > 1 for hit in hits):.0%}")
    print(f"characters: median {median(len(hit.excerpt) for hit in hits):.0f}")


def read(engine: Engine, hit: Hit) -> Document | None:
    """The stored article of a hit."""
    return engine.documents([hit.id])[0]


if __name__ == "__main__":
    main()
