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
from crawl.extract.metadata.visible_dates import DateStatement, in_attributes, shown
from crawl.extract.tree.layout import Layout
from crawl.text.dates import Moment, read_stamp

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
# Templates repeat one day in it; a visible date knows better.
_MICRODATA = 2.2

_URL = 3.0
_URL_NUMBER = 1.5  # eight digits at the end of an address may be a number
_CLEAR = 1.0  # a day needs this much to be believed at all


_URL_DAY = re.compile(
    r"(?<![\d%])(?P<year>(?:19|20)\d\d)(?P<gap>(?P<slash>/)|[_-])(?P<month>\d\d?)(?P=gap)(?P<day>\d\d?)"
    r"(?!\d)(?(slash)(?![\w-]))"
    r"|(?<![\d%])(?P<y>20\d\d)/?(?P<md>[01]\d[0-3]\d)(?!\d)"
)


class Published(NamedTuple):
    """ISO dates of publication and last change, empty when unknown, and what decided them."""

    date: str
    modified: str
    why: str


def choose_published(
    metadata: Metadata, url: str, layout: Layout, fetched: datetime | None
) -> Published:
    """When the article was published and changed.

    Days after `fetched` (unknown: after today) are disbelieved; «منذ ساعتين» counts back from it,
    and says nothing when it is unknown.
    """
    latest = (fetched or datetime.now(UTC)).date() + timedelta(days=2)
    stated = [*_stated(metadata), *_from_url(url, metadata), *shown(layout, fetched)]
    stated += in_attributes(layout)
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


def _stated(metadata: Metadata) -> Iterator[DateStatement]:
    for text in _dates(metadata, "datePublished") or _dates(metadata, "dateCreated"):
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
    texts = _dates(metadata, "dateModified")
    texts += [text for key in _MODIFIED for text in metadata.meta.get(key, [])[:1]]
    for text in texts:
        if moment := read_stamp(text):
            yield moment


def _dates(metadata: Metadata, name: str) -> list[str]:
    """The dates that JSON-LD states under a name; a number counts seconds."""
    value = metadata.article.get(name)
    return [str(value)] if isinstance(value, int) else strings(value)


def _statement(witness: str, text: str, weight: float) -> Iterator[DateStatement]:
    if moment := read_stamp(text):
        yield DateStatement(witness, moment, weight)


def _from_url(url: str, metadata: Metadata) -> Iterator[DateStatement]:
    for address in (url, metadata.canonical):
        for found in _URL_DAY.finditer(address):
            parts = found.groupdict()
            month = parts["month"] or parts["md"][:2]
            day = parts["day"] or parts["md"][2:]
            written = f"{parts['year'] or parts['y']}-{int(month):02}-{int(day):02}"
            if moment := read_stamp(written):
                number = parts["md"] and found.end() == len(address) and "/" not in found[0]
                weight = _URL_NUMBER if number else _URL
                yield DateStatement("address", moment._replace(swapped=None), weight)
                return


def _weigh(stated: list[DateStatement]) -> tuple[date | None, str]:
    """The day with the most weight; of two days nearly as heavy, the earlier.

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


def _iso(day: date, stated: list[DateStatement]) -> str:
    instants = [s.moment for s in stated if s.moment.instant and s.moment.day == day]
    return instants[0].iso if instants else day.isoformat()
