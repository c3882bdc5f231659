"""The article's paragraphs: the best part of the page, read line by line and cleaned.

`crawl.extract.content.candidates` chooses the part, `crawl.extract.content.continuation` adds what
reads on in boxes; the winner is read again without its boxes (`crawl.extract.content.line_filter`),
with a lead that stands apart, between headline and body. A body that only machines are told is
taken where it is the fuller.
"""

from __future__ import annotations

from typing import NamedTuple

from crawl.extract.content.candidates import choose_candidate
from crawl.extract.content.continuation import boxes_that_read_on
from crawl.extract.content.labels import is_policy
from crawl.extract.content.line_filter import Cleaned, clean_lines, is_prose
from crawl.extract.content.line_groups import next_story
from crawl.extract.metadata.embedded_data import embedded_body
from crawl.extract.metadata.structured_data import Metadata
from crawl.extract.metadata.title import Headline
from crawl.extract.tree.boilerplate import fold
from crawl.extract.tree.dom import Element, drop
from crawl.extract.tree.layout import NOWHERE, span_of
from crawl.extract.tree.text_blocks import TextBlock, loose_blocks, read_blocks
from crawl.extract.tree.text_density import TextDensity, weigh

# A stated body shorter than this is a summary.
_STATED = 400
# It is the fuller when it has this many times what the page shows; more when it is one long line.
_FULLER = 1.25
_MUCH_FULLER = 2.0
# It speaks of the same when this share of the shown words stands in it too.
_AGREES = 0.7
# The line filters compare lines with each other; no article has more.
_LINES = 4000
# A lead stands this near below the headline and is this long.
_LEAD_NEAR = 900
_LEAD_LENGTH = 60


class BodyText(NamedTuple):
    """The article's paragraphs, its dropped lines with reasons, and why they were chosen.

    `others` counts the characters of prose that stand elsewhere on the page, in cards and boxes;
    `in_card` says that the text itself is one card of a list.
    """

    paragraphs: list[str]
    dropped: list[tuple[str, str]]
    others: int
    why: str
    in_card: bool = False


def choose_body(
    root: Element,
    headline: Headline,
    metadata: Metadata,
    blocks: list[TextBlock],
    ruled: Element | None = None,
    site: frozenset[str] = frozenset(),
) -> BodyText:
    """The article's paragraphs; empty when the page has no prose.

    `ruled` is the element that a site rule names: it wins without comparison; `site` is what the
    paper is called, folded.
    """
    shown = headline.element
    guarded = frozenset(shown.iterancestors()) if shown is not None else frozenset()
    density = weigh(root, guarded)
    if more := boxes_that_read_on(blocks, headline.place, density):
        density = weigh(root, guarded | more)
    stated = metadata.article_body
    if not stated and density.masses[root].prose + density.boxed < _STATED:
        stated = embedded_body(metadata.scripts)
    best = ruled if ruled is not None else choose_candidate(density, headline, stated)
    if best is None:
        return _stated_body(stated, headline, 0, site)
    lines = _read(best, density, headline, blocks, site)
    page = density.masses[root].prose + density.boxed
    mass = density.masses[best]
    told = _stated_body(stated, headline, page - mass.prose, site)
    if _is_fuller(told.paragraphs, lines.paragraphs):
        return told
    why = f"<{best.tag} {density.names[best]}> prose {mass.prose}, furniture {mass.furniture}"
    carded = not density.cards.isdisjoint([best, *best.iterancestors()])
    return BodyText(*lines, page - mass.prose, f"{why}, {_share(mass.prose, page)}", carded)


def _share(prose: int, page: int) -> str:
    """How much of the page's prose the body is, and a warning when that is little."""
    share = prose / page if page else 1.0
    return f"{share:.0%} of the page's prose" + (": most stands elsewhere" if share < 0.5 else "")


def _stated_body(stated: str, headline: Headline, others: int, site: frozenset[str]) -> BodyText:
    """The body that only machines were told, where a script shows it to readers."""
    blocks = loose_blocks(stated) if len(stated) >= _STATED else []
    cleaned = clean_lines(blocks[:_LINES], headline.text, site)
    return BodyText(*cleaned, others, "json-ld articleBody")


def _is_fuller(told: list[str], shown: list[str]) -> bool:
    """Whether the told text has what is shown and a good deal more."""
    enough = _FULLER if len(told) >= len(shown) else _MUCH_FULLER
    if sum(map(len, told)) < enough * sum(map(len, shown)) or not told:
        return False
    words, known = fold(" ".join(shown)).split(), set(fold(" ".join(told)).split())
    return sum(word in known for word in words) >= _AGREES * len(words)


def _read(
    element: Element,
    density: TextDensity,
    headline: Headline,
    blocks: list[TextBlock],
    site: frozenset[str],
) -> Cleaned:
    """A candidate's lines, with the lead above it and without the boxes in it."""
    lead = _lead(element, density, headline, blocks)
    for box in density.boxes:
        if box is not element and element in box.iterancestors():
            drop(box)
    lines = read_blocks(element)[:_LINES]
    end = next_story(lines, headline.element, headline.text, is_prose)
    cut = [("next story", line.text) for line in lines[end:]]
    cleaned = clean_lines([*lead, *lines[:end]], headline.text, site)
    return cleaned._replace(dropped=cleaned.dropped + cut)


def _lead(
    element: Element, density: TextDensity, headline: Headline, blocks: list[TextBlock]
) -> list[TextBlock]:
    """The paragraphs that stand between the headline and a candidate, outside any box."""
    if headline.place == NOWHERE:
        return []
    top = headline.place[1]
    start = span_of(element, blocks)[0]
    if not 0 <= start - top <= _LEAD_NEAR:
        return []
    around = {element, *element.iterancestors()}
    boxes = density.boxes - around
    return [
        block._replace(element=None, bold=0)
        for block in blocks
        if top <= block.start < start
        and len(block.text) >= _LEAD_LENGTH
        and 2 * block.linked < len(block.text)
        and boxes.isdisjoint([block.element, *block.element.iterancestors()])
        and not is_policy(block.text)
    ]
