"""Broken XML as a bounded stream of events: what sitemaps and feeds are read from.

Feeds and sitemaps are written by templates and served behind notices: a bare `&`, HTML's entities,
a byte that is no character, a page wrapped around them, an end that never comes. The text is mended
as it passes (no second copy of it is made) into lxml's recovering parser, which builds no tree, so
that memory is the text's own whatever it holds, and work is linear: every bound below is counted.
Nothing is fetched and no entity is defined: document type declarations go out.

>>> class Names(XmlHandler):
...     def on_start(self, tag, attributes):
...         print(tag, dict(attributes))
>>> read_events("notice <a x='1&2'>&nbsp;<b/></a>", Names(), start=7)
a {'x': '1&2'}
b {}
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from lxml import etree

# Elements of one document: the protocol's 50,000 addresses, twenty each.
MOST_ELEMENTS = 1_000_000
MOST_NAMES = 1000  # different ones of elements: the parser keeps each for good
MOST_FLAWS = 500_000  # mended in one document
# Nested elements; real feeds with XHTML in them stay under 20.
DEEPEST = 100
# Characters from < to >: an RSS root that declares fifty name spaces has 4,000.
LONGEST_TAG = 8192
# Characters given to the parser at once, after which the bounds are looked at.
_PIECE = 1 << 16

# What is mended, found in one pass; an alternative eats what it looked at, so no character is
# looked at twice. Untouched: CDATA, in which & means itself.
_FLAWS = re.compile(
    r"<(?:(?P<data>!\[CDATA\[.*?(?:\]\]>|\Z))"
    r"|!--.*?(?:-->|\Z)"
    r"|\?[^>]{0,1000}>?"  # declarations (the text is decoded already) and programs
    r"|!DOCTYPE[^\[>]{0,1000}(?:\[[^\]]*\]?\s{0,100})?>?"
    rf"|/?[A-Za-z][^<>]{{{LONGEST_TAG},}}>?)"
    r"|&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)"
    r"(?P<name>[A-Za-z][A-Za-z0-9]{1,31};)?"
    "|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]",
    re.DOTALL,
)


class XmlHandler:
    """Receives the events of a document; `done` ends the reading early."""

    def __init__(self) -> None:
        self.done = False
        self.depth = 0
        self.elements = 0
        self.names: set[str] = set()

    def on_start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins; `tag` is `{name space}name`, `self.depth` counts it."""

    def on_text(self, text: str) -> None:
        """Characters, in pieces."""

    def on_end(self, tag: str) -> None:
        """An element ends; `self.depth` still counts it."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Called by the parser."""
        self.depth += 1
        self.elements += 1
        self.names.add(tag)
        spent = self.elements > MOST_ELEMENTS or len(self.names) > MOST_NAMES
        self.done = self.done or spent or self.depth > DEEPEST
        if not self.done:
            self.on_start(tag, attributes)

    def data(self, text: str) -> None:
        """Called by the parser."""
        if not self.done:
            self.on_text(text)

    def end(self, tag: str) -> None:
        """Called by the parser."""
        if not self.done:
            self.on_end(tag)
        self.depth -= 1

    def close(self) -> None:
        """Called by the parser."""


def read_events(text: str, handler: XmlHandler, start: int = 0) -> None:
    """Give a document's events, from the character `start` on, to a handler; never raises.

    What follows a document's end, and what cannot be mended, is left out. An element that the text
    does not close is not ended.
    """
    # Only the five of XML are left to resolve; unresolved, & in an attribute would be «&#38;».
    parser = etree.XMLParser(
        target=handler, recover=True, resolve_entities="internal", no_network=True
    )
    try:
        for piece in _pieces(text, start):
            parser.feed(piece)
            if handler.done:
                return
        parser.close()
    except (etree.XMLSyntaxError, ValueError):
        return


def _pieces(text: str, start: int) -> Iterator[str]:
    """The mended text in pieces of about the same length."""
    held: list[str] = []
    size = 0
    for part in _mended(text, start):
        held.append(part)
        size += len(part)
        if size >= _PIECE:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


def _mended(text: str, start: int) -> Iterator[str]:
    place = start
    for number, flaw in enumerate(_FLAWS.finditer(text, start)):
        if number == MOST_FLAWS:
            return
        yield from _sliced(text, place, flaw.start())
        if flaw["data"]:
            yield from _sliced(text, flaw.start(), flaw.end())
        elif flaw[0].startswith("&"):
            yield escape(html.unescape(flaw[0]))  # a name of HTML's, or itself
        place = flaw.end()
    yield from _sliced(text, place, len(text))


def _sliced(text: str, start: int, end: int) -> Iterator[str]:
    for place in range(start, end, _PIECE):
        yield text[place : min(place + _PIECE, end)]
