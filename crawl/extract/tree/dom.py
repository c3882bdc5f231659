"""The page as a tree: parsed as a browser would, with everything nobody reads taken out.

lxml parses, once, because it is twenty times as fast as friendlier parsers. What breaks a parse is
taken out first: control characters, and the `</body>` and `</html>` tags that careless templates
leave in the middle of a page and browsers ignore.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import lxml.etree as etree

from crawl.text_cache import remembered

# lxml carries no type information; the name says what is meant.
Element: TypeAlias = Any

# A page past this many characters is cut: no article is that long, and work stays bounded.
_PAGE_LIMIT = 4_000_000
_STRAY = re.compile(r"</\s{0,9}(?:body|html)\s{0,9}>", re.I)
_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\r"})
# What a tree can be read with and not written with: `&#1;` makes such a character.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_TEXT_TAGS = (
    "script style noscript template svg math canvas audio video object embed iframe select option "
    "input textarea map head"
)
_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q s "
    "samp small span strike strong sub sup time tt u var wbr"
)
# A shorter noscript asks for scripts, or holds a picture.
_NOSCRIPT = 300
# A button with a year shows the date; others are for doing something.
_BUTTON = 60
_YEAR = re.compile(r"(?:19|20)\d\d|\d\d[/.-]\d\d[/.-]\d\d|[٠-٩]{4}")
# libxml2 compares each attribute of a tag with all others: 50,000 of them cost a minute.
# Possessive: a name is not tried again with a letter less.
_LONG_TAG = re.compile(r"<(?P<name>[a-zA-Z][\w-]{0,30}+)[^<>]{2000,}+")
_ATTRIBUTES = 100
# Tags that open and close around a short text; a heading of nothing but tags is none.
_EMPTY_STEPS = 60
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+")
_LETTERS = re.compile("[\u0621-\u064a\u0671-\u06d3\ufb50-\ufdfb\ufe70-\ufefc]+")

_NO_TEXT = tuple(_NO_TEXT_TAGS.split())
INLINE = frozenset(_INLINE_TAGS.split())


def parse(text: str) -> Element | None:
    """The root of the page, or None when there is no markup in it at all."""
    clean = _LONG_TAG.sub(_shorter, _STRAY.sub("", text[:_PAGE_LIMIT]))
    content = clean.encode("utf-8", "replace").translate(None, _CONTROLS)
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _shorter(tag: re.Match[str]) -> str:
    """Leave out the attributes of a tag that has too many; a long picture in one is none."""
    many = tag[0].count("=") > _ATTRIBUTES or len(tag[0].split()) > 3 * _ATTRIBUTES
    return f"<{tag['name']} " if many else tag[0]


def prune(root: Element) -> None:
    """Take out what carries no text for a reader; metadata must have been read before."""
    for line_break in root.iter("br"):
        line_break.tail = f" {_writable(line_break.tail)}"
    for element in list(root.iter(*_NO_TEXT)):
        if _holds_text(element):
            element.tag = "div"
        else:
            drop(element)
    for element in list(root.iter("button")):
        if not _YEAR.search(text_of(element, _BUTTON)):
            drop(element)


def _holds_text(element: Element) -> bool:
    """Whether what scripts or browsers unfold holds the article: a noscript, a shadow root."""
    if element.tag == "template":
        return any(element.get(name) for name in ("shadowrootmode", "shadowroot"))
    return element.tag == "noscript" and len(text_of(element, _NOSCRIPT)) >= _NOSCRIPT


def drop(element: Element) -> None:
    """Remove an element and keep the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = _writable(before.tail) + _writable(element.tail)
        else:
            parent.text = _writable(parent.text) + _writable(element.tail)
        element.tail = None
    parent.remove(element)


def _writable(text: str | None) -> str:
    return _UNWRITABLE.sub("", text) if text else ""


def text_of(element: Element, limit: int | None = None, gap: str = "") -> str:
    """The text under an element on one line; past `limit` characters it is not read on.

    `gap` is put between the texts of elements: kicker and title stand side by side in a heading.

    Where only a short text is of use, the limit keeps unclosed tags, each of which then holds the
    rest of the page, from costing the square of the page's length; so it also ends among elements
    that are many more than its characters, and hold no text.
    """
    if len(element) == 0:
        return " ".join((element.text or "").split())
    pieces = element.itertext() if limit is None else _first_pieces(element, limit)
    return " ".join(gap.join(pieces).split())


def _first_pieces(element: Element, limit: int) -> Iterator[str]:
    """What `itertext` gives, until there is enough of it or of the steps through the tree."""
    left = limit
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in itertools.islice(walk, _EMPTY_STEPS + limit // 2):
        piece = inner.text if event == "start" else inner.tail if inner is not element else None
        if piece:
            yield piece
            left -= len(piece.strip())
            if left < 0:
                return


def arabic_letters(text: str) -> int:
    """Count Arabic letters.

    >>> arabic_letters("BBC عربي 24")
    4
    """
    return sum(map(len, _LETTERS.findall(text)))


def names(element: Element) -> str:
    """An element's class and id as lower-case words between hyphens.

    `class="postMeta shareBox"` gives `-post-meta-share-box-`: whole words, however joined.
    """
    if element is None:
        return "-"
    classes, name = element.get("class"), element.get("id")
    return _words(f"{classes or ''} {name or ''}") if classes or name else "-"


@remembered(20_000)
def _words(raw: str) -> str:
    return "-" + "-".join(part for part in _CAMEL.split(raw) if part).lower() + "-"
