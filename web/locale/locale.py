"""Locale: a language, its digits and its names of months, and how it writes numbers and dates.

Every reader may choose the three in the address (`lang=en&digits=latn&months=egypt`); nothing is
kept in a cookie. Pure functions over values, no markup.

>>> DEFAULT.day("2015-08-01"), Locale(ENGLISH).day("2015-08-01")
('١ آب/أغسطس ٢٠١٥', '1 August 2015')
>>> DEFAULT.counted(3, "results"), Locale(ENGLISH).counted(1, "results")
('٣ نتائج', '1 result')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hijridate import Gregorian

from crawl.text.letters import arabic_digits
from crawl.text.month_names import WRITTEN
from searcher import Note
from web.locale.arabic import ARABIC
from web.locale.bidi import isolated
from web.locale.catalog import Catalog
from web.locale.english import ENGLISH

CATALOGS: Mapping[str, Catalog] = {catalog.code: catalog for catalog in (ARABIC, ENGLISH)}
DIGITS = {"arab": "٠١٢", "latn": "012"}
_ARABIC_MARKS = str.maketrans({",": "٬", ".": "٫"})


@dataclass(frozen=True, slots=True)
class Locale:
    """How one reader wants things written.

    `digits` is `arab`, `latn` or empty for the language's own; `months` a system of
    `crawl.text.month_names`, or empty for the language's own names.
    """

    catalog: Catalog
    digits: str = ""
    months: str = ""

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Locale:
        """The locale of an address; what it does not know is as usual."""
        catalog = CATALOGS.get(args.get("lang", ""), ARABIC)
        digits, months = args.get("digits", ""), args.get("months", "")
        return cls(
            catalog,
            digits if digits in DIGITS and digits != catalog.digits else "",
            months if months in catalog.month_systems else "",
        )

    @property
    def arguments(self) -> dict[str, str]:
        """The part of an address that says this; empty for the usual locale."""
        said = {
            "lang": "" if self.catalog is ARABIC else self.catalog.code,
            "digits": self.digits,
            "months": self.months,
        }
        return {name: value for name, value in said.items() if value}

    def text(self, name: str, *values: str) -> str:
        """A sentence of the catalog with its values in their places, each in its own direction.

        >>> DEFAULT.text("empty_title", "زرافة")
        'لا مقالة تجيب عن «زرافة»'
        """
        direction = self.catalog.direction
        return self.catalog.text[name].format(*(isolated(value, direction) for value in values))

    def note(self, note: str) -> str:
        """A note of the searcher in this language; what is no such note, as it is."""
        if not isinstance(note, Note):
            return note
        labels = dict(zip(ARABIC.facets.values(), self.catalog.facets.values(), strict=True))
        numbers = (self.number(int(v)) if v.isdecimal() else v for v in note.values)
        values = (isolated(labels.get(v, v), self.catalog.direction) for v in numbers)
        return self.catalog.notes[note.code].format(*values)

    def written(self, text: str) -> str:
        """A text with its digits as this reader wants them."""
        return arabic_digits(text) if (self.digits or self.catalog.digits) == "arab" else text

    def number(self, value: float, places: int = 0) -> str:
        """A number with marks between thousands and before decimals.

        >>> DEFAULT.number(19507), DEFAULT.number(0.0123, 3), Locale(ENGLISH).number(19507)
        ('١٩٬٥٠٧', '٠٫٠١٢', '19,507')
        """
        text = f"{value:,.{places}f}"
        written = self.written(text)
        return written if written == text else written.translate(_ARABIC_MARKS)

    def counted(self, count: int, noun: str) -> str:
        """A number and its noun, in the form the number asks for.

        >>> [DEFAULT.counted(n, "results") for n in (0, 1, 2, 11, 100)]
        ['لا نتائج', 'نتيجة واحدة', 'نتيجتان', '١١ نتيجة', '١٠٠ نتيجة']
        """
        forms = self.catalog.counts[noun]
        if count == 0:
            return forms.zero
        form: str = getattr(forms, self.catalog.plural(count))
        return self.written(form.format(self.number(count)))

    def day(self, iso: str) -> str:
        """The day of an ISO date or instant; what is no date comes back as it is.

        >>> DEFAULT.day("2015-08-01T14:30:00+03:00")
        '١ آب/أغسطس ٢٠١٥'
        >>> Locale(ARABIC, months="hijri").day("2015-08-01")
        '١٦ شوال ١٤٣٦هـ'
        """
        parsed = parse_day(iso)
        if parsed is None:
            return iso
        if self.months == "hijri" and (hijri := self.hijri_day(parsed)):
            return hijri
        return self.written(f"{parsed.day} {self._month_name(parsed.month)} {parsed.year}")

    def short_day(self, iso: str) -> str:
        """The day and month of an ISO date, under the shorter of two names.

        >>> DEFAULT.short_day("2015-08-01")
        '١ آب'
        """
        parsed = parse_day(iso)
        if parsed is None:
            return iso
        return self.written(f"{parsed.day} {self._month_name(parsed.month).partition('/')[0]}")

    def full_day(self, iso: str) -> str:
        """The weekday, the day in both calendars, and the hour when it is known.

        >>> DEFAULT.full_day("2015-08-01")
        'السبت ١ آب/أغسطس ٢٠١٥ (١٦ شوال ١٤٣٦هـ)'
        """
        parsed = parse_day(iso)
        if parsed is None:
            return iso
        hour = f" {self.written(iso[11:16])}" if len(iso) >= 16 else ""
        return f"{self.catalog.weekdays[parsed.weekday()]} {self.both_calendars(iso)}{hour}"

    def hijri_day(self, when: date) -> str:
        """A day in the Umm al-Qura calendar; empty outside the years of its table (1343–1500 AH).

        >>> DEFAULT.hijri_day(date(2015, 8, 1))
        '١٦ شوال ١٤٣٦هـ'
        """
        try:
            hijri = Gregorian.fromdate(when).to_hijri()
        except OverflowError:
            return ""
        year = self.catalog.hijri_year.format(hijri.year)
        return self.written(f"{hijri.day} {self.catalog.hijri_months[hijri.month - 1]} {year}")

    def month(self, iso_month: str) -> str:
        """A month `YYYY-MM` by its name; Gregorian in every system, as the index counts them.

        >>> DEFAULT.month("2015-08")
        'آب/أغسطس ٢٠١٥'
        """
        return self.written(f"{self._month_name(int(iso_month[5:7]))} {iso_month[:4]}")

    def both_calendars(self, iso: str) -> str:
        """A day in the Gregorian and, where its table goes, the Hijri calendar.

        >>> DEFAULT.both_calendars("2015-08-01")
        '١ آب/أغسطس ٢٠١٥ (١٦ شوال ١٤٣٦هـ)'
        """
        parsed = parse_day(iso)
        hijri = self.hijri_day(parsed) if parsed else ""
        if not parsed or not hijri:
            return self.day(iso)
        gregorian = self.written(f"{parsed.day} {self._month_name(parsed.month)} {parsed.year}")
        return f"{gregorian} ({hijri})"

    def period(self, since: str, until: str) -> str:
        """Two ISO days, either of them open, in both calendars.

        >>> Locale(ENGLISH).period("2015-08-01", "")
        'from 1 August 2015 (16 Shawwal 1436 AH)'
        """
        first, last = self.both_calendars(since), self.both_calendars(until)
        match bool(since), bool(until):
            case True, True if since == until:
                return first
            case True, True:
                return self.catalog.text["period_between"].format(first, last)
            case True, False:
                return self.catalog.text["period_from"].format(first)
            case _:
                return self.catalog.text["period_until"].format(last)

    def _month_name(self, number: int) -> str:
        for system, names in WRITTEN.items():
            if system == self.months != "hijri":
                return names[number - 1]
        return self.catalog.months[number - 1]


DEFAULT = Locale(ARABIC)


def parse_day(iso: str) -> date | None:
    """The day of an ISO date or instant; None for anything else.

    >>> parse_day("2015-08-01T14:30:00+03:00"), parse_day("أمس")
    (datetime.date(2015, 8, 1), None)
    """
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None
