"""The Scrapy side of a crawl: it fetches what the scheduler says and hands on the answers.

Scrapy keeps the delays and AutoThrottle, the connections, cookies, time-outs and size limits. Its
scheduler, redirects, retries and robots.txt middleware are off: the frontier does their work, so
that it survives a kill and every hop passes the same gate.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import StopDownload
from scrapy.http import Response

from crawl.errors import CrawlError
from crawl.fetch.document import may_be_text
from crawl.fetch.fetch_result import FetchResult, spelled
from crawl.fetch.network.guarded_proxy import GuardedProxy
from crawl.fetch.network.guarded_resolver import GuardedResolver
from crawl.fetch.network.scrapy_settings import settings
from crawl.fetch.network.upstream_proxy import UpstreamProxy
from crawl.fetch.page_reading import ReadPage
from crawl.fetch.response_handler import ResponseHandler
from crawl.fetch.session import CrawlSession
from crawl.frontier.scheduler import Wait
from crawl.frontier.visit import Visit
from crawl.options import CrawlOptions
from crawl.urls import lookup_name, split_web

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
    "HeadTooLarge": "too-large",
    "VerificationError": "bad-certificate",
    "CertificateError": "bad-certificate",
}

PRIVATE = FetchResult(0, {}, b"", 0.0, "private-address")


class Fetcher(Spider):
    """Hands the scheduler's visits on as requests, one by one, and takes their answers."""

    name = "bahith"

    def __init__(
        self, session: CrawlSession, read_page: ReadPage, progress: Callable[[], None],
        watch: Callable[[Callable[[], object]], None], proxy: GuardedProxy | None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._route = {"proxy": proxy.url} if proxy else {}
        self._refused = proxy.refused if proxy else GuardedResolver.refused
        self._scheduler = session.scheduler
        self._handler = ResponseHandler(session, self._log_fault, read_page)
        self._progress, self._watch = progress, watch
        self.fatal: CrawlError | None = None
        self.stopping = False
        self._changed = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> Fetcher:
        """Made by Scrapy; hears of each answer's headers before its body is read."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(_stop_what_is_no_text, signal=signals.headers_received)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """The requests of the run, each chosen when a host is free for it."""
        loop = asyncio.get_running_loop()
        self._watch(partial(loop.call_soon_threadsafe, self.stop))
        while not self.stopping:
            try:
                step = self._next()
            except CrawlError as error:
                self.stop(error)
                return
            match step:
                case None:
                    return
                case Wait(seconds=seconds):
                    await self._wait(seconds)
                case request:
                    yield request

    def stop(self, error: CrawlError | None = None) -> None:
        """Ask nothing more; what is under way is still taken."""
        self.fatal = self.fatal or error
        self.stopping = True
        self._changed.set()

    def answered(self, response: Response) -> Request | None:
        """An answer came, whatever its status."""
        if response.status == 403 and self._is_refused(response.url):  # our own proxy's
            return self._take(response.meta["visit"], PRIVATE)
        values = {k.decode("latin-1").lower(): v for k, v in response.headers.items()}
        headers = {k: _joint(k).join(v).decode("latin-1") for k, v in values.items() if v}
        headers |= {k: spelled(v[-1]) for k, v in values.items() if k == "location" and v}
        seconds = response.meta.get("download_latency", 0.0)
        result = FetchResult(response.status, headers, response.body, seconds)
        return self._take(response.meta["visit"], result)

    def failed(self, failure: Any) -> Request | None:
        """No answer came."""
        request = failure.request
        if self._is_refused(request.url):
            return self._take(request.meta["visit"], PRIVATE)
        reason = _reason_of(failure.value)
        return self._take(request.meta["visit"], FetchResult(0, {}, b"", 0.0, reason))

    def _is_refused(self, url: str) -> bool:
        parts = split_web(url)
        return bool(parts and lookup_name(parts).strip("[]") in self._refused)

    def _next(self) -> Request | Wait | None:
        """The next request, or how long to wait for one, or None when the run is over."""
        while isinstance(step := self._scheduler.next(), Visit):
            if request := self._request(step):
                return request
        return step

    def _take(self, visit: Visit, result: FetchResult) -> Request | None:
        try:
            again = self._handler.take(visit, result)
            if again is not None and (request := self._request(again)):
                return request
            self._end(visit)
        except CrawlError as error:
            self.stop(error)
        return None

    def _request(self, visit: Visit) -> Request | None:
        """The request of a visit; None, and the visit given up, when it cannot be made."""
        try:
            return Request(
                visit.url,
                headers={k: v.encode("latin-1") for k, v in self._handler.headers(visit).items()},
                callback=self.answered,
                errback=self.failed,
                dont_filter=True,
                meta={"visit": visit, **self._route},
            )
        except CrawlError:
            raise
        except Exception:  # what Scrapy makes of a stranger's address or header
            self._log_fault("cannot ask for", visit)
            self._scheduler.give_up(visit)
            self._end(visit)
            return None

    def _end(self, visit: Visit) -> None:
        self._scheduler.ended(visit)
        self._progress()
        self._changed.set()

    async def _wait(self, seconds: float) -> None:
        self._changed.clear()
        try:
            await asyncio.wait_for(self._changed.wait(), seconds)
        except TimeoutError:
            return

    def _log_fault(self, message: str, visit: Visit) -> None:
        self.logger.exception("%s %s", message, visit.url)


def run(
    session: CrawlSession, read_page: ReadPage, progress: Callable[[], None],
    watch: Callable[[Callable[[], object]], None],
) -> Fetcher:  # fmt: skip
    """Crawl to the end in this process, which can do so only once; the spider as it ended.

    `progress` is called after each outcome; `watch` is given what stops the crawl in order.
    """
    # A plain function: Scrapy copies its settings deep, and would copy the session of a method.
    chosen = settings(session.options, lambda host, port: session.is_insecure(host, port))
    process = CrawlerProcess(chosen)
    crawler = process.create_crawler(Fetcher)
    with _proxy(session.options) as proxy:
        parts = {"session": session, "read_page": read_page, "progress": progress, "watch": watch}
        process.crawl(crawler, **parts, proxy=proxy)
        process.start()
    assert isinstance(crawler.spider, Fetcher)
    return crawler.spider


def _proxy(options: CrawlOptions) -> AbstractContextManager[GuardedProxy | None]:
    """Our own proxy, through which the one that the user named is reached; None where none is."""
    upstream = UpstreamProxy.of(options.proxy)
    if upstream is None:
        return nullcontext()
    return GuardedProxy(
        allow_private=options.allow_private,
        upstream=upstream,
        patience=options.timeout,
        most_bytes=math.inf,  # connections are kept; each answer has its bound
    )


def _reason_of(error: BaseException | None) -> str:
    """What a report calls a failure; Twisted and Scrapy wrap one in another."""
    while error is not None:
        inner = [failure.value for failure in getattr(error, "reasons", ())]
        for one in (error, *inner):
            if "certificate verify failed" in str(one):
                return "bad-certificate"
            if reason := _FAILURES.get(type(one).__name__):
                return reason
        error = error.__cause__
    return "connection"


def _stop_what_is_no_text(headers: Any, **_: Any) -> None:
    """Read no picture, film or archive that came under a page's address."""
    if not may_be_text((headers.get("Content-Type") or b"").decode("latin-1")):
        raise StopDownload(fail=False)


def _joint(name: str) -> bytes:
    """What joins several headers of a name: a robot named in one X-Robots-Tag is not the next's."""
    return b"\n" if name == "x-robots-tag" else b", "
