"""The dates that a reader sees near a headline, and those in attributes beside it, each weighed.

A date counts in full close to the headline, less where it is called a change, and not at all on the
masthead's clock. Which day the article is of is for `publication_date` to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from crawl.extract.tree.dom import names
from crawl.extract.tree.layout import NOWHERE, Layout
from crawl.extract.tree.text_blocks import TextBlock
from crawl.text.dates import Moment, read_moments, read_short_date, read_stamp, without_dates

_SHOWN = 3.0
# «منذ ساعتين» counts from the fetch: an attribute beside it knows better.
_COUNTED = 0.6
_ATTRIBUTE = 2.2  # its instant may be another day in the paper's zone
_SHOWN_LATER = 0.3  # a second day near the headline: another story's
_LABELLED = 1.4
_CHANGED_ONLY = 0.4  # «آخر تحديث» alone is better than no day
# A visible date counts in full this near to the headline (in characters), and not at all past _FAR.
_NEAR = 250
_FAR = 700
# Right over the headline, where nothing but the line stands between.
_OVER = 0.8

_DATE_LINE = 140
# Characters and lines of a date that stands on lines of its own.
_PART, _PARTS = 20, 4
# Right below the text a day that stands alone needs no label.
_NEXT, _ALONE = 2, 4

_HAS_YEAR = re.compile(
    r"(?:19|20)\d\d|1[34]\d\d|[٠-٩]{4}|[۰-۹]{4}|منذ|قبل|أمس|امس|اليوم|ago|today|yesterday|\d\d[-/.]\d\d[-/.]\d\d"
)
_FULL_YEAR = re.compile(r"(?:19|20)\d\d|1[34]\d\d|[٠-٩]{4}")
_LABEL = re.compile(r"(?:تاريخ|نشر|نُشر|أضيف|اضيف|كتب في|تحرير|publish|posted)", re.I)
_CHANGED = re.compile(r"تحديث|تعديل|update|modified", re.I)
# The last thing before a date on a caption line is a name of an agency or a camera, not a headline.
_CAPTION = re.compile(r"صوره|صورة|التعليق على|تصوير|AFP|Getty|Reuters")
# When something takes place, opens or ends, not when it was written of.
_EVENT = re.compile(
    r"(?:^|\W)(?:(?:ال)?(?:موعد|زمان|مكان|فعالية)|[يت](?:قام|عقد|نعقد|نطلق|بدأ|نتهي|فتتح)"
    r"|(?:اعتبارا|ابتداء) من)(?!\w)"
    r"|(?:^|\W)تاريخ\s+(?:ال)?(?:فعالية|حفل|مهرجان|ندوة|بداية|بدء|انتهاء|ميلاد)"
)
_TODAY = re.compile(r"\W*(?:اليوم|today)\b", re.I)
_CLOCK = re.compile(
    "-(?:today|clock|current|now|masthead|topbar|top-bar|top-header|header-top|header-date|ticker)-"
)


class DateStatement(NamedTuple):
    """Who says which day, and what it counts."""

    witness: str
    moment: Moment
    weight: float


def shown(layout: Layout, fetched: datetime | None) -> Iterator[DateStatement]:
    """The dates a reader sees on short lines near the headline or at the body's ends."""
    first: date | None = None
    blocks, above = layout.blocks, layout.above
    below_first = sorted(enumerate(blocks), key=lambda numbered: numbered[1].start < layout.top)
    for place, block in below_first:
        if len(block.text) > _DATE_LINE or not _HAS_YEAR.search(block.text):
            continue
        before = blocks[place - 1].text if place and len(blocks[place - 1].text) < 30 else ""
        closeness = _closeness(
            block, layout, above, labelled=bool(_LABEL.search(before + block.text))
        )
        linked = 4 * block.linked > 3 * len(block.text) and block.start >= layout.body[0]
        if closeness == 0 or linked or _is_of_other(block.text) or _is_clock(block, layout):
            continue
        text = _joined(blocks, place)
        for moment, factor in _on_line(before, text, fetched):
            if moment.hijri:  # says nothing where a Gregorian day stands, be it a month away
                yield DateStatement("shown", moment, _SHOWN * closeness * factor)
                continue
            if first and abs((moment.day - first).days) > 1 and moment.swapped != first:
                factor *= _SHOWN_LATER
            first = first or moment.day
            factor *= _COUNTED if moment.relative else 1.0
            yield DateStatement("shown", moment, _SHOWN * closeness * factor)


def _is_of_other(text: str) -> bool:
    """Whether the date on a line is a picture's or an event's."""
    return _CAPTION.search(text) is not None or _EVENT.search(text) is not None


def _joined(blocks: list[TextBlock], place: int) -> str:
    """A line, with those before it where day, month and year stand on lines of their own."""
    text = blocks[place].text
    if len(text) > _PART or read_moments(text):
        return text
    for start in range(place - 1, max(place - _PARTS, 0) - 1, -1):
        if len(blocks[start].text) > _PART:
            break
        text = f"{blocks[start].text} {text}"
        if read_moments(text):
            return text
    return blocks[place].text


def in_attributes(layout: Layout) -> Iterator[DateStatement]:
    """The moments in attributes beside the headline: `<time datetime>`, `data-date`."""
    seen: set[str] = set()
    above = layout.above if layout.stamps else 0
    for place, element, value in layout.stamps:
        block = TextBlock("", place, element)
        closeness = _closeness(block, layout, above, labelled=False)
        if closeness == 0 or value[:10] in seen or _is_clock(block, layout):
            continue
        if _CHANGED.search(names(element)):
            continue
        if moment := read_stamp(value):
            factor = _SHOWN_LATER if seen else 1.0
            seen.add(value[:10])
            counted = not element.get("itemprop")  # else as microdata, wherever it stands
            weight = _ATTRIBUTE * closeness * factor * counted
            yield DateStatement("attribute", moment._replace(swapped=None), weight)


def _is_clock(block: TextBlock, layout: Layout) -> bool:
    """Whether a line is the masthead's: what day it is, not what day it was."""
    if _TODAY.match(block.text) and _FULL_YEAR.search(block.text):
        return True
    if _CLOCK.search(names(block.element) + names(block.element.getparent())):
        return True
    if block.start >= layout.headline[1]:
        return False
    masthead = next(block.element.iterancestors("header", "nav"), None)
    return masthead is not None and not layout.headline_in(masthead)


def _on_line(before: str, text: str, fetched: datetime | None) -> Iterator[tuple[Moment, float]]:
    """The moments of one line, each with a factor for what is said before it."""
    said_from = 0
    moments = read_moments(text, fetched)
    if not moments and (short := read_short_date(text)):
        moments = [short]
    for moment in moments:
        said = (
            text[said_from : moment.start]
            if said_from or moment.start > 3
            else before + text[: moment.start]
        )
        said_from = moment.start
        if _CHANGED.search(said):
            yield moment, _CHANGED_ONLY
        else:
            yield moment, _LABELLED if _LABEL.search(said) else 1.0


def _closeness(block: TextBlock, layout: Layout, above: int, *, labelled: bool) -> float:
    """From 0 to 1 how surely a block in this place is about the article."""
    start, end = layout.headline if layout.headline != NOWHERE else (layout.top, layout.top)
    into_body = block.start - layout.body[0]
    inside = block.start < layout.body[1] or layout.body[0] == layout.body[1]
    if block.start >= end and inside and into_body < _NEAR and block.start - end <= _FAR:
        return 1.0 if block.start - end <= _NEAR or into_body <= 0 else 0.6
    if block.end <= start:
        return _OVER if block.start >= above else 0.0
    below = block.start - layout.body[1]
    if 0 <= below <= _NEXT and block.text and len(without_dates(block.text)) < _ALONE:
        return 0.6
    if labelled and block.start >= layout.body[1]:
        return 0.6 if block.start - layout.body[1] < _NEAR else 0.4
    return 0.0
