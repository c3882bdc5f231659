"""The Scrapy side of a crawl: it fetches what the plan says and hands the answers to `Visits`.

Scrapy keeps the delays and AutoThrottle, the connections, cookies, time-outs and size limits. Its
scheduler, redirects, retries and robots.txt middleware are off: the frontier does their work, so
that it survives a kill and every hop passes the same gate.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any, ClassVar

from scrapy import Request, Spider, signals
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import StopDownload
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from scrapy.settings import default_settings
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawl.errors import CrawlError
from crawl.fetch.response_handler import Answer, Visits
from crawl.frontier.queue import Visit
from crawl.frontier.scheduler import Plan, Wait
from crawl.frontier.url_filter import is_private, may_be_text
from crawl.options import CrawlOptions
from crawl.urls import split_web

ACCEPTED = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"
LANGUAGES = "ar,*;q=0.3"
# Off by name, not by their settings: those would still load them, and aiohttp with them, which is
# half of the time a crawl takes to start.
_UNUSED = [
    f"scrapy.extensions.{name}"
    for name in (
        "closespider.CloseSpider",
        "feedexport.FeedExporter",
        "logstats.LogStats",
        "memdebug.MemoryDebugger",
        "memusage.MemoryUsage",
        "remote_control.RemoteControl",
        "spiderstate.SpiderState",
        "telnet.TelnetConsole",
    )
]
_UNWANTED_SCHEMES = ("data", "file", "ftp", "s3")
# What Scrapy and Twisted call their failures → what a report calls them.
_FAILURES = {
    "CannotResolveHostError": "unknown-host",
    "DNSLookupError": "unknown-host",
    "DownloadConnectionRefusedError": "connection-refused",
    "ConnectionRefusedError": "connection-refused",
    "DownloadTimeoutError": "timeout",
    "TimeoutError": "timeout",
    "TCPTimedOutError": "timeout",
    "ResponseDataLossError": "truncated",
    "DownloadCancelledError": "too-large",
    "CancelledError": "too-large",
}


class Fetcher(Spider):
    """Yields the plan's visits as requests, one by one, and takes their answers."""

    name = "bahith"

    def __init__(
        self, plan: Plan, visits: Visits, progress: Callable[[], None],
        listen: Callable[[Callable[[], object]], None],
    ) -> None:  # fmt: skip
        super().__init__()
        self.plan, self.visits, self.progress, self.listen = plan, visits, progress, listen
        self.fatal: CrawlError | None = None
        self.stopping = False
        self._news = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> Fetcher:
        """Made by Scrapy; hears of each answer's headers before its body is read."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(_stop_what_is_no_text, signal=signals.headers_received)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """The requests of the run, each chosen when a host is free for it."""
        loop = asyncio.get_running_loop()
        self.listen(partial(loop.call_soon_threadsafe, self.stop))
        while not self.stopping:
            try:
                step = self.plan.next()
            except CrawlError as error:
                self.stop(error)
                return
            match step:
                case None:
                    return
                case Wait(seconds=seconds):
                    await self._wait(seconds)
                case visit:
                    yield self._request(visit)

    def stop(self, error: CrawlError | None = None) -> None:
        """Ask nothing more; what is under way is still taken."""
        self.fatal = self.fatal or error
        self.stopping = True
        self._news.set()

    def answered(self, response: Response) -> Request | None:
        """An answer came, whatever its status."""
        values = {k.decode("latin-1").lower(): v for k, v in response.headers.items()}
        headers = {k: b", ".join(v).decode("latin-1") for k, v in values.items() if v}
        meta = response.meta
        answer = Answer(response.status, headers, response.body, meta.get("download_latency", 0.0))
        return self._take(meta["visit"], answer)

    def failed(self, failure: Any) -> Request | None:
        """No answer came."""
        request = failure.request
        reason = _FAILURES.get(type(failure.value).__name__, "connection")
        parts = split_web(request.url)
        if parts and parts.hostname in GuardedResolver.refused:
            reason = "private-address"
        return self._take(request.meta["visit"], Answer(0, {}, b"", 0.0, reason))

    def _take(self, visit: Visit, answer: Answer) -> Request | None:
        try:
            again = self.visits.take(visit, answer)
        except CrawlError as error:
            self.stop(error)
            return None
        except Exception:  # one page's fault is not the crawl's: its transaction was undone
            self.logger.exception("cannot take in %s", visit.url)
            self.visits.give_up(visit)
            again = None
        if again is not None:
            return self._request(again)
        self.plan.ended(visit)
        self.progress()
        self._news.set()
        return None

    async def _wait(self, seconds: float) -> None:
        self._news.clear()
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
        except TimeoutError:
            return

    def _request(self, visit: Visit) -> Request:
        return Request(
            visit.url,
            headers=self.visits.headers(visit),
            callback=self.answered,
            errback=self.failed,
            dont_filter=True,
            meta={"visit": visit},
        )


class GuardedResolver(CachingThreadedResolver):
    """Resolves names, and refuses those that lead into this machine or its own network.

    It is asked for every connection, so a name that changes its address between two requests, or a
    number written as `2130706433`, is caught as well.
    """

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


def run(fetcher: dict[str, Any], options: CrawlOptions) -> Fetcher:
    """Crawl to the end in this process, which can do so only once; the spider as it ended."""
    process = CrawlerProcess(settings(options))
    crawler = process.create_crawler(Fetcher)
    process.crawl(crawler, **fetcher)
    process.start()
    assert isinstance(crawler.spider, Fetcher)
    return crawler.spider


def settings(options: CrawlOptions) -> dict[str, Any]:
    """Scrapy's settings for a crawl."""
    # Scrapy 2.19 renamed the setting.
    newer = hasattr(default_settings, "TWISTED_DNS_RESOLVER")
    resolver = "TWISTED_DNS_RESOLVER" if newer else "DNS_RESOLVER"
    guarded = {} if options.allow_private else {resolver: GuardedResolver}
    return guarded | {
        "USER_AGENT": options.user_agent,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": ACCEPTED,
            "Accept-Language": LANGUAGES,
            "Accept-Encoding": "gzip, deflate",
        },
        "DOWNLOAD_DELAY": options.delay,
        "AUTOTHROTTLE_ENABLED": options.delay > 0,
        "AUTOTHROTTLE_START_DELAY": options.delay,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(options.per_host),
        "CONCURRENT_REQUESTS_PER_DOMAIN": options.per_host,
        "CONCURRENT_REQUESTS": 32,
        "DOWNLOAD_TIMEOUT": options.timeout,
        "DNS_TIMEOUT": options.timeout,
        "DOWNLOAD_MAXSIZE": options.largest_body,
        "DOWNLOAD_WARNSIZE": 0,
        # The frontier's own work, and `guard.unpack`'s.
        "ROBOTSTXT_OBEY": False,
        "REDIRECT_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "RETRY_ENABLED": False,
        "COMPRESSION_ENABLED": False,
        "HTTPERROR_ALLOW_ALL": True,
        "REFERER_ENABLED": False,
        # A proxy would resolve names where the guard cannot see it.
        "HTTPPROXY_ENABLED": False,
        "EXTENSIONS": dict.fromkeys(_UNUSED),
        "DOWNLOAD_HANDLERS": dict.fromkeys(_UNWANTED_SCHEMES),
        "LOG_LEVEL": "ERROR",
    }


def _stop_what_is_no_text(headers: Any, **_: Any) -> None:
    """Read no picture, film or archive that came under a page's address."""
    if not may_be_text((headers.get("Content-Type") or b"").decode("latin-1")):
        raise StopDownload(fail=False)
