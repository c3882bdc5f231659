"""BoundedDownloadHandler: Scrapy's HTTP/1.1 with certificates verified and headers bounded.

Scrapy verifies no certificate unless told, and then for all sites or none; Twisted reads response
headers for ever. Both are private to the handler that Scrapy makes, so ours replaces it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from twisted.python.failure import Failure
from twisted.web.client import BrowserLikePolicyForHTTPS

LARGEST_HEAD = 256 * 1024  # bytes of status and headers; browsers stop at as many
IS_INSECURE = "BAHITH_IS_INSECURE"  # the setting: a function of host and port

IsInsecure = Callable[[str, int], bool]


class HeadTooLarge(Exception):
    """A server that does not come to the end of its headers."""


class BoundedDownloadHandler(HTTP11DownloadHandler):
    """Fetches over HTTP and HTTPS for one crawl."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        tls: Any = SiteTls(crawler.settings[IS_INSECURE])
        self._contextFactory = tls
        self._pool._factory = _bounded(self._pool._factory)


class SiteTls(BrowserLikePolicyForHTTPS):
    """Verifies the certificates of all hosts but those of sites that are marked `insecure`."""

    def __init__(self, is_insecure: IsInsecure) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._is_insecure = is_insecure
        self._unverified = _ScrapyClientContextFactory()

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:
        """What makes TLS connections to a host."""
        if self._is_insecure(hostname.decode("ascii"), port):
            return self._unverified.creatorForNetloc(hostname, port)
        return super().creatorForNetloc(hostname, port)


def _bounded(factory: Any) -> Any:
    class Bounded(factory):  # type: ignore[misc]
        """A factory whose connections give up on endless headers."""

        def buildProtocol(self, addr: Any) -> Any:
            protocol = super().buildProtocol(addr)
            protocol.dataReceived = _counted(protocol, protocol.dataReceived)
            return protocol

    return Bounded


def _counted(protocol: Any, receive: Callable[[bytes], None]) -> Callable[[bytes], None]:
    size = 0

    def data_received(data: bytes) -> None:
        nonlocal size
        receive(data)
        in_head = getattr(protocol._parser, "state", "") in ("STATUS", "HEADER")
        size = size + len(data) if in_head else 0
        if size > LARGEST_HEAD:
            size = 0
            failure: Any = Failure
            protocol._giveUp(failure(HeadTooLarge()))

    return data_received
