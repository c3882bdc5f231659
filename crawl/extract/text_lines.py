"""The lines of the chosen part of a page, read with BeautifulSoup.

A line is what a reader sees as one: a paragraph, a heading, a list item, or a piece of text between
two `<br>`. Only the candidate subtrees come here: reading a whole page this way would cost more
than all the rest of the extraction.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag

from crawl.extract.dom import INLINE

# A candidate longer than this is cut: the line filters compare lines with each other.
_LIMIT = 1_000_000
_LINES = 4000
_BOLD = frozenset(["b", "strong"])


class Line(NamedTuple):
    """One visible line: its text, how many characters of it are in links or bold, and its block."""

    text: str
    linked: int
    bold: int
    tag: str

    @property
    def is_heading(self) -> bool:
        """Set apart as a heading, by its tag or by being bold throughout and short."""
        return self.tag in _HEADINGS or (self.bold >= len(self.text) - 2 and len(self.text) < 90)

    @property
    def is_link(self) -> bool:
        """Nothing but links, up to a dash or a number."""
        return self.linked > 0 and self.linked >= 0.85 * len(self.text)


_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


def read_lines(html: str) -> list[Line]:
    """Return the non-empty lines of a piece of HTML in reading order."""
    reader = _Reader()
    reader.walk(BeautifulSoup(html[:_LIMIT], "lxml"))
    return reader.lines[:_LINES]


class _Reader:
    """Walks a soup without recursion (pages nest deeper than Python's stack) and gathers lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._pieces: list[str] = []
        self._linked = self._bold = 0
        self._links = self._bolds = 0  # how many open elements of the kind we are inside

    def walk(self, soup: Tag) -> None:
        stack: list[tuple[Tag, Iterator[PageElement]]] = [(soup, iter(soup.contents))]
        blocks = ["div"]
        while stack:
            tag, rest = stack[-1]
            child = next(rest, None)
            if child is None:
                stack.pop()
                self._leave(tag, blocks)
            elif isinstance(child, Tag):
                self._enter(child, blocks)
                stack.append((child, iter(child.contents)))
            elif type(child) is NavigableString:
                self._add(child)
        self._flush(blocks[-1])

    def _enter(self, tag: Tag, blocks: list[str]) -> None:
        self._links += tag.name == "a"
        self._bolds += tag.name in _BOLD
        if tag.name not in INLINE:
            self._flush(blocks[-1])
            blocks.append(tag.name)

    def _leave(self, tag: Tag, blocks: list[str]) -> None:
        self._links -= tag.name == "a"
        self._bolds -= tag.name in _BOLD
        if tag.name not in INLINE:
            self._flush(blocks[-1])
            if len(blocks) > 1:
                blocks.pop()

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        visible = len(text.strip())
        self._linked += visible if self._links else 0
        self._bold += visible if self._bolds else 0

    def _flush(self, tag: str) -> None:
        text = " ".join("".join(self._pieces).split())
        if text:
            self.lines.append(Line(text, self._linked, self._bold, tag))
        self._pieces.clear()
        self._linked = self._bold = 0
