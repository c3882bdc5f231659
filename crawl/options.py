"""CrawlOptions and Site: what a crawl is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from crawl.errors import CrawlError
from crawl.settings_file import (
    COUNT,
    FLAG,
    TEXT,
    TEXTS,
    Kind,
    SettingsFile,
    number,
    read_settings_file,
    unknown,
)
from crawl.urls import is_web, site_of, split_web

# Seconds between two pages of a host; AutoThrottle lengthens it for slow ones.
DELAY = 1.0

# Seconds; more is a slip of the keyboard, and looks like a crawl that hangs.
LONGEST_DELAY = 3600


def _is_proxy(value: object) -> bool:
    if value == "":
        return True
    parts = split_web(value) if isinstance(value, str) and len(value) < 1000 else None
    return bool(
        parts
        and parts.scheme == "http"
        and parts.hostname
        and parts.path in ("", "/")
        and not parts.query
    )


# What each rule of a site may be.
_KINDS = {
    "urls": TEXTS,
    "include": TEXTS,
    "exclude": TEXTS,
    "max_pages": COUNT,
    "max_depth": COUNT,
    "delay": number(LONGEST_DELAY),
    "insecure": FLAG,
    "title": TEXT,
    "title_en": TEXT,
    "country": TEXT,
    "group": TEXT,
    "sources": TEXTS,
}
# What the options of a crawl may be, whoever gives them.
_OPTIONS = {
    "delay": number(LONGEST_DELAY),
    "per_host": Kind(
        "a whole number from 1 to 100", lambda value: type(value) is int and 0 < value <= 100
    ),
    "max_pages": COUNT,
    "timeout": number(LONGEST_DELAY),
    "patience": number(LONGEST_DELAY),
    "contact": TEXT,
    "proxy": Kind("the address of an HTTP proxy, http://host:port", _is_proxy),
}


@dataclass(frozen=True, slots=True)
class Site:
    """One outlet: where to start, and what of it to fetch.

    `include` and `exclude` are regular expressions searched for in a page's address. `max_pages`
    counts the pages of one run, `max_depth` the clicks from a start; 0 sets no limit. `delay` is
    kept between two pages of this site where it is longer than the crawl's own. `insecure` takes
    pages over HTTPS whoever answers, for a site whose certificate is known to be broken. `title`,
    `title_en`, `country` and `group` tell people of the outlet; `sources` are the names that its
    articles carry, besides its host's.
    """

    urls: tuple[str, ...]
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_pages: int = 0
    max_depth: int = 0
    delay: float = 0.0
    insecure: bool = False
    title: str = ""
    title_en: str = ""
    country: str = ""
    group: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, kind in _KINDS.items():
            if not kind.takes(value := getattr(self, name)):
                raise CrawlError(f"{name} is {kind.said}, not {value!r}")
        for pattern in (*self.include, *self.exclude):
            try:
                re.compile(pattern)
            except re.error as error:
                raise CrawlError(f"the pattern {pattern} is broken: {error}") from error
        if not self.urls:
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
    as long each time. `warc` is a folder for WARC files of what is fetched; '' writes none.
    `render` shows pages that are empty without scripts to a browser, if the system has one.
    Pages in other `languages` (BCP 47 codes) are refused. `proxy` is the address of an HTTP proxy
    through which everything is fetched; '' uses none, whatever the environment says.
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
    warc: str = ""
    render: bool = False
    languages: tuple[str, ...] = ("ar",)
    proxy: str = ""

    def __post_init__(self) -> None:
        for name, kind in _OPTIONS.items():
            if not kind.takes(value := getattr(self, name)):
                raise CrawlError(f"{name} is {kind.said}, not {value!r}")

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
    file = read_settings_file(path, "sites")
    for name in file.tables.keys() - {"site"}:
        raise file.wrong(unknown(f"{name} is no table here", name, ["site"]), name)
    tables = file.tables.get("site", [])
    if not isinstance(tables, list) or not tables:
        raise CrawlError(f'{path} names no site; write a [[site]] table with urls = ["https://…"]')
    return [_site(file, number, table) for number, table in enumerate(tables, 1)]


def _site(file: SettingsFile, number: int, table: object) -> Site:
    values = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in file.checked(table, _KINDS, "site", number).items()
    }
    try:
        return Site(**({"urls": ()} | values))
    except CrawlError as error:
        raise file.wrong(f"site {number}: {error}", "site", number) from None
