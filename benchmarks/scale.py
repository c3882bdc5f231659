"""How far it goes: the same figures at one and at several times the articles, vocabulary growing.

    python -m benchmarks.scale --times 1 10            made articles (`benchmarks.vocabulary`)
    python -m benchmarks.scale --articles 5000 --times 1 4

For each size: articles a second and the most memory of all processes while building (proportional
set size, so that what they share counts once), bytes on disk beside the raw text, and in a process
of its own opening with the first search, its memory, and searches new to it: headlines, and one to
three words, with ten highlighted hits and four facets. Processor time, in milliseconds.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.peers import FACETS, HITS
from benchmarks.versus import WARMING, questions
from benchmarks.vocabulary import grown
from benchmarks.workload import build, news
from index import Document
from searcher import Searcher

ASKED = 100
# Seconds between two looks at the memory of the processes.
LOOK = 0.5


class Counted:
    """Documents that pass, with how many they were and how long."""

    def __init__(self, documents: Iterator[Document]) -> None:
        self._documents = documents
        self.articles = self.bytes = 0

    def __iter__(self) -> Iterator[Document]:
        for document in self._documents:
            self.articles += 1
            self.bytes += len((document.title + document.body).encode())
            yield document


class MostMemory(threading.Thread):
    """Watches what this process and its children hold together."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self.own = held_by([os.getpid()])
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(LOOK):
            self.most = max(self.most, held_by(family(os.getpid())))

    def stop(self) -> int:
        """Megabytes more than at the start, at most."""
        self._ended.set()
        self.join()
        return (self.most - self.own) // 1000


def family(pid: int) -> list[int]:
    """A process with its children and theirs."""
    found = [pid]
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += family(int(child))
    return found


def held_by(pids: list[int]) -> int:
    """Kilobytes of some processes, shared ones counted once."""
    held = 0
    for pid in pids:
        with suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    held += int(line.split()[1])
    return held


def ask(folder: Path, asked: dict[str, list[str]]) -> None:
    """In a process that does nothing else: print what searching takes."""
    import index.engines.whoosh.engine  # noqa: F401 - imports are another matter

    (first, *_), *_ = asked.values()
    began = time.process_time()
    searcher = Searcher.open(f"whoosh:{folder}")
    searcher.search(first, limit=HITS, facets=FACETS)
    print(f"  opening and first search {(time.process_time() - began) * 1000:.0f} ms", end="")
    resident = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    print(f", {resident / 1e6:.0f} MB resident")
    for kind, texts in asked.items():
        spent, matches = [], 0
        for text in texts[1:]:
            before = time.process_time()
            matches += searcher.search(text, limit=HITS, facets=FACETS).total
            spent.append((time.process_time() - before) * 1000)
        p50, p95 = np.percentile(spent[WARMING:], (50, 95))
        print(f"  {kind:20} p50 {p50:6.1f} ms, p95 {p95:6.1f} ms   ({matches} matches)", flush=True)


def measure(place: Path, documents: list[Document], times: int) -> None:
    """Build so many times the articles, and ask them."""
    folder = place / f"{times}"
    made = Counted(grown(documents, times))
    memory, began, before = MostMemory(), time.perf_counter(), os.times()
    memory.start()
    engine = build(folder, iter(made), 2)
    seconds, after = time.perf_counter() - began, os.times()
    spent = sum(after[:4]) - sum(before[:4])
    size = engine.stats().size
    engine.close()
    print(
        f"{made.articles} articles, {made.bytes / 1e6:.0f} MB: {seconds:.0f} s,"
        f" {spent:.0f} s of processor time (making them included),"
        f" {memory.stop()} MB more in all processes;"
        f" on disk {size / 1e6:.0f} MB, {size / made.bytes:.2f} of the raw text",
        flush=True,
    )
    asked = questions(list(islice(grown(documents, 1), 4 * (ASKED + WARMING))), ASKED)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        json.dump(asked, file)
        file.flush()
        command = [sys.executable, "-m", "benchmarks.scale", "--asked", file.name, str(folder)]
        subprocess.run(command, check=True)


def main() -> None:
    """Print the figures of each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, help="so many of the real articles to begin with")
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10])
    parser.add_argument("--asked", type=Path, help="a file of questions, for the index at folder")
    parser.add_argument("folder", type=Path, nargs="?")
    chosen = parser.parse_args()
    if chosen.asked:
        ask(chosen.folder, json.loads(chosen.asked.read_text("utf-8")))
        return
    documents = news(chosen.articles)
    with tempfile.TemporaryDirectory() as place:
        for times in chosen.times:
            measure(Path(place), documents, times)


if __name__ == "__main__":
    main()
