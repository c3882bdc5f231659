"""Sitemaps: the pages and the further sitemaps that a site lists for crawlers (sitemaps.org).

Only what stands directly in a `<url>` or `<sitemap>`, in the sitemap's own name space, speaks of
the page: pictures, films and news inside it have addresses and dates of their own. A news item's
`publication_date` is the page's where no `lastmod` is told.

>>> read_sitemap(b"<urlset><url><loc>https://example.org/1</loc></url></urlset>").pages
[Listed(url='https://example.org/1', moment='')]
>>> read_sitemap(b"https://example.org/1\\nhttps://example.org/2").pages[1].url
'https://example.org/2'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from crawl.discovery.listed import Listed, utc_moment
from crawl.discovery.xml_events import XmlHandler, read_events
from crawl.text.charset import decode

MOST_BYTES = 50 * 1024 * 1024  # the protocol's own limit of one unpacked sitemap
MOST_LISTED = 50_000  # addresses; the protocol's own limit
# Characters; an Arabic slug takes six a letter, so 2,083 is too short.
LONGEST_ADDRESS = 4096
_LONGEST_VALUE = LONGEST_ADDRESS + 64  # with the white space around it

_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,30}:)?(?:urlset|sitemapindex)[\s>/]", re.IGNORECASE)
# Characters before which the root begins; notices of servers stand there.
_ROOT_WINDOW = 65_536

_ADDRESS_LINE = re.compile(r"^[ \t\ufeff]{0,99}(https?://\S+)", re.IGNORECASE | re.MULTILINE)
_KINDS = ("url", "sitemap")


class Sitemap(NamedTuple):
    """The pages and the further sitemaps that a sitemap lists, in its order."""

    pages: list[Listed]
    maps: list[Listed]


def read_sitemap(content: bytes, content_type: str = "") -> Sitemap:
    """What a sitemap, sitemap index, news sitemap or plain list of addresses names, if anything.

    `content_type` is the header it came with. Never raises; past `MOST_BYTES` and `MOST_LISTED`
    nothing more is read. Addresses are as they were written.
    """
    text = decode(content[:MOST_BYTES], content_type).text
    root = _ROOT.search(text, 0, _ROOT_WINDOW)
    if root is None:
        return Sitemap([Listed(line, "") for line in _lines(text)], [])
    reader = _SitemapReader()
    read_events(text, reader, root.start())
    reader.keep()
    return Sitemap(reader.found["url"], reader.found["sitemap"])


def _lines(text: str) -> list[str]:
    found: list[str] = []
    for line in _ADDRESS_LINE.finditer(text):
        if line.end() - line.start(1) <= LONGEST_ADDRESS:
            found.append(line[1])
        if len(found) == MOST_LISTED:
            break
    return found


@dataclass(slots=True)
class _Entry:
    """An open `<url>` or `<sitemap>`: its tag less its own name, its depth, what it says."""

    kind: str
    space: str
    depth: int
    loc: str = ""
    lastmod: str = ""
    published: str = ""


class _SitemapReader(XmlHandler):
    """Gathers entries; one that is not closed ends where the next begins."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[Listed]] = {"url": [], "sitemap": []}
        self._space: str | None = None  # the root's
        self._entry: _Entry | None = None
        self._path: list[str] = []
        self._value: list[str] | None = None
        self._length = 0

    def on_start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an entry, or a value of the innermost one."""
        del attributes
        space, name = _split(tag)
        self._space = space if self._space is None else self._space
        self._path.append(name)
        if name in _KINDS and space == self._space:
            self.keep()
            self._entry = _Entry(name, space, self.depth)
        elif self._field(space, name):
            self._value, self._length = [], 0

    def on_text(self, text: str) -> None:
        """Gather an open value, up to its bound."""
        if self._value is not None and self._length <= _LONGEST_VALUE:
            self._value.append(text)
            self._length += len(text)

    def on_end(self, tag: str) -> None:
        """Close a value or an entry."""
        if self._value is not None and (field := self._field(*_split(tag))):
            if not getattr(self._entry, field):
                setattr(self._entry, field, "".join(self._value).strip())
            self._value = None
        elif self._entry and self._entry.depth == self.depth:
            self.keep()
        self._path.pop()

    def keep(self) -> None:
        """Take down the open entry, if it names an address."""
        entry, self._entry, self._value = self._entry, None, None
        if entry and 0 < len(entry.loc) <= LONGEST_ADDRESS:
            moment = utc_moment(entry.lastmod) or utc_moment(entry.published)
            self.found[entry.kind].append(Listed(entry.loc, moment))
            self.done = sum(map(len, self.found.values())) >= MOST_LISTED

    def _field(self, space: str, name: str) -> str:
        """Which field of the open entry an element states; '' for none."""
        entry = self._entry
        if entry is None:
            return ""
        if self.depth == entry.depth + 1 and space == entry.space:
            return name if name in ("loc", "lastmod") else ""
        is_news = self.depth == entry.depth + 2 and self._path[-2] == "news"
        return "published" if is_news and name == "publication_date" else ""


def _split(tag: str) -> tuple[str, str]:
    """The name space of a tag, with its brace, and its own name."""
    space, brace, name = tag.rpartition("}")
    return space + brace, name
