"""How fast: building and searching, beside tantivy and stock Whoosh given the same terms.

    python -m benchmarks.speed              everything (about twenty minutes, mostly the rivals)
    python -m benchmarks.speed --quick      2,000 articles, in about a minute
    python -m benchmarks.speed --no-tenfold --no-stock

Every time stands beside the number of matches found, to prove equal work. A query's time is the
best of three; p50 and p95 are over the queries. The ten-fold corpus shuffles sentences between
articles, so that vocabulary and lengths stay real.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from benchmarks import searching
from benchmarks.rivals import StockWhoosh, Tantivy
from benchmarks.workload import build, news, queries, raw_size, shuffled
from index import Document, Engine
from index.query import Query


class Rival(Protocol):
    """What is timed beside us."""

    def translate(self, query: Query) -> Any: ...
    def search(self, translated: Any) -> int: ...


class Ours:
    """Our engine as a rival."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def translate(self, query: Query) -> Query:
        return query

    def search(self, translated: Query) -> int:
        return self.engine.search(translated, limit=10).total


def timed(rival: Rival, asked: Sequence[Query]) -> tuple[float, float, int]:
    """p50 and p95 in milliseconds, and how many matches there were in all."""
    translated = [rival.translate(query) for query in asked]
    total = sum(rival.search(each) for each in translated)  # warms what a server would have warm
    times = []
    for each in translated:
        best = np.inf
        for _ in range(3):
            start = time.perf_counter()
            rival.search(each)
            best = min(best, time.perf_counter() - start)
        times.append(best * 1000)
    return float(np.percentile(times, 50)), float(np.percentile(times, 95)), total


def clock(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """What work gives, its seconds, and its processor seconds in this process and its children."""
    start, before = time.perf_counter(), os.times()
    result = work()
    after = os.times()
    spent = sum(after[:4]) - sum(before[:4])
    return result, time.perf_counter() - start, spent


def compare(name: str, rivals: dict[str, Rival], kinds: dict[str, list[Query]]) -> dict[str, float]:
    """Print a table of one corpus; return our p50 of each kind."""
    print(f"\n{name}: top 10 and number of matches, p50 / p95 in ms (matches)")
    ours = {}
    for kind, asked in kinds.items():
        cells = []
        for label, rival in rivals.items():
            p50, p95, total = timed(rival, asked)
            cells.append(f"{label} {p50:.3f} / {p95:.3f} ({total})")
            if label == "bahith":
                ours[kind] = p50
        print(f"  {kind:15} " + "   ".join(cells), flush=True)
    return ours


OPENING = """
import sys, time
start = time.perf_counter()
from index.query import Term
from index.opening import open_engine
import index.engines.whoosh.engine
loaded = time.perf_counter()
engine = open_engine(sys.argv[1])
total = engine.search(Term("body", "lemma", sys.argv[2])).total
print(f"opening and first answer {(time.perf_counter() - loaded) * 1000:.0f} ms"
      f" (importing {(loaded - start) * 1000:.0f} ms before it), {total} matches")
"""
MEMORY = """
import pickle, sys
from index.opening import open_engine
engine = open_engine(sys.argv[1])
for query in pickle.load(open(sys.argv[2], "rb")):
    engine.search(query)
    engine.search(query, facets=("source", "month"))
for line in open("/proc/self/status"):
    if line.startswith("Rss"):
        print(line.strip(), end="; ")
print()
"""


def in_new_process(code: str, *arguments: str) -> None:
    """Run code of its own, so that nothing of ours is warm or counted."""
    subprocess.run([sys.executable, "-c", code, *arguments], check=True)


def memory(folder: Path, kinds: dict[str, list[Query]]) -> None:
    """What a reader holds after a thousand queries."""
    import pickle

    asked = [query for each in kinds.values() for query in each]
    with tempfile.NamedTemporaryFile() as file:
        pickle.dump((asked * (1000 // len(asked) + 1))[:1000], file)
        file.flush()
        print("a reader after 1,000 queries with and without facets: ", end="", flush=True)
        in_new_process(MEMORY, f"whoosh:{folder}", file.name)


def building(folder: Path, documents: Sequence[Document]) -> Engine:
    """Build with one and with two processes; print speeds and size."""
    for processes in (1, 2):
        shutil.rmtree(folder, ignore_errors=True)
        engine, seconds, spent = clock(lambda p=processes: build(folder, documents, p))
        print(
            f"indexing {len(documents)} articles in {processes} process(es): {seconds:.1f} s,"
            f" {len(documents) / seconds:.0f} documents/s ({spent:.1f} s of processor time)",
            flush=True,
        )
    size = engine.stats().size
    print(f"on disk {size / 1e6:.1f} MB, {size / raw_size(documents):.2f} times the raw text")
    return engine


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="2,000 articles")
    parser.add_argument("--no-stock", action="store_true", help="leave stock Whoosh out")
    parser.add_argument("--no-tantivy", action="store_true", help="leave tantivy out")
    parser.add_argument("--no-tenfold", action="store_true", help="leave the ten-fold corpus out")
    chosen = parser.parse_args()
    documents = news(2000 if chosen.quick else None)
    with tempfile.TemporaryDirectory() as place:
        once(Path(place), documents, chosen)


def once(place: Path, documents: Sequence[Document], chosen: argparse.Namespace) -> None:
    """All parts that were chosen."""
    engine = building(place / "index", documents)
    kinds = queries(documents, engine)
    rivals: dict[str, Rival] = {"bahith": Ours(engine)}
    if not chosen.no_tantivy:
        rivals["tantivy"], seconds, _ = clock(lambda: Tantivy(place / "tantivy", documents))
        print(f"tantivy, one thread, our analysis before it: {seconds:.1f} s")
    if not chosen.no_stock:
        rivals["stock Whoosh"], seconds, _ = clock(lambda: StockWhoosh(place / "stock", documents))
        print(f"stock Whoosh: {len(documents) / seconds:.0f} documents/s")
    small = compare(f"{len(documents)} articles", rivals, kinds)
    in_new_process(OPENING, f"whoosh:{place / 'index'}", "سعودي")
    searching.in_new_process(place / "index", documents)
    if chosen.no_tenfold:
        return
    made = list(shuffled(documents, 10))
    large, seconds, _ = clock(lambda: build(place / "large", made, 2))
    print(f"\nindexing {len(made)} made articles: {len(made) / seconds:.0f} documents/s")
    print(f"segments {large.stats().segments}, {large.stats().size / raw_size(made):.2f} of raw")
    rivals = {"bahith": Ours(large)}
    if not chosen.no_tantivy:
        rivals["tantivy"] = Tantivy(place / "tantivy large", made)
    big = compare(f"{len(made)} articles", rivals, kinds)
    print("\np50 when the articles grow tenfold:")
    for kind, p50 in big.items():
        print(f"  {kind:15} {p50 / small[kind]:.1f} times")
    memory(place / "large", kinds)
    in_new_process(OPENING, f"whoosh:{place / 'large'}", "سعودي")


if __name__ == "__main__":
    main()
