"""The process that crawls: `python -m crawl.fetch.worker`, started by `crawl.fetch.run`.

A process of its own because Twisted's reactor runs once in a process, and a program may crawl many
times. It reads the task as one JSON line, prints its report as JSON lines while it works, and ends
with a last one. `stop` on its input ends the crawl in order; the end of its input means that nobody
is left to listen, and ends it at once: the frontier loses nothing.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from crawl.archive.archive import Archive
from crawl.archive.database import exclusively
from crawl.archive.near_duplicates import update_clusters
from crawl.errors import CrawlError
from crawl.fetch.response_handler import Visits
from crawl.fetch.spider import run
from crawl.frontier.host_state import Hosts
from crawl.frontier.queue import Frontier
from crawl.frontier.revisit import Rounds
from crawl.frontier.scheduler import Plan
from crawl.frontier.spider_traps import Traps
from crawl.options import CrawlOptions, Site
from crawl.report import CrawlReport

TOLD_EVERY = 0.3  # seconds between two lines of progress
KEPT_EVERY = 10.0  # seconds between two writings of the report into the archive


def main() -> None:
    """Read the task, crawl, print the report."""
    task = json.loads(sys.stdin.readline())
    try:
        with exclusively(task["archive"]), Archive(task["archive"]) as archive:
            tell(report=crawl(archive, task).to_json())
    except CrawlError as error:
        tell(error=str(error))


def crawl(archive: Archive, task: dict[str, Any]) -> CrawlReport:
    """Crawl the task's sites into the archive."""
    options = CrawlOptions(**task["options"])
    sites = [Site(**{k: _tuple(v) for k, v in site.items()}) for site in task["sites"]]
    report, store = CrawlReport(), archive.store
    frontier, hosts, traps = Frontier(store), Hosts(store), Traps(store)
    plan = Plan(sites, options, report, frontier, Rounds(store, frontier), hosts, traps)
    visits = Visits(archive, options, report, plan, frontier, hosts, traps)
    teller = Teller(archive, plan, report)
    fetcher = run(
        {"plan": plan, "visits": visits, "progress": teller.note, "listen": listen}, options
    )
    if fetcher.fatal:
        raise fetcher.fatal
    report.interrupted = fetcher.stopping
    plan.close()
    update_clusters(archive)
    teller.keep(ended=True)
    return report


class Teller:
    """Tells the parent process how the crawl goes, and the archive."""

    def __init__(self, archive: Archive, plan: Plan, report: CrawlReport) -> None:
        self._archive, self._plan, self._report = archive, plan, report
        self._begun = time.monotonic()
        self._told = self._kept = 0.0
        self._run = uuid.uuid4().hex
        archive.store.run("insert into runs values (?, ?, '', '{}')", (self._run, _now()))

    def note(self) -> None:
        """An outcome is in the archive."""
        now = time.monotonic()
        self._report.seconds = now - self._begun
        if now - self._told >= TOLD_EVERY:
            self._told = now
            self._report.waiting = self._plan.waiting()
            tell(progress=self._report.to_json())
        if now - self._kept >= KEPT_EVERY:
            self._kept = now
            self.keep()

    def keep(self, *, ended: bool = False) -> None:
        """Write the report into the archive."""
        self._report.seconds = time.monotonic() - self._begun
        self._report.waiting = self._plan.waiting()
        self._archive.store.run(
            "update runs set ended = ?, report = ? where id = ?",
            (_now() if ended else "", json.dumps(self._report.to_json()), self._run),
        )


def listen(stop: Callable[[], object]) -> None:
    """Hear the parent's `stop`, or its end, in a thread of its own."""

    def hear() -> None:
        for _ in sys.stdin:
            stop()
        os._exit(1)

    threading.Thread(target=hear, daemon=True).start()


def tell(**message: Any) -> None:
    """One JSON line to the parent."""
    print(json.dumps(message, ensure_ascii=False), flush=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


if __name__ == "__main__":
    main()
