"""Addresses that a site lists, and when each last changed by the site's word."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from crawl.text.dates import read_stamp

# No Arabic page on the web is older; 1970 is a clock that was never set.
_EARLIEST = 1985
_LATEST = 2100  # 2569 is a year of the Buddhist era
_LONGEST = 100  # characters of a written moment that are read
# A zone that means one offset everywhere: Python's reader of mail dates takes «AST» for the
# Atlantic's (in the Gulf it is Arabia's), and «GMT+3» for GMT.
_SURE_ZONE = re.compile(r"(?:\s[+-]\d{4}|\s(?:GMT|UTC?|Z))(?:\s*\([^()]*\))?$")
_NO_YEAR = re.compile(r"\s0\d{3}\s")  # «0001», which the reader of mail dates takes for 2001


class Listed(NamedTuple):
    """An address that a sitemap or feed lists, and when it last changed by its word (UTC or '')."""

    url: str
    moment: str


def utc_moment(written: str) -> str:
    """A sitemap's or feed's moment as ISO 8601 in UTC, comparable as text; '' when it says none.

    A moment without a zone is taken for UTC: it is compared with others of the same listing only.

    >>> utc_moment("Mon, 06 Jul 2015 10:00:00 +0300"), utc_moment("2015-07-06"), utc_moment("أمس")
    ('2015-07-06T07:00:00+00:00', '2015-07-06T00:00:00+00:00', '')
    """
    known = _machine(written) or _human(written)
    if known is None:
        return ""
    zoned = known if known.tzinfo else known.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).isoformat(timespec="seconds")


def published(written: str) -> str:
    """A feed's date as an article's: an instant in UTC where a zone is told, else a day; or ''.

    >>> published("25 نوفمبر 2026"), published("Wed, 25 Nov 2026 10:00:00 +0300")
    ('2026-11-25', '2026-11-25T07:00:00+00:00')
    >>> published("2026-11-25 23:00"), published("Thu, 01 Jan 1970 00:00:00 +0000")
    ('2026-11-25', '')
    """
    known = _machine(written) or _human(written)
    if known is None:
        return ""
    if known.tzinfo is None:
        return known.date().isoformat()
    return known.astimezone(UTC).isoformat(timespec="seconds")


def _machine(written: str) -> datetime | None:
    """ISO 8601 or a mail's date; None when it is neither, or no year of a news page."""
    written = written.strip()[:_LONGEST]
    if _NO_YEAR.search(written):
        return None
    try:
        read = parsedate_to_datetime if _SURE_ZONE.search(written) else datetime.fromisoformat
        return _sane(read(written))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _human(written: str) -> datetime | None:
    """What a page may say: Arabic months, day first, zones by name."""
    stamp = read_stamp(written[:_LONGEST]) if written else None
    if stamp is None:
        return None
    return _sane(stamp.instant or datetime(stamp.day.year, stamp.day.month, stamp.day.day))


def _sane(moment: datetime) -> datetime | None:
    return moment if _EARLIEST <= moment.year <= _LATEST else None
