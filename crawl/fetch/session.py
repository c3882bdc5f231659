"""CrawlSession: the parts of one crawl, put together once for all that need them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from crawl.archive.archive import Archive
from crawl.frontier.host_state import HostState
from crawl.frontier.queue import Clock, Frontier
from crawl.frontier.revisit import RevisitPolicy
from crawl.frontier.scheduler import Scheduler
from crawl.frontier.spider_traps import SpiderTraps
from crawl.options import CrawlOptions, Site
from crawl.report import CrawlReport
from crawl.urls import site_of


@dataclass(frozen=True, slots=True)
class CrawlSession:
    """An archive, what the crawl was told, what it has counted, and the frontier's parts."""

    archive: Archive
    options: CrawlOptions
    report: CrawlReport
    frontier: Frontier
    hosts: HostState
    traps: SpiderTraps
    scheduler: Scheduler
    clock: Clock

    def is_insecure(self, host: str, port: int) -> bool:
        """Whether the certificates of a host are not verified: its site was marked `insecure`."""
        name = site_of(f"https://[{host}]:{port}/" if ":" in host else f"https://{host}:{port}/")
        runs = self.scheduler.runs.values()
        return any(run.rules.insecure and name in self.frontier.hosts_of(run.name) for run in runs)

    @classmethod
    def of(
        cls,
        archive: Archive,
        sites: Sequence[Site],
        options: CrawlOptions,
        clock: Clock = time.time,
    ) -> CrawlSession:
        """The parts of a crawl of some sites into an archive; nothing is written yet."""
        database, report = archive.database, CrawlReport()
        frontier, hosts = Frontier(database, clock), HostState(database, clock)
        traps, revisits = SpiderTraps(database), RevisitPolicy(database, frontier, clock)
        scheduler = Scheduler(
            sites,
            options,
            report,
            frontier=frontier,
            revisits=revisits,
            hosts=hosts,
            traps=traps,
            clock=clock,
        )
        return cls(archive, options, report, frontier, hosts, traps, scheduler, clock)
