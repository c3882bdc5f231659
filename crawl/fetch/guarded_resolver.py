"""GuardedResolver: resolves names, and refuses those that lead into this machine or its network.

It is asked for every connection, so a name that changes its address between two requests, or a
number written as `2130706433`, is caught as well.
"""

from __future__ import annotations

from typing import Any, ClassVar

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawl.frontier.address_guard import is_private


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver behind the address guard."""

    refused: ClassVar[set[str]] = set()

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:
        """The address of a name."""
        found = super().getHostByName(name, timeout)
        return found.addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if is_private(address):
            self.refused.add(name)
            raise DNSLookupError(f"{name} leads to the private address {address}")
        return address
