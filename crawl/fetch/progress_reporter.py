"""ProgressReporter: how the crawl goes, told to the parent process and kept in the archive."""

from __future__ import annotations

import time
from collections.abc import Callable

from crawl.archive.run_log import RunLog
from crawl.fetch.session import CrawlSession

SENT_EVERY = 0.3  # seconds between two lines of progress
# Seconds between two writings of the report into the archive.
SAVED_EVERY = 10.0


class ProgressReporter:
    """Sends the report of a session now and then, and saves it more seldom."""

    def __init__(self, session: CrawlSession, log: RunLog, send: Callable[..., None]) -> None:
        self._session, self._log, self._send = session, log, send
        self._started = time.monotonic()
        self._sent = self._saved = 0.0

    def begin(self) -> None:
        """The crawl begins."""
        self._log.begin()

    def update(self) -> None:
        """An outcome is in the archive."""
        now = time.monotonic()
        if now - self._sent >= SENT_EVERY:
            self._sent = now
            self._refresh()
            self._send(progress=self._session.report.to_json())
        if now - self._saved >= SAVED_EVERY:
            self._saved = now
            self.save()

    def save(self, *, ended: bool = False) -> None:
        """Write the report into the archive."""
        self._refresh()
        self._log.save(self._session.report.to_json(), ended=ended)

    def _refresh(self) -> None:
        report = self._session.report
        report.seconds = time.monotonic() - self._started
        report.waiting = self._session.scheduler.waiting()
