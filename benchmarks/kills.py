"""Kills: SIGKILL at random moments of each stage, and what is lost by it: nothing.

    python -m benchmarks.kills               1,000 kills (half an hour)
    python -m benchmarks.kills --kills 50

Each round ends a crawl, an import, an index, a rebuild and a server somewhere in its middle. After
each kill the archive is read whole against its checksums, the index is held against the archive,
and the same work is done again to its end. What a stage had told as kept must be there; an index
must hold some number of whole commits; a server's answer is the right one or none.
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
from unittest import mock
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.crawl import FAST, newspaper
from crawl import Archive, Site, check_archive, crawl_sites
from crawl.formats.importer import ImportReport, import_files
from index import build, open_engine, rebuild
from index.query import Everything
from tests.hostile_server import WORDS, HostileServer
from tests.warm_worker import WarmWorker
from web import create_app
from web.serving.server import free_port, listening, run

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["__main__", "tests.warm_worker"])
# Articles that each round adds; kept in batches of `BATCH`.
ROWS = 40

BATCH = 8
# Rounds after which archive and index begin anew: a check reads all of both.
ROUNDS = 20
# Articles of the newspaper that is crawled.
ARTICLES = 40


class Loss(AssertionError):
    """Something that had been kept is gone, or an answer is wrong."""


class Room:
    """An archive, an index, a file to import for each round, and what must be held by now."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.archive = folder / "articles.db"
        self.index = f"whoosh:{folder / 'index'}"
        self.wanted: set[str] = set()

    def rows(self, number: int) -> Path:
        """The file of a round."""
        dice = random.Random(number)
        words = WORDS.split()
        path = self.folder / f"{number}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for row in range(ROWS):
                title, body = (" ".join(dice.choices(words, k=k)) for k in (6, 120))
                url = f"https://kills.example/{number}/{row}"
                file.write(json.dumps({"url": url, "title": title, "body": body}) + "\n")
        return path


def importing(room: Room, file: Path, told: Any) -> None:
    """Import a file; tell how many articles are kept."""

    def progress(report: ImportReport) -> None:
        told.value = report.articles

    with mock.patch("crawl.formats.importer._BATCH", BATCH), Archive(room.archive) as archive:
        import_files([file], archive, progress=progress)


def indexing(room: Room, told: Any) -> None:
    """Bring the index up to date; tell the last revision that is committed."""
    with Archive(room.archive) as archive:
        engine = open_engine(room.index, create=True)
        build(archive, engine, batch=BATCH, progress=lambda *_: _tell(engine, told))
        _tell(engine, told)


def _tell(engine: Any, told: Any) -> None:
    told.value = engine.checkpoint().revision


def rebuilding(room: Room, _told: Any) -> None:
    """Make the index anew beside itself."""
    with Archive(room.archive) as archive:
        rebuild(archive, open_engine(room.index, create=True, fresh=True))


def serving(room: Room, port: int, _told: Any) -> None:
    """Serve until killed."""
    app = create_app(room.index, room.archive)
    with listening(app, "127.0.0.1", port) as server:
        run(server, "127.0.0.1")


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
        """Kill an import, an index, a rebuild and a server over one more file of articles."""
        file = room.rows(number)
        urls = [json.loads(line)["url"] for line in file.open(encoding="utf-8")]
        kept = self.kill("import", importing, room, file)
        room.wanted.update(urls[:kept])
        self.check(room, revision=0)
        with self.timed("import"), Archive(room.archive) as archive:
            import_files([file], archive)
        room.wanted.update(urls)
        self.check(room, revision=0)
        self.check(room, revision=self.kill("index", indexing, room))
        with self.timed("index"):
            indexing(room, FORKS.Value("q", 0))
        self.check(room, revision=len(room.wanted))
        self.kill("rebuild", rebuilding, room)
        self.check(room, revision=len(room.wanted))
        with self.timed("rebuild"):
            rebuilding(room, None)
        self.serve(room)
        self.check(room, revision=len(room.wanted))

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
        lost = room.wanted - {change.article.url for change in changes if change.article}
        if faults or lost:
            raise Loss(f"archive: {faults[:3]} {sorted(lost)[:3]}")
        engine = open_engine(room.index, create=True)
        try:
            seen = engine.checkpoint().revision
            wanted = [change.key for change in changes if change.revision <= seen]
            held = engine.documents(wanted)
            total = engine.search(Everything(), limit=0).total
        finally:
            engine.close()
        if seen < revision or None in held or total != len(wanted):
            raise Loss(f"index: {total} of {len(wanted)} at {seen}, told {revision}")

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
            kills.crawl(server, folder / "crawled.db")
            rounds += 1
            if not rounds % ROUNDS:
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
