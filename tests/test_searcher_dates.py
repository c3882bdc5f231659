"""Times as readers write them, in both calendars."""

from __future__ import annotations

from datetime import date

import pytest
from hijridate import Hijri
from hypothesis import given
from hypothesis import strategies as st

from searcher import in_hijri
from searcher.syntax.dates import Period, leading, period

TODAY = date(2015, 8, 20)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2015", "2015-01-01", "2015-12-31"),
        ("٢٠١٥", "2015-01-01", "2015-12-31"),
        ("2015-02", "2015-02-01", "2015-02-28"),
        ("2015/8/1", "2015-08-01", "2015-08-01"),
        ("2015..2016-03", "2015-01-01", "2016-03-31"),
        ("2016..2015", "2015-01-01", "2016-12-31"),
        ("..2015", "", "2015-12-31"),
        ("2015..", "2015-01-01", ""),
        ("أغسطس 2015", "2015-08-01", "2015-08-31"),
        ("آب 2015", "2015-08-01", "2015-08-31"),
        ("آب/أغسطس 2015", "2015-08-01", "2015-08-31"),
        ("غشت 2015", "2015-08-01", "2015-08-31"),
        ("كانون الثاني ٢٠١٥", "2015-01-01", "2015-01-31"),
        ("15 يوليو 2015", "2015-07-15", "2015-07-15"),
        ("رمضان 1436", "2015-06-18", "2015-07-16"),
        ("رمضان ١٤٣٦ هـ", "2015-06-18", "2015-07-16"),
        ("رمضان 1436هـ", "2015-06-18", "2015-07-16"),
        ("1 شوال 1436", "2015-07-17", "2015-07-17"),
        ("1436", "2014-10-25", "2015-10-13"),
        ("رمضان", "2015-06-18", "2015-07-16"),
        ("سبتمبر", "2014-09-01", "2014-09-30"),
        ("اليوم", "2015-08-20", "2015-08-20"),
        ("أمس", "2015-08-19", "2015-08-19"),
        ("منذ أسبوعين", "2015-08-06", "2015-08-20"),
        ("آخر 3 أيام", "2015-08-17", "2015-08-20"),
        ("آخر ثلاثة أيام", "2015-08-17", "2015-08-20"),
        ("الأسبوع الماضي", "2015-08-13", "2015-08-20"),
    ],
)
def test_a_time_is_its_first_and_last_day(text: str, since: str, until: str) -> None:
    """Months of every region, digits of every script, both calendars."""
    assert period(text, TODAY) == Period(since, until, text)


@pytest.mark.parametrize(
    "text", ["", "غدًا", "2015-13", "2015-02-30", "1436-13", "0000", "سفير 2015", "..", "رمضان 2015"]
)
def test_what_names_no_day_has_no_days(text: str) -> None:
    """Neither a guess nor an exception."""
    assert period(text, TODAY) is None


@given(st.text(max_size=30), st.dates())
def test_any_text_on_any_day_is_survived(text: str, today: date) -> None:
    """The calendars end, the parser does not."""
    period(text, today)
    leading(text.split(), today)
    in_hijri(text)


@given(st.integers(1343, 1500), st.integers(1, 12))
def test_a_hijri_month_is_the_one_of_the_umm_al_qura_calendar(year: int, month: int) -> None:
    """First and last day as `hijridate` has them, and back again."""
    first = Hijri(year, month, 1)
    found = period(f"{year}-{month:02}", TODAY)
    assert found
    assert found.since == first.to_gregorian().isoformat()
    assert in_hijri(found.since).startswith("1 ")
    assert in_hijri(found.until).startswith(f"{first.month_length()} ")
