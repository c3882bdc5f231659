"""Query log: what readers asked and how much they found, without who they are; off by default.

A line of JSON for each first page of a question: the minute, the question, the total, and what it
was corrected to. No address, no key, no cookie: whoever reads the file learns what is missing in
the archive, and of nobody what they looked for, unless they wrote it into the question.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from searcher import Results
from web.search_params import SearchParams

# A log that grows beyond is set aside as FILE.1, in place of the one before.
MOST_BYTES = 50_000_000

_log = logging.getLogger(__name__)


class AskedQuery(NamedTuple):
    """A question of the log: how often it was asked, its last total, its last correction."""

    query: str
    times: int
    total: int
    corrected: str


class QueryLog:
    """A file that questions are appended to; what cannot be written is told once, to the log."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._failed = False

    def note(self, params: SearchParams, results: Results) -> None:
        """Append a question, unless it only turns a page."""
        if not params.query or params.page > 1:
            return
        suggestion = results.suggestion
        told = {
            "minute": datetime.now(UTC).isoformat(timespec="minutes"),
            "query": params.query,
            "total": results.total,
            "corrected": suggestion.query if suggestion and suggestion.applied else None,
        }
        line = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        with self._lock:
            try:
                self._append(line)
            except OSError as error:
                if not self._failed:
                    _log.warning("the query log %s cannot be written: %s", self.path, error)
                self._failed = True

    def _append(self, line: bytes) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(line)
            # Unless another process has set it aside meanwhile.
            if file.tell() > MOST_BYTES and self._leads_to(file.fileno()):
                self.path.replace(self.path.with_name(self.path.name + ".1"))

    def _leads_to(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.stat(self.path), os.fstat(descriptor))
        except FileNotFoundError:
            return False


def asked_queries(lines: Iterable[bytes]) -> list[AskedQuery]:
    """The questions of a log, the most frequent first; what is no line of one is passed over."""
    times: Counter[str] = Counter()
    last: dict[str, dict[str, Any]] = {}
    for told in _read(lines):
        times[told["query"]] += 1
        last[told["query"]] = told
    found = [
        AskedQuery(query, count, last[query]["total"], last[query].get("corrected") or "")
        for query, count in times.items()
    ]
    return sorted(found, key=lambda one: (-one.times, one.query))


def _read(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    for line in lines:
        try:
            told = json.loads(line)
            if isinstance(told["query"], str) and isinstance(told["total"], int):
                yield told
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
