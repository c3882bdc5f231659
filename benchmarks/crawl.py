"""Crawl a local newspaper: how fast, how little the second time, and what fifty kills cost.

    python -m benchmarks.crawl                      5,000 articles, 50 kills (a quarter of an hour)
    python -m benchmarks.crawl --articles 500 --kills 5

The newspaper answers from this process, without delay. `kills` are SIGKILL to the command and to
its worker at random moments; each is followed by the same command again. Prints, for each part, how
many articles were archived next to the seconds, so that equal work is compared.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from crawl import Archive, CrawlOptions, crawl_sites
from crawl.extract import extract
from tests.hostile_server import HostileServer, Reply, article, listing

PER_LIST = 50
SERVICE = {"/robots.txt", "/sitemap.xml"}  # asked for once a run, and not pages
FAST = CrawlOptions(delay=0, allow_private=True)


def newspaper(server: HostileServer, count: int) -> int:
    """Let the server answer for `count` articles and their lists; how many pages that is."""
    lists = (count + PER_LIST - 1) // PER_LIST
    server.pages["/"] = listing([f"/list/{number}/" for number in range(lists)])

    def answer(handler: object) -> Reply:
        path = str(getattr(handler, "path", ""))
        if path.startswith("/list/"):
            first = int(path.split("/")[2]) * PER_LIST
            last = min(first + PER_LIST, count)
            return listing([f"/news/{number}.html" for number in range(first, last)])
        return article(path) if path.startswith("/news/") else Reply(b"", 404)

    server.fallback = answer
    return count + lists + 1


def measure_speed(folder: Path, count: int) -> None:
    """Articles a second from network to archive, and the extraction's share of it."""
    with HostileServer() as server, Archive(folder / "speed.db") as archive:
        newspaper(server, count)
        report = crawl_sites([server.url], archive, options=FAST)
        pages = [article(f"/news/{number}.html").body for number in range(count)]
        began = time.perf_counter()
        for page in pages:
            extract(page, server.url + "/news/1.html", "text/html; charset=utf-8")
        extraction = time.perf_counter() - began
    print(
        f"speed: {report.new} articles in {report.seconds:.1f} s, "
        f"{report.new / report.seconds:.1f} a second; extraction alone {extraction:.1f} s, "
        f"{extraction / report.seconds:.0%} of it",
        flush=True,
    )


def measure_kills(folder: Path, count: int, kills: int) -> None:
    """Crawl in spite of kills, then once more in peace: repeats, losses, what is asked again."""
    dice = random.Random(2026)
    with HostileServer() as server, Archive(folder / "kills.db") as archive:
        pages = newspaper(server, count)
        lost, done = 0, 0
        for wanted in sorted(dice.sample(range(1, count), kills)):
            running = start(server, archive)
            while len(archive) < wanted and running.poll() is None:
                time.sleep(dice.random() * 0.02)
            if running.poll() is None:
                held = keys(archive)
                kill(running)
                done += 1
                lost += len(held - keys(archive))
        start(server, archive).wait()
        asked = Counter(path for path in server.asked if path not in SERVICE)
        repeats = sum(asked.values()) - len(asked)
        print(
            f"kills: {done}; {len(archive)} of {count} articles archived, {lost} lost, "
            f"{len(asked)} of {pages} pages asked for, {repeats} repeats",
            flush=True,
        )
        server.forget()
        began = time.perf_counter()
        report = crawl_sites([server.url], archive, options=FAST)
        print(
            f"again: {len(server.asked)} requests for {pages} pages "
            f"({len(server.asked) / pages:.1%}), {report.new} new, {report.changed} changed, "
            f"{time.perf_counter() - began:.1f} s",
            flush=True,
        )


def start(server: HostileServer, archive: Archive) -> subprocess.Popen[bytes]:
    """The command a user would type."""
    command = [sys.executable, "-m", "bahith", "crawl", server.url, "--archive", str(archive.path)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        [*command, "--delay", "0", "--allow-private"], stdout=quiet, stderr=quiet
    )


def kill(running: subprocess.Popen[bytes]) -> None:
    """SIGKILL to the command and to the process that crawls for it."""
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
    for pid in (running.pid, *map(int, children)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    running.wait()


def keys(archive: Archive) -> set[str]:
    """The articles held now."""
    return {key for (key,) in archive.database.rows("select key from articles")}


def main() -> None:
    """Run all parts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=50)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure_speed(Path(folder), min(arguments.articles, 1000))
        measure_kills(Path(folder), arguments.articles, arguments.kills)


if __name__ == "__main__":
    main()
