"""ResponseHandler: what becomes of an answer, apart from the fetching.

Scrapy brings a `FetchResult` for a `Visit`; its status decides here, and what holds a document goes
on to `document_handler`. The outcome of a visit, its article and its links are one transaction. No
network.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from crawl.archive.schema import PageKind, PageState
from crawl.discovery import robots
from crawl.errors import CrawlError
from crawl.fetch.document_handler import DocumentHandler
from crawl.fetch.fetch_result import FetchResult
from crawl.fetch.page_reading import ReadPage, read_page
from crawl.fetch.retry_after import retry_after
from crawl.fetch.session import CrawlSession
from crawl.fetch.visit_recorder import LASTING, VisitRecorder
from crawl.fetch.warc_writer import WarcWriter
from crawl.frontier.queue import FIRST
from crawl.frontier.visit import LISTINGS, Visit, VisitOutcome
from crawl.urls import joined, site_of

MOST_REDIRECTS = 5
MOST_ROBOTS_FAILURES = 2
# Seconds to stay away after a 429 or 503 that does not say how long.
BUSY_FOR = 30.0
# One conditional visit in so many is made whole, to see whether 304 is true.
AUDITED_EVERY = 5

_REASONS = {401: "forbidden", 403: "forbidden", 407: "forbidden", 451: "forbidden"}

Log = Callable[[str, Visit], None]


class ResponseHandler:
    """Takes the answers of a run into the archive."""

    def __init__(
        self,
        session: CrawlSession,
        log: Log = lambda _message, _visit: None,
        read_page: ReadPage = read_page,
    ) -> None:
        self._session, self._log = session, log
        self._recorder = VisitRecorder(session)
        self._documents = DocumentHandler(session, self._recorder, read_page)
        self._warc = WarcWriter(session.options.warc) if session.options.warc else None
        self._robots_failures: Counter[str] = Counter()

    def headers(self, visit: Visit) -> dict[str, str]:
        """What to ask: only what changed, unless there is reason to doubt the host's answer."""
        is_audit = visit.checks % AUDITED_EVERY == AUDITED_EVERY - 1
        is_whole = visit.relisted or visit.attempts or is_audit or self._session.options.refetch
        if is_whole or self._session.hosts.distrusts(visit.host):
            return {}
        asked = {"If-None-Match": visit.etag, "If-Modified-Since": visit.last_modified}
        return {name: value for name, value in asked.items() if value}

    def take(self, visit: Visit, result: FetchResult) -> Visit | None:
        """Write down what an answer means; a visit comes back when it has to be made at once.

        Whatever in the answer breaks our own code ends that visit alone, as `internal-error`.
        """
        try:
            if self._warc is not None:
                self._warc.write(visit.url, result)
            self._session.report.answered(visit.host, len(result.body), result.seconds)
            with self._session.archive.batch():
                return self._take(visit, result)
        except CrawlError:
            raise
        except Exception:  # one page's fault is not the crawl's: its transaction was undone
            self._log("cannot take in", visit)
            self._session.scheduler.give_up(visit)
            return None

    def _take(self, visit: Visit, result: FetchResult) -> Visit | None:
        if visit.kind == PageKind.ROBOTS:
            return self._robots(visit, result)
        match result.status:
            case 304:
                self._session.report.unchanged += visit.kind == PageKind.ARTICLE
                self._session.frontier.finish_unchanged(visit)
            case 301 | 302 | 303 | 307 | 308:
                self._redirect(visit, result)
            case 404 | 410:
                self._gone(visit, result)
            case 429 | 503:
                pause = self._hold(visit, result)
                self._recorder.retry(visit, f"http-{result.status}", result.status, pause)
            case status if status == 0 or status >= 500:
                self._recorder.retry(visit, result.failure or f"http-{status}", status)
            case status if status >= 300 or status < 200:
                self._recorder.refuse(visit, _REASONS.get(status, f"http-{status}"), status)
            case _:
                self._documents.read(visit, result)
        return None

    def _robots(self, visit: Visit, result: FetchResult) -> Visit | None:
        """Keep a host's rules; a visit where they have moved to, or nothing while they fail."""
        target = joined(visit.url, result.headers.get("location", ""))
        if 300 <= result.status < 400 and target and visit.redirects < MOST_REDIRECTS:
            return visit._replace(url=target, redirects=visit.redirects + 1)
        may_pass = result.status == 0 and result.failure not in LASTING
        may_pass = may_pass or result.status == 429 or result.status >= 500
        if may_pass and self._robots_failures[visit.host] < MOST_ROBOTS_FAILURES:
            self._robots_failures[visit.host] += 1
            self._hold(visit, result)
            return None
        text = result.failure or robots.decode_robots(result.body)
        rules = self._session.hosts.keep_robots(visit.host, text, result.status)
        named = rules.sitemaps or (f"{visit.host}/sitemap.xml",)
        maps = [one for url in named if rules.rules and (one := joined(visit.url, url))]
        self._session.frontier.add(
            visit.site, maps, depth=1, priority=FIRST, kind=PageKind.SITEMAP, anywhere=True
        )
        return None

    def _redirect(self, visit: Visit, result: FetchResult) -> None:
        frontier = self._session.frontier
        self._session.report.moved += 1
        target = joined(visit.url, result.headers.get("location", ""))
        if target is None:
            return self._recorder.refuse(visit, "bad-redirect", result.status)
        if visit.redirects >= MOST_REDIRECTS:
            return self._recorder.refuse(visit, "redirect-loop", result.status)
        if visit.is_start:
            frontier.adopt(visit.site, target)
        if site_of(target) not in frontier.hosts_of(visit.site):
            return self._recorder.refuse(visit, "offsite", result.status)
        started = self._session.scheduler.runs[visit.site].started
        return frontier.redirect(visit, target, status=result.status, run_started=started)

    def _gone(self, visit: Visit, result: FetchResult) -> None:
        """Nothing is there: an article that we hold of it stays, marked."""
        reason, report = "not-found", self._session.report
        if self._session.archive.mark_vanished(visit.key):
            report.gone += 1
        elif visit.kind not in LISTINGS:  # a sitemap looked for in its usual place is no refusal
            report.refused[reason] += 1
        if visit.is_start:
            report.unreachable[visit.url] = reason
        outcome = VisitOutcome(PageState.GONE, reason, status=result.status)
        self._session.frontier.finish(visit, outcome)

    def _hold(self, visit: Visit, result: FetchResult) -> float:
        """Stay away from a host for as long as it asks; how many seconds."""
        now = self._session.clock()
        patience = BUSY_FOR if result.status in (429, 503) else self._session.options.patience
        asked = retry_after(result.headers.get("retry-after", ""), now)
        pause = patience if asked is None else asked
        self._session.scheduler.politeness.hold(visit.host, now + pause)
        return pause
