"""What we remember of each host: its robots.txt, and whether its «not modified» can be believed.

A host is an origin, `https://www.example.org`: what one robots.txt speaks for.
"""

from __future__ import annotations

import time
from functools import lru_cache

from crawl.archive.database import Database
from crawl.discovery.robots import Robots, read_robots
from crawl.frontier.queue import Clock

ROBOTS_LAST = 24 * 3600.0  # seconds a robots.txt is believed (RFC 9309, 2.4)
# Seconds until a host that could not give one is asked again.
FAILURE_LASTS = 600.0


class HostState:
    """The hosts of the archive's frontier."""

    def __init__(self, database: Database, clock: Clock = time.time) -> None:
        self._db, self._clock = database, clock

    def robots(self, host: str) -> Robots | None:
        """A host's rules; None when they have to be fetched first."""
        rows = self._db.rows(
            "select robots, robots_status, robots_fetched from hosts where host = ?", (host,)
        )
        if not rows:
            return None
        text, status, fetched = rows[0]
        lasts = ROBOTS_LAST if 200 <= status < 500 else FAILURE_LASTS
        return _rules(text, status) if self._clock() - fetched < lasts else None

    def keep_robots(self, host: str, text: str, status: int) -> Robots:
        """Remember a host's robots.txt and the status it came with (0: no answer)."""
        self._db.run(
            "insert into hosts (host, robots, robots_status, robots_fetched) values (?, ?, ?, ?)"
            " on conflict do update set robots = excluded.robots,"
            " robots_status = excluded.robots_status, robots_fetched = excluded.robots_fetched",
            (host, text, status, self._clock()),
        )
        return _rules(text, status)

    def distrusts(self, host: str) -> bool:
        """Whether a host's «not modified» was once untrue."""
        return bool(self._db.value("select distrusted from hosts where host = ?", (host,)))

    def distrust(self, host: str) -> None:
        """Never believe this host's «not modified» again."""
        self._db.run("update hosts set distrusted = 1 where host = ?", (host,))


@lru_cache(maxsize=256)
def _rules(text: str, status: int) -> Robots:
    try:
        return read_robots(text, status)
    except Exception:  # whatever a stranger's file does to its parser
        return Robots(None, failure="robots-unreadable")
