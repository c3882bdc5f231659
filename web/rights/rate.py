"""Rate: how often one reader may ask; nothing is limited unless the installation says so."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter


class Rate:
    """So many requests in a time, such as `60/minute`, of each reader to this process.

    Raises `ValueError` for what names no such thing.
    """

    def __init__(self, setting: str) -> None:
        self._most: RateLimitItem = parse(setting)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def wait(self, who: str) -> int:
        """Count a request; the seconds until the next one is answered, 0 if this one is."""
        if self._limiter.hit(self._most, who):
            return 0
        window = self._limiter.get_window_stats(self._most, who)
        return max(1, math.ceil(window.reset_time - time.time()))
