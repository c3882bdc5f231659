"""The page as a reader's eye meets it: runs of text in reading order, and where each stands.

Dates and bylines are recognised by what they say and by how near they stand to the headline; both
need every run of text with its place, before anything is cut away.
"""

from __future__ import annotations

from typing import NamedTuple

import lxml.etree as etree

from crawl.extract.dom import INLINE, Element


class Run(NamedTuple):
    """Text of one block up to the next block or line break.

    `start` counts the visible characters of the page before it, `linked` those of it in links.
    """

    text: str
    start: int
    element: Element
    linked: int

    @property
    def end(self) -> int:
        """Where the next run starts."""
        return self.start + len(self.text)


def read_runs(root: Element) -> list[Run]:
    """Return every non-empty run of text in reading order."""
    runs: list[Run] = []
    pieces: list[str] = []
    blocks = [root]
    place = links = linked = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        inline = element.tag in INLINE
        if not inline and pieces:
            text = " ".join("".join(pieces).split())
            if text:
                runs.append(Run(text, place, blocks[-1], linked))
                place += len(text)
            pieces.clear()
            linked = 0
        if event == "start":
            links += element.tag == "a"
            added = element.text
            if not inline:
                blocks.append(element)
        else:
            links -= element.tag == "a"
            added = element.tail
            if not inline:
                blocks.pop()
        if added:
            pieces.append(added)
            linked += len(added.strip()) if links else 0
    return runs


Span = tuple[int, int]
NOWHERE: Span = (0, 0)
_ABOVE = 120


class Layout(NamedTuple):
    """The page's runs, and where among them (in characters) the headline and the body stand."""

    runs: list[Run]
    headline: Span
    body: Span

    @property
    def above(self) -> int:
        """Where what belongs to the headline begins above it: a date or a kicker, no menu."""
        start = self.headline[0]
        for run in reversed(self.runs):
            if run.end > self.headline[0]:
                continue
            if 2 * run.linked > len(run.text) or self.headline[0] - run.start > _ABOVE:
                break
            start = run.start
        return start

    @property
    def top(self) -> int:
        """Where the article begins below its headline."""
        return self.headline[1] if self.headline != NOWHERE else self.body[0]


def lay_out(runs: list[Run], title: Span, paragraphs: list[str]) -> Layout:
    """Find the body's first and last paragraph among the runs, below the headline."""
    below = [run for run in runs if run.start >= title[1]] or runs
    wanted = set(paragraphs)
    held = [run for run in below if run.text in wanted]
    body = (held[0].start, held[-1].end) if held else (title[1], title[1])
    return Layout(runs, title, body)


def span_of(element: Element, runs: list[Run]) -> Span:
    """Return the first and last character of an element's text, `NOWHERE` when it has none."""
    inside = set(element.iter())
    held = [run for run in runs if run.element in inside]
    if not held:  # an inline element stands in its block's run
        held = [run for run in runs if element in run.element.iterdescendants(element.tag)][:1]
    return (held[0].start, held[-1].end) if held else NOWHERE
