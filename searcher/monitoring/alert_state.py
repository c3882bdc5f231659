"""What has been told, what waits to be sent, and how far the archive was read: one file.

It is replaced as a whole and synced before anything is sent, and again after each message: a kill
between the two may send a message a second time, under the same Message-ID, and never loses one.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from searcher.monitoring.alert_file import AlertError

# Articles an alert remembers; a story older than so many others is not told again for long.
MOST_TOLD = 50_000


@dataclass(frozen=True, slots=True)
class Item:
    """An article as it is told; `again`: it was told before, and has changed."""

    key: str
    url: str
    title: str
    source: str
    date: str
    excerpt: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """Some articles on their way to one target."""

    id: str
    alert: str
    question: str
    to: str
    items: tuple[Item, ...]


@dataclass(slots=True)
class AlertState:
    """The state of a file of alerts. `told` has by alert the substance of each article told."""

    archive: str = ""
    revision: int = 0
    told: dict[str, dict[str, str]] = field(default_factory=dict)
    waiting: list[Message] = field(default_factory=list)

    def remember(self, alert: str, key: str, substance: str) -> None:
        """Note that an article was told; the oldest are forgotten when there are too many."""
        known = self.told.setdefault(alert, {})
        known[key] = substance
        while len(known) > MOST_TOLD:
            del known[next(iter(known))]


def state_path(alerts: Path) -> Path:
    """Where the state of a file of alerts is kept: beside it."""
    return alerts.with_name(f"{alerts.name}.state")


def read_state(path: Path) -> AlertState:
    """The state as it was last written; a new one where there is none."""
    try:
        values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        waiting = [_message(one) for one in values.pop("waiting")]
        return AlertState(**values, waiting=waiting)
    except FileNotFoundError:
        return AlertState()
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise AlertError(
            f"{path} cannot be read ({error}). Move it away to begin anew with what arrives next."
        ) from error


def write_state(path: Path, told: AlertState) -> None:
    """Replace the state; when this returns it is on the disk."""
    beside = path.with_name(f"{path.name}.new")
    try:
        with beside.open("w", encoding="utf-8") as file:
            json.dump(asdict(told), file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise AlertError(
            f"{path} cannot be written: {error.strerror}; nothing was sent. Put that right first."
        ) from error


def _message(values: dict[str, Any]) -> Message:
    items = tuple(Item(**item) for item in values["items"])
    return Message(**(values | {"items": items}))
