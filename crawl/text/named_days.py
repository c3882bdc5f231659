"""Days, months, years and their parts, where the words name them: `15/8/2015`, «صيف 2015».

A reader here takes the tokens of a time in plain spelling and tells the days that the first of them
name, and how many tokens it read; None where they name none. Numeric dates are day first, as 632 of
714 in real articles are, unless that is impossible.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from crawl.text.calendars import Days, days_of, is_hijri, months_back, this_year
from crawl.text.month_names import MOST_WORDS, month_named
from crawl.text.numerals import read_number, read_ordinal
from crawl.text.time_words import FUTURE, PAST, SEASONS, THIS
from crawl.text.years import era, read_year

Read = tuple[Days, int]

_SIGNS = ("/", "-", ".", "\\")
_OF = ("من", "في", "ل", "of", "de")
# Two digits from this on are a year of the last century: 15/8/98.
_OLDEST_SHORT = 70
# Words for a third of a time.
_THIRDS = {
    **dict.fromkeys(("بدايه", "مطلع", "اوائل", "اوايل", "مستهل"), 1),
    **dict.fromkeys(("منتصف", "اواسط", "وسط"), 2),
    **dict.fromkeys(("نهايه", "اواخر", "ختام"), 3),
}

_FRACTIONS = {"الربع": 4, "ربع": 4, "q": 4, "النصف": 2, "نصف": 2, "الثلث": 3, "ثلث": 3}
_LAST_PART = ("اخير", "الاخير")
_NEW_MOON = "غره"  # the first day of a Hijri month


def whole_year(words: Sequence[str], today: date) -> Read | None:
    """A year and nothing else."""
    year = read_year(words, today)
    days = days_of(year.number) if year.number and not year.relative else None
    return (days, year.used) if days else None


def numeric(words: Sequence[str], _today: date) -> Read | None:
    """`2015-08-01`, `15/8/2015`, `8/2015`, `2015/8`, `1/9/1436 هـ`, `15/8/98`."""
    if words and words[0].isdecimal() and len(words[0]) == 8:
        stamp = words[0]
        days = days_of(int(stamp[:4]), int(stamp[4:6]) or 13, int(stamp[6:]) or 32)
        return (days, 1) if days else None
    numbers = [words[place] for place in range(0, min(len(words), 5), 2)]
    signs = list(words[1 : 2 * len(numbers) - 1 : 2])
    width = 1
    while width < len(numbers) and numbers[width].isdecimal() and signs[width - 1] in _SIGNS:
        width += 1
    if width < 2 or not numbers[0].isdecimal() or len(set(signs[: width - 1])) > 1:
        return None
    parts = _ordered(numbers[:width])
    days = days_of(*parts) if parts else None
    if not parts or not days:
        return None
    used = 2 * width - 1
    return days, used + era(words[used:], parts[0])


def named_month(words: Sequence[str], today: date) -> Read | None:
    """«15 أغسطس/آب 2015», «غرة رمضان 1436 هـ», «August 15, 2015», «أغسطس من العام الماضي»."""
    day, place = _day_number(words)
    place += place < len(words) and words[place] in _SIGNS if place else 0
    month = _month(words[place:])
    if not month:
        return None
    hijri, number, used = month
    place += used
    if not day and place < len(words) and words[place].isdecimal() and len(words[place]) <= 2:
        after = words[place + 1 :]
        if read_year(after[after[:1] == [","] :], today).number:
            day, place = int(words[place]), place + 1
    place += place < len(words) and words[place] in (*_SIGNS, *_OF, ",")
    year = read_year(words[place:], today)
    if not year.number:
        return None
    in_year = this_year(date(year.number, today.month, 1), hijri) if year.relative else year.number
    days = days_of(in_year, number, day) if is_hijri(in_year) == hijri else None
    return (days, place + year.used) if days else None


def latest_month(words: Sequence[str], today: date) -> Read | None:
    """«رمضان», «15 أغسطس»: the one that began last; «المقبل» the next, «الماضي» the last whole."""
    day, place = _day_number(words)
    month = _month(words[place:])
    if not month:
        return None
    hijri, number, used = month
    place += used
    told = words[place] if place < len(words) else ""
    year = this_year(today, hijri)
    if not year:
        return None
    these = [days_of(year + shift, number, day) for shift in (-1, 0, 1)]
    if told in THIS:
        chosen = these[1]
    elif told in FUTURE:
        chosen = next((days for days in these if days and days[0] > today), None)
    else:
        over = 1 if told in PAST else 0  # its last day is over, or its first has come
        chosen = next(
            (d for d in reversed(these) if d and d[over] <= today - timedelta(over)), None
        )
    known = told in (*THIS, *FUTURE, *PAST)
    return (chosen, place + known) if chosen else None


def season(words: Sequence[str], today: date) -> Read | None:
    """«صيف 2015», «شتاء 2014/2015», «الصيف الماضي»: three whole months."""
    first = SEASONS.get(words[0].removeprefix("ال")) if words else None
    if not first:
        return None
    told = words[1] if len(words) > 1 else ""
    if told in (*PAST, *THIS):
        years, used = range(today.year + 1, today.year - 2, -1), 2
        past = [_quarter(year, first) for year in years]
        return next((d for d in past if d[told in PAST] <= today), past[-1]), used
    place = 1 + (told in _OF)
    year = read_year(words[place:], today)
    if not year.number or is_hijri(year.number):
        return None
    used = place + year.used
    number = year.number
    if first == 12 and used + 1 < len(words) and words[used] in ("/", "-"):
        number, used = number + 1, used + 2
    return _quarter(number, first), used


def part(words: Sequence[str], today: date) -> Read | None:
    """«الربع الأول من 2015», `Q1 2015`, «بداية العام», «النصف الأول من رمضان 1436»: equal parts."""
    which, count, place = _fraction(words)
    place += place < len(words) and words[place] in ("شهر", *_OF)
    days, used = (_whole(words[place:], today) if count else None) or (None, 0)
    if days is None and count in (2, 4):  # a quarter of the year, this one or the last
        days = days_of(today.year - (today.month <= (which - 1) * 12 // count))
    return (_part(*days, which, count), place + used) if days else None


def _fraction(words: Sequence[str]) -> tuple[int, int, int]:
    """Which part of how many a time is, and how many tokens say it; zeros where none do."""
    if len(words) < 2:
        return 0, 0, 0
    if which := _THIRDS.get(words[0]):
        return which, 3, 1
    count = _FRACTIONS.get(words[0], 0)
    which = int(words[1]) if words[1].isdecimal() else read_ordinal(words[1]) or 0
    which = count if words[1] in _LAST_PART else which
    return (which, count, 2) if 1 <= which <= count else (0, 0, 0)


def _whole(words: Sequence[str], today: date) -> tuple[Days | None, int] | None:
    """The year or month that something is a part of; with an article and no more, this one."""
    for reader in (named_month, whole_year, latest_month):
        if found := reader(words, today):
            return found
    if year := read_year(words, today).number:
        return days_of(year), 2
    if words and words[0] in ("العام", "السنه"):
        return days_of(today.year), 1
    return (days_of(today.year, today.month), 1) if words and words[0] == "الشهر" else None


def _part(since: date, until: date, which: int, count: int) -> Days:
    """One of so many parts of a time; a year is cut between months."""
    if since.day == since.month == 1 and until.month == 12:
        months = 12 // count
        first = months_back(since, -months * (which - 1))
        return first, months_back(first, -months) - timedelta(1)
    length = ((until - since).days + 1) / count
    start, end = (since + timedelta(round(edge * length)) for edge in (which - 1, which))
    return start, end - timedelta(1)


def _ordered(numbers: Sequence[str]) -> tuple[int, ...] | None:
    """Year, month and perhaps day of the numbers of a date; None when none can be the year."""
    values = [int(number) for number in numbers]
    if len(numbers[0]) == 4:
        year, rest = values[0], values[1:]
    elif len(numbers[-1]) == 4:
        year, rest = values[-1], values[-2::-1]
    elif len(numbers) == 3 and len(numbers[-1]) == 2:
        century = 1900 if values[-1] >= _OLDEST_SHORT else 2000
        year, rest = century + values[-1], values[-2::-1]
    else:
        return None
    if any(len(number) > 2 for number in numbers if int(number) != year):
        return None
    if len(rest) == 2 and rest[0] > 12 >= rest[1]:
        rest = rest[::-1]
    return (year, *rest) if all(rest) else None


def _day_number(words: Sequence[str]) -> tuple[int, int]:
    """A day of a month at the start, with what may stand after it, and how many tokens say it."""
    if not words:
        return 0, 0
    if words[0].isdecimal():
        day, place = (int(words[0]), 1) if len(words[0]) <= 2 else (0, 0)
        place += bool(place) and len(words) > 1 and words[1] in ("st", "nd", "rd", "th", "er")
    elif words[0] == _NEW_MOON:
        day, place = 1, 1
    else:
        day, place = read_number(words) or (0, 0)
    if not 1 <= day <= 31:
        return 0, 0
    place += place < len(words) and words[place] in _OF
    return day, place + (place < len(words) and words[place] == "شهر")


def _month(words: Sequence[str]) -> tuple[bool, int, int] | None:
    """Whether it is a Hijri month, its number, how many tokens name it («يوليو/تموز»: three)."""
    start = int(bool(words) and words[0] == "شهر")
    if start and len(words) > 1:
        said = read_number(words[1:]) or (0, 0)
        number, used = (int(words[1]), 1) if words[1].isdecimal() else said
        if 1 <= number <= 12:
            return False, number, 1 + used
    for width in range(MOST_WORDS, 0, -1):
        named = words[start : start + width]
        found = month_named(" ".join(named)) if len(named) == width else None
        if found:
            used = start + width
            gap = int(used < len(words) and words[used] in _SIGNS)
            again = _month(words[used + gap :])
            if again and again[:2] == found:
                used += gap + again[2]
            return *found, used
    return None


def _quarter(year: int, first: int) -> Days:
    """Three months from one on; a winter begins in the year before."""
    start = date(year - (first == 12), first, 1)
    return start, months_back(start, -3) - timedelta(1)
