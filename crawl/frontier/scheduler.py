"""Scheduler: the next visit of a run, past robots.txt, the site's rules and the spider traps.

Every fetch of a crawl is chosen here, redirects, feeds and sitemaps included, so that nothing is
asked of a host that it forbids or that the user did not want.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import NamedTuple

from crawl.archive.schema import PageKind, PageState
from crawl.errors import CrawlError
from crawl.frontier.address_guard import is_private
from crawl.frontier.host_state import HostState
from crawl.frontier.politeness import Politeness
from crawl.frontier.queue import FIRST, Clock, Frontier
from crawl.frontier.revisit import RevisitPolicy
from crawl.frontier.spider_traps import SpiderTraps
from crawl.frontier.url_filter import is_page
from crawl.frontier.visit import LISTINGS, Visit, VisitOutcome, robots_visit
from crawl.options import CrawlOptions, Site
from crawl.report import CrawlReport
from crawl.urls import origin_of, split_web

# A host that asks for more than this is left for the next run.
LONGEST_WAIT = 120.0
INTERNAL_ERROR = "internal-error"  # the reason of a visit that ended in a fault of our own


class SiteRun(NamedTuple):
    """A site in this run: its name in the archive, its rules, and when its run began."""

    name: str
    rules: Site
    started: float


class Wait(NamedTuple):
    """Nothing may be fetched for so many seconds."""

    seconds: float


class Scheduler:
    """Chooses the visits of a run, one at a time; `begin` comes first and `end` last."""

    def __init__(
        self, sites: Sequence[Site], options: CrawlOptions, report: CrawlReport, *,
        frontier: Frontier, revisits: RevisitPolicy, hosts: HostState, traps: SpiderTraps,
        clock: Clock = time.time,
    ) -> None:  # fmt: skip
        self._sites, self._options, self._report = sites, options, report
        self._frontier, self._revisits = frontier, revisits
        self._hosts, self._traps, self._clock = hosts, traps, clock
        self.politeness = Politeness(options.per_host)
        self.runs: dict[str, SiteRun] = {}
        self._pages = {site.name: 0 for site in sites}
        self._taken: set[str] = set()

    def begin(self) -> None:
        """Begin a run over each site, or take up those that were killed."""
        for site in self._sites:
            started = self._revisits.begin(
                site.name,
                site.urls,
                refetch=self._options.refetch,
                due_only=self._options.due_only,
            )
            self.runs[site.name] = SiteRun(site.name, site, started)
            if site.insecure:
                self._report.unverified.append(site.name)

    def end(self) -> None:
        """The run ends in order."""
        for name in self.runs:
            self._revisits.end(name)

    def next(self) -> Visit | Wait | None:
        """The next visit, or how long to wait for one, or None when the run is over."""
        now = self._clock()
        soonest = LONGEST_WAIT
        for run in self.runs.values():
            for host in self._frontier.waiting_hosts(run.name):
                free = self.politeness.free_at(host, now)
                if free is None or free > now:
                    soonest = min(soonest, (free or now + LONGEST_WAIT) - now)
                elif visit := self._choose(run, host, now):
                    self.started(visit)
                    return visit
            due = self._frontier.next_due(run.name, now)
            soonest = min(soonest, (due or now + LONGEST_WAIT) - now)
        if self.politeness.idle and soonest >= LONGEST_WAIT:
            return None
        return Wait(max(soonest, 0.01))

    def started(self, visit: Visit) -> None:
        """A visit is under way: nobody else gets it, and its host is busy."""
        self._taken.add(visit.key)
        self.politeness.started(visit.host)
        self._pages[visit.site] += visit.kind not in (*LISTINGS, PageKind.ROBOTS)

    def ended(self, visit: Visit) -> None:
        """The outcome of a visit is in the archive."""
        rules = self._hosts.robots(visit.host)
        self._taken.discard(visit.key)
        delay = max(rules.delay if rules else 0.0, self.runs[visit.site].rules.delay)
        self.politeness.ended(visit.host, self._clock(), delay)

    def give_up(self, visit: Visit) -> None:
        """Leave an address at which our own code failed for the next run, and say which it was."""
        self._report.internal_errors.append(visit.url)
        if visit.kind == PageKind.ROBOTS:
            self._report.failed[INTERNAL_ERROR] += 1
            self._hosts.keep_robots(visit.host, INTERNAL_ERROR, 0)
        else:
            self._drop(visit, PageState.FAILED, INTERNAL_ERROR)

    def waiting(self) -> int:
        """How many addresses are left."""
        return sum(self._frontier.waiting(name) for name in self.runs)

    def _choose(self, run: SiteRun, host: str, now: float) -> Visit | None:
        """The next visit of a host, after dropping what may not be fetched."""
        if self._hosts.robots(host) is None and not self._is_forbidden(host):
            return robots_visit(run.name, host)
        while visit := self._frontier.next(
            run.name, host, now, taken=self._taken, max_depth=run.rules.max_depth
        ):
            if visit.kind not in LISTINGS and self._is_full(run):
                return None
            try:
                refused = self._refusal(run, visit)
            except CrawlError:
                raise
            except Exception:  # an address that our own code cannot even judge
                self.give_up(visit)
                continue
            if refused is None:
                return visit
            self._drop(visit, *refused)
        return None

    def _drop(self, visit: Visit, state: PageState, reason: str) -> None:
        self._frontier.finish(visit, VisitOutcome(state, reason))
        is_failure = state == PageState.FAILED
        self._report.missed(visit.url, reason, is_failure=is_failure, is_start=visit.is_start)

    def _is_forbidden(self, host: str) -> bool:
        parts = split_web(host)
        return parts is None or (
            not self._options.allow_private and is_private(parts.hostname or "")
        )

    def _is_full(self, run: SiteRun) -> bool:
        limits = (
            (self._pages[run.name], run.rules.max_pages),
            (sum(self._pages.values()), self._options.max_pages),
        )
        return any(limit and count >= limit for count, limit in limits)

    def _refusal(self, run: SiteRun, visit: Visit) -> tuple[PageState, str] | None:
        """Why an address is not fetched at all; None when it is."""
        rules = self._hosts.robots(visit.host)
        if rules is not None and rules.failure:
            return PageState.FAILED, rules.failure
        reason = ""
        if self._is_forbidden(visit.host):
            reason = "private-address"
        elif origin_of(visit.url) != visit.host:
            reason = "not-a-page"
        elif rules is None or not rules.allows(visit.url):
            reason = "robots"
        elif visit.priority != FIRST:
            reason = self._unwanted(run, visit)
        return (PageState.REFUSED, reason) if reason else None

    def _unwanted(self, run: SiteRun, visit: Visit) -> str:
        """Why a page is not worth fetching; empty when it is."""
        if not _is_wanted(run.rules, visit.url):
            return "excluded"
        if not is_page(visit.url):
            return "not-a-page"
        return "trap" if self._traps.holds(visit.site, visit.url) else ""


def _is_wanted(rules: Site, url: str) -> bool:
    included = not rules.include or any(re.search(p, url) for p in rules.include)
    return included and not any(re.search(p, url) for p in rules.exclude)
