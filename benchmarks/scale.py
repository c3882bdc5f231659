"""How far it goes: the same figures at one and at several times the articles, vocabulary growing.

    python -m benchmarks.scale --times 1 10                whoosh: alone
    python -m benchmarks.scale --times 1 10 --opensearch   and a cluster of one node, same articles
    python -m benchmarks.scale --times 52                  a million
    python -m benchmarks.scale --articles 5000 --times 1 4 --place DIR

Articles are made (`benchmarks.vocabulary`) in a process of their own; the one that builds takes
them from a pipe. For each size and engine: articles a second, the most memory that the building
process and its children held together, bytes on disk beside the raw text; and in a process of its
own opening with the first search, its memory, the first correction, the first facets, and questions
new to it, with ten highlighted hits and, but for the last kind, four facets. Milliseconds;
processor time is that of our processes and of the cluster's.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.peers import FACETS, HITS, spent_by
from benchmarks.processes import MostMemory, held_by
from benchmarks.versus import WARMING, questions
from benchmarks.vocabulary import grown
from benchmarks.workload import SEED, news
from index import Checkpoint, Document, open_engine
from searcher import Searcher
from tests.cluster.nodes import Nodes, free_port

ASKED = 100
# Articles handed over at a time.
PIECE = 500
BARE = "headline, no facets"
SLIP = "corrected slip"


def made(documents: list[Document], times: int) -> None:
    """Write made articles to standard output."""
    articles = grown(documents, times)
    while piece := list(islice(articles, PIECE)):
        pickle.dump(piece, sys.stdout.buffer, protocol=5)
    sys.stdout.buffer.flush()


class Coming:
    """The articles that come from a pipe, counted."""

    def __init__(self) -> None:
        self.articles = self.bytes = 0

    def __iter__(self) -> Iterator[Document]:
        while True:
            try:
                piece = pickle.load(sys.stdin.buffer)
            except EOFError:
                return
            for document in piece:
                self.articles += 1
                self.bytes += len((document.title + document.body).encode())
                yield document


def build(url: str) -> None:
    """Index what comes from the pipe, in one commit, as `bahith index --rebuild` does."""
    coming = Coming()
    engine = open_engine(url, create=True, fresh=True)
    engine.update(coming, (), Checkpoint("benchmark", 1))
    size = engine.stats().size
    engine.close()
    print(json.dumps([coming.articles, coming.bytes, size, sum(os.times()[:4])]))


def asked_of(documents: list[Document]) -> dict[str, list[str]]:
    """Questions by their kind."""
    asked = questions(documents, ASKED)
    chance = random.Random(SEED)
    pairs = [text.split() for text in asked["headline"]]
    asked["two words side by side"] = [f"«{' '.join(words[1:3])}»" for words in pairs]
    asked[SLIP] = [_slipped(text.split(), chance) for text in asked["headline"]]
    asked[BARE] = asked["headline"][::-1]
    return asked


def _slipped(words: list[str], chance: random.Random) -> str:
    """A headline's longest word without one of its letters, beside a neighbour."""
    at = max(range(len(words)), key=lambda place: len(words[place]))
    cut = chance.randrange(1, max(2, len(words[at]) - 1))
    wrong = words[at][:cut] + words[at][cut + 1 :]
    return " ".join([wrong, *words[at + 1 : at + 2]])


def ask(url: str, asked: dict[str, list[str]], server: int | None) -> None:
    """In a process that does nothing else: print what searching takes."""
    import index.engines.whoosh.engine  # noqa: F401 - imports are another matter

    def clock() -> float:
        return time.process_time() + (spent_by(server) if server else 0.0)

    def once(text: str, facets: bool = True) -> tuple[float, float, int]:
        """Milliseconds on the wall, of processor time, and matches."""
        began, before = time.perf_counter(), clock()
        total = searcher.search(text, limit=HITS, facets=FACETS if facets else ()).total
        return (time.perf_counter() - began) * 1000, (clock() - before) * 1000, total

    before = clock()
    searcher = Searcher.open(url)
    opened = (clock() - before) * 1000
    first = once(asked["headline"][0], facets=False)[1]
    print(f"    opening and first search {opened + first:.0f} ms of processor time", end="")
    held, own = held_by([os.getpid()])
    print(f", {held / 1000:.0f} MB resident ({own / 1000:.0f} without mapped files)", end="")
    print(f", first correction {once(asked[SLIP][0], facets=False)[1]:.0f} ms", end="")
    print(f", first facets (names of authors are folded) {once(asked[BARE][0])[1]:.0f} ms")
    for kind, texts in asked.items():
        rows = np.array([once(text, kind != BARE) for text in texts[1:]])[WARMING:]
        p50, p95 = np.percentile(rows[:, 0], (50, 95))
        print(
            f"    {kind:24} p50 {p50:7.1f} ms, p95 {p95:7.1f} ms,"
            f" processor {rows[:, 1].mean():7.1f} ms   ({rows[:, 2].sum():.0f} matches)",
            flush=True,
        )


def itself(*arguments: str) -> list[str]:
    """The command of this module in another of its parts."""
    return [sys.executable, "-m", "benchmarks.scale", *arguments]


def measure(url: str, times: int, articles: list[str], asked: Path, server: int | None) -> None:
    """Build so many times the articles, and ask them."""
    began, there = time.perf_counter(), spent_by(server) if server else 0.0
    maker = subprocess.Popen(itself("--make", str(times), *articles), stdout=subprocess.PIPE)
    builder = subprocess.Popen(
        itself("--build", url), stdin=maker.stdout, stdout=subprocess.PIPE, text=True
    )
    memory = MostMemory(builder.pid)
    told, _ = builder.communicate()
    seconds, most = time.perf_counter() - began, memory.stop()
    maker.wait()
    count, raw, size, spent = json.loads(told)
    spent += spent_by(server) - there if server else 0.0
    print(
        f"  {url.partition(':')[0]}: {count} articles, {raw / 1e6:.0f} MB: {seconds:.0f} s,"
        f" {count / seconds:.0f} articles/s, {spent:.0f} s of processor time, {most};"
        f" on disk {size / 1e6:.0f} MB, {size / count:.0f} bytes an article,"
        f" {size / raw:.2f} of the raw text",
        flush=True,
    )
    told_server = ["--server", str(server)] if server else []
    subprocess.run(itself("--ask", url, "--asked", str(asked), *told_server), check=True)


def main() -> None:
    """Print the figures of each size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, help="so many of the real articles to begin with")
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10])
    parser.add_argument(
        "--opensearch", action="store_true", help="start a node, and measure it too"
    )
    parser.add_argument(
        "--place", type=Path, help="the folder to work in; it is left as it is then"
    )
    for part, text in {"make": "write", "build": "index", "ask": "ask"}.items():
        parser.add_argument(f"--{part}", help=f"only {text}: what the parts of a run are told")
    parser.add_argument("--asked", type=Path, help="a file of questions")
    parser.add_argument("--server", type=int, help="the process whose time counts too")
    chosen = parser.parse_args()
    if chosen.make:
        made(news(chosen.articles), int(chosen.make))
    elif chosen.build:
        build(chosen.build)
    elif chosen.ask:
        ask(chosen.ask, json.loads(chosen.asked.read_text("utf-8")), chosen.server)
    else:
        with ExitStack() as stack:
            run(stack, chosen)


def run(stack: ExitStack, chosen: argparse.Namespace) -> None:
    """All sizes on all engines."""
    place = chosen.place or Path(stack.enter_context(tempfile.TemporaryDirectory()))
    place.mkdir(exist_ok=True)
    place.chmod(0o755)  # the cluster's user must come by
    documents = news(chosen.articles)
    asked = place / "questions.json"
    # Of made articles themselves, so that their new words are asked for too.
    some = list(islice(grown(documents, 1), 4 * (ASKED + WARMING)))
    asked.write_text(json.dumps(asked_of(some)), "utf-8")
    articles = ["--articles", str(chosen.articles)] if chosen.articles else []
    del documents, some
    node = None
    if chosen.opensearch:
        node = Nodes(place / "node", 1, free_port(1))
        node.start()
        stack.callback(node.stop)
    for times in chosen.times:
        print(f"{times} times:", flush=True)
        measure(f"whoosh:{place / str(times)}", times, articles, asked, None)
        if node:
            url = f"opensearch:{node.addresses[0]}/scale{times}?shards=1&replicas=0"
            measure(url, times, articles, asked, node.pid(1))


if __name__ == "__main__":
    main()
