"""VisitRecorder: the ends of visits, written into the frontier and counted in the report."""

from __future__ import annotations

from crawl.archive.schema import PageKind, PageState
from crawl.fetch.fetch_result import FetchResult
from crawl.fetch.session import CrawlSession
from crawl.frontier.visit import Visit, VisitOutcome

MOST_ATTEMPTS = 4  # of a page whose server fails
LASTING = frozenset({"too-large", "private-address"})  # another attempt would end the same


class VisitRecorder:
    """Refuses, postpones and finishes the visits of a session."""

    def __init__(self, session: CrawlSession) -> None:
        self._session = session

    def refuse(
        self, visit: Visit, reason: str, status: int, kind: PageKind = PageKind.UNKNOWN
    ) -> None:
        """Do not take what is there."""
        self._end(visit, VisitOutcome(PageState.REFUSED, reason, kind, status))

    def retry(self, visit: Visit, reason: str, status: int, pause: float | None = None) -> None:
        """Keep the page for another attempt, or leave it for the next run."""
        if reason in LASTING:
            return self.refuse(visit, reason, status)
        if visit.attempts + 1 < MOST_ATTEMPTS:
            patience = self._session.options.patience * 2**visit.attempts
            wait = patience if pause is None else pause
            return self._session.frontier.postpone(visit, self._session.clock() + wait)
        return self._end(visit, VisitOutcome(PageState.FAILED, reason, status=status))

    def finish(
        self, visit: Visit, result: FetchResult, *, kind: PageKind, digest: bytes, is_news: bool,
        state: PageState = PageState.DONE, reason: str = "",
    ) -> None:  # fmt: skip
        """A document was read; `digest` is of what it was read for."""
        etag = result.headers.get("etag", "")
        modified = result.headers.get("last-modified", "")
        same_mark = (
            etag == visit.etag if etag else bool(modified) and modified == visit.last_modified
        )
        if same_mark and visit.digest and digest != visit.digest:
            self._session.hosts.distrust(visit.host)
        outcome = VisitOutcome(
            state, reason, kind, result.status, etag, modified, digest, is_news=is_news
        )
        self._session.frontier.finish(visit, outcome)

    def _end(self, visit: Visit, outcome: VisitOutcome) -> None:
        self._session.frontier.finish(visit, outcome)
        is_failure = outcome.state == PageState.FAILED
        self._session.report.missed(
            visit.url, outcome.reason, is_failure=is_failure, is_start=visit.is_start
        )
