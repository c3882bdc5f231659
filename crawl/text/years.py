"""Years as they are written: `2015`, «عام 2015 م», «1436 هـ», «ألفين وخمسة عشر», «العام الماضي».

>>> read_year(["عام", "2015", "م", "في"], date(2026, 11, 1))
Year(number=2015, used=3, relative=False)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from crawl.text.calendars import is_hijri
from crawl.text.numerals import read_number
from crawl.text.time_words import FUTURE, PAST, THIS

_YEAR_WORDS = ("عام", "سنه", "لعام", "لسنه", "العام", "السنه", "year", "annee")
_HIJRI_ERA = ("ه", "هجري", "هجريه", "للهجره")
_OUR_ERA = ("م", "ميلادي", "ميلاديه", "للميلاد")
# Years that may be written in words.
_FIRST_WRITTEN_YEAR, _LAST_WRITTEN_YEAR = 1300, 2100


class Year(NamedTuple):
    """A year, how it was told, and how many tokens told it; `number` 0 is none."""

    number: int
    used: int
    relative: bool = False


def read_year(words: Sequence[str], today: date) -> Year:
    """`2015`, «عام 2015 م», «1436 هـ», «سنة ألفين وخمسة عشر», «العام الماضي»."""
    labelled = bool(words) and words[0] in _YEAR_WORDS
    place = int(labelled)
    if labelled and len(words) > 1 and words[1] in (*PAST, *THIS, *FUTURE):
        shift = (words[1] in FUTURE) - (words[1] in PAST)
        return Year(today.year + shift, 2, relative=True)
    if place == len(words):
        return Year(0, 0)
    if words[place].isdecimal():
        number, used = (int(words[place]), 1) if len(words[place]) == 4 else (0, 0)
    else:
        number, used = read_number(words[place:]) or (0, 0)
        if not _FIRST_WRITTEN_YEAR <= number <= _LAST_WRITTEN_YEAR:
            number = 0
    return Year(number, place + used + era(words[place + used :], number)) if number else Year(0, 0)


def era(words: Sequence[str], year: int) -> int:
    """How many tokens name the era of a year: 1 if the next one names the right one."""
    return int(bool(words) and words[0] in (_HIJRI_ERA if is_hijri(year) else _OUR_ERA))
