"""Where a page leads: its links, its feeds, and what it asks of crawlers.

>>> page = read_links(b'<a href="/2">2</a><a href="x" rel="nofollow">-</a>', "https://a.org/1")
>>> page.links
['https://a.org/2']
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from crawl.urls import joined

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_UNFOLLOWED = frozenset({"nofollow", "sponsored", "ugc"})
_REFRESH = re.compile(r"^\s*\d+\s*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_ROBOTS = frozenset({"robots", "bahith"})


class PageLinks(NamedTuple):
    """The absolute addresses a page links to, in order, and its wishes.

    `links` leaves out what is `nofollow`, `feeds` are the alternates it announces.
    """

    links: list[str]
    feeds: list[str]
    noindex: bool
    nofollow: bool


def read_links(html: bytes, url: str, robots_header: str = "") -> PageLinks:
    """Read a page's links with the X-Robots-Tag header it came with; never raises."""
    root = etree.fromstring(html, etree.HTMLParser(recover=True)) if html.strip() else None
    if root is None:
        return PageLinks([], [], False, False)
    base = _base(root, url)
    wishes = _wishes(root, robots_header)
    nofollow = bool(wishes & {"nofollow", "none"})
    links: dict[str, None] = {}
    feeds: dict[str, None] = {}
    for element in root.iter("a", "area", "link", "meta"):
        target, is_feed = _target(element)
        if target and (address := joined(base, target)):
            (feeds if is_feed else links).setdefault(address)
    noindex = bool(wishes & {"noindex", "none"})
    return PageLinks([] if nofollow else list(links), list(feeds), noindex, nofollow)


def _target(element: etree._Element) -> tuple[str, bool]:
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


def _wishes(root: etree._Element, header: str) -> frozenset[str]:
    contents = [
        element.get("content", "")
        for element in root.iter("meta")
        if element.get("name", "").strip().lower() in _ROBOTS
    ]
    return frozenset(re.split(r"[\s,;:]+", " ".join([*contents, header]).lower()))


def _base(root: etree._Element, url: str) -> str:
    base = next((e.get("href") for e in root.iter("base") if e.get("href")), "")
    return joined(url, base) or url
