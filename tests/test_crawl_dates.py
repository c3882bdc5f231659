"""Reading dates as Arabic papers write them, from Rabat to Muscat."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.text.dates import read_moments, read_stamp, without_dates

NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("8 ديسمبر 2018", "2018-12-08"),
        ("السبت ٨ كانون الأول ٢٠١٨", "2018-12-08"),
        ("8 كانون الأول / ديسمبر 2018", "2018-12-08"),
        ("8 ديسمبر/كانون الأول 2018", "2018-12-08"),
        ("12 كانون الثاني 2018", "2018-01-12"),
        ("12 كانون ثاني 2018", "2018-01-12"),
        ("3 تشرين الأول، 2018", "2018-10-03"),
        ("3 تشرين 2 2018", "2018-11-03"),
        ("1 آب 2018", "2018-08-01"),
        ("15 جانفي 2018", "2018-01-15"),
        ("15 جويلية 2018", "2018-07-15"),
        ("15 أوت 2018", "2018-08-15"),
        ("15 غشت 2018", "2018-08-15"),
        ("15 شتنبر 2018", "2018-09-15"),
        ("15 دجنبر 2018", "2018-12-15"),
        ("9 إبريل 2018", "2018-04-09"),
        ("9 من يونيه عام 2018", "2018-06-09"),
        ("ديسمبر 8, 2018", "2018-12-08"),
        ("Dec 8, 2018", "2018-12-08"),
        ("8th December 2018", "2018-12-08"),
        ("8 décembre 2018", "2018-12-08"),
        ("2018/12/08", "2018-12-08"),
        ("8-12-2018", "2018-12-08"),
        ("08.12.2018", "2018-12-08"),
        ("۸/۱۲/۲۰۱۸", "2018-12-08"),
        ("12/25/2018", "2018-12-25"),
        ("الرياض 1 ربيع الآخر 1440هـ", "2018-12-08"),
        ("1 رمضان 1445", "2024-03-11"),
        ("5 ذو الحجة 1444 هـ", "2023-06-23"),
        ("1440/4/1 هـ", "2018-12-08"),
    ],
)
def test_a_written_day_is_read(written: str, iso: str) -> None:
    """Five systems of month names, two calendars, three sets of digits."""
    assert [moment.iso for moment in read_moments(f"نشر في {written} | محليات")] == [iso]


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2018-12-08T14:30:00+03:00", "2018-12-08T14:30:00+03:00"),
        ("2018-12-08T14:30:00Z", "2018-12-08T14:30:00+00:00"),
        ("2018-12-08T14:30:00.000+0400", "2018-12-08T14:30:00+04:00"),
        ("8 ديسمبر 2018 - 14:20 بتوقيت أبوظبي", "2018-12-08T14:20:00+04:00"),
        ("8 ديسمبر 2018 الساعة 02:20 مساء بتوقيت غرينتش", "2018-12-08T14:20:00+00:00"),
        ("8 ديسمبر 2018 12:05 ص (GMT)", "2018-12-08T00:05:00+00:00"),
        ("8 ديسمبر 2018 14:20", "2018-12-08"),
        ("2018-12-08 14:20:00", "2018-12-08"),
    ],
)
def test_an_hour_counts_only_with_its_zone(written: str, iso: str) -> None:
    """An hour whose zone is unknown would be a guess: then the day alone is told."""
    moments = read_moments(written)
    assert moments
    assert moments[0].iso == iso


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        "1970-01-01",
        "31 شباط 2018",
        "2018/2019",
        "رقم 45/2018",
        "بين 8 و 12 ديسمبر",
        "هاتف 0123/45/6789",
        "2018-13-45",
        "منذ ساعتين",
    ],
)
def test_what_is_no_day_is_not_read(nothing: str) -> None:
    """Impossible days, seasons, telephone numbers and clocks that were never set give nothing."""
    assert read_moments(nothing) == []


@pytest.mark.parametrize(
    ("written", "ago"),
    [
        ("منذ ساعتين", timedelta(hours=2)),
        ("منذ 3 أيام", timedelta(days=3)),
        ("قبل يومين", timedelta(days=2)),
        ("منذ ٤٠ دقيقة", timedelta(minutes=40)),
        ("منذ أسبوع", timedelta(days=7)),
    ],
)
def test_time_ago_counts_back_from_the_fetch(written: str, ago: timedelta) -> None:
    """«منذ ساعتين» is a day only for who knows when the page came."""
    assert [moment.day for moment in read_moments(written, NOW)] == [(NOW - ago).date()]


def test_a_day_in_both_calendars_is_one_day() -> None:
    """Mastheads give both; the Gregorian is the surer, for moon calendars differ by a day."""
    moments = read_moments("السبت 29 ربيع الأول 1440 هـ - 8 ديسمبر 2018 م")
    assert [moment.iso for moment in moments] == ["2018-12-08"]


def test_a_day_and_month_that_could_change_places_are_told() -> None:
    """Read day first, as Arabic papers write; the other reading is kept for who knows better."""
    (moment,) = read_moments("03/04/2018")
    assert (moment.day, moment.swapped) == (date(2018, 4, 3), date(2018, 3, 4))


def test_stamps_of_machines_may_be_seconds() -> None:
    """Some templates write the clock itself."""
    stamp = read_stamp("1544279400")
    assert stamp
    assert stamp.iso == "2018-12-08T14:30:00+00:00"


@given(st.dates(date(1990, 1, 1), date(2035, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    """Whatever the day, its common spellings give it back."""
    for written in (day.isoformat(), f"{day.day}-{day.month}-{day.year}", f"{day:%d %B %Y}"):
        assert [moment.day for moment in read_moments(written)] == [day]


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    """Any text can be asked for dates and have them taken out."""
    read_moments(text, NOW)
    assert len(without_dates(text)) <= len(text)
