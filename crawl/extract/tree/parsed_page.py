"""A page decoded and parsed once: what links, structured data and text are all read from.

>>> page = parse_page("<title>خبر</title>".encode(), "https://example.org/")
>>> page.encoding, page.root.findtext(".//title")
('utf-8', 'خبر')
"""

from __future__ import annotations

from typing import NamedTuple

from crawl.article import Rejected
from crawl.extract.tree.dom import Element, parse
from crawl.text.charset import decode
from crawl.text.content_sniffing import REFUSED, Content, sniff


class ParsedPage(NamedTuple):
    """The tree of a page, its address, and the encoding (a Python codec) that it came in.

    The extraction takes the tree apart: read links before it.
    """

    url: str
    root: Element
    encoding: str


def parse_page(html: bytes, url: str, content_type: str = "") -> ParsedPage | Rejected:
    """Decode and parse a page, or say why the bytes are none; never raises.

    `content_type` is the header as the server sent it.
    """
    kind = sniff(html, content_type)
    if kind is not Content.PAGE:
        return Rejected(url, REFUSED.get(kind, "not-html"))
    decoded = decode(html, content_type)
    root = parse(decoded.text)
    return Rejected(url, "empty") if root is None else ParsedPage(url, root, decoded.encoding)
