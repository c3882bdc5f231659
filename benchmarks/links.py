"""Which links of real pages are found: from the page's one tree, and from its undecoded bytes.

    python -m benchmarks.links

The second way is what `lxml.html` or Scrapy's link extractor see of undecoded bytes: the parser
guesses the encoding, and stops at a stray `</html>`. A link counts as garbled when its letters are
those of another encoding, which no server knows. The pages lie beside the checkout (`sweep.tar.xz`,
and those of `pages/`) and are never part of it.
"""

from __future__ import annotations

import re
import time
from typing import NamedTuple

from lxml import etree

from benchmarks.data import SHARED, scorer
from benchmarks.pages import read_sweep
from crawl import Article
from crawl.discovery.links import links_of, read_links
from crawl.extract import ParsedPage, extract

# What Arabic looks like when its UTF-8 or windows-1256 bytes are read as Latin.
_GARBLED = re.compile("[ÃØÙÇ][\x80-\xff]|\ufffd")


class Found(NamedTuple):
    """The links of all pages by one way, and the seconds of processor time it took."""

    pages: list[frozenset[str]]
    seconds: float

    @property
    def links(self) -> int:
        """All links, each page's once."""
        return sum(map(len, self.pages))

    @property
    def garbled(self) -> int:
        """How many pages have links that no server knows."""
        return sum(any(map(_GARBLED.search, page)) for page in self.pages)


def from_bytes(html: bytes, url: str) -> frozenset[str]:
    """The links that a parser of undecoded bytes sees, by the same rules."""
    root = etree.fromstring(html, etree.HTMLParser(recover=True)) if html.strip() else None
    if root is None:
        return frozenset()
    return frozenset(links_of(ParsedPage(url, root, "utf-8")).links)


def from_tree(html: bytes, url: str) -> frozenset[str]:
    """The links that the crawl follows."""
    return frozenset(read_links(html, url).links)


def main() -> None:
    """Print both ways beside each other."""
    pages = list(read_sweep())
    for kind in ("article", "damaged", "negative", "variant"):
        pages += [(page, row["url"]) for row, _, page in scorer(SHARED / "pages").load(kind)]
    ways = {}
    for name, way in (("undecoded bytes", from_bytes), ("the one tree", from_tree)):
        begun = time.process_time()
        found = [way(page, url) for page, url in pages]
        ways[name] = Found(found, time.process_time() - begun)
    print(f"{len(pages)} pages")
    for name, found in ways.items():
        rates = f"{found.links / len(pages):.1f} a page, {len(pages) / found.seconds:.0f} pages/s"
        print(f"{name:<16} {found.links} links, {rates}, garbled on {found.garbled} pages")
    before, after = (found.pages for found in ways.values())
    more = sum(len(b) > len(a) for a, b in zip(before, after, strict=True))
    less = sum(len(b) < len(a) for a, b in zip(before, after, strict=True))
    print(f"more links in the one tree: {more} pages, fewer: {less}")
    taken = sum(isinstance(extract(page, url), Article) for page, url in pages)
    print(f"articles accepted: {taken}")


if __name__ == "__main__":
    main()
