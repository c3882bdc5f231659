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
from collections.abc import Callable, Collection, Iterable

from crawl.archive.database import Database
from crawl.archive.schema import PageKind, PageState
from crawl.discovery.listed import Listed
from crawl.frontier.visit import Visit, VisitOutcome
from crawl.identity import key_of, without_tracking
from crawl.urls import is_web, origin_of, site_of

# Unix seconds now; tests bring their own.
Clock = Callable[[], float]

# Seconds until an address is due again (`--every`): a visit that found something new halves them,
# one that did not makes them half as long again. So they settle where ln 1.5 / ln 3, three visits
# in eight, find something: often enough to be early, seldom enough not to ask for nothing.
# Between bounds: a feed that is busy now is no reason to hammer it, a quiet one is not forgotten.
SHORTEST_INTERVAL, LONGEST_INTERVAL = 600.0, 7 * 86400.0
SHORTER, LONGER = 0.5, 1.5

FIRST, PAGES = 0, 1  # priorities: starts, sitemaps and feeds; everything else

_COLUMNS = ", ".join(Visit._fields)
_ORDER = "order by priority, lastmod desc, depth, rowid"
# From one host to the next along the index: `distinct` would read every address that waits.
_HOSTS = """
    with recursive steps (host) as (
        select min(host) from pages where site = ?1 and state = 'waiting'
        union all
        select (select min(host) from pages
                where site = ?1 and state = 'waiting' and host > steps.host)
        from steps where steps.host is not null)
    select host from steps where host is not null"""


class Frontier:
    """The addresses of all sites ever crawled into one archive."""

    def __init__(self, database: Database, clock: Clock = time.time) -> None:
        self._db, self._clock = database, clock

    # -- the hosts of a site ----------------------------------------------------------------------

    def adopt(self, site: str, url: str) -> None:
        """Let the host of an address belong to a site."""
        self._db.run("insert or ignore into site_hosts values (?, ?)", (site, site_of(url)))

    def hosts_of(self, site: str) -> frozenset[str]:
        """The hosts that belong to a site, as `site_of` names them."""
        rows = self._db.rows("select name from site_hosts where site = ?", (site,))
        return frozenset(name for (name,) in rows)

    # -- what is next -----------------------------------------------------------------------------

    def waiting_hosts(self, site: str) -> list[str]:
        """The origins of a site that have addresses waiting."""
        return [host for (host,) in self._db.rows(_HOSTS, (site,))]

    def next(
        self, site: str, host: str, now: float, *, taken: Collection[str], max_depth: int
    ) -> Visit | None:
        """The address of a host to fetch next, leaving out those under way."""
        rows = self._db.rows(
            f"select {_COLUMNS} from pages where site = ? and host = ? and state = 'waiting'"
            f" and due <= ? and depth <= ? {_ORDER} limit ?",
            (site, host, now, max_depth or 1 << 30, len(taken) + 1),
        )
        return next((Visit(*row) for row in rows if row[0] not in taken), None)

    def next_due(self, site: str, now: float) -> float | None:
        """When the first of the postponed addresses may be fetched, in Unix seconds."""
        due: float | None = self._db.value(
            "select min(due) from pages"
            " where site = ? and state = 'waiting' and due > 0 and due > ?",
            (site, now),
        )
        return due

    def waiting(self, site: str) -> int:
        """How many addresses wait."""
        return int(
            self._db.value(
                "select count(*) from pages where site = ? and state = 'waiting'", (site,)
            )
        )

    # -- what became of a visit -------------------------------------------------------------------

    def finish(self, visit: Visit, outcome: VisitOutcome) -> None:
        """Write down what became of a visit."""
        self._adjust_interval(visit, is_news=outcome.is_news)
        self._db.run(
            "update pages set state = ?, reason = ?, kind = ?, status = ?, etag = ?, due = 0,"
            " last_modified = ?, digest = ?, fetched = ?, checks = checks + 1, attempts = 0,"
            " relisted = 0 where key = ?",
            (
                *(outcome.state, outcome.reason, outcome.kind or visit.kind, outcome.status),
                *(outcome.etag, outcome.last_modified, outcome.digest, self._clock(), visit.key),
            ),
        )

    def finish_unchanged(self, visit: Visit) -> None:
        """The visit found what the last one left."""
        self._adjust_interval(visit, is_news=False)
        self._db.run(
            "update pages set state = iif(kind = 'other', 'refused', 'done'), fetched = ?,"
            " checks = checks + 1, attempts = 0, relisted = 0 where key = ?",
            (self._clock(), visit.key),
        )

    def postpone(self, visit: Visit, due: float) -> None:
        """Keep an address waiting, and count the attempt."""
        self._db.run(
            "update pages set attempts = attempts + 1, due = ? where key = ?", (due, visit.key)
        )

    def drop_unusable_hosts(self, site: str) -> int:
        """Forget waiting addresses of what is no host, whoever wrote them there; how many."""
        hosts = self.waiting_hosts(site)
        unusable = [host for host in hosts if not host or origin_of(host) != host]
        return self._db.run_many(
            "delete from pages where site = ? and host = ? and state = 'waiting'",
            [(site, host) for host in unusable],
        )

    def _adjust_interval(self, visit: Visit, *, is_news: bool) -> None:
        # An index brings nothing itself but what its sitemaps bring; where it dates them, they are
        # asked only when it was. Its dates alone are not believed: some say «now» every time.
        index = "select listed_by from pages where key = ?4 and kind = 'sitemap' and ?5"
        factor = SHORTER if is_news else LONGER
        self._db.run(
            "update pages set interval = max(?1, min(?2, interval * ?3))"
            f" where key = ?4 or key = ({index})",
            (SHORTEST_INTERVAL, LONGEST_INTERVAL, factor, visit.key, is_news),
        )

    def showed(self, key: str, digest: bytes) -> bool:
        """Whether an address was visited and showed exactly the text of a digest."""
        found = self._db.value("select digest from pages where key = ?", (key,))
        return bool(found == digest)

    # -- what visits find -------------------------------------------------------------------------

    def add(
        self, site: str, urls: Iterable[str], *, depth: int, priority: int = PAGES,
        kind: PageKind = PageKind.UNKNOWN, discovered_from: str = "", redirects: int = 0,
        anywhere: bool = False,
    ) -> list[str]:  # fmt: skip
        """Enqueue unseen addresses of the site's hosts (or `anywhere`); return the ones added."""
        hosts = self.hosts_of(site)
        unseen = {
            key_of(url): url for url in urls if is_web(url) and (anywhere or site_of(url) in hosts)
        }
        known = self._db.rows(
            "select key from pages where key in (select value from json_each(?))",
            (json.dumps(list(unseen)),),
        )
        for (key,) in known:
            del unseen[key]
        shared = (depth, priority, kind, discovered_from, redirects)
        self._db.run_many(
            "insert into pages (key, url, site, host, depth, priority, kind, discovered_from,"
            " redirects) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (key, without_tracking(url), site, origin_of(url), *shared)
                for key, url in unseen.items()
            ],
        )
        if discovered_from and unseen:
            self._db.run(
                "update pages set new_links = new_links + ? where key = ?",
                (len(unseen), discovered_from),
            )
        return list(unseen.values())

    def add_listed(
        self, visit: Visit, listed: Iterable[Listed], *, run_started: float,
        kind: PageKind = PageKind.UNKNOWN, anywhere: bool = False,
    ) -> list[str]:  # fmt: skip
        """Take over what a sitemap or feed lists; pages it says have changed wait again."""
        listed = list(listed)
        added = self.add(
            visit.site,
            [item.url for item in listed],
            depth=visit.depth + 1,
            priority=FIRST if kind else PAGES,
            kind=kind,
            discovered_from=visit.key,
            anywhere=anywhere,
        )
        dated = [(key_of(item.url), item.moment) for item in listed if item.moment]
        self._db.run_many(
            # Another listing's later date is no news unless it is later than our visit: feeds and
            # sitemaps seldom agree to the minute.
            "update pages set state = 'waiting', due = 0, relisted = 1"
            " where key = ?1 and state in ('done', 'waiting') and fetched > 0 and fetched < ?4"
            " and lastmod < ?2"
            " and ((listed_by = ?3 and lastmod != '') or fetched < unixepoch(?2))",
            [(key, moment, visit.key, run_started) for key, moment in dated],
        )
        self._db.run_many(
            "update pages set lastmod = ?2, listed_by = ?3 where key = ?1 and lastmod < ?2",
            [(key, moment, visit.key) for key, moment in dated],
        )
        return added

    def redirect(self, visit: Visit, url: str, *, status: int, run_started: float) -> None:
        """Let the target of a redirect wait; one already visited in this run is not asked again."""
        self.finish(visit, VisitOutcome(PageState.MOVED, status=status))
        self.add(
            visit.site,
            [url],
            depth=visit.depth,
            priority=visit.priority,
            kind=PageKind(visit.kind),
            discovered_from=visit.key,
            redirects=visit.redirects + 1,
        )
        self._db.run(
            # The spelling that the server asks for: some know %d8 and not %D8.
            "update pages set state = 'waiting', due = 0, redirects = ?, url = ?,"
            " priority = min(priority, ?), depth = min(depth, ?)"
            " where key = ? and (state = 'moved' or fetched < ? and ? = 0)",
            (
                *(visit.redirects + 1, without_tracking(url), visit.priority, visit.depth),
                *(key_of(url), run_started, visit.priority),
            ),
        )
