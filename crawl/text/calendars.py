"""Days of both calendars: years, months and days as their first and last day.

A year up to 1500 is of the Hijra: no newspaper is so old by the other calendar. Hijri days follow
the Umm al-Qura calendar of `hijridate`, which knows 1343 to 1500.

>>> days_of(1436, 9)
(datetime.date(2015, 6, 18), datetime.date(2015, 7, 16))
>>> in_hijri("2015-06-18")
'1 رمضان 1436'
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from crawl.text.month_names import WRITTEN

# A year under this one is of the Hijra.
HIJRI_UNTIL = 1501

# The first and the last day of a time, both included.
Days = tuple[date, date]


def is_hijri(year: int) -> bool:
    """Whether a year is counted from the Hijra."""
    return year < HIJRI_UNTIL


def days_of(year: int, month: int = 0, day: int = 0) -> Days | None:
    """First and last day of a year, month or day of either calendar; None when there is none."""
    try:
        if is_hijri(year):
            return _hijri_day(year, month or 1, day or 1), _hijri_day(year, month or 12, day)
        last = day or calendar.monthrange(year, month or 12)[1]
        return date(year, month or 1, day or 1), date(year, month or 12, last)
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


def this_year(today: date, hijri: bool) -> int:
    """The year that a day lies in, of either calendar; 0 where the calendar does not reach."""
    if not hijri:
        return today.year
    from hijridate import Gregorian  # five modules, for the few queries that name such a day

    try:
        return Gregorian(today.year, today.month, today.day).to_hijri().year
    except (OverflowError, ValueError):
        return 0


def back(day: date, days: int) -> date:
    """The day so many days earlier (later, if negative), within what Python can say."""
    if days < 0:
        return day + timedelta(days=min(-days, (date.max - day).days))
    return day - timedelta(days=min(days, (day - date.min).days))


def months_back(day: date, months: int) -> date:
    """The same day so many months earlier, the month's last where it has no such day.

    >>> months_back(date(2015, 3, 31), 1)
    datetime.date(2015, 2, 28)
    """
    count = min(max(day.year * 12 + day.month - 1 - months, 12), 9999 * 12 + 11)
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def in_hijri(day: str) -> str:
    """An ISO day in the Hijri calendar, `1 رمضان 1436`; empty outside the years 1343 to 1500."""
    from hijridate import Gregorian

    try:
        found = Gregorian.fromisoformat(day).to_hijri()
    except (OverflowError, ValueError):
        return ""
    return f"{found.day} {WRITTEN['hijri'][found.month - 1]} {found.year}"


def _hijri_day(year: int, month: int, day: int) -> date:
    """A Hijri day in our calendar; day 0 is the month's last."""
    from hijridate import Hijri

    first = Hijri(year, month, 1)
    found = Hijri(year, month, day or first.month_length()).to_gregorian()
    return date(found.year, found.month, found.day)
