"""How far a crawl is, on standard error: a bar on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from crawl.logs import shows_bar, tell
from crawl.report import CrawlReport

LINE_EVERY = 10.0  # seconds between two lines where there is no terminal


class CrawlProgress:
    """Shows the counts of a running crawl; `most` is its page limit, 0 for none."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._told = time.monotonic()
        self._bar = Progress(
            BarColumn(30),
            MofNCompleteColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not shows_bar(),
        )
        self._task = self._bar.add_task("", total=most or None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def show(self, report: CrawlReport) -> None:
        """Show where the crawl is now."""
        refused = sum(report.refused.values())
        text = f"{report.articles} articles, {refused} refused, {report.waiting} waiting"
        known = report.pages + report.waiting
        total = min(known, self._most) if self._most else known
        self._bar.update(self._task, completed=report.pages, total=total, description=text)
        if self._bar.disable and time.monotonic() - self._told >= LINE_EVERY:
            self._told = time.monotonic()
            tell(f"{report.pages} pages, {text}")
