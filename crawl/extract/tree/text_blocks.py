"""The page's text blocks in reading order: what a reader sees as one line, and where it stands.

A block is a paragraph, a heading, a list item, or a piece of text between two `<br>` (the "text
blocks" of Kohlschütter et al., WSDM 2010). Everything that looks at text looks at these: the title,
dates and bylines with their places, and the body's lines, read anew once its boxes are cut out.
"""

from __future__ import annotations

from typing import NamedTuple

import lxml.etree as etree

from crawl.extract.tree.dom import INLINE, Element

_BOLD = frozenset(["b", "strong"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
# A longer block is a paragraph, however bold.
_HEADING_LENGTH = 90
# More of a line than this in links: it is nothing but links, up to a dash or a number.
_ALL_LINKS = 0.85


class TextBlock(NamedTuple):
    """Text of one block up to the next block or line break.

    `start` counts the visible characters of the page before it, `linked` and `bold` those of its
    own in links and in bold; `element` is the block that holds it.
    """

    text: str
    start: int
    element: Element
    linked: int = 0
    bold: int = 0

    @property
    def end(self) -> int:
        """Where the next block starts."""
        return self.start + len(self.text)

    @property
    def tag(self) -> str:
        """The name of the element that holds it; `p` for text that stands in none."""
        return str(self.element.tag) if self.element is not None else "p"

    @property
    def is_heading(self) -> bool:
        """Set apart as a heading, by its tag or by being bold throughout and short."""
        length = len(self.text)
        return self.tag in _HEADINGS or (self.bold >= length - 2 and length < _HEADING_LENGTH)

    @property
    def is_link(self) -> bool:
        """Nothing but links, up to a dash or a number."""
        return self.linked > 0 and self.linked >= _ALL_LINKS * len(self.text)


def read_blocks(root: Element) -> list[TextBlock]:
    """Every non-empty text block under an element, in reading order, in one pass."""
    blocks: list[TextBlock] = []
    pieces: list[str] = []
    holders = [root]
    place = links = bolds = linked = bold = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        inline = tag in INLINE and element is not root
        if not inline and pieces:
            text = " ".join("".join(pieces).split())
            if text:
                blocks.append(TextBlock(text, place, holders[-1], linked, bold))
                place += len(text)
            pieces.clear()
            linked = bold = 0
        step = 1 if event == "start" else -1
        links += step * (tag == "a")
        bolds += step * (tag in _BOLD)
        added = element.text if event == "start" else element.tail
        if not inline and event == "start":
            holders.append(element)
        elif not inline:
            holders.pop()
        if added and (event == "start" or element is not root):
            pieces.append(added)
            visible = len(added.strip()) if links or bolds else 0
            linked += visible if links else 0
            bold += visible if bolds else 0
    return blocks


def loose_blocks(text: str) -> list[TextBlock]:
    """The lines of a text that stands in no element, such as a body stated to machines."""
    return [TextBlock(line, 0, None) for line in text.split("\n") if line.strip()]
