"""Rounds: crawl, index with its stories, alert; then wait, and begin again.

One process tree under one exclusive lock. What fails in a round is said and tried again in the
next: only Ctrl-C and SIGTERM end it, in order.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawl import Archive, CrawlError, CrawlOptions, Site, crawl_sites
from index import EngineError, build, open_engine
from searcher.errors import SearchError
from searcher.monitoring.alerting import run_alerts


@dataclass(frozen=True, slots=True)
class Rounds:
    """What is kept alive: outlets, an archive, an index, perhaps alerts; seconds between rounds."""

    sites: tuple[Site, ...]
    archive: Path
    index_url: str
    alerts: Path | None
    options: CrawlOptions
    pause: float


def keep_alive(
    rounds: Rounds,
    tell: Callable[[str], None],
    *,
    most: int = 0,
    sleep: Callable[[float], Any] = time.sleep,
) -> None:
    """Go round after round, `most` of them or for ever; `tell` is given one line a round."""
    number = 0
    with _stoppable(), Archive(rounds.archive) as archive:
        try:
            while not most or number < most:
                number += 1
                began = time.monotonic()
                line, goes_on = _one_round(rounds, archive)
                tell(f"round {number}: {line} ({time.monotonic() - began:.0f} s)")
                if not goes_on:
                    return
                if number != most:
                    sleep(rounds.pause)
        except KeyboardInterrupt:
            tell(f"stopped in round {number}; the next start goes on from here")


def _one_round(rounds: Rounds, archive: Archive) -> tuple[str, bool]:
    """What a round did, in a line, and whether another is to follow."""
    said, goes_on = [], True
    try:
        report = crawl_sites(rounds.sites, archive, options=rounds.options)
        goes_on = not report.interrupted
        refused = sum(report.refused.values())
        said.append(f"{report.new} new, {report.changed} changed, {refused} refused")
        said += [f"{len(report.unreachable)} unreachable"] if report.unreachable else []
    except CrawlError as error:
        said.append(f"crawl failed: {error}")
    try:
        engine = open_engine(rounds.index_url, create=True)
        try:
            said.append(f"{build(archive, engine).documents} in the index")
        finally:
            engine.close()
    except (CrawlError, EngineError) as error:
        said.append(f"indexing failed: {error}")
    if rounds.alerts and goes_on:
        try:
            sent = run_alerts(rounds.alerts, archive)
            said.append(f"{sent.sent} alerts sent, {sent.waiting} waiting")
            said += sent.failures
        except (CrawlError, SearchError) as error:
            said.append(f"alerts failed: {error}")
    return "; ".join(said), goes_on


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let SIGTERM end what runs as Ctrl-C does."""

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
