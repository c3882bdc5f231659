"""Numbers, counts and dates as an Arabic reader writes them.

Pure functions over values, no markup. Digits are Arabic-Indic; months carry both of their usual
names, Levantine and Egyptian, because a page may be read in Beirut and in Cairo.

>>> day("2015-08-01")
'١ آب/أغسطس ٢٠١٥'
>>> from web.locale.strings import COUNTS
>>> counted(3, COUNTS["results"])
'٣ نتائج'
"""

from __future__ import annotations

import calendar
from datetime import date, datetime
from typing import NamedTuple

from hijridate import Gregorian

from crawl.text.letters import arabic_digits, ascii_digits
from web.locale.strings import HIJRI_MONTHS, MONTHS, TEXT, WEEKDAYS, PluralForms


class DayRange(NamedTuple):
    """The first and the last day, ISO, that a written day, month or year names."""

    first: str
    last: str


def number(value: int) -> str:
    """A whole number with the Arabic thousands mark.

    >>> number(19507)
    '١٩٬٥٠٧'
    """
    return arabic_digits(f"{value:,}").replace(",", "٬")


def seconds(milliseconds: float) -> str:
    """A duration in seconds, with the Arabic decimal mark.

    >>> seconds(12.3)
    '٠٫٠١٢'
    """
    return arabic_digits(f"{milliseconds / 1000:.3f}").replace(".", "٫")


def counted(count: int, noun: PluralForms) -> str:
    """A number and its noun in the form the number asks for (CLDR plural rules of Arabic).

    >>> from web.locale.strings import COUNTS
    >>> [counted(n, COUNTS["results"]) for n in (1, 2, 11, 100)]
    ['نتيجة واحدة', 'نتيجتان', '١١ نتيجة', '١٠٠ نتيجة']
    """
    match count:
        case 0:
            form = noun.zero
        case 1:
            form = noun.one
        case 2:
            form = noun.two
        case _ if 3 <= count % 100 <= 10:
            form = noun.few
        case _:
            form = noun.many
    return form.format(number(count))


def day(iso: str) -> str:
    """The day of an ISO date or instant; what is no date comes back as it is.

    >>> day("2015-08-01T14:30:00+03:00")
    '١ آب/أغسطس ٢٠١٥'
    """
    parsed = _parse(iso)
    if parsed is None:
        return iso
    return arabic_digits(f"{parsed.day} {MONTHS[parsed.month - 1]} {parsed.year}")


def full_day(iso: str) -> str:
    """The weekday, the day in both calendars, and the hour when it is known.

    >>> full_day("2015-08-01")
    'السبت ١ آب/أغسطس ٢٠١٥ (١٦ شوال ١٤٣٦هـ)'
    """
    parsed = _parse(iso)
    if parsed is None:
        return iso
    hour = f" {arabic_digits(iso[11:16])}" if len(iso) >= 16 else ""
    return f"{WEEKDAYS[parsed.weekday()]} {both_calendars(iso)}{hour}"


def hijri_day(when: date) -> str:
    """A day in the Umm al-Qura calendar; empty outside the years of its table (1343–1500 AH).

    >>> hijri_day(date(2015, 8, 1))
    '١٦ شوال ١٤٣٦هـ'
    """
    try:
        hijri = Gregorian.fromdate(when).to_hijri()
    except OverflowError:
        return ""
    return arabic_digits(f"{hijri.day} {HIJRI_MONTHS[hijri.month - 1]} {hijri.year}هـ")


def month(iso_month: str) -> str:
    """A month `YYYY-MM` by its names.

    >>> month("2015-08")
    'آب/أغسطس ٢٠١٥'
    """
    return arabic_digits(f"{MONTHS[int(iso_month[5:7]) - 1]} {iso_month[:4]}")


def period(since: str, until: str) -> str:
    """Two ISO days, either of them open, in both calendars.

    >>> period("2015-08-01", "2015-08-02")
    'من ١ آب/أغسطس ٢٠١٥ (١٦ شوال ١٤٣٦هـ) إلى ٢ آب/أغسطس ٢٠١٥ (١٧ شوال ١٤٣٦هـ)'
    """
    match bool(since), bool(until):
        case True, True if since == until:
            return both_calendars(since)
        case True, True:
            ends = both_calendars(since), both_calendars(until)
            return TEXT["period_between"].format(*ends)
        case True, False:
            return TEXT["period_from"].format(both_calendars(since))
        case _:
            return TEXT["period_until"].format(both_calendars(until))


def both_calendars(iso: str) -> str:
    """A day in the Gregorian and, where its table goes, the Hijri calendar.

    >>> both_calendars("2015-08-01")
    '١ آب/أغسطس ٢٠١٥ (١٦ شوال ١٤٣٦هـ)'
    """
    parsed = _parse(iso)
    hijri = hijri_day(parsed) if parsed else ""
    return f"{day(iso)} ({hijri})" if hijri else day(iso)


def day_range(text: str) -> DayRange | None:
    """The days that `2015`, `2015-08` or `2015-08-01` name, in any digits; None for anything else.

    >>> day_range("٢٠١٥-٠٢")
    DayRange(first='2015-02-01', last='2015-02-28')
    >>> day_range("أمس") is None
    True
    """
    written = ascii_digits(text.strip())
    for pattern in ("%Y-%m-%d", "%Y-%m", "%Y"):
        try:
            first = datetime.strptime(written, pattern).date()
        except ValueError:
            continue
        month_days = calendar.monthrange(first.year, first.month)[1]
        match pattern:
            case "%Y":
                last = first.replace(month=12, day=31)
            case "%Y-%m":
                last = first.replace(day=month_days)
            case _:
                last = first
        return DayRange(first.isoformat(), last.isoformat())
    return None


def _parse(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None
