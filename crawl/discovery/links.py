"""Where a page leads: its links, its feeds, and what it asks of crawlers.

Read from the same tree as the article (`crawl.extract.parse_page`): a second reading of the bytes
would guess another encoding, or stop at a stray `</html>`, and lose whole sites.

>>> page = read_links(b'<a href="/2">2</a><a href="x" rel="nofollow">-</a>', "https://a.org/1")
>>> page.links
['https://a.org/2']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from crawl.article import Rejected
from crawl.extract.tree.dom import Element
from crawl.extract.tree.parsed_page import ParsedPage, parse_page
from crawl.urls import joined

# Links of one page; front pages have under 1,500, archives of a year some 5,000.
MOST_LINKS = 10_000

_FEED_TYPES = frozenset(
    f"application/{kind}" for kind in ("rss+xml", "atom+xml", "rdf+xml", "feed+json")
)
_UNFOLLOWED = frozenset({"nofollow", "sponsored", "ugc"})
_REFRESH = re.compile(r"^\s*\d+\s*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_US = "bahith"
# Wishes whose value follows a colon; any other word before a colon names the robot it is for.
_VALUED = frozenset(["unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"])
# A query is sent in the page's encoding where that is one of these (WHATWG URL, 4.4), a path never.
_LEGACY = frozenset(["cp1256", "iso8859-6", "cp1252"])
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


class PageLinks(NamedTuple):
    """The absolute addresses a page links to, in order, and its directives to robots.

    `links` leaves out what is `nofollow`, `feeds` are the alternates it announces.
    """

    links: list[str]
    feeds: list[str]
    noindex: bool
    nofollow: bool


def read_links(html: bytes, url: str, robots_header: str = "", content_type: str = "") -> PageLinks:
    """What `links_of` reads of a page's bytes; none of what is no page. Never raises."""
    page = parse_page(html, url, content_type)
    if isinstance(page, Rejected):
        return PageLinks([], [], False, False)
    return links_of(page, robots_header)


def links_of(page: ParsedPage, robots_header: str = "") -> PageLinks:
    """Read a parsed page's links with the X-Robots-Tag headers it came with, one a line."""
    base = _base(page)
    directives = {*_meta_directives(page.root), *_header_directives(robots_header)}
    nofollow = bool(directives & {"nofollow", "none"})
    links: dict[str, None] = {}
    feeds: dict[str, None] = {}
    for element in page.root.iter("a", "area", "link", "meta"):
        target, is_feed = _target(element)
        if target and (address := joined(base, _as_sent(target, page.encoding))):
            (feeds if is_feed else links).setdefault(address)
        if len(links) + len(feeds) >= MOST_LINKS:
            break
    noindex = bool(directives & {"noindex", "none"})
    return PageLinks([] if nofollow else list(links), list(feeds), noindex, nofollow)


def _target(element: Element) -> tuple[str, bool]:
    """Where an element leads ('' for nowhere), and whether that is a feed."""
    rel = frozenset(element.get("rel", "").lower().split())
    href = element.get("href", "").strip()
    match element.tag:
        case "link" if "alternate" in rel:
            is_feed = element.get("type", "").strip().lower() in _FEED_TYPES
            return (href if is_feed else "", is_feed)
        case "link":
            return (href if rel & {"next", "canonical"} else "", False)
        case "meta":
            refresh = element.get("http-equiv", "").lower() == "refresh"
            found = _REFRESH.match(element.get("content", "")) if refresh else None
            return (found[1].strip() if found else "", False)
        case _:
            return ("" if rel & _UNFOLLOWED else href, False)


def _as_sent(target: str, encoding: str) -> str:
    """A link with its query in the bytes that a browser would send from this page."""
    path, mark, query = target.partition("?")
    if not mark or encoding not in _LEGACY or query.isascii():
        return target
    sent = _NOT_ASCII.sub(lambda run: quote(run[0].encode(encoding, "xmlcharrefreplace")), query)
    return f"{path}?{sent}"


def _meta_directives(root: Element) -> Iterator[str]:
    for element in root.iter("meta"):
        if element.get("name", "").strip().lower() in ("robots", _US):
            yield from re.split(r"[\s,;:]+", element.get("content", "").lower())


def _header_directives(header: str) -> Iterator[str]:
    """What X-Robots-Tag headers ask of everybody or of us: `[robot:] directive, …`, one a line."""
    for line in header.lower().splitlines():
        robot = ""
        for directive in line.split(","):
            name, colon, rest = (part.strip() for part in directive.partition(":"))
            if colon and name not in _VALUED:
                robot, name = name, rest
            if robot in ("", "*", _US):
                yield name


def _base(page: ParsedPage) -> str:
    base = next((e.get("href") for e in page.root.iter("base") if e.get("href")), "")
    return joined(page.url, base) or page.url
