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
import tomllib
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from index import ATTRIBUTE_NAMES
from searcher.errors import SearchError
from searcher.options import SearchOptions

# A larger file is no list of alerts.
MOST_BYTES = 1_000_000

_FILTERS = (*ATTRIBUTE_NAMES, "since", "until")
_KEYS = {"name", "question", "to", "quiet", *_FILTERS}
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
        with path.open("rb") as file:
            text = file.read(MOST_BYTES).decode("utf-8-sig")
        tables = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise AlertError(f"cannot read the alerts of {path}: {error}") from error
    if unknown := tables.keys() - {"mail", "alert"}:
        raise AlertError(_at(path, text, f"[{min(unknown)}", 1, f"unknown {min(unknown)}"))
    rows = tables.get("alert", [])
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise AlertError(
            f"{path} has no alert; write an [[alert]] table with name, question and to"
        )
    alerts = tuple(_alert(path, text, number, row) for number, row in enumerate(rows, 1))
    names = [one.name for one in alerts]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise AlertError(_at(path, text, "name", number + 1, f"a second alert named {name!r}"))
    return AlertFile(alerts, _mail(path, text, tables.get("mail", {})))


def _alert(path: Path, text: str, number: int, row: dict[str, Any]) -> Alert:
    def wrong(key: str, what: str) -> AlertError:
        return AlertError(_at(path, text, key, number, what))

    for key in row.keys() - _KEYS:
        raise wrong(key, f"unknown {key}; an alert has {', '.join(sorted(_KEYS))}")
    for key in ("name", "question"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise wrong(key, f'an alert needs {key} = "…"')
    to = row.get("to")
    if not isinstance(to, list) or not to:
        raise wrong("to", 'an alert needs to = ["mailto:…", "https://…", "feed:FILE.atom"]')
    for target in to:
        if not isinstance(target, str) or not _TARGET.fullmatch(target):
            raise wrong(
                "to",
                f"{target!r} is no mailto:NAME@HOST, https://… or feed:FILE.atom or .json",
            )
    options = SearchOptions().but(**{key: row[key] for key in row.keys() & set(_FILTERS)})
    if options.notes:
        raise wrong(min(row.keys() & set(_FILTERS)), str(options.notes[0]))
    return Alert(row["name"], row["question"], tuple(to), options, _quiet(row, wrong))


def _quiet(row: dict[str, Any], wrong: Any) -> tuple[time, time] | None:
    if "quiet" not in row:
        return None
    found = _HOURS.fullmatch(row["quiet"]) if isinstance(row["quiet"], str) else None
    if not found:
        raise wrong("quiet", 'quiet is two hours: quiet = "22:00-07:00"')
    numbers = [int(part) for part in found.groups()]
    return time(numbers[0], numbers[1]), time(numbers[2], numbers[3])


def _mail(path: Path, text: str, table: object) -> MailServer:
    kinds = {"host": str, "port": int, "from": str, "user": str}
    if not isinstance(table, dict):
        raise AlertError(f"{path}: write the mail server as a [mail] table")
    for key, value in table.items():
        if key not in kinds or type(value) is not kinds[key]:
            raise AlertError(_at(path, text, key, 0, f"[mail] takes {', '.join(kinds)}, not {key}"))
    values = {"sender" if key == "from" else key: value for key, value in table.items()}
    return MailServer(**values)


def _at(path: Path, text: str, key: str, number: int, what: str) -> str:
    """A complaint with the line of a key in the so-manieth alert; 0: anywhere."""
    seen, found = 0, 0
    for place, line in enumerate(text.splitlines(), 1):
        if line.strip().replace(" ", "").startswith("[[alert]]"):
            seen += 1
            found = place if seen == number else found
        elif seen == number and re.match(rf"\s*\"?{re.escape(key)}\"?\s*(=|\]|$)", line):
            found = place
            break
    return f"{path}, line {found}: {what}" if found else f"{path}: {what}"
