"""Dates as Arabic papers write them, read into days and instants.

Five systems of month names are in use from Rabat to Muscat, two calendars, and two sets of digits;
often two month names stand side by side («ديسمبر/ كانون الأول»). What is read here is only what is
written: whether it is the day of publication is for `crawl.extract.metadata.publication_date` to
judge. Umm al-Qura dates become Gregorian with `hijridate`.

>>> read_moments("السبت ٨ كانون الأول/ديسمبر ٢٠١٨")[0].iso
'2018-12-08'
>>> read_moments("الرياض، 3 ربيع الآخر 1440 هـ")[0].iso
'2018-12-10'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from crawl.text.calendars import days_of
from crawl.text.letters import without_marks
from crawl.text.month_names import (
    GREGORIAN_PATTERN,
    HIJRI_PATTERN,
    month_named,
    plain,
    plain_letters,
)
from crawl.text.time_words import SECONDS, TWO, UNITS, WEEKDAYS, ZONES

# No Arabic page on the web is older; 1970 is a clock that was never set.
_EARLIEST = 1985

_MONTH = rf"(?:شهر\s{{1,3}})?(?P<month>{GREGORIAN_PATTERN})"
_TWIN = rf"(?:\s{{0,3}}[/\-–(|\\]\s{{0,3}}(?:{GREGORIAN_PATTERN})\)?)?"  # «ديسمبر/ كانون الأول»
_GAP = r"(?:(?<=[^\W\d_])(?=\d)|[\s,،./\-–|]{1,4}(?:(?:من|عام|سنه|لعام)\s{1,3})?)"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DAY = r"(?<!\d)(?<!\d:)(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"

_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)(?!\d)")
_DAY_FIRST = re.compile(
    rf"{_DAY}(?:[\s,،./\-–|]{{0,4}}(?:من\s{{1,3}})?){_MONTH}{_TWIN}{_GAP}{_YEAR}"
)
_MONTH_FIRST = re.compile(
    rf"(?<![^\W\d_]){_MONTH}{_TWIN}[\s.\-–/]{{1,3}}{_DAY}[\s,،\-–/]{{1,3}}{_YEAR}"
)
_YEAR_LAST = re.compile(
    r"(?<![\d/.-])(?<!\d:)(?P<day>\d\d?)\s?[/.\-\\]\s?(?P<month>\d\d?)\s?[/.\-\\]\s?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_YEAR_FIRST = re.compile(
    r"(?<![\d/.:-])(?P<year>(?:19|20)\d\d)\s?[/.\\]\s?(?P<month>\d\d?)\s?[/.\\]\s?(?P<day>\d\d?)(?!\d)"
)
# «Wed Nov 25 10:30:00 AST 2026», as Java prints an instant.
_YEAR_AFTER_TIME = re.compile(
    rf"(?<![^\W\d_]){_MONTH}\s{{1,3}}{_DAY}\s{{1,3}}\d\d:\d\d:\d\d\s{{1,3}}(?:[a-z]{{2,5}}\s{{1,3}})?{_YEAR}"
)
# «10:30 2026 الأربعاء ,25 تشرين الثاني / نوفمبر»: the year before the rest.
_YEAR_BEFORE = re.compile(
    rf"(?<![\d/.:-]){_YEAR}[\s,،]{{1,3}}(?:ال)(?:{'|'.join(WEEKDAYS)})[\s,،]{{1,3}}{_DAY}\s{{1,3}}{_MONTH}{_TWIN}"
)
_SHORT_YEAR = re.compile(
    r"(?<![\d/.:-])(?P<day>\d\d)(?P<gap>[/.\-])(?P<month>\d\d)(?P=gap)(?P<year>\d\d)(?![\d/.\-])"
)
_HIJRI_DATE = re.compile(
    rf"{_DAY}[\s,،./\-–]{{0,4}}(?:من\s{{1,3}})?(?:شهر\s{{1,3}})?(?P<month>{HIJRI_PATTERN}){_GAP}(?P<year>1[34]\d\d)(?!\d)"
)
_HIJRI_NUMBERS = re.compile(
    r"(?<![\d/])(?P<day>\d\d?)\s?[/\-]\s?(?P<month>\d\d?)\s?[/\-]\s?(?P<year>1[34]\d\d)(?!\d)"
    r"|(?<![\d/])(?P<year2>1[34]\d\d)\s?[/\-]\s?(?P<month2>\d\d?)\s?[/\-]\s?(?P<day2>\d\d?)(?!\d)"
)
_ZONE_NAMES = "|".join(sorted(ZONES, key=len, reverse=True))
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>[0-2]?\d)[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d{1,9})?)?"
    r"\s{0,3}(?P<half>صباحا|مساء|ظهرا|عصرا|ليلا|[صم](?!\w)|[ap]\.?m\b)?"
    rf"[\s,،()\-–|]{{0,4}}(?:بتوقيت\s{{1,3}})?(?P<zone>(?:gmt|utc)?\s?[+-]\d\d?(?::?\d\d)?|{_ZONE_NAMES})?(?!\w)"
)
_AMERICAN = re.compile(r"\d\d?/\d\d?/\d{4}\s{1,3}\d\d?:\d\d(?::\d\d)?\s?[AP]M")
# A month ago is thirty days, as the scripts that write it count; years ago would be a guess.
_LENGTHS = SECONDS | {"month": timedelta(days=30)}
_SPANS = {name: _LENGTHS[unit] for name, unit in UNITS.items() if unit in _LENGTHS}
_TWO_SPANS = {name: 2 * _LENGTHS[unit] for name, unit in TWO.items() if unit in _LENGTHS}
# A line that begins so says when its text came, counted from when the page did.
_NAMED_DAY = re.compile(
    r"\W*(?:(?P<before>اول\s+)?(?P<day>(?:ال)?امس)|اليوم|today|yesterday)(?!\w)"
)
_NAMED_LINE = 40
_AGO = re.compile(
    rf"(?:منذ|قبل)\s{{1,3}}(?:حوالي\s{{1,3}})?(?:(?P<two>{'|'.join(_TWO_SPANS)})|(?:(?P<count>\d{{1,3}})\s{{0,3}})?(?P<unit>{'|'.join(_SPANS)}))(?!\w)"
    rf"|(?<!\w)(?P<number>\d{{1,3}}|an?)\s(?P<length>{'|'.join(filter(str.isascii, _SPANS))})\sago"
)
_DATE_PARTS = (
    *(
        _ISO,
        _DAY_FIRST,
        _MONTH_FIRST,
        _YEAR_LAST,
        _YEAR_FIRST,
        _YEAR_AFTER_TIME,
        _YEAR_BEFORE,
        _HIJRI_DATE,
        _HIJRI_NUMBERS,
        _TIME,
        _AGO,
    ),
    re.compile(rf"(?<!\w)(?:ال)(?:{'|'.join(WEEKDAYS)})(?!\w)"),
    re.compile(
        r"(?<!\w)(?:علي\s+)?الساعه(?!\w)|(?<!\w)بتوقيت\s+\w+|(?<!\w)(?:هـ|هجري\w*|ميلادي\w*|الموافق)(?!\w)"
    ),
    re.compile(
        r"(?<!\w)(?:تاريخ\s+|اخر\s+)?(?:ال)?(?:نشر|تحديث|تعديل)(?:\s+(?:في|بتاريخ))?(?!\w)|(?<!\w)[\d:]+(?!\w)|(?<!\w)(?:On|GMT|UTC|KSA)(?!\w)"
    ),
)
_GREGORIAN = (
    *(_ISO, _DAY_FIRST, _MONTH_FIRST, _YEAR_LAST, _YEAR_FIRST),
    *(_YEAR_AFTER_TIME, _YEAR_BEFORE),
)
# Of numbers alone, an older Hijri year is a solar one: 1406/09/04 is 2027 in Tehran, not 1986.
_EARLIEST_NUMBERS = 1415
# A time belongs to a date when it stands within this many characters of it.
_NEAR = 40
# Longer texts are cut: a date line is short, and work stays bounded.
_LIMIT = 20_000


class Moment(NamedTuple):
    """A day, or an instant when the hour and its zone are known, and where in the text it stood.

    `swapped` is the other reading of a numeric date whose day and month could change places.
    """

    day: date
    instant: datetime | None = None
    swapped: date | None = None
    start: int = 0
    hijri: bool = False
    relative: bool = False  # counted back from when the page came

    @property
    def iso(self) -> str:
        """ISO 8601: `2018-12-08`, or `2018-12-08T14:30:00+03:00`."""
        return self.instant.isoformat() if self.instant else self.day.isoformat()


def read_moments(text: str, now: datetime | None = None) -> list[Moment]:
    """The dates written in a text, in order, each once.

    `now` is when the page was fetched; without it «منذ ساعتين» says nothing. Numeric dates are read
    day first, as Arabic papers write them, unless that is impossible. A Hijri date beside the same
    day's Gregorian date adds nothing and is left out, and so are years before 1985.
    """
    folded = plain(text[:_LIMIT])
    found = sorted(_written(folded), key=lambda moment: moment.start)
    gregorian = [moment.day for moment in found if not moment.hijri]
    if now is not None:
        found += _relative(folded, now)
    once: dict[date, Moment] = {}
    for moment in found:
        if not (moment.hijri and any(abs((moment.day - day).days) <= 2 for day in gregorian)):
            once.setdefault(moment.day, moment)
    return list(once.values())


def read_stamp(text: str) -> Moment | None:
    """The moment a machine-readable statement gives, or None.

    >>> read_stamp("2018-12-08T14:30:00Z").iso
    '2018-12-08T14:30:00+00:00'
    >>> read_stamp("1970-01-01") is None
    True
    """
    stamp = text.strip()
    if re.fullmatch(r"1\d{9}|1\d{12}", stamp):
        instant = datetime.fromtimestamp(int(stamp[:10]), UTC)
        return Moment(instant.date(), instant)
    found = read_moments(stamp[:100])
    if not found:
        return None
    swapped = found[0].swapped
    # «3/12/2025 10:30:00 AM»: a server that speaks American puts the month first.
    return found[0]._replace(day=swapped) if swapped and _AMERICAN.match(stamp) else found[0]


def read_short_date(line: str) -> Moment | None:
    """The day of a line that is nothing but a date with two digits for its year.

    >>> read_short_date("25-11-26 10:30").iso, read_short_date("هاتف 25-11-26")
    ('2026-11-25', None)
    """
    folded = plain(line)
    found = _SHORT_YEAR.search(folded) if len(folded) <= _NAMED_LINE else None
    if found is None or any(map(str.isalpha, without_dates(folded.replace(found[0], " ")))):
        return None
    day, month, year = (int(found[name]) for name in ("day", "month", "year"))
    written = _date(2000 + year, month, day)
    if written is None:
        return None
    return Moment(written, swapped=_date(2000 + year, day, month), start=found.start())


def without_dates(text: str) -> str:
    """A line without its dates, times and names of days.

    >>> without_dates("سامي الخطيب السبت، ٨ ديسمبر ٢٠١٨ 01:52 م")
    'سامي الخطيب'
    """
    shown = without_marks(text)
    folded = plain_letters(shown)
    kept = list(shown)
    for pattern in _DATE_PARTS:
        for found in pattern.finditer(folded):
            kept[found.start() : found.end()] = " " * (found.end() - found.start())
    return " ".join("".join(kept).split()).strip(" -–—|/،,:.")


def _written(text: str) -> Iterator[Moment]:
    for pattern in _GREGORIAN:
        for found in pattern.finditer(text):
            moment = _gregorian(found, text)
            if moment:
                yield moment
    for pattern in (_HIJRI_DATE, _HIJRI_NUMBERS):
        for found in pattern.finditer(text):
            moment = _hijri(found)
            if moment:
                yield moment


def _gregorian(found: re.Match[str], text: str) -> Moment | None:
    year, day = int(found["year"]), int(found["day"])
    numeric, month = found["month"].isdigit(), _month(found["month"])
    if numeric and month > 12 >= day:
        day, month = month, day
    written = _date(year, month, day)
    if written is None:
        return None
    swapped = _date(year, day, month) if numeric and day != month else None
    return Moment(written, _instant(written, text, found), swapped, found.start())


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= _EARLIEST else None
    except ValueError:
        return None


def _hijri(found: re.Match[str]) -> Moment | None:
    groups = found.groupdict()
    year = int(groups["year"] or groups["year2"])
    day = int(groups["day"] or groups["day2"])
    name = groups["month"] or groups["month2"]
    if name.isdigit() and year < _EARLIEST_NUMBERS and "هـ" not in found.string:
        return None
    month = _month(name)
    days = days_of(year, month, day) if month and day else None
    known = days is not None and days[0].year >= _EARLIEST
    return Moment(days[0], start=found.start(), hijri=True) if days and known else None


def _month(name: str) -> int:
    """The number of a month, in digits or by its name; 0 of what is none."""
    named = month_named(name)
    return int(name) if name.isdigit() else named[1] if named else 0


def _instant(day: date, text: str, found: re.Match[str]) -> datetime | None:
    """The instant when a time with its zone stands beside the date."""
    beside = text[found.end() : found.end() + _NEAR]
    time = _TIME.search(beside) or _TIME.search(text[max(0, found.start() - _NEAR) : found.start()])
    if time is None or time["zone"] is None:
        return None
    hour = int(time["hour"]) % 24
    half = (time["half"] or "").replace(".", "")
    if half in {"م", "مساء", "ظهرا", "عصرا", "ليلا", "pm"} and hour < 12:
        hour += 12
    elif half in {"ص", "صباحا", "am"} and hour == 12:
        hour = 0
    zone = timezone(_offset(time["zone"]))
    return datetime(
        day.year,
        day.month,
        day.day,
        hour,
        int(time["minute"]),
        int(time["second"] or 0),
        tzinfo=zone,
    )


def _offset(zone: str) -> timedelta:
    if zone in ZONES:
        return timedelta(hours=ZONES[zone])
    sign = -1 if "-" in zone else 1
    digits = "".join(filter(str.isdigit, zone))
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    return sign * timedelta(hours=min(int(hours), 14), minutes=min(int(minutes), 59))


def _relative(text: str, now: datetime) -> Iterator[Moment]:
    """«منذ ساعتين», «أمس 10:30» and their like, counted back from `now`."""
    if len(text) <= _NAMED_LINE and (named := _NAMED_DAY.match(text)):
        past = named["day"] is not None or "yesterday" in named[0]
        yield Moment(
            (now - timedelta(days=past + (named["before"] is not None))).date(), relative=True
        )
    for found in _AGO.finditer(text):
        span = _TWO_SPANS.get(found["two"]) or _SPANS[found["unit"] or found["length"]]
        count = found["count"] or found["number"] or "1"
        ago = int(count) * span if count.isdecimal() else span
        yield Moment((now - ago).date(), start=found.start(), relative=True)
