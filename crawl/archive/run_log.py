"""RunLog: the record of one crawl in the archive, written while it runs."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from crawl.archive.database import Database


class RunLog:
    """One row of `runs`: when the crawl started and ended, and its report."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._id = uuid.uuid4().hex

    def begin(self) -> None:
        """The crawl starts now."""
        self._db.run("insert into runs values (?, ?, '', '{}')", (self._id, _now()))

    def save(self, report: Mapping[str, Any], *, ended: bool) -> None:
        """Write the report as it stands."""
        self._db.run(
            "update runs set ended = ?, report = ? where id = ?",
            (_now() if ended else "", json.dumps(report), self._id),
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
