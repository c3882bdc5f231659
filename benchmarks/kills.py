"""Kills: SIGKILL at random moments of each stage, and what is lost by it: nothing.

    python -m benchmarks.kills               1,000 kills (half an hour)
    python -m benchmarks.kills --kills 50

Each round ends a crawl, an import, the finding of copies, an index, a rebuild and a server in their
middle, a few times in succession. After each kill the archive is read whole against its checksums,
and the index is held against the archive; then the work is done to its end. What a stage had told
as kept must be there; the copies are those of before or all of them; an index must hold some number
of whole commits; a server's answer is the right one or none.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.crawl import FAST, newspaper
from benchmarks.kill_stages import Room, finding_copies, importing, indexing, rebuilding, serving
from crawl import Archive, Site, check_archive, crawl_sites
from crawl.formats.importer import import_files
from index import open_engine
from index.query import Everything
from tests.hostile_server import HostileServer
from tests.warm_worker import WarmWorker
from web.serving.server import free_port

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["__main__", "tests.warm_worker"])
# Kills of a stage before it is left to come to its end.
TIMES = 3
# Rounds after which archive and index begin anew: a check reads all of both.
ROUNDS = 10
# Articles of the newspaper that is crawled.
ARTICLES = 40


class Loss(AssertionError):
    """Something that had been kept is gone, or an answer is wrong."""


def _apart(stage: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    os.setsid()  # so that its own processes end with it
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    stage(*arguments)


def killed(
    process: BaseProcess, dice: random.Random, most: float, watch: Callable[[], None] = lambda: None
) -> bool:
    """Kill a process and its own somewhere before `most` seconds; whether it was still at work."""
    end = time.monotonic() + dice.random() * most
    while time.monotonic() < end and process.is_alive():
        watch()
        time.sleep(0.001)
    alive = process.is_alive()
    assert process.pid
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(process.pid, signal.SIGKILL) if alive else None
    process.join()
    if not alive and process.exitcode:
        raise Loss(f"a stage ended with {process.exitcode}")
    return alive


class Kills:
    """The stages, how long each takes undisturbed, and how often each was killed at work."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.done: Counter[str] = Counter()
        self.takes: dict[str, float] = {}

    def kill(self, name: str, stage: Callable[..., None], *arguments: Any) -> int:
        """Kill a stage in its middle; what it had told by then."""
        told = FORKS.Value("q", 0)
        process = FORKS.Process(target=_apart, args=(stage, (*arguments, told)))
        process.start()
        self.done[name] += killed(process, self.dice, self.takes.get(name, 0.5))
        return int(told.value)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Do the same undisturbed; a fork and its start take about as long again."""
        began = time.monotonic()
        yield
        self.takes[name] = 0.2 + 1.5 * (time.monotonic() - began)

    def round(self, room: Room, number: int) -> None:
        """Kill each stage over one more file of articles, then let it come to its end."""
        file = room.rows(number)
        urls = [json.loads(line)["url"] for line in file.open(encoding="utf-8")]
        for _ in range(TIMES):
            kept = self.kill("import", importing, room, file)
            room.wanted.update(urls[:kept])
            self.check(room, revision=0)
        with self.timed("import"), Archive(room.archive) as archive:
            import_files([file], archive)
        room.wanted.update(urls)
        for _ in range(TIMES):
            self.kill("copies", finding_copies, room)
            self.check(room, revision=0)
        with self.timed("copies"):
            finding_copies(room, None)
        room.stories |= room.coming
        room.coming.clear()
        for _ in range(TIMES):
            self.check(room, revision=self.kill("index", indexing, room))
        with self.timed("index"):
            indexing(room, FORKS.Value("q", 0))
        with Archive(room.archive) as archive:
            last = archive.revision
        self.check(room, revision=last)
        for _ in range(TIMES):
            self.kill("rebuild", rebuilding, room)
            self.check(room, revision=last)
        with self.timed("rebuild"):
            rebuilding(room, None)
        for _ in range(TIMES):
            self.serve(room)
        self.check(room, revision=last)

    def serve(self, room: Room) -> None:
        """Kill a server that is being asked."""
        port = free_port("127.0.0.1", self.dice.randrange(20_000, 40_000))
        if not port:
            return
        process = FORKS.Process(target=_apart, args=(serving, (room, port, None)))
        process.start()

        def watch() -> None:
            try:
                with urlopen(f"http://127.0.0.1:{port}/api/stats", timeout=5) as answer:  # nosec
                    held = json.load(answer)["documents"]
            except (URLError, OSError, ValueError):
                return  # not up yet, or cut off by the kill
            if held != len(room.wanted):
                raise Loss(f"a server tells {held} of {len(room.wanted)} documents")

        self.done["serve"] += killed(process, self.dice, 1.0, watch)

    def check(self, room: Room, revision: int) -> None:
        """See that the archive is whole and the index some whole commits of it."""
        with Archive(room.archive) as archive:
            faults = list(check_archive(archive))
            changes = [change for change in archive.changes(0) if change.article]
            stories = archive.stories()
        lost = room.wanted - {change.article.url for change in changes if change.article}
        if faults or lost:
            raise Loss(f"archive: {faults[:3]} {sorted(lost)[:3]}")
        if stories not in (room.stories, room.stories | room.coming):
            raise Loss(f"archive: {len(stories)} stories, {len(room.stories)} were found")
        engine = open_engine(room.index, create=True)
        try:
            seen = engine.checkpoint().revision
            wanted = {change.key: change.story for change in changes if change.revision <= seen}
            held = engine.documents(list(wanted))
            total = engine.search(Everything(), limit=0).total
        finally:
            engine.close()
        if seen < revision or None in held or total != len(wanted):
            raise Loss(f"index: {total} of {len(wanted)} at {seen}, told {revision}")
        if [document.story for document in held if document] != list(wanted.values()):
            raise Loss("index: an article stands in another story than in the archive")

    def crawl(self, server: HostileServer, path: Path) -> None:
        """Kill a crawl; when the newspaper is held whole, begin anew."""
        with Archive(path) as archive:
            task = {
                "archive": str(path),
                "options": asdict(FAST),
                "sites": [asdict(Site((server.url,)))],
            }
            worker = WarmWorker()
            worker.stdin.write(json.dumps(task) + "\n")
            worker.stdin.flush()
            held: set[str] = set()

            def watch() -> None:
                held.update(k for (k,) in archive.database.rows("select key from articles"))
                time.sleep(0.02)

            self.done["crawl"] += killed(worker._process, self.dice, self.takes["crawl"], watch)
            worker.stdout.close()
            worker.stdin.close()
            now = {key for (key,) in archive.database.rows("select key from articles")}
            if held - now or list(check_archive(archive)):
                raise Loss(f"crawl: {len(held - now)} articles are gone")
            whole = len(now) == ARTICLES
        if whole:
            for beside in path.parent.glob(f"{path.name}*"):
                beside.unlink()


def main() -> int:
    """Kill so often; 1 when anything was lost."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=1000)
    asked = parser.parse_args()
    kills = Kills(random.Random(2026))
    with tempfile.TemporaryDirectory() as name, HostileServer() as server:
        folder = Path(name)
        newspaper(server, ARTICLES)
        with kills.timed("crawl"), Archive(folder / "first.db") as archive:
            report = crawl_sites([server.url], archive, options=FAST)
        assert report.new == ARTICLES
        rounds = 0
        while kills.done.total() < asked.kills:
            if not rounds % ROUNDS:
                room = Room(folder / f"room{rounds}")
                room.folder.mkdir()
            kills.round(room, rounds)
            for _ in range(TIMES):
                kills.crawl(server, folder / "crawled.db")
            rounds += 1
            if not rounds % 2:
                print(f"{kills.done.total()} kills", file=sys.stderr, flush=True)
        with Archive(folder / "crawled.db") as archive:
            crawl_sites([server.url], archive, options=FAST)
            assert len(archive) == ARTICLES
    print("| stage | killed at work | lost | wrong |\n|---|---|---|---|")
    for stage, count in sorted(kills.done.items()):
        print(f"| {stage} | {count} | 0 | 0 |")
    print(f"| all | {kills.done.total()} | 0 | 0 |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
