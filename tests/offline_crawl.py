"""A crawl's decisions over a table of answers: no socket, no process, and time is a number.

    paper = OfflineCrawl(archive)
    paper.pages["/"] = listing(["/1.html"])
    paper.pages["/1.html"] = article(1)
    assert paper.run().new == 1
    paper.now += 3600

Everything but Scrapy is what a real crawl runs, so whatever holds here holds there for any bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from crawl import Archive, CrawlOptions, CrawlReport, Site
from crawl.fetch.fetch_result import FetchResult
from crawl.fetch.response_handler import ResponseHandler
from crawl.fetch.session import CrawlSession
from crawl.frontier.scheduler import Wait
from crawl.frontier.visit import Visit
from tests.hostile_server import Reply

MOST_REQUESTS = 2000  # of one run; a run that asks more is one that does not end


class OfflineCrawl:
    """Sites as a table: paths of `url`, or whole addresses of others, and what answers them."""

    url = "https://paper.example"

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.now = 1_780_000_000.0
        self.pages: dict[str, Reply | Callable[[Any], Reply]] = {}
        self.asked: list[str] = []
        self.faults: list[str] = []

    def count(self, address: str) -> int:
        """How often an address was asked for in the last run."""
        return self.asked.count(address)

    def run(self, *starts: str, **options: Any) -> CrawlReport:
        """Crawl from some addresses (`/` by default) until the scheduler says that all is done."""
        self.asked = []
        by_name: dict[str, Site] = {}
        for start in starts or ("/",):
            site = Site((self._whole(start),))
            known = by_name.get(site.name)
            by_name[site.name] = Site((*known.urls, *site.urls)) if known else site
        chosen = CrawlOptions(**{"delay": 0, "patience": 0} | options)
        session = CrawlSession.of(self.archive, list(by_name.values()), chosen, lambda: self.now)
        handler = ResponseHandler(session, lambda _, visit: self.faults.append(visit.url))
        session.scheduler.begin()
        while (step := session.scheduler.next()) is not None:
            if isinstance(step, Wait):
                self.now += step.seconds
                continue
            again: Visit | None = step
            while again is not None:
                again = handler.take(again, self._fetch(again, handler.headers(again)))
            session.scheduler.ended(step)
        session.scheduler.end()
        session.report.waiting = session.scheduler.waiting()
        return session.report

    def _whole(self, address: str) -> str:
        return self.url + address if address.startswith("/") else address

    def _fetch(self, visit: Visit, headers: dict[str, str]) -> FetchResult:
        assert len(self.asked) < MOST_REQUESTS, "the run does not end"
        address = visit.url.removeprefix(self.url)
        self.asked.append(address)
        page = self.pages.get(address, Reply(b"", 404))
        reply = page if isinstance(page, Reply) else page(SimpleNamespace(headers=headers))
        sent = {"content-type": reply.kind} | {k.lower(): v for k, v in reply.headers.items()}
        return FetchResult(reply.status, sent, reply.body, 0.0)
