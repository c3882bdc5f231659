"""Alerting: what arrived since the last time is asked, noted, and then sent.

A story is told once, whichever of its copies came first, and again only when the article that was
told changes in substance. What cannot be sent waits.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawl import Archive, update_stories
from index import Document
from searcher.hits.snippet import lead
from searcher.monitoring.alert_file import Alert, AlertFile, read_alerts
from searcher.monitoring.alert_state import (
    AlertState,
    Item,
    Message,
    read_state,
    state_path,
    write_state,
)
from searcher.monitoring.delivery import deliver
from searcher.monitoring.matching import Arrivals
from searcher.monitoring.substance import is_changed, substance_of

# Articles asked at a time: some megabytes of their words.
PORTION = 500
# Latest changes that an exploratory run asks where nothing was asked before.
EXPLORED = 1_000


@dataclass(frozen=True, slots=True)
class AlertReport:
    """Messages that were sent and that wait, what failed, and, of an exploration, what it found."""

    sent: int = 0
    waiting: int = 0
    failures: tuple[str, ...] = ()
    found: tuple[Message, ...] = ()


def explore(path: Path, archive: Archive) -> AlertReport:
    """What the next run would send; nothing is sent and nothing noted."""
    told = _state(path, archive, EXPLORED)
    return AlertReport(found=(*told.waiting, *_ask(read_alerts(path), archive, told)))


def run_alerts(path: Path, archive: Archive, *, now: datetime | None = None) -> AlertReport:
    """Ask all alerts of what arrived, note it, send it. `AlertError` for a file that is wrong.

    The first run only notes where the archive ends: what is told is what arrives from then on.
    """
    file = read_alerts(path)
    told = _state(path, archive, 0)
    told.waiting += _ask(file, archive, told)
    write_state(state_path(path), told)
    hour = (now or datetime.now()).time()
    quiet = {alert.name for alert in file.alerts if alert.is_quiet(hour)}
    sent, failures = 0, []
    for message in list(told.waiting):
        if message.alert in quiet:
            continue
        if failure := deliver(message, file.mail):
            failures.append(f"{message.alert} → {message.to}: {failure}")
            continue
        told.waiting.remove(message)
        write_state(state_path(path), told)
        sent += 1
    return AlertReport(sent, len(told.waiting), tuple(failures))


def _state(path: Path, archive: Archive, back: int) -> AlertState:
    told = read_state(state_path(path))
    if told.archive == archive.name:
        return told
    return AlertState(archive.name, max(0, archive.revision - back))


def _ask(file: AlertFile, archive: Archive, told: AlertState) -> list[Message]:
    """The messages about what changed since the state's revision, which is moved to the end."""
    update_stories(archive)
    items: dict[str, list[Item]] = {alert.name: [] for alert in file.alerts}
    changes = archive.changes(told.revision)
    while portion := list(itertools.islice(changes, PORTION)):
        latest = {change.key: change.article for change in portion}
        arrivals = Arrivals(
            [Document.of(article) for article in latest.values() if article is not None]
        )
        for alert in file.alerts:
            items[alert.name] += _news(alert, arrivals, archive, told)
        told.revision = portion[-1].revision
    return [
        Message(uuid.uuid4().hex, alert.name, alert.question, target, tuple(items[alert.name]))
        for alert in file.alerts
        if items[alert.name]
        for target in alert.to
    ]


def _news(alert: Alert, arrivals: Arrivals, archive: Archive, told: AlertState) -> Iterator[Item]:
    """What an alert has to tell of some arrivals; it is noted as told."""
    for one in arrivals.matching(alert):
        known = told.told.get(alert.name, {})
        substance = substance_of(one.title, one.body)
        again = one.key in known
        if again and not is_changed(known[one.key], substance):
            continue
        if not again and any(copy in known for copy in archive.copies(one.key)):
            continue
        told.remember(alert.name, one.key, substance)
        yield Item(*(one.key, one.url, one.title, one.source, one.date), lead(one.body).text, again)
