"""Days: what a reader writes for a time, as a range of days, in both calendars.

`2015`, `2015-08`, `2015/8/1`, `2015..2016`, «أغسطس 2015», «آب 2015», «رمضان 1436», «أمس»,
«منذ أسبوعين», «آخر 3 أيام»: each becomes its first and last day. A year under 1700 is of the Hijra.
Hijri months follow the Umm al-Qura calendar of `hijridate`, which knows 1343 to 1500.

>>> period("رمضان 1436", date(2026, 11, 23))
Period(since='2015-06-18', until='2015-07-16', said='رمضان 1436')
>>> in_hijri("2015-06-18")
'1 رمضان 1436'
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from hijridate import Gregorian, Hijri

from crawl.text.letters import ALEF_FORMS
from index import cut, fold


class Period(NamedTuple):
    """Days, both included, ISO or empty for open, and the words they were read from."""

    since: str
    until: str
    said: str


_HIJRI_NAMES = (
    "محرم;صفر;ربيع الأول;ربيع الآخر,ربيع الثاني;جمادى الأولى,جمادى الأول;"
    "جمادى الآخرة,جمادى الثانية,جمادى الآخر;رجب;شعبان;رمضان;شوال;"
    "ذو القعدة,ذي القعدة;ذو الحجة,ذي الحجة"
)
_GREGORIAN_NAMES = (
    "يناير,كانون الثاني,جانفي;فبراير,شباط,فيفري;مارس,آذار;أبريل,نيسان,أفريل;"
    "مايو,أيار,ماي;يونيو,حزيران,جوان,يونيه;يوليو,تموز,جويلية,يوليه,يوليوز;أغسطس,آب,أوت,غشت;"
    "سبتمبر,أيلول,شتنبر;أكتوبر,تشرين الأول;نوفمبر,تشرين الثاني,نونبر;ديسمبر,كانون الأول,دجنبر"
)
_UNITS = {
    **dict.fromkeys(("يوم", "ايام"), 1),
    **dict.fromkeys(("اسبوع", "اسابيع"), 7),
    **dict.fromkeys(("شهر", "اشهر", "شهور"), 30),
    **dict.fromkeys(("سنة", "سنوات", "عام", "اعوام"), 365),
    "يومين": 2,
    "اسبوعين": 14,
    "شهرين": 60,
    "سنتين": 730,
    "عامين": 730,
}
"""A unit of time as written → days."""

_SMALL = dict(
    zip(["ثلاث", "اربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"], range(3, 11), strict=True)
)
_WRITTEN = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
_YEAR = re.compile(r"(\d{4})(?:ه|م)?")  # 1436هـ is one word, and its tatweel folds away
_HIJRI_UNTIL = 1700
"""A year under this one is of the Hijra: no newspaper is older than the Gregorian one."""


def _plain(text: str) -> str:
    """A word by which the tables are looked up: folded, the hamza off its alef."""
    return fold(text).translate(_ALEFS)


_ALEFS = str.maketrans(ALEF_FORMS)


def _months(table: str) -> dict[tuple[str, ...], int]:
    return {
        tuple(map(_plain, name.split())): number
        for number, names in enumerate(table.split(";"), start=1)
        for name in names.split(",")
    }


_HIJRI = _months(_HIJRI_NAMES)
_GREGORIAN = _months(_GREGORIAN_NAMES)
_SINCE = "منذ"
_YESTERDAY = ("امس", "البارحة")
_FIRST = {_SINCE, *_YESTERDAY, *(name[0] for name in (*_HIJRI, *_GREGORIAN))}
"""Words with which a time in plain words begins, if not with a number."""


def period(text: str, today: date) -> Period | None:
    """The days that a whole string names; None when it names none."""
    text = text.strip()
    if ".." in text:
        return _between(text, today)
    if written := _WRITTEN.fullmatch(_western(text)):
        days = _written(written)
        return Period(*_iso(days), text) if days else None
    words = [_plain(text[a:b]) for a, b in zip(*cut(text), strict=True)]
    for reader in (_month_of_year, _ago, _last, _named_day, _month_alone):
        found = reader(words, today)
        if found and found[1] == len(words):
            return Period(*_iso(found[0]), text)
    return None


def leading(words: Sequence[str], today: date) -> tuple[Period, int] | None:
    """The days that the first of these words name beyond doubt, and how many words say it.

    Only what is rarely anything else: a month with its year, «منذ أسبوع», «أمس».
    """
    if not words or not (words[0].isdecimal() or _plain(words[0]) in _FIRST):
        return None
    plain = [_plain(word) for word in words[:5]]
    for reader in (_month_of_year, _since, _yesterday):
        if found := reader(plain, today):
            days, used = found
            return Period(*_iso(days), " ".join(words[:used])), used
    return None


def in_hijri(day: str) -> str:
    """An ISO day in the Hijri calendar, `1 رمضان 1436`; empty outside the years 1343 to 1500."""
    try:
        found = Gregorian.fromisoformat(day).to_hijri()
    except (OverflowError, ValueError):
        return ""
    name = _HIJRI_NAMES.split(";")[found.month - 1].split(",")[0]
    return f"{found.day} {name} {found.year}"


_Days = tuple[date, date]
_Read = tuple[_Days, int]


def _iso(days: tuple[date | None, date | None]) -> tuple[str, str]:
    since, until = days
    return (since.isoformat() if since else "", until.isoformat() if until else "")


def _western(text: str) -> str:
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)


def _between(text: str, today: date) -> Period | None:
    left, right = (part.strip() for part in text.split("..", 1))
    first, last = period(left, today) if left else None, period(right, today) if right else None
    if (left and not first) or (right and not last) or not (first or last):
        return None
    since, until = first.since if first else "", last.until if last else ""
    if since and until and since > until:
        since, until = last.since if last else "", first.until if first else ""
    return Period(since, until, text)


def _written(found: re.Match[str]) -> _Days | None:
    year, month, day = (int(part) if part else 0 for part in found.groups())
    return _days(year, month, day)


def _days(year: int, month: int = 0, day: int = 0) -> _Days | None:
    """First and last day of a year, month or day of either calendar; None when there is none."""
    hijri = year < _HIJRI_UNTIL
    try:
        if hijri:
            return _hijri(year, month or 1, day or 1), _hijri(year, month or 12, day)
        last = day or calendar.monthrange(year, month or 12)[1]
        return date(year, month or 1, day or 1), date(year, month or 12, last)
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


def _hijri(year: int, month: int, day: int) -> date:
    """A Hijri day in our calendar; day 0 is the month's last."""
    first = Hijri(year, month, 1)
    found = Hijri(year, month, day or first.month_length()).to_gregorian()
    return date(found.year, found.month, found.day)


def _month(words: Sequence[str]) -> tuple[bool, int, int] | None:
    """Whether it is a Hijri month, its number, and how many words name it (يوليو/تموز: two)."""
    for hijri, table in ((True, _HIJRI), (False, _GREGORIAN)):
        for width in (2, 1):
            number = table.get(tuple(words[:width])) if len(words) >= width else None
            if number:
                again = _month(words[width:])
                twice = again is not None and again[:2] == (hijri, number)
                return hijri, number, width + (again[2] if again and twice else 0)
    return None


def _month_of_year(words: Sequence[str], _today: date) -> _Read | None:
    """`[15] رمضان [عام] 1436 [هـ]`"""
    day = int(words[0]) if words and words[0].isdecimal() and len(words[0]) <= 2 else 0
    start = 1 if day else 0
    found = _month(words[start:])
    if not found:
        return None
    hijri, month, used = found
    place = start + used
    place += place < len(words) and words[place] in ("عام", "سنة")
    written = _YEAR.fullmatch(words[place]) if place < len(words) else None
    if not written:
        return None
    year = int(written[1])
    days = _days(year, month, day) if (year < _HIJRI_UNTIL) == hijri else None
    place += 1
    place += place < len(words) and words[place] in ("م", "ه")
    return (days, place) if days else None


def _since(words: Sequence[str], today: date) -> _Read | None:
    return _ago(words, today, openers=(_SINCE,))


def _ago(
    words: Sequence[str],
    today: date,
    openers: Sequence[str] = (_SINCE, "اخر", "خلال", "من"),
) -> _Read | None:
    """`منذ أسبوع`, `آخر 3 أيام`, `منذ شهرين`"""
    if len(words) < 2 or words[0] not in openers:
        return None
    count = _count(words[1])
    place = 1 + (count is not None)
    unit = _UNITS.get(words[place]) if place < len(words) else None
    if not unit or (place + 1 < len(words) and words[place + 1].isdecimal()):  # «منذ عام 2017»
        return None
    return (_back(today, unit * (count or 1)), today), place + 1


def _count(word: str) -> int | None:
    if word.isdecimal() and len(word) <= 4:
        return int(word)
    return _SMALL.get(word.removesuffix("ة").removesuffix("ه"))


def _back(today: date, days: int) -> date:
    return today - timedelta(days=min(days, (today - date.min).days))


def _last(words: Sequence[str], today: date) -> _Read | None:
    """`الأسبوع الماضي`, `الشهر الأخير`"""
    if len(words) < 2 or words[1] not in ("الماضي", "الماضية", "الاخير", "الاخيرة"):
        return None
    unit = _UNITS.get(words[0].removeprefix("ال"))
    return ((_back(today, unit), today), 2) if unit else None


def _yesterday(words: Sequence[str], today: date) -> _Read | None:
    if not words or words[0] not in _YESTERDAY:
        return None
    day = _back(today, 1)
    return (day, day), 1


def _named_day(words: Sequence[str], today: date) -> _Read | None:
    if words and words[0] == "اليوم":
        return (today, today), 1
    return _yesterday(words, today)


def _month_alone(words: Sequence[str], today: date) -> _Read | None:
    """The month of that name that began last."""
    found = _month(words)
    if not found:
        return None
    hijri, month, used = found
    year = Gregorian(today.year, today.month, today.day).to_hijri().year if hijri else today.year
    days = _days(year, month)
    if days and days[0] > today:
        days = _days(year - 1, month)
    return (days, used) if days else None
