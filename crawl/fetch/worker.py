"""The process that crawls: `python -m crawl.fetch.worker`, started by `crawl.fetch.run`.

A process of its own because Twisted's reactor runs once in a process, and a program may crawl many
times. It reads the task as one JSON line, prints its report as JSON lines while it works, and ends
with a last one. `stop` on its input ends the crawl in order; the end of its input means that nobody
is left to listen, and ends it at once: the frontier loses nothing.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from collections.abc import Callable
from typing import Any

from crawl.archive.archive import Archive
from crawl.archive.database import exclusively
from crawl.archive.run_log import RunLog
from crawl.archive.stories import update_stories
from crawl.errors import CrawlError
from crawl.fetch.limited_reader import LimitedReader
from crawl.fetch.network.browser import RenderingReader
from crawl.fetch.network.spider import run
from crawl.fetch.page_reading import ReadPage
from crawl.fetch.progress_reporter import ProgressReporter
from crawl.fetch.session import CrawlSession
from crawl.logs import configure_logs
from crawl.options import CrawlOptions, Site
from crawl.report import CrawlReport


def main() -> None:
    """Read the task, crawl, print the report."""
    task = json.loads(sys.stdin.readline())
    try:
        configure_logs(usual=logging.ERROR)
        # The reader first: it is forked, and must hold neither the archive nor threads.
        with (
            LimitedReader() as reader,
            exclusively(task["archive"]),
            Archive(task["archive"]) as archive,
        ):
            send(report=crawl(archive, task, reader.read).to_json())
    except CrawlError as error:
        send(error=str(error))


def crawl(archive: Archive, task: dict[str, Any], read_page: ReadPage) -> CrawlReport:
    """Crawl the task's sites into the archive."""
    sites = [Site(**{k: _tuple(v) for k, v in site.items()}) for site in task["sites"]]
    options = CrawlOptions(**task["options"])
    read_page = RenderingReader(read_page, options).read if options.render else read_page
    session = CrawlSession.of(archive, sites, options)
    reporter = ProgressReporter(session, RunLog(archive.database), send)
    session.scheduler.begin()
    reporter.begin()
    fetcher = run(session, read_page, reporter.update, watch_stdin)
    if fetcher.fatal:
        raise fetcher.fatal
    session.report.interrupted = fetcher.stopping
    session.scheduler.end()
    update_stories(archive)
    reporter.save(ended=True)
    return session.report


def watch_stdin(stop: Callable[[], object]) -> None:
    """Call `stop` when the parent asks for it, and end with the parent, in a thread of its own."""

    def watch() -> None:
        for _ in sys.stdin:
            stop()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def send(**message: Any) -> None:
    """One JSON line to the parent."""
    print(json.dumps(message, ensure_ascii=False), flush=True)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


if __name__ == "__main__":
    main()
