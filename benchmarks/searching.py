"""Searching: `Searcher.search`, from what people type to highlighted hits, as a new process has it.

    python -m benchmarks.searching          all real articles; builds their index first
    python -m benchmarks.searching --quick  2,000 articles

The searches run in a process that has only opened the index: nothing is warm from building it. Its
first search is timed alone, twenty headlines warm it up, and then each of two hundred others is
asked once, most of its words new to the process; then all of them twice more, of which the best of
three is taken, as `benchmarks.speed` does everywhere. Processor time, in milliseconds.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.workload import QUERIES, SEED, build, news
from index import Document, Matches
from index.engines.whoosh.engine import WhooshEngine
from index.engines.whoosh.last_commit import open_last_commit
from index.query import Query
from searcher import Searcher

WARMING = 20


class Clocked(WhooshEngine):
    """An engine that remembers how long its searches took, and when the last one ended."""

    spent = 0.0
    ended = 0.0

    def search(self, query: Query, **options: Any) -> Matches:
        """The same search."""
        began = time.process_time()
        found = super().search(query, **options)
        self.ended = time.process_time()
        self.spent += self.ended - began
        return found


def timed(searcher: Searcher, engine: Clocked, headline: str) -> tuple[float, float, float, float]:
    """Milliseconds of one search: all of it, until the engine, in it, and after it."""
    engine.spent = 0.0
    began = time.process_time()
    searcher.search(headline, limit=10)
    ended = time.process_time()
    hits = ended - engine.ended
    return (
        1000 * (ended - began),
        1000 * (ended - began - engine.spent - hits),
        1000 * engine.spent,
        1000 * hits,
    )


def ask(folder: Path, headlines: Sequence[str]) -> None:
    """Search the index at a folder, and print the figures."""
    began = time.process_time()
    engine = Clocked(folder, open_last_commit(folder))
    searcher = Searcher(engine)
    opened = time.process_time()
    searcher.search(headlines[0], limit=10)
    first = time.process_time()
    for headline in headlines[1:WARMING]:
        searcher.search(headline, limit=10)
    asked = headlines[WARMING:]
    rounds = [np.array([timed(searcher, engine, headline) for headline in asked]) for _ in range(3)]
    print(
        f"Searcher.search: opening {(opened - began) * 1000:.0f} ms,"
        f" the first search of a process {(first - opened) * 1000:.0f} ms;"
        f" then {len(asked)} headlines:"
    )
    names = ("all of it", "parse and expand", "engine", "hits")
    for label, times in (("new", rounds[0]), ("best of three", np.min(rounds, axis=0))):
        for name, column in zip(names, times.T, strict=True):
            print(
                f"  {label:14} {name:16} p50 {np.percentile(column, 50):6.2f} ms,"
                f" p95 {np.percentile(column, 95):6.2f} ms, mean {column.mean():6.2f} ms"
            )


def in_new_process(folder: Path, documents: Sequence[Document]) -> None:
    """The figures for headlines of these documents, whose index is at a folder."""
    titles = list(dict.fromkeys(document.title for document in documents if document.title))
    asked = random.Random(SEED).sample(titles, QUERIES + WARMING)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        file.write("\0".join(asked))
        file.flush()
        command = [sys.executable, "-m", "benchmarks.searching", "--asked", file.name, str(folder)]
        subprocess.run(command, check=True)


def main() -> None:
    """Build an index and search it, or search the one that is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="2,000 articles")
    parser.add_argument("--asked", type=Path, help="a file of headlines, for the index at folder")
    parser.add_argument("folder", type=Path, nargs="?")
    chosen = parser.parse_args()
    if chosen.asked:
        ask(chosen.folder, chosen.asked.read_text("utf-8").split("\0"))
        return
    documents = news(2000 if chosen.quick else None)
    with tempfile.TemporaryDirectory() as place:
        build(Path(place) / "index", documents, 2)
        in_new_process(Path(place) / "index", documents)


if __name__ == "__main__":
    main()
