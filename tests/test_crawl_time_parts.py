"""The readers that times are put together from, each by itself: letters, years, days, counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.text import named_days, relative_days
from crawl.text.letters import arabic_digits, ascii_digits, bare_letters, without_marks
from crawl.text.month_names import plain
from crawl.text.named_days import Read
from crawl.text.time_words import FUTURE, LATEST, PAST, PLURALS, THIS, TWO, UNITS, WEEKDAYS, ZONES
from crawl.text.years import Year, era, read_year

TODAY = date(2015, 8, 20)  # a Thursday
Reader = Callable[[list[str], date], Read | None]


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("أإآٱ", "اااا"),
        ("فتوى مكتبة", "فتوي مكتبه"),
        ("وزیر کبیر", "وزير كبير"),
        ("پاريس ۲۰۱۵", "باريس 2015"),
        ("ؤئء", "ؤئء"),  # a hamza's seat tells words apart
        ("BBC १२", "BBC 12"),
    ],
)
def test_each_letter_has_one_plain_spelling(written: str, bare: str) -> None:
    """And each digit of any script is an ASCII one."""
    assert bare_letters(written) == bare


@given(st.text())
def test_plain_spelling_keeps_every_offset(text: str) -> None:
    """What is found in the plain text is at the same place in the written one."""
    assert len(bare_letters(text)) == len(ascii_digits(text)) == len(text)
    assert bare_letters(bare_letters(text)) == bare_letters(text)


@given(st.text())
def test_marks_are_taken_out_and_nothing_else(text: str) -> None:
    """What is left stood there before, in its order."""
    rest = iter(text)
    assert all(letter in rest for letter in without_marks(text))
    assert without_marks(without_marks(text)) == without_marks(text)


def test_digits_are_written_for_readers_and_read_back() -> None:
    """٠ to ٩ and back."""
    assert arabic_digits("2015-08-01") == "٢٠١٥-٠٨-٠١"
    assert ascii_digits(arabic_digits("0123456789")) == "0123456789"


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("2015", Year(2015, 1)),
        ("2015 م", Year(2015, 2)),
        ("2015 ه", Year(2015, 1)),  # no era of this year
        ("عام 1436 ه", Year(1436, 3)),
        ("1436 م", Year(1436, 1)),
        ("سنه الفين وخمسه عشر", Year(2015, 4)),
        ("العام الماضي", Year(2014, 2, relative=True)),
        ("العام الحالي", Year(2015, 2, relative=True)),
        ("العام المقبل", Year(2016, 2, relative=True)),
        ("عام", Year(0, 0)),
        ("215", Year(0, 0)),
        ("عشرين", Year(0, 0)),  # a number, but no year
        ("", Year(0, 0)),
    ],
)
def test_a_year_is_read_with_its_label_and_its_era(words: str, year: Year) -> None:
    """And no more of what follows it."""
    assert read_year(words.split(), TODAY) == year


def test_an_era_belongs_to_its_calendar() -> None:
    """«هـ» behind 1436, «م» behind 2015, and neither the other way."""
    assert [era([told], year) for told in ("ه", "م") for year in (1436, 2015)] == [1, 0, 0, 1]
    assert era([], 2015) == 0


@pytest.mark.parametrize(
    ("reader", "words", "since", "until", "used"),
    [
        (named_days.whole_year, "2015 م", "2015-01-01", "2015-12-31", 2),
        (named_days.numeric, "15 / 8 / 2015", "2015-08-15", "2015-08-15", 5),
        (named_days.numeric, "8 / 15 / 2015", "2015-08-15", "2015-08-15", 5),
        (named_days.numeric, "2015 - 8", "2015-08-01", "2015-08-31", 3),
        (named_days.numeric, "20150815", "2015-08-15", "2015-08-15", 1),
        (named_days.numeric, "15 / 8 / 98", "1998-08-15", "1998-08-15", 5),
        (named_days.numeric, "15 / 8 / 69", "2069-08-15", "2069-08-15", 5),
        (named_days.named_month, "اغسطس / اب 2015", "2015-08-01", "2015-08-31", 4),
        (named_days.named_month, "غره رمضان 1436 ه", "2015-06-18", "2015-06-18", 4),
        (named_days.named_month, "august 15 , 2015", "2015-08-15", "2015-08-15", 4),
        (named_days.latest_month, "رمضان", "2015-06-18", "2015-07-16", 1),
        (named_days.latest_month, "ايلول", "2014-09-01", "2014-09-30", 1),
        (named_days.latest_month, "ايلول المقبل", "2015-09-01", "2015-09-30", 2),
        (named_days.season, "صيف 2015", "2015-06-01", "2015-08-31", 2),
        (named_days.season, "شتاء 2014 / 2015", "2014-12-01", "2015-02-28", 4),
        (named_days.part, "الربع الاخير من 2014", "2014-10-01", "2014-12-31", 4),
        (named_days.part, "q 1 2015", "2015-01-01", "2015-03-31", 3),
        (named_days.part, "النصف 2 من 2015", "2015-07-01", "2015-12-31", 4),
        (relative_days.named_day, "اول من امس", "2015-08-18", "2015-08-18", 3),
        (relative_days.named_day, "امس الاربعاء", "2015-08-19", "2015-08-19", 2),
        (relative_days.named_day, "امس الخميس", "2015-08-19", "2015-08-19", 1),  # was no Thursday
        (relative_days.named_day, "بعد غد", "2015-08-22", "2015-08-22", 2),
        (relative_days.last_so_many, "منذ اسبوعين", "2015-08-06", "2015-08-20", 2),
        (relative_days.last_so_many, "اخر 3 ايام", "2015-08-17", "2015-08-20", 3),
        (relative_days.so_long_ago, "قبل يومين", "2015-08-18", "2015-08-18", 2),
        (relative_days.so_long_ago, "قبل شهرين", "2015-06-01", "2015-06-30", 2),
        (relative_days.unit_told, "هذا الشهر", "2015-08-01", "2015-08-20", 2),
        (relative_days.unit_told, "الاسبوع الماضي", "2015-08-08", "2015-08-14", 2),
        (relative_days.unit_told, "السنه المقبله", "2016-01-01", "2016-12-31", 2),
    ],
)
def test_each_reader_tells_the_days_and_how_many_words_name_them(
    reader: Reader, words: str, since: str, until: str, used: int
) -> None:
    """So that what follows stays a word."""
    found = reader([*words.split(), "في"], TODAY)
    assert found is not None
    (first, last), read = found
    assert (first.isoformat(), last.isoformat(), read) == (since, until, used)


READERS: list[Reader] = [
    *(named_days.whole_year, named_days.numeric, named_days.named_month, named_days.latest_month),
    *(named_days.season, named_days.part, relative_days.named_day, relative_days.last_so_many),
    *(relative_days.so_long_ago, relative_days.unit_told),
]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "words", ["", "/", "15", "32 / 8 / 2015", "15 / 8 - 2015", "منذ", "منذ عام 2017", "ربيع", "من"]
)
def test_a_reader_says_nothing_of_what_it_does_not_know(reader: Reader, words: str) -> None:
    """«ربيع» is a name, «منذ عام 2017» begins a range, mixed signs are no date."""
    assert reader(words.split(), TODAY) is None


def test_every_word_of_time_is_spelled_as_it_is_looked_up() -> None:
    """A word with a hamza or a mark in these tables would never be met."""
    tables = (UNITS, TWO, PLURALS, WEEKDAYS, THIS, PAST, LATEST, FUTURE, ZONES)
    assert [word for table in tables for word in table if plain(word) != word] == []


def test_units_are_told_apart_from_two_of_them() -> None:
    """A word is one or several of a unit, or two; plurals are words for several."""
    assert not UNITS.keys() & TWO.keys()
    assert UNITS.keys() >= PLURALS
