"""Feeds: the articles that a site announces, as RSS, RDF, Atom or JSON Feed.

A feed steers the crawl (which addresses exist, which changed last), and a feed file can be imported
for the text it carries. It is decoded as a page is (`crawl.text.charset`), since feeds too declare
what they are not; a notice before it and a page around it are passed over.

>>> feed = read_feed(b"<rss><channel><item><link>https://a.org/1</link><title>x</title></item></channel></rss>")
>>> feed.entries[0].url, feed.listed
('https://a.org/1', [Listed(url='https://a.org/1', moment='')])
"""

from __future__ import annotations

import re
from typing import NamedTuple

from crawl.article import Article
from crawl.discovery.feed_entry import to_article, to_line
from crawl.discovery.feed_xml import RawFeed, read_feed_xml
from crawl.discovery.json_feed import read_json_feed
from crawl.discovery.listed import Listed, utc_moment
from crawl.text.charset import decode
from crawl.urls import is_web

MOST_BYTES = 50 * 1024 * 1024  # as of a sitemap; feeds of news have under one
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,30}:)?(?:rss|RDF|feed)[\s>/]", re.IGNORECASE)
# Characters before which the root begins; notices of servers stand there.
_ROOT_WINDOW = 65_536


class Feed(NamedTuple):
    """A feed's entries as articles, and their addresses with their last change.

    The articles hold whatever text the entries carry. `nameless` counts entries without an address.
    """

    entries: list[Article]
    listed: list[Listed]
    nameless: int


def read_feed(content: bytes, content_type: str = "", url: str = "") -> Feed | None:
    """The entries of a feed; None when the bytes are none. Never raises.

    `content_type` is the header it came with. `url` is the feed's own address; it and the page that
    the feed names resolve relative links.
    """
    raw = _raw(decode(content[:MOST_BYTES], content_type).text, url)
    if raw is None:
        return None
    base = url or raw.channel.link
    source = to_line(raw.channel.title)
    pairs = [(to_article(entry, base, source), entry) for entry in raw.entries]
    listed = [
        Listed(article.url, max(utc_moment(entry.published), utc_moment(entry.modified)))
        for article, entry in pairs
        if is_web(article.url)
    ]
    entries = [article for article, _ in pairs if article.url]
    return Feed(entries, listed, len(pairs) - len(entries))


def _raw(text: str, url: str) -> RawFeed | None:
    if text.lstrip("\ufeff \t\r\n")[:1] == "{":
        return read_json_feed(text.lstrip("\ufeff"))
    root = _ROOT.search(text, 0, _ROOT_WINDOW)
    return read_feed_xml(text, root.start(), url) if root else None
