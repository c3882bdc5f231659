"""Where the headline and the body stand on the page, in characters of its text blocks.

Dates and bylines are recognised by what they say and by how near they stand to the headline; both
need every block of text with its place, before anything is cut away.
"""

from __future__ import annotations

from typing import NamedTuple

from crawl.extract.tree.dom import Element
from crawl.extract.tree.stamps import Stamp
from crawl.extract.tree.text_blocks import TextBlock

Span = tuple[int, int]
NOWHERE: Span = (0, 0)
_ABOVE = 120


class Layout(NamedTuple):
    """The page's blocks, and where among them (in characters) the headline and the body stand."""

    blocks: list[TextBlock]
    headline: Span
    body: Span
    stamps: list[Stamp] = []  # noqa: RUF012 - never changed

    @property
    def above(self) -> int:
        """Where what belongs to the headline begins above it: a date or a kicker, no menu."""
        start = self.headline[0]
        for block in reversed(self.blocks):
            if block.end > self.headline[0]:
                continue
            if 2 * block.linked > len(block.text) or self.headline[0] - block.start > _ABOVE:
                break
            start = block.start
        return start

    def headline_in(self, element: Element) -> bool:
        """Whether the headline stands inside an element."""
        held = (b for b in self.blocks if self.headline[0] <= b.start < self.headline[1])
        return any(element in block.element.iterancestors(element.tag) for block in held)

    @property
    def top(self) -> int:
        """Where the article begins below its headline."""
        return self.headline[1] if self.headline != NOWHERE else self.body[0]


def lay_out(
    blocks: list[TextBlock], title: Span, paragraphs: list[str], stamps: list[Stamp]
) -> Layout:
    """Find the body's first and last paragraph among the blocks, below the headline."""
    below = [block for block in blocks if block.start >= title[1]] or blocks
    wanted = set(paragraphs)
    held = [block for block in below if block.text in wanted]
    body = (held[0].start, held[-1].end) if held else (title[1], title[1])
    return Layout(blocks, title, body, stamps)


def span_of(element: Element, blocks: list[TextBlock]) -> Span:
    """The first and last character of an element's text, `NOWHERE` when it has none."""
    inside = set(element.iter())
    held = [block for block in blocks if block.element in inside]
    if not held:  # an inline element stands in its block's block
        held = [block for block in blocks if element in block.element.iterdescendants(element.tag)][
            :1
        ]
    return (held[0].start, held[-1].end) if held else NOWHERE
