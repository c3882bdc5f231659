"""Who is next: the frontier's order, passed through robots.txt, the site's rules and the traps.

Every fetch of a crawl is chosen here, redirects, feeds and sitemaps included, so that nothing is
asked of a host that it forbids or that the user did not want.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import NamedTuple

from crawl.frontier.host_state import Hosts
from crawl.frontier.politeness import Pace
from crawl.frontier.queue import LISTINGS, Frontier, Visit
from crawl.frontier.revisit import Rounds
from crawl.frontier.spider_traps import Traps
from crawl.frontier.url_filter import is_page, is_private
from crawl.options import CrawlOptions, Site
from crawl.report import CrawlReport
from crawl.urls import split_web

ROBOTS = "robots"  # the kind of a visit that fetches a robots.txt; such visits are in no table
LONGEST_WAIT = 120.0  # a host that asks for more than this is left for the next run


class Outlet(NamedTuple):
    """A site of this run: its name in the archive, its rules, and when its run began."""

    name: str
    rules: Site
    begun: float


class Wait(NamedTuple):
    """Nothing may be fetched for so many seconds."""

    seconds: float


class Plan:
    """The next visits of a run, one at a time."""

    def __init__(
        self, sites: Sequence[Site], options: CrawlOptions, report: CrawlReport,
        frontier: Frontier, rounds: Rounds, hosts: Hosts, traps: Traps,
    ) -> None:  # fmt: skip
        self._options, self._report = options, report
        self._frontier, self._rounds = frontier, rounds
        self._hosts, self._traps = hosts, traps
        self.pace = Pace(options.per_host)
        self.outlets = {}
        for site in sites:
            name = site.name
            begun = rounds.begin(
                name, site.urls, refetch=options.refetch, due_only=options.due_only
            )
            self.outlets[name] = Outlet(name, site, begun)
        self._pages = dict.fromkeys(self.outlets, 0)
        self._taken: set[str] = set()

    def next(self) -> Visit | Wait | None:
        """The next visit, or how long to wait for one, or None when the run is over."""
        now = time.time()
        soonest = LONGEST_WAIT
        for outlet in self.outlets.values():
            for host in self._frontier.hosts(outlet.name):
                free = self.pace.free_at(host, now)
                if free is None or free > now:
                    soonest = min(soonest, (free or now + LONGEST_WAIT) - now)
                elif visit := self._visit(outlet, host, now):
                    self.began(visit)
                    return visit
            due = self._frontier.next_due(outlet.name, now)
            soonest = min(soonest, (due or now + LONGEST_WAIT) - now)
        if self.pace.idle and soonest >= LONGEST_WAIT:
            return None
        return Wait(max(soonest, 0.01))

    def began(self, visit: Visit) -> None:
        """A visit is under way: nobody else gets it, and its host is busy."""
        self._taken.add(visit.key)
        self.pace.began(visit.host)
        self._pages[visit.site] += visit.kind not in (*LISTINGS, ROBOTS)

    def ended(self, visit: Visit) -> None:
        """The outcome of a visit is in the archive."""
        rules = self._hosts.robots(visit.host)
        self._taken.discard(visit.key)
        delay = max(rules.delay if rules else 0.0, self.outlets[visit.site].rules.delay)
        self.pace.ended(visit.host, time.time(), delay)

    def waiting(self) -> int:
        """How many addresses are left."""
        return sum(self._frontier.waiting(name) for name in self.outlets)

    def close(self) -> None:
        """The run ends in order."""
        for name in self.outlets:
            self._rounds.end(name)

    def _visit(self, outlet: Outlet, host: str, now: float) -> Visit | None:
        if self._hosts.robots(host) is None and not self._is_forbidden(host):
            return _robots_visit(outlet.name, host)
        while visit := self._frontier.next(
            outlet.name, host, now, taken=self._taken, max_depth=outlet.rules.max_depth
        ):
            if visit.kind not in LISTINGS and self._is_full(outlet):
                return None
            rules = self._hosts.robots(host)
            failure = rules.failure if rules else ""
            reason = failure or self._refusal(outlet, visit)
            if not reason:
                return visit
            state = "failed" if failure else "refused"
            self._frontier.finish(visit, state, reason=reason)
            getattr(self._report, state)[reason] += 1
            if visit.depth == 0:
                self._report.unreachable.setdefault(visit.url, reason)
        return None

    def _is_forbidden(self, host: str) -> bool:
        parts = split_web(host)
        return parts is None or (
            not self._options.allow_private and is_private(parts.hostname or "")
        )

    def _is_full(self, outlet: Outlet) -> bool:
        limits = ((self._pages[outlet.name], outlet.rules.max_pages),
                  (sum(self._pages.values()), self._options.max_pages))  # fmt: skip
        return any(limit and count >= limit for count, limit in limits)

    def _refusal(self, outlet: Outlet, visit: Visit) -> str:
        """Why an address is not fetched at all; empty when it is."""
        if self._is_forbidden(visit.host):
            return "private-address"
        rules = self._hosts.robots(visit.host)
        if rules is None or not rules.allows(visit.url):
            return "robots"
        if visit.rank == 0:
            return ""
        if not _is_wanted(outlet.rules, visit.url):
            return "excluded"
        if not is_page(visit.url):
            return "not-a-page"
        return "trap" if self._traps.holds(visit.site, visit.url) else ""


def _is_wanted(rules: Site, url: str) -> bool:
    included = not rules.include or any(re.search(p, url) for p in rules.include)
    return included and not any(re.search(p, url) for p in rules.exclude)


def _robots_visit(site: str, host: str) -> Visit:
    url = f"{host}/robots.txt"
    return Visit(url, url, site, host, 0, 0, ROBOTS, "", 0, 0, 0, "", "", b"", 0)
