"""Pages that show nothing without scripts, as a browser on this machine renders them (`--render`).

The system's Chromium loads the address anew, runs its scripts for a bounded time and prints the
tree. It keeps nothing between pages, loads no pictures, and reaches the network through
`guarded_proxy` alone. The first fetch was ours: robots.txt and delays were kept.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress

from crawl.article import Rejected
from crawl.errors import CrawlError
from crawl.fetch.network.guarded_proxy import GuardedProxy
from crawl.fetch.network.upstream_proxy import UpstreamProxy
from crawl.fetch.page_reading import PageReading, PageTask, ReadPage
from crawl.options import CrawlOptions

BINARIES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SCRIPT_TIME = 8000  # milliseconds that the page's own clock may run on
PATIENCE = 45.0  # seconds after which the browser is ended
_UNREADABLE = ("empty", "too-short")  # what a page is refused as that has no text yet
_FLAGS = (
    *("--headless", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic"),
    *("--disable-extensions", "--disable-sync", "--disable-component-update"),
    *("--disable-background-networking", "--no-first-run", "--no-default-browser-check"),
    *("--blink-settings=imagesEnabled=false", "--mute-audio", "--proxy-bypass-list=<-loopback>"),
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    f"--virtual-time-budget={SCRIPT_TIME}",
)


def find_browser() -> str:
    """The path of a Chromium; CrawlError where the system has none."""
    found = next(filter(None, map(shutil.which, BINARIES)), None)
    if found is None:
        raise CrawlError("--render needs a browser: install Chromium (apt-get install chromium)")
    return found


class RenderingReader:
    """Reads pages, and those that show nothing again from what a browser makes of them."""

    def __init__(self, read: ReadPage, options: CrawlOptions) -> None:
        self._read, self._options = read, options
        self._browser = find_browser()

    def read(self, task: PageTask) -> PageReading:
        """What a page holds, with scripts where it holds next to nothing without."""
        reading = self._read(task)
        if not _may_be_empty(reading):
            return reading
        body = render(task.url, self._browser, self._options)
        if not body:
            return reading
        told = "text/html; charset=utf-8"
        rendered = self._read(task._replace(body=body, content_type=told))
        return reading if rendered.links is None else rendered


def _may_be_empty(reading: PageReading) -> bool:
    if reading.links is None:
        return False
    is_refused = isinstance(reading.found, Rejected) and reading.found.reason in _UNREADABLE
    return is_refused or not reading.links.links


def render(url: str, browser: str, options: CrawlOptions) -> bytes:
    """A page's tree as HTML after its scripts ran; empty where the browser gave none in time."""
    with (
        GuardedProxy(
            allow_private=options.allow_private, upstream=UpstreamProxy.of(options.proxy)
        ) as proxy,
        tempfile.TemporaryDirectory(prefix="bahith-render-", ignore_cleanup_errors=True) as folder,
    ):
        command = [browser, *_FLAGS, f"--user-data-dir={folder}"]
        command += [f"--proxy-server={proxy.url}"]
        command += [f"--user-agent={options.user_agent}", "--lang=ar"]
        command += ["--no-sandbox"] if os.getuid() == 0 else []  # Chromium has none for root
        process = subprocess.Popen(
            [*command, "--dump-dom", url],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            printed, _ = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            printed = b""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return printed[: options.largest_body]
