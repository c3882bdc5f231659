"""Days counted from today: «أمس», «منذ أسبوعين», «الشهر الماضي», «الخميس المقبل».

Readers as in `crawl.text.named_days`. «الأسبوع الماضي» is the calendar week before this one,
Saturday to Friday as most Arab countries count; «آخر أسبوع» and «منذ أسبوع» are seven days back to
today; «قبل أسبوع» is that one day, and «قبل شهرين» that whole month.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crawl.text.calendars import Days, back, days_of, months_back
from crawl.text.named_days import Read
from crawl.text.numerals import read_number
from crawl.text.time_words import FUTURE, LATEST, PAST, PLURALS, THIS, TWO, UNITS, WEEKDAYS, Unit

SINCE = ("منذ", "مند", "since", "depuis")
_LAST_SO_MANY = (*SINCE, "اخر", "خلال", "من")
_TOLD_BEFORE = ("هذا", "هذه", "this", "last", "past", "next")
_BEFORE, _AFTER = ("قبل", "il"), ("بعد", "in")
# Days that have a name, the longest names first → how many days ago.
_NAMED: dict[tuple[str, ...], int] = {
    ("اول", "من", "امس"): 2,
    ("اول", "امس"): 2,
    ("امس", "الاول"): 2,
    ("قبل", "امس"): 2,
    ("قبل", "البارحه"): 2,
    ("امس",): 1,
    ("البارحه",): 1,
    ("yesterday",): 1,
    ("hier",): 1,
    ("اليوم",): 0,
    ("الليله",): 0,
    ("الان",): 0,
    ("today",): 0,
    ("now",): 0,
    ("بعد", "غد"): -2,
    ("غدا",): -1,
    ("غد",): -1,
    ("tomorrow",): -1,
}
# Saturday, by `date.weekday()`; CLDR has it so for most Arab countries.
_WEEK_BEGINS = 5

_MOST_COUNT = 9999
# «الأيام الماضية» are at least so many: Arabic has another form for two.
_FEW = 3


def named_day(words: Sequence[str], today: date) -> Read | None:
    """«اليوم», «أمس», «أول أمس», «أمس الخميس»."""
    for name, ago in _NAMED.items():
        if tuple(words[: len(name)]) == name:
            day, used = back(today, ago), len(name)
            after = words[used].removeprefix("ال") if used < len(words) else ""
            return (day, day), used + (WEEKDAYS.get(after) == day.weekday())
    return None


def weekday(words: Sequence[str], today: date) -> Read | None:
    """«الخميس»: the last one, today included; «الماضي» before today, «المقبل» after it."""
    number = WEEKDAYS.get(words[0].removeprefix("ال")) if words else None
    if number is None:
        return None
    told = words[1] if len(words) > 1 else ""
    ago = (today.weekday() - number) % 7
    if told in (*PAST, *LATEST):
        ago = ago or 7
    elif told in FUTURE:
        ago -= 7
    day = back(today, ago)
    return (day, day), 1 + (told in (*PAST, *LATEST, *FUTURE, *THIS))


def last_so_many(words: Sequence[str], today: date) -> Read | None:
    """«منذ أسبوع», «آخر 3 أيام», «خلال الشهرين الماضيين», «آخر 24 ساعة»: up to today."""
    if not words or words[0] not in _LAST_SO_MANY:
        return None
    found = _counted(words[1:])
    if not found:
        return None
    count, unit, used = found
    place = 1 + used
    if place < len(words) and words[place].isdecimal():  # «منذ عام 2017»
        return None
    place += place < len(words) and words[place] in (*PAST, *LATEST)
    return (_earlier(today, count, unit), today), place


def so_long_ago(words: Sequence[str], today: date) -> Read | None:
    """«قبل يومين»: that day; «قبل شهرين», «بعد سنة»: that month, that year."""
    if not words or words[0] not in (*_BEFORE, *_AFTER):
        return None
    found = _counted(words[1:])
    if not found:
        return None
    count, unit, used = found
    day = _earlier(today, -count if words[0] in _AFTER else count, unit)
    place = 1 + used
    return (_calendar(day, unit) if unit in ("month", "year") else (day, day)), place


def unit_told(words: Sequence[str], today: date) -> Read | None:
    """«هذا الشهر», «العام الجاري», «الأسبوع الماضي», «الأيام الثلاثة الماضية», «السنة المقبلة»."""
    before = int(bool(words) and words[0] in _TOLD_BEFORE)
    found = _counted(words[before:])
    if not found:
        return None
    count, unit, used = found
    place = before + used
    told = words[0] if before else words[place] if place < len(words) else ""
    several = count > 1 or words[place - 1].removeprefix("ال") in PLURALS
    place += not before
    if told in FUTURE:
        ahead = _earlier(today, -count, unit)
        return ((today, ahead) if several else _calendar(ahead, unit)), place
    if told in THIS and not several:
        return (_calendar(today, unit)[0], today), place
    if told in PAST and not several:
        return _calendar(_earlier(today, count, unit), unit), place
    if told in (*THIS, *PAST, *LATEST):
        return (_earlier(today, _FEW if several and count == 1 else count, unit), today), place
    return None


def _counted(words: Sequence[str]) -> tuple[int, Unit, int] | None:
    """A count of units, how many tokens say it: «3 أيام», «يومين», «الأيام الثلاثة», «ال24 ساعة»"""
    if not words:
        return None
    first = words[0].removeprefix("ال")
    if first in TWO:
        return 2, TWO[first], 1
    if first in UNITS:
        after = _number(words[1:]) if first in PLURALS else None
        return (after[0], UNITS[first], 1 + after[1]) if after else (1, UNITS[first], 1)
    number = _number(words)
    if not number:
        return None
    count, used = number
    unit = UNITS.get(words[used].removeprefix("ال")) if used < len(words) else None
    return (count, unit, used + 1) if unit else None


def _number(words: Sequence[str]) -> tuple[int, int] | None:
    place = int(bool(words) and words[0] == "ال")  # «الـ24»
    if place < len(words) and words[place].isdecimal():
        count = int(words[place][:5])
        return (count, place + 1) if 0 < count <= _MOST_COUNT else None
    return read_number(words)


def _earlier(today: date, count: int, unit: Unit) -> date:
    """The day so many units ago; hours make a day from twelve on."""
    match unit:
        case "year":
            return months_back(today, 12 * count)
        case "month":
            return months_back(today, count)
        case "week":
            return back(today, 7 * count)
        case "day":
            return back(today, count)
        case "hour":
            return back(today, (count + 12) // 24)
        case _:
            return today


def _calendar(day: date, unit: Unit) -> Days:
    """The year, month, week or day of the calendar that a day lies in."""
    match unit:
        case "year":
            return days_of(day.year) or (day, day)
        case "month":
            return days_of(day.year, day.month) or (day, day)
        case "week":
            first = back(day, (day.weekday() - _WEEK_BEGINS) % 7)
            return first, back(first, -6)
        case _:
            return day, day
