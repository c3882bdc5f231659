"""Times as readers write them, as ranges of days: for queries, options and the address line.

`2015`, `15/8/2015`, «رمضان 1436», «أول أمس», «من 1 يناير إلى 5 مارس 2015», «آخر 24 ساعة»: each
becomes its first and last day. Words of one calendar month or of the Hijra, in the spelling of any
Arab country, in English and French; digits of any script. Dates in running text are for
`crawl.text.dates`, which shares the tables.

>>> read_period("رمضان 1436", date(2026, 11, 23))
Period(since='2015-06-18', until='2015-07-16', said='رمضان 1436')
>>> read_dates("15/8/2015", date(2026, 11, 23))
('2015-08-15', '2015-08-15')
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from crawl.text.calendars import Days
from crawl.text.month_names import plain
from crawl.text.named_days import (
    Read,
    latest_month,
    named_month,
    numeric,
    part,
    season,
    whole_year,
)
from crawl.text.relative_days import (
    SINCE,
    last_so_many,
    named_day,
    so_long_ago,
    unit_told,
    weekday,
)
from crawl.text.time_words import WEEKDAYS

# Longer texts name no time.
MOST_LETTERS = 100

MOST_TOKENS = 24
_TOKEN = re.compile(r"\d+|[^\W\d_]+|\.\.+|[-/.\\,،–—]")
_DASHES = str.maketrans({"–": "-", "—": "-", "،": ",", "\\": "/"})
_STAMP = re.compile(r"(?<=\d)[Tt]\d\d:\d\d\S*$")  # 2015-08-01T14:30:00Z
_TO = ("الي", "حتي", "لغايه", "ل", "to", "until")
_FROM, _BETWEEN, _AND = ("من", "ابتداء", "from"), ("بين", "between"), ("و", "and")
_UNTIL, _BEFORE, _AFTER = ("حتي", "الي", "لغايه", "until"), ("قبل", "before"), ("بعد", "after")
_FILLERS = (
    *("في", "يوم", "ليله", "نهار", "صباح", "مساء", "عصر", "فجر", "ظهر", "تاريخ", "بتاريخ"),
    *("خلال", "من", "on", "le", "du"),
)
_ALIKE = "الموافق"  # between the same day in two calendars

Reader = Callable[[Sequence[str], date], Read | None]
_READERS: tuple[Reader, ...] = (
    numeric,
    named_month,
    part,
    season,
    whole_year,
    named_day,
    unit_told,
    last_so_many,
    so_long_ago,
    latest_month,
    weekday,
)
# What hardly is anything else in a sentence.
_SURE: tuple[Reader, ...] = (numeric, named_month, named_day, last_so_many, so_long_ago)

_Ends = tuple[date | None, date | None]


class Period(NamedTuple):
    """Days, both included, ISO or empty for open, and the words they were read from."""

    since: str
    until: str
    said: str


def read_period(text: str, today: date) -> Period | None:
    """The days that a text names, all of it; None when it names none."""
    words = _tokens(text)
    ends = _whole(words, today) or _range(words, today)
    return Period(*_iso(ends), text) if ends else None


def read_dates(text: str, today: date) -> tuple[str, str] | None:
    """First and last ISO day of the time a text names, an open end empty; None if it names none."""
    period = read_period(text, today)
    return (period.since, period.until) if period else None


def leading_period(words: Sequence[str], today: date) -> tuple[Period, int] | None:
    """The days that the first of these words name beyond doubt, and how many words say it.

    Only what is rarely anything else: a whole date, a month with its year, «منذ أسبوع», «أمس».
    """
    tokens: list[str] = []
    ends = {0: 0}  # after so many tokens so many words are over
    for count, word in enumerate(words, start=1):
        tokens += _tokens(word)
        ends[len(tokens)] = count
    for reader in _SURE:
        found = reader(tokens[:MOST_TOKENS], today)
        if found and _is_sure(tokens, found[1]) and found[1] in ends:
            used = ends[found[1]]
            return Period(*_iso(found[0]), " ".join(words[:used])), used
    return None


def _is_sure(tokens: Sequence[str], used: int) -> bool:
    """Whether these tokens say a time as readers ask for one, not as sentences mention it."""
    first = tokens[0]
    if first in ("اليوم", "الليله", "غدا", "غد", "من", "خلال"):
        return False
    if first in ("اخر", "last", "past", *_AFTER, *_BEFORE):
        return used > 2 or first in _BEFORE
    return not (first.isdecimal() and len(first) == 4 and used < 5)  # 2015/8: a season, a file


def _tokens(text: str) -> list[str]:
    if len(text) > MOST_LETTERS:
        return []
    spelled = _STAMP.sub("", plain(text)).translate(_DASHES)
    found = _TOKEN.findall(spelled)
    return found if len(found) <= MOST_TOKENS else []


def _whole(words: Sequence[str], today: date) -> Days | None:
    """The days that all of these tokens name together."""
    if _ALIKE in words[1:-1]:
        place = words.index(_ALIKE)
        return _whole(words[place + 1 :], today) or _whole(words[:place], today)
    for start in range(len(words)):
        for reader in _READERS:
            found = reader(words[start:], today)
            if found and found[1] == len(words) - start:
                return found[0]
        if not _may_be_skipped(words, start):
            break
    return None


def _may_be_skipped(words: Sequence[str], place: int) -> bool:
    word = words[place].removeprefix("ال")
    return word in _FILLERS or word in WEEKDAYS or words[place] in ("ال", ",")


def _range(words: Sequence[str], today: date) -> _Ends | None:
    """`2015..2016`, «من … إلى …», «بين … و…», «يناير - مارس 2015», «منذ 2015», «حتى رمضان»."""
    if not words:
        return None
    for place, word in enumerate(words):
        if word.startswith(".."):
            return _open_range(words[:place], words[place + 1 :], today)
    opened = words[0] in (*_FROM, *_BETWEEN)
    start = int(opened)
    for place in range(start + 1, len(words) - 1):
        right = _right_side(words, place, between=words[0] in _BETWEEN)
        if right and (ends := _both(words[start:place], right, today)):
            return ends
    return _half_open(words, today)


def _right_side(words: Sequence[str], place: int, between: bool) -> Sequence[str] | None:
    """What comes after the word that divides a range, if this one does."""
    word = words[place]
    if word in (*_TO, "-") or (between and word in _AND):
        return words[place + 1 :]
    if between and word.startswith("و"):
        return [word[1:], *words[place + 1 :]]
    return None


def _both(left: Sequence[str], right: Sequence[str], today: date) -> _Ends | None:
    """A range of two times; what the first leaves out is as in the second («1 إلى 5 مارس 2015»)."""
    last = _whole(right, today)
    if not last:
        return None
    tails = [[]] if any(len(w) == 4 and w.isdecimal() for w in left) else _tails(right)
    for tail in tails:
        if first := _whole([*left, *tail], today):
            return _ascending(first, last)
    return None


def _tails(right: Sequence[str]) -> list[Sequence[str]]:
    """What a time may share with the one after it, the longest first, nothing last."""
    return [right[place:] for place in range(1, len(right) + 1)]


def _open_range(left: Sequence[str], right: Sequence[str], today: date) -> _Ends | None:
    first, last = _whole(left, today), _whole(right, today)
    if (left and not first) or (right and not last):
        return None
    if first and last:
        return _ascending(first, last)
    return (first[0], None) if first else (None, last[1]) if last else None


def _half_open(words: Sequence[str], today: date) -> _Ends | None:
    """«منذ 2015», «بعد أغسطس 2015», «قبل رمضان 1436», «حتى 2015»."""
    opener, rest = words[0], words[1:]
    days = _whole(rest, today) if opener in (*SINCE, *_AFTER, *_BEFORE, *_UNTIL) else None
    if not days:
        return None
    since, until = days
    if opener in SINCE:
        return since, max(until, today)
    if opener in _AFTER:
        return (until + timedelta(1), None) if until < date.max else None
    if opener in _BEFORE:
        return (None, since - timedelta(1)) if since > date.min else None
    return None, until


def _ascending(first: Days, last: Days) -> _Ends:
    return (last[0], first[1]) if first[0] > last[1] else (first[0], last[1])


def _iso(ends: _Ends) -> tuple[str, str]:
    since, until = ends
    return (since.isoformat() if since else "", until.isoformat() if until else "")
