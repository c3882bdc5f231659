"""Revisit policy: what a new run fetches again, and what a killed one left undone.

A run that ended in order is followed by a new one, which looks again at the starts, the listings
and what may have changed. One that was killed is taken up: nothing is fetched again for it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

from crawl.archive.database import Database
from crawl.frontier.queue import FIRST, LONGEST_INTERVAL, Clock, Frontier
from crawl.identity import key_of

# How many known pages a run looks at again beyond what listings call changed: this share of the
# site, listing pages and articles each, so that an unchanged site costs under 5 % of itself.
RECHECKED_SHARE = 0.015
RECHECKED_AT_LEAST = 25  # small sites are looked through whole
# A run that was killed is taken up again within this time; later, a new one begins.
RESUMED_WITHIN = 12 * 3600.0


class RevisitPolicy:
    """Begins and ends the runs over each site."""

    def __init__(self, database: Database, frontier: Frontier, clock: Clock = time.time) -> None:
        self._db, self._frontier, self._clock = database, frontier, clock

    def begin(
        self, site: str, urls: Iterable[str], *, refetch: bool = False, due_only: bool = False
    ) -> float:
        """Start a run, or take up one that was killed; the moment it began, in Unix seconds.

        A new run makes the starts, the listings and the likeliest changes wait again and forgives
        what failed; `refetch` makes everything wait, `due_only` nothing before its interval is over
        (`queue.SHORTEST_INTERVAL`). A run that is taken up changes nothing.
        """
        now, urls = self._clock(), list(urls)
        with self._db.transaction():
            self._frontier.drop_unusable_hosts(site)
            started = self._db.value("select run_started from sites where site = ?", (site,)) or 0.0
            resumes = now - started < RESUMED_WITHIN and self._frontier.waiting(site) > 0
            for url in urls:
                self._frontier.adopt(site, url)
                self._frontier.add(site, [url], depth=0, priority=FIRST)
            if resumes:
                return float(started)
            self._db.run("insert or replace into sites values (?, ?)", (site, now))
            due_at = now if due_only else now + LONGEST_INTERVAL
            self._restart(site, [key_of(url) for url in urls], due_at)
            if refetch:
                self._db.run("delete from url_shapes where site = ?", (site,))
                self._reopen(site, "state != 'waiting'")
        return now

    def end(self, site: str) -> None:
        """The run ended in order: the next one is new."""
        self._db.run("update sites set run_started = 0 where site = ?", (site,))

    def _restart(self, site: str, starts: list[str], due_at: float) -> None:
        self._db.run_many(
            "update pages set state = 'waiting', priority = 0, depth = 0, site = ?1"
            " where key = ?2 and fetched + interval <= ?3",
            [(site, key, due_at) for key in starts],
        )
        self._reopen(site, "reason in ('robots', 'excluded', 'private-address')")
        self._reopen(site, f"state = 'failed' and fetched + interval <= {due_at}")
        # Where an index dates its sitemaps, the date decides (`Frontier.add_listed`).
        self._reopen(
            site,
            "state = 'done' and kind in ('sitemap', 'feed') and lastmod = ''"
            f" and fetched + interval <= {due_at}",
        )
        self._recheck(site, due_at)
        self._db.run(
            "update pages set due = 0, attempts = 0 where site = ? and state = 'waiting'", (site,)
        )

    def _reopen(self, site: str, condition: str) -> None:
        self._db.run(
            f"update pages set state = 'waiting' where site = ? and ({condition})", (site,)
        )

    def _recheck(self, site: str, due_at: float) -> None:
        """Look again at the listing pages nearest to the starts, and at the newest articles."""
        known = self._db.value("select count(*) from pages where site = ?", (site,))
        share = max(RECHECKED_AT_LEAST, int(known * RECHECKED_SHARE))
        for kind, order in (
            ("other", "depth, new_links desc, rowid"),
            ("article", "lastmod desc, fetched, rowid"),
        ):
            self._db.run(
                "update pages set state = 'waiting' where key in (select key from pages"
                " where site = ? and kind = ? and state in ('done', 'refused')"
                " and (kind = 'article' or new_links > 0) and fetched + interval <= ?"
                f" order by {order} limit ?)",
                (site, kind, due_at, share),
            )
