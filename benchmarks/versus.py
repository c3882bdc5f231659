"""bahith beside what one would pick instead: raw text, own analysis, the page's whole answer.

    python -m benchmarks.versus           all real articles; OpenSearch needs java and mvn
    python -m benchmarks.versus --articles 5000 --questions 100 --no-opensearch

Each question is new to every engine, and each engine answers it before the next question is asked,
so that what else the machine does slows all alike. An answer is ten hits with title and passage
highlighted, the exact number of matches, and counts of four attributes; the sums behind each row
prove equal work. OpenSearch runs as tests/cluster starts it (one node, C1 compiler only), is built
twice, of which the second counts, and its processor time is that of its process.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.peers import Answer, Bahith, Fts5, OpenSearch, Peer, Tantivy, spent_by
from benchmarks.speed import clock
from benchmarks.workload import SEED, news, raw_size
from index import Document

WARMING = 20
IN_PROCESS = {"bahith": Bahith, "FTS5": Fts5, "tantivy": Tantivy}


class Asked(NamedTuple):
    """One answer, and what it took: milliseconds, and milliseconds of processor time."""

    answer: Answer
    wall: float
    spent: float


def questions(documents: Sequence[Document], count: int) -> dict[str, list[str]]:
    """Headlines, and one to three neighbouring words of others."""
    chance = random.Random(SEED)
    titles = list(dict.fromkeys(d.title for d in documents if len(d.title.split()) > 3))
    chosen = chance.sample(titles, 2 * (count + WARMING))
    short = []
    for title in chosen[count + WARMING :]:
        words = title.split()
        size = chance.choice((1, 2, 3))
        at = chance.randrange(len(words) - size + 1)
        short.append(" ".join(words[at : at + size]))
    return {"headline": chosen[: count + WARMING], "one to three words": short}


def built(place: Path, documents: Sequence[Document], opensearch: bool) -> dict[str, Peer]:
    """Every engine over the documents; prints what building took."""
    peers: dict[str, Peer] = {}
    for name, make in IN_PROCESS.items():
        peers[name], seconds, spent = clock(lambda n=name, m=make: m(place / n, documents))
        _told(name, len(documents), seconds, spent)
    if opensearch:
        other = peers["OpenSearch"] = OpenSearch(place / "opensearch", documents)
        _told("OpenSearch", len(documents), other.seconds, other.spent)
    return peers


def _told(name: str, count: int, seconds: float, spent: float) -> None:
    rate = f"{count / seconds:8.0f} articles/s {seconds:7.1f} s, {spent:6.1f} s of processor time"
    print(f"building {name:12} {rate}", flush=True)


def ask(peer: Peer, text: str) -> Asked:
    """One question to one engine."""
    pid = getattr(peer, "pid", None)
    began, before = time.perf_counter(), time.process_time()
    there = spent_by(pid) if pid else 0.0
    answer = peer.ask(text)
    wall, spent = time.perf_counter() - began, time.process_time() - before
    if pid:  # counted in hundredths of a second: true over all questions
        spent += spent_by(pid) - there
    return Asked(answer, wall * 1000, spent * 1000)


def compared(peers: dict[str, Peer], asked: Sequence[str]) -> None:
    """Print a row for each engine: times, ratios to ours question by question, and sums."""
    for text in asked[:WARMING]:
        for peer in peers.values():
            peer.ask(text)
    told: dict[str, list[Asked]] = {name: [] for name in peers}
    for text in asked[WARMING:]:
        for name, peer in peers.items():
            told[name].append(ask(peer, text))
    ours = np.array([one.wall for one in told["bahith"]])
    for name, rows in told.items():
        wall = np.array([one.wall for one in rows])
        spent = sum(one.spent for one in rows) / len(rows)
        sums = [sum(column) for column in zip(*(one.answer for one in rows), strict=True)]
        print(
            f"  {name:12} p50 {np.median(wall):7.1f} ms  p95 {np.percentile(wall, 95):7.1f} ms"
            f"  processor {spent:6.1f} ms  to ours {np.median(wall / ours):5.2f}"
            f"   matches {sums[0]}, hits {sums[1]}, marks {sums[2]}, values {sums[3]}",
            flush=True,
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, help="so many of the real articles")
    parser.add_argument("--questions", type=int, default=200, help="of each kind")
    parser.add_argument("--no-opensearch", action="store_true", help="leave OpenSearch out")
    chosen = parser.parse_args()
    documents = news(chosen.articles)
    print(f"{len(documents)} articles, {raw_size(documents) / 1e6:.1f} MB of text")
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)  # OpenSearch's user must come by
        peers = built(Path(place), documents, not chosen.no_opensearch)
        try:
            for kind, asked in questions(documents, chosen.questions).items():
                print(f"{kind}, {len(asked) - WARMING} questions, each asked once:")
                compared(peers, asked)
        finally:
            for peer in peers.values():
                peer.close()


if __name__ == "__main__":
    main()
