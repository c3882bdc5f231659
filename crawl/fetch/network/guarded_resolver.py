"""GuardedResolver: resolves names, and refuses those that lead out of the public Internet.

It is asked for every connection, also for numbers, so a name that changes its address between two
requests, or a number written as `2130706433`, is caught as well. Both IPv4 and IPv6 are resolved;
Twisted tries the addresses that are left in turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from scrapy.resolver import CachingHostnameResolver

from crawl.frontier.address_guard import is_private


class GuardedResolver(CachingHostnameResolver):
    """Scrapy's resolver behind the address guard."""

    refused: ClassVar[set[str]] = set()  # names all of whose addresses were private

    def resolveHostName(
        self, resolutionReceiver: Any, hostName: str, portNumber: int = 0,
        addressTypes: Sequence[Any] | None = None, transportSemantics: str = "TCP",
    ) -> Any:  # fmt: skip
        """Pass the public addresses of a name on to the receiver."""
        receiver: Any = _PublicOnly(resolutionReceiver, hostName, self.refused)
        return super().resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )


class _PublicOnly:
    """A resolution receiver that drops private addresses on the way to another."""

    def __init__(self, receiver: Any, name: str, refused: set[str]) -> None:
        self._receiver, self._name, self._refused = receiver, name, refused
        self._passed = self._dropped = 0

    def resolutionBegan(self, resolution: Any) -> None:
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:
        if is_private(address.host):
            self._dropped += 1
        else:
            self._passed += 1
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:
        if self._dropped and not self._passed:
            self._refused.add(self._name)
        self._receiver.resolutionComplete()
