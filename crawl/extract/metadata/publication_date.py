"""Publication date from structured data, URL and visible dates, each with a weight.

A third of the pages say it only to the reader, near the headline. Metadata may hold the day of the
crawl, 1970, or day and month changed over. So every statement gets a weight by its witness,
statements of one day add up, and when the best two are close the page is asked no further: an
unknown date costs a reader less than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from crawl.extract.metadata.structured_data import Metadata, strings
from crawl.extract.tree.dom import names
from crawl.extract.tree.layout import NOWHERE, Layout
from crawl.extract.tree.text_blocks import TextBlock
from crawl.text.dates import Moment, read_moments, read_short_date, read_stamp

_PUBLISHED_KEYS = (
    "article:published_time og:article:published_time datepublished publishdate publish-date "
    "publish_date pubdate publication_date published_time published date dc.date dc.date.issued "
    "dc.date.created dcterms.created dcterms.date dcterms.issued datecreated sailthru.date "
    "parsely-pub-date cxenseparse:recs:publishtime weibo:article:create_at article:create_at"
)
_MODIFIED_KEYS = (
    "article:modified_time datemodified og:updated_time dcterms.modified last-modified revised "
    "weibo:article:update_at"
)
_PUBLISHED = tuple(_PUBLISHED_KEYS.split())
_MODIFIED = tuple(_MODIFIED_KEYS.split())

# What one statement counts; benchmarks/pages.py chose the values.
_STATED = 3.0
_MICRODATA = 2.2  # templates repeat one day in it; a visible date knows better
_URL = 3.0
_URL_NUMBER = 1.5  # eight digits at the end of an address may be a number
_SHOWN = 3.0
_COUNTED = 0.6  # «منذ ساعتين» counts from the fetch: an attribute beside it knows better
_ATTRIBUTE = 2.2  # its instant may be another day in the paper's zone
_SHOWN_LATER = 0.3  # a second day near the headline: another story's
_LABELLED = 1.4
_CHANGED_ONLY = 0.4  # «آخر تحديث» alone is better than no day
_CLEAR = 1.0  # a day needs this much to be believed at all

# A visible date counts in full this near to the headline (in characters), and not at all past _FAR.
_NEAR = 250
_FAR = 700
_OVER = 0.8  # right over the headline, where nothing but the line stands between
_DATE_LINE = 140

_URL_DAY = re.compile(
    r"(?<![\d%])(?P<year>(?:19|20)\d\d)(?P<gap>(?P<slash>/)|[_-])(?P<month>\d\d?)(?P=gap)(?P<day>\d\d?)"
    r"(?!\d)(?(slash)(?![\w-]))"
    r"|(?<![\d%])(?P<y>20\d\d)/?(?P<md>[01]\d[0-3]\d)(?!\d)"
)
_HAS_YEAR = re.compile(
    r"(?:19|20)\d\d|1[34]\d\d|[٠-٩]{4}|[۰-۹]{4}|منذ|قبل|أمس|امس|اليوم|\d\d[-/.]\d\d[-/.]\d\d"
)
_FULL_YEAR = re.compile(r"(?:19|20)\d\d|1[34]\d\d|[٠-٩]{4}")
_LABEL = re.compile(r"(?:تاريخ|نشر|نُشر|أضيف|اضيف|كتب في|تحرير|publish|posted)", re.I)
_CHANGED = re.compile(r"تحديث|تعديل|update|modified", re.I)
# The last thing before a date on a caption line is a name of an agency or a camera, not a headline.
_CAPTION = re.compile(r"صوره|صورة|التعليق على|تصوير|AFP|Getty|Reuters")


_TODAY = re.compile(r"\W*(?:اليوم|today)\b", re.I)
_CLOCK = re.compile(
    "-(?:today|clock|current|now|masthead|topbar|top-bar|top-header|header-top|header-date|ticker)-"
)


class Published(NamedTuple):
    """ISO dates of publication and last change, empty when unknown, and what decided them."""

    date: str
    modified: str
    why: str


class _Statement(NamedTuple):
    witness: str
    moment: Moment
    weight: float


def choose_published(
    metadata: Metadata, url: str, layout: Layout, fetched: datetime | None
) -> Published:
    """Return when the article was published and changed.

    Days after `fetched` (unknown: after today) are disbelieved; «منذ ساعتين» counts back from it,
    and says nothing when it is unknown.
    """
    latest = (fetched or datetime.now(UTC)).date() + timedelta(days=2)
    stated = [*_stated(metadata), *_from_url(url, metadata), *_shown(layout, fetched)]
    stated += _attributes(layout)
    if any(not s.moment.hijri for s in stated):  # beside a Gregorian day a Hijri one adds nothing
        stated = [s for s in stated if not s.moment.hijri]
    stated = [s for s in stated if s.moment.day <= latest or (s.moment.swapped or latest) < latest]
    day, why = _weigh(stated)
    changed = (
        moment.iso
        for moment in _changed(metadata)
        if moment.day <= latest and (day is None or moment.day >= day)
    )
    return Published(_iso(day, stated) if day else "", next(changed, ""), why)


def _stated(metadata: Metadata) -> Iterator[_Statement]:
    for text in strings(metadata.article.get("datePublished")) or strings(
        metadata.article.get("dateCreated")
    ):
        yield from _statement("json-ld", text, _STATED)
    seen: set[str] = set()
    for key in _PUBLISHED:
        for text in metadata.meta.get(key, [])[:1]:
            if text[:10] not in seen:  # five tags with one value are one witness
                seen.add(text[:10])
                yield from _statement(key, text, _STATED)
    for text in metadata.micro.get("datepublished", [])[:1]:
        if text[:10] not in seen:
            yield from _statement("microdata", text, _MICRODATA)


def _changed(metadata: Metadata) -> Iterator[Moment]:
    texts = [*strings(metadata.article.get("dateModified"))]
    texts += [text for key in _MODIFIED for text in metadata.meta.get(key, [])[:1]]
    for text in texts:
        if moment := read_stamp(text):
            yield moment


def _statement(witness: str, text: str, weight: float) -> Iterator[_Statement]:
    if moment := read_stamp(text):
        yield _Statement(witness, moment, weight)


def _from_url(url: str, metadata: Metadata) -> Iterator[_Statement]:
    for address in (url, metadata.canonical):
        for found in _URL_DAY.finditer(address):
            parts = found.groupdict()
            month = parts["month"] or parts["md"][:2]
            day = parts["day"] or parts["md"][2:]
            written = f"{parts['year'] or parts['y']}-{int(month):02}-{int(day):02}"
            if moment := read_stamp(written):
                number = parts["md"] and found.end() == len(address) and "/" not in found[0]
                weight = _URL_NUMBER if number else _URL
                yield _Statement("address", moment._replace(swapped=None), weight)
                return


def _shown(layout: Layout, fetched: datetime | None) -> Iterator[_Statement]:
    """Yield the dates a reader sees on short lines near the headline or at the body's ends."""
    first: date | None = None
    blocks, above = layout.blocks, layout.above
    below_first = sorted(enumerate(blocks), key=lambda numbered: numbered[1].start < layout.top)
    for place, block in below_first:
        if len(block.text) > _DATE_LINE or not _HAS_YEAR.search(block.text):
            continue
        if _is_clock(block, layout):
            continue
        before = blocks[place - 1].text if place and len(blocks[place - 1].text) < 30 else ""
        closeness = _closeness(
            block, layout, above, labelled=bool(_LABEL.search(before + block.text))
        )
        linked = 4 * block.linked > 3 * len(block.text) and block.start >= layout.body[0]
        if closeness == 0 or linked or _CAPTION.search(block.text):
            continue
        for moment, factor in _on_line(before, block.text, fetched):
            if first and abs((moment.day - first).days) > 1 and moment.swapped != first:
                factor *= _SHOWN_LATER
            first = first or moment.day
            factor *= _COUNTED if moment.relative else 1.0
            yield _Statement("shown", moment, _SHOWN * closeness * factor)


def _attributes(layout: Layout) -> Iterator[_Statement]:
    """Yield the moments in attributes beside the headline: `<time datetime>`, `data-date`."""
    seen: set[str] = set()
    for place, element, value in layout.stamps:
        block = TextBlock("", place, element)
        closeness = _closeness(block, layout, layout.above, labelled=False)
        if closeness == 0 or value[:10] in seen or _is_clock(block, layout):
            continue
        if _CHANGED.search(names(element)):
            continue
        if moment := read_stamp(value):
            factor = _SHOWN_LATER if seen else 1.0
            seen.add(value[:10])
            weight = _ATTRIBUTE * closeness * factor
            yield _Statement("attribute", moment._replace(swapped=None), weight)


def _is_clock(block: TextBlock, layout: Layout) -> bool:
    """Tell whether a line is the masthead's: what day it is, not what day it was."""
    if _TODAY.match(block.text) and _FULL_YEAR.search(block.text):
        return True
    if _CLOCK.search(names(block.element) + names(block.element.getparent())):
        return True
    if block.start >= layout.headline[1]:
        return False
    masthead = next(block.element.iterancestors("header", "nav"), None)
    return masthead is not None and not layout.headline_in(masthead)


def _on_line(before: str, text: str, fetched: datetime | None) -> Iterator[tuple[Moment, float]]:
    """Yield the moments of one line, each with a factor for what is said before it."""
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
    """Return from 0 to 1 how surely a block in this place is about the article."""
    start, end = layout.headline if layout.headline != NOWHERE else (layout.top, layout.top)
    into_body = block.start - layout.body[0]
    inside = block.start < layout.body[1] or layout.body[0] == layout.body[1]
    if block.start >= end and inside and into_body < _NEAR and block.start - end <= _FAR:
        return 1.0 if block.start - end <= _NEAR or into_body <= 0 else 0.6
    if block.end <= start:
        return _OVER if block.start >= above else 0.0
    if labelled and block.start >= layout.body[1]:
        return 0.6 if block.start - layout.body[1] < _NEAR else 0.4
    return 0.0


def _weigh(stated: list[_Statement]) -> tuple[date | None, str]:
    """Return the day with the most weight; of two days nearly as heavy, the earlier.

    The later of two is most often the day of an update or of the crawl.
    """
    days = {statement.moment.day for statement in stated}
    totals: dict[date, float] = {}
    for place, (_, moment, weight) in enumerate(stated):
        others = {s.moment.day for s in stated[:place] + stated[place + 1 :]}
        swap = moment.swapped is not None and moment.swapped in others and moment.day not in others
        day = moment.swapped if swap and moment.swapped else moment.day
        totals[day] = totals.get(day, 0.0) + weight
    if not totals:
        return None, "no statement"
    heaviest = max(totals.values())
    if heaviest < _CLEAR:
        return None, "too weak"
    best = min(day for day in days | set(totals) if totals.get(day, 0.0) >= 0.8 * heaviest)
    witnesses = sorted({s.witness for s in stated if best in (s.moment.day, s.moment.swapped)})
    return best, f"{', '.join(witnesses)} ({totals[best]:.1f})"


def _iso(day: date, stated: list[_Statement]) -> str:
    instants = [s.moment for s in stated if s.moment.instant and s.moment.day == day]
    return instants[0].iso if instants else day.isoformat()
