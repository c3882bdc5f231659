"""Times as readers write them, in both calendars: the one reader of queries, options, addresses."""

from __future__ import annotations

from datetime import date

import pytest
from hijridate import Hijri
from hypothesis import given
from hypothesis import strategies as st

from crawl.text.calendars import in_hijri
from crawl.text.month_names import WRITTEN, month_named
from crawl.text.numerals import read_number
from crawl.text.times import Period, leading_period, read_dates, read_period

TODAY = date(2015, 8, 20)  # a Thursday

DAY = [
    *("15/8/2015", "15-08-2015", "15.8.2015", "2015/8/15", "20150815", "8/15/2015", "15/8/15"),
    *("١٥/٨/٢٠١٥", "15 - 8 - 2015", "15.08.2015م", "15 أغسطس 2015", "15 أغسطس/آب 2015"),
    *("السبت 15 أغسطس 2015", "السبت، ١٥ آب ٢٠١٥", "يوم 15 أوت 2015", "15 من غشت عام 2015"),
    *("الخامس عشر من أغسطس 2015", "August 15, 2015", "15th August 2015", "15 août 2015"),
    *("2015-08-15T10:30:00Z", "بتاريخ 15/8/2015", "30 شوال 1436", "15 أغسطس", "السبت"),
    "30 شوال 1436 الموافق 15 أغسطس 2015",
]
MONTH = [
    *("8/2015", "2015-08", "2015/8", "أغسطس 2015", "اغسطس2015", "آب 2015", "آب/أغسطس 2015"),
    *("شهر أغسطس 2015", "شهر 8 2015", "غشت 2015", "أوت ٢٠١٥", "August 2015", "août 2015"),
]


@pytest.mark.parametrize("text", DAY)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    """Day first, in words, with its weekday, in three languages and two calendars."""
    assert read_dates(text, TODAY) == ("2015-08-15", "2015-08-15")


@pytest.mark.parametrize("text", MONTH)
def test_a_month_is_read_however_it_is_written(text: str) -> None:
    """Months of every region, glued to their year or not."""
    assert read_dates(text, TODAY) == ("2015-08-01", "2015-08-31")


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2015", "2015-01-01", "2015-12-31"),
        ("٢٠١٥م", "2015-01-01", "2015-12-31"),
        ("سنة 2015", "2015-01-01", "2015-12-31"),
        ("عام ألفين وخمسة عشر", "2015-01-01", "2015-12-31"),
        ("كانون الثاني ٢٠١٥", "2015-01-01", "2015-01-31"),
        ("كانون ثاني 2015", "2015-01-01", "2015-01-31"),
        ("كانون 2 2015", "2015-01-01", "2015-01-31"),
        ("ت2 2015", "2015-11-01", "2015-11-30"),
        ("مايس 2015", "2015-05-01", "2015-05-31"),
        ("رمضان 1436", "2015-06-18", "2015-07-16"),
        ("رمضان ١٤٣٦ هـ", "2015-06-18", "2015-07-16"),
        ("شهر رمضان المبارك 1436هـ", "2015-06-18", "2015-07-16"),
        ("ذو الحجه 1436", "2015-09-14", "2015-10-13"),
        ("جمادي الاولى 1436", "2015-02-20", "2015-03-20"),
        ("ربيع أول 1436", "2014-12-23", "2015-01-20"),
        ("غرة شوال 1436", "2015-07-17", "2015-07-17"),
        ("1/10/1436", "2015-07-17", "2015-07-17"),
        ("١٤٣٦/١٠/١هـ", "2015-07-17", "2015-07-17"),
        ("1436", "2014-10-25", "2015-10-13"),
        ("الربع الأول 2015", "2015-01-01", "2015-03-31"),
        ("الربع الأخير من عام 2014", "2014-10-01", "2014-12-31"),
        ("النصف الثاني من العام الماضي", "2014-07-01", "2014-12-31"),
        ("صيف 2015", "2015-06-01", "2015-08-31"),
        ("شتاء 2014/2015", "2014-12-01", "2015-02-28"),
        ("بداية 2015", "2015-01-01", "2015-04-30"),
        ("أواخر أغسطس 2014", "2014-08-22", "2014-08-31"),
    ],
)
def test_years_months_and_their_parts(text: str, since: str, until: str) -> None:
    """Names of five systems, both calendars, quarters, halves, thirds and seasons."""
    assert read_period(text, TODAY) == Period(since, until, text)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2015..2016-03", "2015-01-01", "2016-03-31"),
        ("2016..2015", "2015-01-01", "2016-12-31"),
        ("..2015", "", "2015-12-31"),
        ("2015..", "2015-01-01", ""),
        ("من 2015 إلى 2016", "2015-01-01", "2016-12-31"),
        ("2015-2016", "2015-01-01", "2016-12-31"),
        ("من 1 يناير 2015 إلى 5 مارس 2015", "2015-01-01", "2015-03-05"),
        ("من 1 إلى 5 مارس 2015", "2015-03-01", "2015-03-05"),
        ("يناير - مارس 2015", "2015-01-01", "2015-03-31"),
        ("بين 10 و15 أغسطس 2015", "2015-08-10", "2015-08-15"),
        ("بين رمضان وشوال 1436", "2015-06-18", "2015-08-15"),
        ("منذ عام 2014", "2014-01-01", "2015-08-20"),
        ("حتى 2015", "", "2015-12-31"),
        ("قبل 2015", "", "2014-12-31"),
        ("بعد يوليو 2015", "2015-08-01", ""),
    ],
)
def test_a_range_runs_from_the_first_day_of_one_time_to_the_last_of_another(
    text: str, since: str, until: str
) -> None:
    """What its first end leaves out is as in the second."""
    assert read_dates(text, TODAY) == (since, until)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("رمضان", "2015-06-18", "2015-07-16"),
        ("رمضان الماضي", "2015-06-18", "2015-07-16"),
        ("سبتمبر", "2014-09-01", "2014-09-30"),
        ("سبتمبر المقبل", "2015-09-01", "2015-09-30"),
        ("يناير من العام الماضي", "2014-01-01", "2014-01-31"),
        ("اليوم", "2015-08-20", "2015-08-20"),
        ("أمس", "2015-08-19", "2015-08-19"),
        ("أمس الأربعاء", "2015-08-19", "2015-08-19"),
        ("أول أمس", "2015-08-18", "2015-08-18"),
        ("أمس الأول", "2015-08-18", "2015-08-18"),
        ("قبل يومين", "2015-08-18", "2015-08-18"),
        ("غدًا", "2015-08-21", "2015-08-21"),
        ("الخميس", "2015-08-20", "2015-08-20"),
        ("الخميس الماضي", "2015-08-13", "2015-08-13"),
        ("يوم الأحد المقبل", "2015-08-23", "2015-08-23"),
        ("منذ أسبوعين", "2015-08-06", "2015-08-20"),
        ("منذ شهر", "2015-07-20", "2015-08-20"),
        ("آخر 3 أيام", "2015-08-17", "2015-08-20"),
        ("آخر ثلاثة أيام", "2015-08-17", "2015-08-20"),
        ("الأيام الثلاثة الماضية", "2015-08-17", "2015-08-20"),
        ("آخر ساعة", "2015-08-20", "2015-08-20"),
        ("آخر 24 ساعة", "2015-08-19", "2015-08-20"),
        ("الـ48 ساعة الماضية", "2015-08-18", "2015-08-20"),
        ("هذا الأسبوع", "2015-08-15", "2015-08-20"),
        ("الأسبوع الماضي", "2015-08-08", "2015-08-14"),
        ("الشهر الجاري", "2015-08-01", "2015-08-20"),
        ("الشهر المنصرم", "2015-07-01", "2015-07-31"),
        ("خلال الشهرين الماضيين", "2015-06-20", "2015-08-20"),
        ("العام الفائت", "2014-01-01", "2014-12-31"),
        ("السنة المقبلة", "2016-01-01", "2016-12-31"),
        ("منذ بداية العام", "2015-01-01", "2015-08-20"),
    ],
)
def test_a_time_may_count_from_today(text: str, since: str, until: str) -> None:
    """This, last and next; so long ago; days of the week."""
    assert read_dates(text, TODAY) == (since, until)


@pytest.mark.parametrize(
    "text",
    [
        *("", "سفير", "2015-13", "2015-02-30", "31/2/2015", "45/45/2015", "1436-13", "0000"),
        *("سفير 2015", "..", "رمضان 2015", "أغسطس 1436", "يومين", "15/8", "00/00/1436", "من إلى"),
        *("9" * 40, "من " * 60, "2015 " * 60, "الربع الخامس 2015"),
    ],
)
def test_what_names_no_day_has_no_days(text: str) -> None:
    """Neither a guess nor an exception."""
    assert read_period(text, TODAY) is None


@pytest.mark.parametrize(
    ("words", "used"),
    [
        ("أمس في القاهرة", 1),
        ("أول أمس", 2),
        ("منذ أسبوعين", 2),
        ("آخر 24 ساعة", 3),
        ("رمضان 1436 في مصر", 2),
        ("15 أغسطس 2015", 3),
        ("15/8/2015", 1),
    ],
)
def test_a_time_in_the_middle_of_a_query_is_taken_where_it_hardly_is_anything_else(
    words: str, used: int
) -> None:
    """Whole dates, months with their year, spans that end today."""
    found = leading_period(words.split(), TODAY)
    assert found
    assert found[1] == used


@pytest.mark.parametrize(
    "words",
    ["رمضان في مصر", "2015", "عام 2015", "منذ عام 2017", "اليوم السابع", "آخر يوم", "2015/8", "15"],
)
def test_other_times_in_a_query_stay_words(words: str) -> None:
    """A year or a month alone is what articles speak about."""
    assert leading_period(words.split(), TODAY) is None


@given(st.text(max_size=30) | st.lists(st.sampled_from(DAY + MONTH)).map(" ".join), st.dates())
def test_any_text_on_any_day_is_survived(text: str, today: date) -> None:
    """The calendars end, the reader does not."""
    read_period(text, today)
    leading_period(text.split(), today)
    in_hijri(text)


WORDS = (
    "من إلى بين و منذ قبل بعد آخر أول أمس الماضي المقبل العام شهر يوم الربع الأول صيف رمضان أغسطس "
    "كانون الثاني الخميس يومين أيام ساعة 3 15 2015 1436 9999 / - .. هـ م ثلاثة"
)


@given(st.lists(st.sampled_from(WORDS.split()), max_size=12), st.dates())
def test_any_words_of_time_are_survived_and_give_days_in_order(
    words: list[str], today: date
) -> None:
    """Whatever is put together, an end never stands before its beginning."""
    found = read_period(" ".join(words), today)
    leading_period(words, today)
    if found and found.since and found.until:
        assert found.since <= found.until


@given(st.integers(1343, 1500), st.integers(1, 12))
def test_a_hijri_month_is_the_one_of_the_umm_al_qura_calendar(year: int, month: int) -> None:
    """First and last day as `hijridate` has them, and back again."""
    first = Hijri(year, month, 1)
    found = read_period(f"{year}-{month:02}", TODAY)
    assert found
    assert found.since == first.to_gregorian().isoformat()
    assert in_hijri(found.since).startswith("1 ")
    assert in_hijri(found.until).startswith(f"{first.month_length()} ")


def test_every_written_month_is_read_back() -> None:
    """The table that writes months is the one that reads them."""
    for system, names in WRITTEN.items():
        for number, name in enumerate(names, start=1):
            assert month_named(name) == (system == "hijri", number)


@pytest.mark.parametrize(
    ("words", "value", "used"),
    [
        ("خمسه", 5, 1),
        ("خمسه عشر يوما", 15, 2),
        ("خمسه وعشرين", 25, 2),
        ("خمسه و عشرين", 25, 3),
        ("اربعمئه", 400, 1),
        ("اربعمائه وعشره", 410, 2),
        ("الفين وخمسه عشر", 2015, 3),
        ("الف وتسعمئه وتسعه وتسعين", 1999, 4),
        ("ثلاثه الاف ومئتين", 3200, 3),
        ("الثالث عشر", 13, 2),
        ("الحادي والعشرون", 21, 2),
        ("خمسه واربعه", 5, 1),
        ("مئه واحد", 100, 1),
    ],
)
def test_numbers_in_words_are_read(words: str, value: int, used: int) -> None:
    """Thousands, hundreds, teens and tens, joined by و, as cardinals or ordinals."""
    assert read_number(words.split()) == (value, used)
