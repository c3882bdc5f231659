"""CrawlOptions and Site: what a crawl is told."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from crawl.errors import CrawlError
from crawl.urls import is_web, site_of

DELAY = 1.0  # seconds between two pages of a host; AutoThrottle lengthens it for slow ones


@dataclass(frozen=True, slots=True)
class Site:
    """One outlet: where to start, and what of it to fetch.

    `include` and `exclude` are regular expressions searched for in a page's address. `max_pages`
    counts the pages of one run, `max_depth` the clicks from a start; 0 sets no limit. `delay` is
    kept between two pages of this site where it is longer than the crawl's own.
    """

    urls: tuple[str, ...]
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_pages: int = 0
    max_depth: int = 0
    delay: float = 0.0

    def __post_init__(self) -> None:
        for pattern in (*self.include, *self.exclude):
            try:
                re.compile(pattern)
            except re.error as error:
                raise CrawlError(f"the pattern {pattern} is broken: {error}") from error
        if not self.urls or isinstance(self.urls, str):
            raise CrawlError('a site needs urls = ["https://…"]')
        for url in self.urls:
            if not is_web(url):
                raise CrawlError(f"{url} is no http or https address; type https://…")

    @property
    def name(self) -> str:
        """What the archive calls the site: the host of its first address, without `www.`."""
        return site_of(self.urls[0])


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """How a crawl behaves towards all hosts. Sizes are bytes, times seconds.

    `per_host` requests run at once towards one host. `allow_private` lets the crawl reach loopback
    and private networks. `refetch` fetches again what is known. `due_only` visits only the known
    pages whose time has come (`--every`). After a failure it waits `patience` seconds, then twice
    as long each time.
    """

    delay: float = DELAY
    per_host: int = 1
    max_pages: int = 0
    allow_private: bool = False
    refetch: bool = False
    due_only: bool = False
    timeout: float = 30.0
    patience: float = 2.0
    largest_body: int = 10 * 1024 * 1024
    contact: str = ""

    @property
    def user_agent(self) -> str:
        """How we introduce ourselves: name, version, and whom to write to."""
        try:
            number = version("bahith")
        except PackageNotFoundError:
            number = "0"
        return f"bahith/{number} (Arabic news search; {self.contact or 'no contact given'})"


def read_sites(path: str | Path) -> list[Site]:
    """The outlets of a TOML file: a `[[site]]` table each, with `urls` and any rule of `Site`.

    CrawlError names the table and what is wrong with it.
    """
    try:
        tables = tomllib.loads(Path(path).read_text(encoding="utf-8")).get("site", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CrawlError(f"cannot read the sites file {path}: {error}") from error
    if not isinstance(tables, list) or not tables:
        raise CrawlError(f'{path} names no site; write a [[site]] table with urls = ["https://…"]')
    return [_site(table, f"{path}, site {number}") for number, table in enumerate(tables, 1)]


def _site(table: dict[str, Any], place: str) -> Site:
    if unknown := table.keys() - {field.name for field in fields(Site)}:
        raise CrawlError(f"{place}: unknown {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {
        name: tuple(v) if isinstance(v, list) else v for name, v in table.items()
    }
    try:
        return Site(**values)
    except (TypeError, IndexError) as error:
        raise CrawlError(f"{place}: {error}") from error
