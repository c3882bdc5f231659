"""Who wrote it: the person, or else the agency, that a page names beside its headline.

Two thirds of the writers are named only to the reader: «كتب: …», «… - القاهرة», a name before the
date. Machines are told the site's own name, or the account of whoever pasted the text in. So every
line near the headline is read by `byline_parts`; a name that only machines were told must not be
the site's or an agency's. When no person is named, an agency is; the site itself is never its own
author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from crawl.extract.metadata.byline_parts import (
    LABEL,
    LABELLED,
    MOST_WRITERS,
    WEAK_LABELS,
    WITH_DATE,
    BylineParts,
    is_labelled,
    is_said_after,
    read_line,
)
from crawl.extract.metadata.structured_data import Metadata, strings
from crawl.extract.tree.boilerplate import fold
from crawl.extract.tree.dom import Element, names, text_of
from crawl.extract.tree.layout import Layout
from crawl.extract.tree.pictures import is_caption
from crawl.extract.tree.text_blocks import TextBlock
from crawl.text.dates import without_dates
from crawl.text.letters import bare_letters

# A byline is a line of its own, this long at most, this near to the headline or the body's start.
_LINE = 90
_NEAR = 420
_AFTER = 500
_AUTHOR_BOX = re.compile(r"-(?:author|authors|writer|byline|aut|editor|kateb|columnist|reporter)-")
_AUTHOR_MARK = re.compile(
    r"-(?:author|authors|articleauthor|writer|byline|reporter|kateb|columnist)-| author(?: |$)"
    r"|/(?:authors?|writers?|experts?|columnists?|كاتب)/"
)
# The same without a class: a link to the writer's page, or the standard attributes.
_VOUCHED = re.compile(r" author(?: |$)|/(?:authors?|writers?|experts?|columnists?|كاتب)/")
_PICTURE = re.compile(r"-(?:photo|photos|image|img|picture|pic|caption|captions|credits?)-")

# Who made the template, not the text.
_MAKER = re.compile(
    r"develop|design|powered|solutions|software|theme|wordpress|joomla|blogger", re.I
)

_SURE = 2.0
_BOXED = 1.6  # developers call the box `author`
# A name that only machines were told, and what it loses where readers see an agency credited.
_STATED = 2.5
_MARKED = 2.4  # what the markup of a block calls the author's
_MARKS = 60  # marks looked at in one block
_OVERRULED = 1.5


class Byline(NamedTuple):
    """The author, empty when unknown, and what told."""

    author: str
    why: str


def choose_byline(metadata: Metadata, layout: Layout, site: frozenset[str], title: str) -> Byline:
    """Who is named as the writer of `title`; `site` is what the site is called, folded."""
    shown = list(_shown(layout, site, frozenset(fold(title).split())))
    credited = any(reading.organisation and not reading.person for reading, _ in shown)
    claims = [*shown, *_stated(metadata, site, discount=_OVERRULED if credited else 0.0)]
    people = [(reading.weight, reading.person, why) for reading, why in claims if reading.person]
    totals: dict[str, float] = {}
    for weight, person, _ in people:
        totals[fold(person)] = totals.get(fold(person), 0.0) + weight
    best = max(people, key=lambda claim: totals[fold(claim[1])], default=None)
    if best and totals[fold(best[1])] >= _SURE:
        return Byline(best[1], best[2])
    if any(reading.organisation and not reading.agency for reading, _ in claims):
        return Byline("", "the site itself")
    return next((Byline(r.agency, why) for r, why in claims if r.agency), Byline("", "nobody"))


def _shown(
    layout: Layout, site: frozenset[str], title: frozenset[str]
) -> Iterator[tuple[BylineParts, str]]:
    """What the lines near the headline and the body's ends say."""
    blocks = layout.blocks
    for place, block in enumerate(blocks):
        if len(block.text) > _LINE or not _may_be_near(block, layout):
            continue
        if _is_in_figure(block.element) or is_caption(block):
            continue
        before = blocks[place - 1].text if place else ""
        text = _labelled(before, _spaced(block))
        if not _is_near(block, text, layout):
            continue
        box = names(block.element) + names(block.element.getparent())
        boxed = _AUTHOR_BOX.search(box) is not None
        reading = read_line(text, site, vouched=boxed)
        if reading.weight < LABELLED and _is_pictured(box, title, reading):
            reading = reading._replace(person="", weight=0.0)
        if reading.person and reading.weight < _SURE:
            beside = any(
                without_dates(other.text) != other.text and len(other.text) < 50
                for other in blocks[max(0, place - 1) : place + 2]
            )
            extra = _BOXED * boxed + WITH_DATE * (beside and block.start < layout.body[0])
            reading = reading._replace(weight=reading.weight + extra)
        if reading != BylineParts():
            yield reading, "shown"
        if (
            -_LINE <= block.start - layout.body[0] <= _LINE
            or 0 <= block.start - layout.top <= _LINE
        ):
            yield from _marked(block, site)


def _is_in_figure(element: Element) -> bool:
    """Whether an element stands in a figure, or in a caption that was cut out of one."""
    figure = next(element.iterancestors("figure", "figcaption"), None)
    return element.tag == "figcaption" or figure is not None


def _labelled(before: str, text: str) -> str:
    """A line with the label that stands on the line before it, if one does."""
    bare = before.strip(" :-")
    label = LABEL.fullmatch(bare_letters(bare)) if len(before) < 20 else None
    return f"{bare}: {text}" if label and label["label"] not in WEAK_LABELS else text


def _spaced(block: TextBlock) -> str:
    """A line with blanks between its elements: label and name stand apart by their style."""
    if next(iter(block.element), None) is None:  # its length would count all of a long list
        return block.text
    spaced = text_of(block.element, _LINE, " ")
    return spaced if spaced.replace(" ", "") == block.text.replace(" ", "") else block.text


def _is_pictured(box: str, title: frozenset[str], reading: BylineParts) -> bool:
    """Whether a name is of someone in a picture: the headline's hero, a caption, a credit."""
    if title.issuperset(fold(reading.person).split()):
        return True
    return _PICTURE.search(box) is not None and _AUTHOR_BOX.search(box) is None


def _marked(block: TextBlock, site: frozenset[str]) -> Iterator[tuple[BylineParts, str]]:
    """The names that the markup inside a block calls the author's: a link, a class."""
    found: list[BylineParts] = []
    for element in islice(
        block.element.iter("a", "span", "b", "strong", "cite", "em", "i"), _MARKS
    ):
        text = text_of(element, _LINE)
        marks = _marks_of(element)
        if not text or text not in block.text or not _AUTHOR_MARK.search(marks):
            continue
        reading = read_line(text, site, vouched=_VOUCHED.search(marks) is not None)
        if reading.person and reading.person not in [other.person for other in found]:
            found.append(reading._replace(weight=max(reading.weight, _MARKED)))
    whole = next((r for r in found if all(other.person in r.person for other in found)), None)
    if whole is None and 1 < len(found) <= MOST_WRITERS:
        whole = BylineParts("، ".join(reading.person for reading in found), weight=_MARKED)
    yield from ((reading, "marked") for reading in ([whole] if whole else found))


def _marks_of(element: Element) -> str:
    rel, prop = element.get("rel") or "", element.get("itemprop") or ""
    return f"{names(element)} {rel} {prop} {element.get('href') or ''}"


def _may_be_near(block: TextBlock, layout: Layout) -> bool:
    """Whether any line in this place could be one of those that `_is_near` finds."""
    below, after = block.start - layout.top, block.start - layout.body[1]
    above = below >= 0 and block.start - layout.body[0] <= _LINE
    return above or 0 <= below <= _NEAR or -_LINE <= after <= _AFTER


def _is_near(block: TextBlock, text: str, layout: Layout) -> bool:
    below = block.start - layout.top
    into = block.start - layout.body[0]
    if 0 <= below <= _NEAR and (into <= _LINE or is_labelled(text)):
        return True
    if below >= 0 and abs(into) <= _LINE:
        return True
    return -_LINE <= block.start - layout.body[1] <= _AFTER and is_said_after(text)


def _stated(
    metadata: Metadata, site: frozenset[str], *, discount: float
) -> Iterator[tuple[BylineParts, str]]:
    told = {
        "json-ld": strings(metadata.article.get("author")),
        "meta": [
            text
            for key in ("author", "article:author", "dc.creator", "parsely-author", "byl")
            for text in metadata.meta.get(key, [])
        ],
        "microdata": metadata.micro.get("author", []),
    }
    persons = _persons(metadata.article.get("author"))
    for witness, texts in told.items():
        texts = [t for t in dict.fromkeys(texts) if "://" not in t and not _MAKER.search(t)]
        readings = [
            read_line(text, site, vouched=text in persons) for text in texts if len(text) <= _LINE
        ]
        people = [reading.person for reading in readings if reading.person]
        if 1 < len(people) <= MOST_WRITERS:
            yield BylineParts("، ".join(people), weight=_STATED - discount), witness
            continue
        for reading in readings[:2]:
            weight = max(reading.weight, _STATED if reading.person else 0.0) - discount
            yield reading._replace(weight=weight), witness


def _persons(authors: Any) -> frozenset[str]:
    """The names of those authors in JSON-LD that are said to be persons."""
    stated = authors if isinstance(authors, list) else [authors]
    people = [a for a in stated if isinstance(a, dict) and "Person" in strings(a.get("@type"))]
    return frozenset(name for person in people for name in strings(person))
