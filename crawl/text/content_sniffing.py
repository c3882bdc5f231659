"""What bytes are: a page, a feed, a sitemap, or nothing that can be read; told by what they hold.

The one place that decides it, for the crawl, the import and the extraction. A Content-Type is
evidence, not truth: feeds come as text/html, pages as nothing at all. It speaks only where the
content itself is not sure.

>>> [sniff(content).value for content in (b"<title>", b"<br />Notice<br /><?xml?><rss>")]
['page', 'feed']
>>> [sniff(content).value for content in (b"%PDF-1.7", b"{}", b"https://example.org/1")]
['pdf', 'nothing', 'addresses']
"""

from __future__ import annotations

import re
from enum import Enum

from crawl.text.charset import decode

# Bytes looked at; long comments stand above some pages' first tag.
_WINDOW = 16_384


class Content(Enum):
    """What bytes are."""

    PAGE = "page"
    FEED = "feed"  # RSS, RDF, Atom
    JSON_FEED = "json-feed"
    SITEMAP = "sitemap"
    ADDRESSES = "addresses"  # a sitemap in plain text, one address a line
    PDF = "pdf"
    EMPTY = "empty"
    NOTHING = "nothing"  # a picture, a script, data


# Why what cannot be read is refused.
REFUSED = {Content.PDF: "pdf", Content.EMPTY: "empty", Content.NOTHING: "not-html"}

_MAGIC = tuple(b"\x89PNG \xff\xd8\xff GIF8 PK\x03\x04 \x1f\x8b RIFF ID3 \xfd7zXZ BZh OggS".split())
# Types whose content is not read unless it is plainly a page or a listing.
_OTHER_TYPES = re.compile(
    r"image/|video/|audio/|font/|application/(?:pdf|zip|(?:x-|ecma|java)?script|javascript|json|octet)"
    r"|text/(?:css|javascript)"
)
# What may stand before the content: space, byte-order marks, the zeros of UTF-16, comments,
# declarations.
# Possessive, so that megabytes of it leave nothing to come back to.
_NOTHING_YET = re.compile(
    rb"(?:[\s\x00\xef\xbb\xbf\xff\xfe]++|<!--.*?-->|<\?[^>]{0,1000}>)*+", re.DOTALL
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ROOT = re.compile(
    r"<(?:[a-z_][\w.-]{0,30}:)?(?:(?P<feed>rss|feed|rdf)|(?P<sitemap>urlset|sitemapindex))(?=[\s>/])",
    re.IGNORECASE,
)
_PAGE = re.compile(r"<!doctype\s{1,9}html|<(?:html|head|body)(?=[\s>/])", re.IGNORECASE)
# What may stand between a page's first tag and a feed that somebody wrapped in it.
_WRAPPING = re.compile(
    r"(?:\s|</?(?:!doctype|html|head|body|meta|link|pre|div)\b[^<>]*>|<title>[^<]*</title>)*",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(?P<name>[a-z][\w:.-]{0,40})", re.IGNORECASE)
_JSON_FEED = re.compile(r'"version"\s{0,9}:\s{0,9}"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
# Lines that have to be addresses for a text to be a list of them.
_ADDRESSES = 20


def sniff(content: bytes, content_type: str = "") -> Content:
    """What bytes are, by their first 16 KiB, unpacked; `content_type` is the header's value."""
    begin = _NOTHING_YET.match(content).end()  # type: ignore[union-attr]
    if begin == len(content):
        return Content.EMPTY
    if content.startswith(b"%PDF", begin):
        return Content.PDF
    if content.startswith(_MAGIC):
        return Content.NOTHING
    kept = max(begin - 4, 0)  # with the mark that tells the encoding
    start = content[kept - kept % 2 : kept + _WINDOW]
    head = _COMMENT.sub("", decode(start, content_type).text).lstrip("\ufeff \t\r\n")
    is_xml = b"<?xml" in content[:begin] or head.startswith("<?xml")
    return _marked(head) or _unmarked(head, content_type, is_xml=is_xml)


def _marked(head: str) -> Content | None:
    """What the root element says; None where there is none that says it."""
    page, root = _PAGE.search(head), _ROOT.search(head)
    if root is not None and (page is None or _wraps(head, page.start(), root.start())):
        return Content.FEED if root["feed"] else Content.SITEMAP
    return Content.PAGE if page is not None else None


def _wraps(head: str, page: int, root: int) -> bool:
    return root < page or _WRAPPING.fullmatch(head, page, root) is not None


def _unmarked(head: str, content_type: str, *, is_xml: bool) -> Content:
    if head.startswith(("{", "[")):
        return Content.JSON_FEED if _JSON_FEED.search(head) else Content.NOTHING
    if _OTHER_TYPES.match(content_type.strip().lower()):
        return Content.NOTHING
    tag = _TAG.search(head)
    if tag is None:
        return Content.ADDRESSES if _is_list(head) else Content.NOTHING
    return Content.NOTHING if is_xml or tag["name"].lower() == "svg" else Content.PAGE


def _is_list(head: str) -> bool:
    lines = [line.strip() for line in head.splitlines() if line.strip()]
    return bool(lines) and all(map(_ADDRESS.fullmatch, lines[:_ADDRESSES]))
