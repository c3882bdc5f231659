"""Politeness: when a host may be asked again.

Scrapy's slots keep the delay between requests and AutoThrottle lengthens it with the host's answer
times. What they do not know is kept here: how many requests of a host are under way until their
outcome is in the archive, its Crawl-delay, and how long it asked us to stay away.

>>> politeness = Politeness(per_host=1)
>>> politeness.started("h"); politeness.free_at("h", 0.0) is None
True
>>> politeness.ended("h", 10.0, delay=2.0); politeness.free_at("h", 10.0)
12.0
"""

from __future__ import annotations

from collections import Counter


class Politeness:
    """The hosts of a run and the next moment each may be asked."""

    def __init__(self, per_host: int) -> None:
        self._per_host = per_host
        self._under_way: Counter[str] = Counter()
        self._not_before: dict[str, float] = {}

    def free_at(self, host: str, now: float) -> float | None:
        """When a host may be asked: `now`, a later moment, or None until an answer is in."""
        if self._under_way[host] >= self._per_host:
            return None
        return max(now, self._not_before.get(host, 0.0))

    def started(self, host: str) -> None:
        """A request is on its way."""
        self._under_way[host] += 1

    def ended(self, host: str, now: float, delay: float = 0.0) -> None:
        """The outcome of a request is in the archive; `delay` is the host's Crawl-delay."""
        self._under_way[host] -= 1
        self.hold(host, now + delay)

    def hold(self, host: str, until: float) -> None:
        """Stay away from a host until a moment."""
        self._not_before[host] = max(until, self._not_before.get(host, 0.0))

    @property
    def idle(self) -> bool:
        """Whether no request is under way."""
        return not any(self._under_way.values())
