"""The frontier: every address a crawl knows, and what became of it, in the archive's own file.

Nothing here is kept in memory that a kill could lose: an address is `waiting` until the transaction
that also holds its article and its links says otherwise. What is being fetched is not written down,
so after a kill it is simply still waiting.

Order of fetching: starts, sitemaps and feeds; then what a listing dated, newest first; then what is
fewest clicks away from a start.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterable
from typing import NamedTuple

from crawl.archive.database import Store
from crawl.discovery.listed import Listed
from crawl.identity import key_of, without_tracking
from crawl.urls import is_web, origin_of, site_of

# Seconds until an address is due again (`--every`): a visit that found something new halves them,
# one that did not makes them half as long again. So they settle where ln 1.5 / ln 3, three visits
# in eight, find something: often enough to be early, seldom enough not to ask for nothing.
# Between bounds: a feed that is busy now is no reason to hammer it, a quiet one is not forgotten.
SOONEST, LATEST = 600.0, 7 * 86400.0
SOONER, LATER = 0.5, 1.5

LISTINGS = ("sitemap", "feed")
_COLUMNS = (
    "key, url, site, host, depth, rank, kind, hint, hops, attempts, checks, etag, last_modified,"
    " digest, told"
)
_ORDER = "order by rank, hint desc, depth, rowid"
# From one host to the next along the index: `distinct` would read every address that waits.
_HOSTS = """
    with recursive steps (host) as (
        select min(host) from pages where site = ?1 and state = 'waiting'
        union all
        select (select min(host) from pages
                where site = ?1 and state = 'waiting' and host > steps.host)
        from steps where steps.host is not null)
    select host from steps where host is not null"""


class Visit(NamedTuple):
    """One address to fetch now, with what is known from the last time."""

    key: str
    url: str
    site: str
    host: str
    depth: int
    rank: int
    kind: str
    hint: str
    hops: int
    attempts: int
    checks: int
    etag: str
    last_modified: str
    digest: bytes
    told: int


class Frontier:
    """The addresses of all sites ever crawled into one archive."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def adopt(self, site: str, url: str) -> None:
        """Let the host of an address belong to a site."""
        self._store.run("insert or ignore into members values (?, ?)", (site, site_of(url)))

    def members(self, site: str) -> frozenset[str]:
        """The hosts of a site."""
        rows = self._store.rows("select name from members where site = ?", (site,))
        return frozenset(name for (name,) in rows)

    def hosts(self, site: str) -> list[str]:
        """The origins of a site that have addresses waiting."""
        rows = self._store.rows(_HOSTS, (site,))
        return [host for (host,) in rows]

    def next(
        self, site: str, host: str, now: float, *, taken: Collection[str], max_depth: int
    ) -> Visit | None:
        """The address of a host to fetch next, leaving out those under way."""
        rows = self._store.rows(
            f"select {_COLUMNS} from pages where site = ? and host = ? and state = 'waiting'"
            f" and due <= ? and depth <= ? {_ORDER} limit ?",
            (site, host, now, max_depth or 1 << 30, len(taken) + 1),
        )
        return next((Visit(*row) for row in rows if row[0] not in taken), None)

    def next_due(self, site: str, now: float) -> float | None:
        """When the first of the postponed addresses may be fetched, in Unix seconds."""
        due: float | None = self._store.value(
            "select min(due) from pages"
            " where site = ? and state = 'waiting' and due > 0 and due > ?",
            (site, now),
        )
        return due

    def waiting(self, site: str) -> int:
        """How many addresses wait."""
        return int(
            self._store.value(
                "select count(*) from pages where site = ? and state = 'waiting'", (site,)
            )
        )

    def finish(
        self, visit: Visit, state: str, *, reason: str = "", kind: str = "", status: int = 0,
        etag: str = "", last_modified: str = "", digest: bytes = b"", fresh: bool = False,
    ) -> None:  # fmt: skip
        """Write down what became of a visit, `fresh` if it found anything new."""
        self._pace(visit, fresh=fresh)
        self._store.run(
            "update pages set state = ?, reason = ?, kind = ?, status = ?, etag = ?, due = 0,"
            " last_modified = ?, digest = ?, fetched = ?, checks = checks + 1, attempts = 0,"
            " told = 0 where key = ?",
            (state, reason, kind or visit.kind, status, etag, last_modified, digest, time.time(),
             visit.key),
        )  # fmt: skip

    def _pace(self, visit: Visit, *, fresh: bool) -> None:
        # An index brings nothing itself but what its sitemaps bring; where it dates them, they are
        # asked only when it was. Its dates alone are not believed: some say «now» every time.
        index = "select listed_by from pages where key = ?4 and kind = 'sitemap' and ?5"
        self._store.run(
            "update pages set interval = max(?1, min(?2, interval * ?3))"
            f" where key = ?4 or key = ({index})",
            (SOONEST, LATEST, SOONER if fresh else LATER, visit.key, fresh),
        )

    def unchanged(self, visit: Visit) -> None:
        """The visit found what the last one left."""
        self._pace(visit, fresh=False)
        self._store.run(
            "update pages set state = iif(kind = 'other', 'refused', 'done'), fetched = ?,"
            " checks = checks + 1, attempts = 0, told = 0 where key = ?",
            (time.time(), visit.key),
        )

    def postpone(self, visit: Visit, due: float) -> None:
        """Keep an address waiting, and count the attempt."""
        self._store.run(
            "update pages set attempts = attempts + 1, due = ? where key = ?", (due, visit.key)
        )

    def add(
        self, site: str, urls: Iterable[str], *, depth: int, rank: int = 1, kind: str = "",
        via: str = "", hops: int = 0, anywhere: bool = False,
    ) -> list[str]:  # fmt: skip
        """Let unknown addresses of the site's hosts (or `anywhere`) wait; those that were new."""
        names = self.members(site)
        wanted = {
            key_of(url): url for url in urls if is_web(url) and (anywhere or site_of(url) in names)
        }
        known = self._store.rows(
            "select key from pages where key in (select value from json_each(?))",
            (json.dumps(list(wanted)),),
        )
        for (key,) in known:
            del wanted[key]
        self._store.run_many(
            "insert into pages (key, url, site, host, depth, rank, kind, via, hops)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (key, without_tracking(url), site, origin_of(url), depth, rank, kind, via, hops)
                for key, url in wanted.items()
            ],
        )
        if via and wanted:
            self._store.run("update pages set found = found + ? where key = ?", (len(wanted), via))
        return list(wanted.values())

    def list_pages(
        self, visit: Visit, listed: Iterable[Listed], *, started: float, kind: str = "",
        anywhere: bool = False,
    ) -> list[str]:  # fmt: skip
        """Take over what a sitemap or feed lists; pages it says have changed wait again."""
        listed = list(listed)
        rank = 0 if kind else 1
        urls = [item.url for item in listed]
        added = self.add(
            visit.site, urls, depth=visit.depth + 1, rank=rank, kind=kind, via=visit.key,
            anywhere=anywhere,
        )  # fmt: skip
        dated = [(key_of(item.url), item.moment) for item in listed if item.moment]
        self._store.run_many(
            # Another listing's later date is no news unless it is later than our visit: feeds and
            # sitemaps seldom agree to the minute.
            "update pages set state = 'waiting', due = 0, told = 1"
            " where key = ?1 and state in ('done', 'waiting') and fetched > 0 and fetched < ?4"
            " and hint < ?2"
            " and ((listed_by = ?3 and hint != '') or fetched < unixepoch(?2))",
            [(key, moment, visit.key, started) for key, moment in dated],
        )
        self._store.run_many(
            "update pages set hint = ?2, listed_by = ?3 where key = ?1 and hint < ?2",
            [(key, moment, visit.key) for key, moment in dated],
        )
        return added

    def moved(self, visit: Visit, url: str, *, started: float) -> None:
        """Let the target of a redirect wait; one already visited in this run is not asked again."""
        key = key_of(url)
        self.add(
            visit.site, [url], depth=visit.depth, rank=visit.rank, kind=visit.kind, via=visit.key,
            hops=visit.hops + 1,
        )  # fmt: skip
        self._store.run(
            "update pages set state = 'waiting', due = 0, hops = ?, rank = min(rank, ?),"
            " depth = min(depth, ?) where key = ? and (state = 'moved' or fetched < ? and ? = 0)",
            (visit.hops + 1, visit.rank, visit.depth, key, started, visit.rank),
        )
