"""Scrapy's settings for a crawl: what it keeps doing, and what the frontier does instead."""

from __future__ import annotations

from typing import Any

from scrapy.resolver import CachingHostnameResolver

from crawl.fetch.network.download_handler import IS_INSECURE, BoundedDownloadHandler, IsInsecure
from crawl.fetch.network.guarded_resolver import GuardedResolver
from crawl.options import CrawlOptions

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


def settings(options: CrawlOptions, is_insecure: IsInsecure) -> dict[str, Any]:
    """Scrapy's settings for a crawl; `is_insecure` says whose certificates are not verified."""
    return {
        # With a proxy, the one name left to resolve is that of our own on loopback.
        "TWISTED_DNS_RESOLVER": (
            CachingHostnameResolver if options.allow_private or options.proxy else GuardedResolver
        ),
        IS_INSECURE: is_insecure,
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
        "DOWNLOAD_MAXSIZE": options.largest_body,
        "DOWNLOAD_WARNSIZE": 0,
        # The frontier's own work, and `decompression.unpack`'s.
        "ROBOTSTXT_OBEY": False,
        "REDIRECT_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "RETRY_ENABLED": False,
        "COMPRESSION_ENABLED": False,
        "HTTPERROR_ALLOW_ALL": True,
        "REFERER_ENABLED": False,
        # That of an environment would resolve names where the guard cannot see it.
        "HTTPPROXY_ENABLED": False,
        "EXTENSIONS": dict.fromkeys(_UNUSED),
        "DOWNLOAD_HANDLERS": (
            dict.fromkeys(_UNWANTED_SCHEMES)
            | dict.fromkeys(("http", "https"), BoundedDownloadHandler)
        ),
        "LOG_INSTALL_ROOT_HANDLER": False,  # `configure_logs` did
    }
