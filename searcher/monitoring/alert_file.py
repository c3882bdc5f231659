"""The file of alerts: what is watched, and who is told.

    [mail]
    host = "localhost"                  # port, from, user; the password is BAHITH_MAIL_PASSWORD

    [[alert]]
    name = "الميناء"
    question = "«توسيع الميناء»"
    source = ["الساحل"]                 # any filter of a search
    to = ["mailto:desk@example.org", "https://example.org/hook", "feed:data/harbour.json"]
    quiet = "22:00-07:00"               # nothing is sent between these hours of the machine's clock

A wrong entry is refused with its line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from crawl import CrawlError
from crawl.settings_file import TEXT, TEXTS, Kind, SettingsFile, read_settings_file, unknown
from index import ATTRIBUTE_NAMES
from searcher.errors import SearchError
from searcher.options import SearchOptions

_FILTERS = (*ATTRIBUTE_NAMES, "since", "until")
_FILTER = Kind("a text or a list of texts", lambda value: TEXT.takes(value) or TEXTS.takes(value))
_ALERT = {
    "name": TEXT,
    "question": TEXT,
    "to": TEXTS,
    "quiet": TEXT,
    **dict.fromkeys(_FILTERS, _FILTER),
}
_PORT = Kind("a port from 1 to 65535", lambda value: type(value) is int and 0 < value < 65_536)
_MAIL = {"host": TEXT, "port": _PORT, "from": TEXT, "user": TEXT}
_RENAMED = {"from": "sender"}  # `from` is no name in Python
_TARGET = re.compile(
    r"mailto:[^\s@<>,;]+@[^\s@<>,;]+|https?://[^\s/]+\S*|feed:[^\n]+\.(?:json|atom|xml)"
)
_HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-3]):([0-5]\d)")


class AlertError(SearchError):
    """The file of alerts cannot be used as it is; the message names the line."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """How mail leaves this machine."""

    host: str = "localhost"
    port: int = 25
    sender: str = "bahith@localhost"
    user: str = ""

    @property
    def password(self) -> str:
        """Told by the environment, never by the file."""
        return os.environ.get("BAHITH_MAIL_PASSWORD", "")


@dataclass(frozen=True, slots=True)
class Alert:
    """A question that is asked of everything new, and where its answers go."""

    name: str
    question: str
    to: tuple[str, ...]
    options: SearchOptions
    quiet: tuple[time, time] | None = None

    def is_quiet(self, now: time) -> bool:
        """Whether nobody is to be told at this hour.

        >>> night = Alert("", "", (), SearchOptions(), (time(22), time(7)))
        >>> night.is_quiet(time(23)), night.is_quiet(time(12))
        (True, False)
        """
        if self.quiet is None:
            return False
        since, until = self.quiet
        return since <= now < until if since <= until else now >= since or now < until


@dataclass(frozen=True, slots=True)
class AlertFile:
    """The alerts of a file, and its mail server."""

    alerts: tuple[Alert, ...]
    mail: MailServer


def read_alerts(path: Path) -> AlertFile:
    """The alerts of a file. `AlertError` names the line of what cannot be used."""
    try:
        return _alerts(read_settings_file(path, "alerts"))
    except CrawlError as error:
        raise AlertError(str(error)) from error


def _alerts(file: SettingsFile) -> AlertFile:
    for name in file.tables.keys() - {"mail", "alert"}:
        raise file.wrong(unknown(f"{name} is no table here", name, ["mail", "alert"]), name)
    rows = file.tables.get("alert", [])
    if not isinstance(rows, list) or not rows:
        raise file.wrong("no alert; write an [[alert]] table with name, question and to", "alert")
    alerts = tuple(_alert(file, number, row) for number, row in enumerate(rows, 1))
    names = [one.name for one in alerts]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise file.wrong(f"a second alert named {name!r}", "alert", number + 1, "name")
    mail = file.checked(file.tables.get("mail", {}), _MAIL, "mail")
    return AlertFile(alerts, MailServer(**{_RENAMED.get(key, key): mail[key] for key in mail}))


def _alert(file: SettingsFile, number: int, table: object) -> Alert:
    def wrong(key: str, what: str) -> CrawlError:
        return file.wrong(what, "alert", number, key)

    row = file.checked(table, _ALERT, "alert", number)
    for key in ("name", "question"):
        if not row.get(key, "").strip():
            raise wrong(key, f'an alert needs {key} = "…"')
    if not row.get("to"):
        raise wrong("to", 'an alert needs to = ["mailto:…", "https://…", "feed:FILE.atom"]')
    for target in row["to"]:
        if not _TARGET.fullmatch(target):
            raise wrong(
                "to",
                f"{target!r} is no mailto:NAME@HOST, https://… or feed:FILE.atom or .json",
            )
    filters = row.keys() & set(_FILTERS)
    options = SearchOptions().but(**{key: row[key] for key in filters})
    if options.notes:
        raise wrong(min(filters), str(options.notes[0]))
    quiet = row.get("quiet")
    return Alert(row["name"], row["question"], tuple(row["to"]), options, _quiet(quiet, wrong))


def _quiet(said: str | None, wrong: Callable[[str, str], CrawlError]) -> tuple[time, time] | None:
    if said is None:
        return None
    found = _HOURS.fullmatch(said)
    if not found:
        raise wrong("quiet", 'quiet is two hours: quiet = "22:00-07:00"')
    numbers = [int(part) for part in found.groups()]
    return time(numbers[0], numbers[1]), time(numbers[2], numbers[3])
