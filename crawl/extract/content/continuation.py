"""Boxes by name that hold the article's text all the same: what reads on is text.

Page builders wrap each paragraph in `elementor-widget` or `swiper-slide`, papers call the second
half of a story `read-more`. Names that say how a part looks (`box_kind` calls them layout) are
therefore no verdict: a part that holds sentences, hardly anything else, and stands beside other
paragraphs reads on. Names that say what a part is (comments, related, caption) stand.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from crawl.extract.content.labels import announces
from crawl.extract.tree.boilerplate import box_kind
from crawl.extract.tree.dom import Element, arabic_letters
from crawl.extract.tree.layout import Span
from crawl.extract.tree.text_blocks import TextBlock
from crawl.extract.tree.text_density import TextDensity

# A block of this many characters, hardly linked, is a paragraph.
_PARAGRAPH = 60
_FINISHED = re.compile(r"[.؟?!:\"»”)]\s*$")
# Text reads on over share buttons or a link to another story, not over a list of them.
_GAP = 300
# Beside its paragraphs a part of the text holds at most this share of other characters.
_OTHER = 0.5
# Boxes in boxes past this many are not looked at, so that deep nesting costs no square.
_NESTED = 20


class _Part(NamedTuple):
    """A layout box with text: where its paragraphs begin and end, and how much stands in it."""

    start: int = 0
    end: int = 0
    paragraphs: int = 0
    prose: int = 0
    finished: int = 0  # characters of paragraphs that end as sentences do
    other: int = 0
    labelled: bool = False  # a line of it announces other stories

    def with_paragraph(self, block: TextBlock, *, finished: bool) -> _Part:
        length = len(block.text)
        return self._replace(
            start=self.start if self.paragraphs else block.start,
            end=block.end,
            paragraphs=self.paragraphs + 1,
            prose=self.prose + length,
            finished=self.finished + length * finished,
        )

    def with_other(self, block: TextBlock, *, labelled: bool) -> _Part:
        return self._replace(other=self.other + len(block.text), labelled=self.labelled or labelled)


def boxes_that_read_on(
    blocks: list[TextBlock], headline: Span, density: TextDensity
) -> frozenset[Element]:
    """The boxes below the headline that hold the article's text, whatever their names."""
    suspects = {
        box
        for box in density.boxes - density.cards
        if box_kind(box.tag, density.names[box]) == "layout"
    }
    if not suspects:
        return frozenset()
    around = _Surroundings(density.boxes - suspects, suspects)
    parts: dict[Element, _Part] = {}
    loose: list[Span] = []  # paragraphs that stand in no box
    for block in blocks:
        holders = around.of(block.element) if block.start >= headline[1] else None
        if holders is None:
            continue
        if not _is_paragraph(block):
            labelled = bool(holders) and announces(block.text)
            for box in holders:
                parts[box] = parts.get(box, _Part()).with_other(block, labelled=labelled)
            continue
        if not holders:
            loose.append((block.start, block.end))
        finished = _FINISHED.search(block.text) is not None
        for box in holders:
            parts[box] = parts.get(box, _Part()).with_paragraph(block, finished=finished)
    textual = {box: part for box, part in parts.items() if _is_text(box, part)}
    return frozenset(_near_others(textual, loose))


class _Surroundings:
    """Which suspected boxes stand around an element; None where one stands apart for sure."""

    def __init__(self, apart: set[Element], suspects: set[Element]) -> None:
        self._apart, self._suspects = apart, suspects
        self._known: dict[Element | None, tuple[Element, ...] | None] = {None: ()}

    def of(self, element: Element) -> tuple[Element, ...] | None:
        path = []
        while element not in self._known:
            path.append(element)
            element = element.getparent()
        known = self._known[element]
        for inner in reversed(path):
            if inner in self._apart:
                known = None
            elif inner in self._suspects and known is not None and len(known) < _NESTED:
                known = (*known, inner)
            self._known[inner] = known
        return known


def _is_paragraph(block: TextBlock) -> bool:
    length = len(block.text)
    return (
        length >= _PARAGRAPH
        and 3 * block.linked < length
        and 2 * arabic_letters(block.text) > length
    )


def _is_text(box: Element, part: _Part) -> bool:
    """Whether a box holds sentences and little else, and is no gallery of pictures."""
    if part.labelled or part.other > _OTHER * part.prose or 2 * part.finished < part.prose:
        return False
    return part.paragraphs > sum(1 for _ in box.iter("img"))


def _near_others(parts: dict[Element, _Part], loose: list[Span]) -> list[Element]:
    """The parts that begin near the end of other text, or end near its start."""
    spans = [*loose, *((part.start, part.end) for part in parts.values())]
    starts, ends = sorted(start for start, _ in spans), sorted(end for _, end in spans)
    return [box for box, part in parts.items() if _is_near(part, starts, ends)]


def _is_near(part: _Part, starts: list[int], ends: list[int]) -> bool:
    before, after = bisect_right(ends, part.start), bisect_left(starts, part.end)
    return (before > 0 and part.start - ends[before - 1] <= _GAP) or (
        after < len(starts) and starts[after] - part.end <= _GAP
    )
