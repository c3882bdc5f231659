"""RSS, RDF and Atom as entries: what each says of itself, as it was written.

Only direct children of an entry speak for it, in the feed's own name space or in a module's (Dublin
Core, `content:encoded`): a picture inside an entry has a title, an author and an address too. The
first of two equal elements that says anything counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from crawl.discovery.xml_events import XmlHandler, read_events
from crawl.urls import joined

MOST_ENTRIES = 50_000  # of one feed; a blog's whole export is one feed
LONGEST_VALUE = 1_000_000  # characters of one element; no article is that long
_ATOM = "{http://www.w3.org/2005/Atom}"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_CHANNELS = ("channel", "feed")
_ENTRIES = ("item", "entry")
_CORE = """
    title link description summary content pubDate published issued updated modified author
    category guid id
"""
_OWN = frozenset(_CORE.split())
_MODULES = frozenset(["encoded", "creator", "date", "created", "modified", "issued", "origLink"])


class RawEntry(NamedTuple):
    """An entry's statements as written; `title` and `body` may hold HTML, `link` be relative.

    `base` is the address that `xml:base` gives for the link, or ''.
    """

    link: str = ""
    base: str = ""
    title: str = ""
    body: str = ""
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


class RawFeed(NamedTuple):
    """A feed's own statements, and its entries'."""

    channel: RawEntry
    entries: list[RawEntry]


def read_feed_xml(text: str, start: int = 0, url: str = "") -> RawFeed:
    """The entries of an XML feed whose root begins at `start`; never raises.

    `url` is its own address, for an `xml:base` that is relative.
    """
    reader = _FeedReader(url)
    read_events(text, reader, start)
    reader.keep()
    return RawFeed(_raw(reader.channel), [_raw(entry) for entry in reader.entries])


@dataclass(slots=True)
class _Value:
    """One element's content: text, or markup once an element stood in it."""

    attributes: dict[str, str]
    base: str
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    has_markup: bool = False

    def add(self, text: str) -> None:
        """Append characters, up to the bound."""
        if self.length <= LONGEST_VALUE:
            self.pieces.append(escape(text, quote=False) if self.has_markup else text)
            self.length += len(text)

    def add_tag(self, tag: str) -> None:
        """Append a tag; what came before it was text."""
        if not self.has_markup:
            self.pieces = [escape(piece, quote=False) for piece in self.pieces]
            self.has_markup = True
        self.pieces.append(tag)

    @property
    def text(self) -> str:
        """The content without the white space around it."""
        return "".join(self.pieces).strip()


@dataclass(slots=True)
class _Scope:
    """A channel or an entry: its name space and depth, and its children's values by name."""

    space: str
    depth: int
    values: dict[str, list[_Value]] = field(default_factory=dict)

    def texts(self, *names: str) -> list[str]:
        """What the children of these names say, in the order of the names."""
        values = (value for name in names for value in self.values.get(name, ()))
        return [text for value in values if (text := value.text)]

    def first(self, *names: str) -> str:
        """The first of `texts`, or ''."""
        return next(iter(self.texts(*names)), "")


class _FeedReader(XmlHandler):
    """Gathers entries; one that is not closed ends where the next begins."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.channel = _Scope("", 0)
        self.entries: list[_Scope] = []
        self._entry: _Scope | None = None
        self._bases: list[str] = [url]
        self._value: _Value | None = None
        self._value_depth = 0

    def on_start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an entry, a value, or an element inside a value."""
        space, brace, name = tag.rpartition("}")
        space += brace
        own = attributes.get(_BASE, "")
        self._bases.append((joined(self._bases[-1], own) or own) if own else self._bases[-1])
        if self._value is not None and name not in _ENTRIES:
            self._value.add_tag(f"<{name}>")
        elif name in _ENTRIES:
            self.keep()
            self._entry = _Scope(space, self.depth)
        elif name in _CHANNELS and not self.channel.depth:
            self.channel = _Scope(space, self.depth)
        elif (scope := self._scope()) and _speaks(scope, space, name):
            self._value = _Value(dict(attributes), self._bases[-1])
            self._value_depth = self.depth
            scope.values.setdefault(name, []).append(self._value)

    def on_text(self, text: str) -> None:
        """Gather an open value."""
        if self._value is not None:
            self._value.add(text)

    def on_end(self, tag: str) -> None:
        """Close a value, an element inside it, or an entry."""
        self._bases.pop()
        if self._value is not None and self.depth > self._value_depth:
            self._value.add_tag(f"</{tag.rpartition('}')[2]}>")
        elif self._value is not None:
            self._value = None
        elif self._entry and self._entry.depth == self.depth:
            self.keep()

    def keep(self) -> None:
        """Take down the open entry."""
        if self._entry is not None:
            self.entries.append(self._entry)
            self.done = len(self.entries) >= MOST_ENTRIES
        self._entry = self._value = None

    def _scope(self) -> _Scope | None:
        """The channel or entry whose direct child begins here."""
        scope = self._entry or self.channel
        return scope if scope.depth and self.depth == scope.depth + 1 else None


def _speaks(scope: _Scope, space: str, name: str) -> bool:
    return name in _MODULES or (name in _OWN and space in (scope.space, _ATOM))


def _raw(scope: _Scope) -> RawEntry:
    link, base = _link(scope)
    return RawEntry(
        link=link,
        base=base,
        title=scope.first("title"),
        body=scope.first("encoded", "content", "description", "summary"),
        published=scope.first("pubDate", "published", "issued", "date", "created", "updated"),
        modified=scope.first("updated", "modified"),
        authors=tuple(scope.texts("creator", "author")),
        categories=tuple(map(_category, scope.values.get("category", ()))),
    )


def _link(scope: _Scope) -> tuple[str, str]:
    """Where a scope leads and the base of that: the real address, a link, or a permanent id."""
    links = scope.values.get("link", [])
    for value in scope.values.get("origLink", []):  # behind the address of a counting service
        if value.text:
            return value.text, value.base
    for value in links:
        if value.attributes.get("rel", "alternate") == "alternate" and value.attributes.get("href"):
            return value.attributes["href"].strip(), value.base
    for value in links:
        if value.text and not value.has_markup:
            return value.text, value.base
    names = scope.texts("guid", "id")
    return next((name for name in names if name.startswith(("http://", "https://"))), ""), ""


def _category(value: _Value) -> str:
    return value.attributes.get("label") or value.text or value.attributes.get("term", "")
