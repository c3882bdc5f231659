"""What people type becomes a request, whatever they type."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import open_engine
from searcher import Searcher, parse
from searcher.syntax.parser import MOST_WORDS
from searcher.syntax.query_ast import AllOf, AnyOf, Between, Held, Prefix, Quote, Without, Word

TODAY = date(2015, 8, 20)
PIECES = [
    *('"', "«", "»", "“", "(", ")", "-", "=", "*", "~3", ":", "|", "..", " ", "\u200f", "\x00"),
    *("OR", "AND", "NOT", "أو", "عنوان:", "date:", "source:", "2015", "رمضان", "منذ", "أسبوع"),
    *("سفير", "الجزائر", "في", "أمس", "&quot;", "title:("),
]
typed = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join)


@given(typed | st.text())
def test_any_string_has_a_request(text: str) -> None:
    """Parsing never raises; what it found nothing in it says so."""
    request = parse(text, TODAY)
    assert request.wishes or request.notes


@given(typed)
def test_any_string_can_be_searched_for(text: str) -> None:
    """The whole way to the engine and back survives it too."""
    assert Searcher(open_engine("memory:")).search(text).total == 0


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("سفير", [Word("سفير")]),
        ("سفير سفير", [Word("سفير")]),
        ("=سفير", [Word("سفير", spelled=True)]),
        ("سفي*", [Prefix("سفي")]),
        ("«السفير الروسي»", [Quote(("السفير", "الروسي"))]),
        ("“السفير الروسي”", [Quote(("السفير", "الروسي"))]),
        ('"السفير الروسي"~5', [Quote(("السفير", "الروسي"), slop=5)]),
        ('="السفير الروسي"', [Quote(("السفير", "الروسي"), spelled=True)]),
        ("«المدني»", [Word("المدني")]),
        ("أ|ب", [AnyOf((Word("أ"), Word("ب")))]),
        ("أ ب OR ج", [Word("أ"), AnyOf((Word("ب"), Word("ج")))]),
        ("أ AND ب", [AllOf((Word("أ"), Word("ب")), strict=True)]),
        ("أ -ب", [Word("أ"), Without(Word("ب"))]),
        ("NOT NOT أ", [Word("أ")]),
        ("أ - ب", [Word("أ"), Word("ب")]),
        ("title:أ", [Word("أ", field="title")]),
        ("عنوان:(أ ب)", [AllOf((Word("أ", field="title"), Word("ب", field="title")))]),
        ('مصدر:"وكالة أ"', [Held("source", "وكالة أ")]),
        ("موقع:https://www.example.org/x", [Held("site", "example.org")]),
        ("مصدر: أ", [Word("مصدر"), Word("أ")]),
        ("2014..2015", [Between("2014-01-01", "2015-12-31", "2014..2015")]),
        ("date:رمضان 1436", [Between("2015-06-18", "2015-07-16", "رمضان 1436")]),
        ("أمس", [Between("2015-08-19", "2015-08-19", "أمس", bare=True)]),
        ("منذ أسبوع", [Between("2015-08-13", "2015-08-20", "منذ أسبوع", bare=True)]),
        ("15/8/2015", [Between("2015-08-15", "2015-08-15", "15/8/2015", bare=True)]),
        ("سفير 2015-08-15،", [Word("سفير"), Between(*["2015-08-15"] * 3, bare=True)]),
        ("٣١/٢/٢٠١٥", [AllOf((Word("٣١"), Word("٢"), Word("٢٠١٥")))]),
        ("منذ عام 2017", [Word("منذ"), Word("عام"), Word("2017")]),
        ("&#8220;أ&#8221;", [Word("أ")]),
    ],
)
def test_a_query_is_read_as_its_writer_meant(text: str, wishes: list[object]) -> None:
    """Signs are signs only where they cannot be prose."""
    assert list(parse(text, TODAY).wishes) == wishes


@pytest.mark.parametrize("text", ['"سفير', "date:سفير", "*سفير", "***", "", "title:()"])
def test_what_could_not_be_used_is_said(text: str) -> None:
    """One sentence for each thing that was dropped."""
    assert parse(text, TODAY).notes


def test_a_long_query_is_cut_and_says_so() -> None:
    """Ten thousand words cost no more than a hundred."""
    request = parse(" ".join(f"كلمة{number}" for number in range(10_000)), TODAY)
    assert len(request.wishes) <= MOST_WORDS
    assert request.notes


def test_a_word_repeated_ten_thousand_times_is_one_word() -> None:
    """Repetition is not length."""
    assert parse("سفير " * 10_000, TODAY).wishes == (Word("سفير"),)


def test_five_hundred_branches_and_deep_parentheses_are_read() -> None:
    """Neither the number of alternatives nor their depth breaks the parser."""
    assert parse(" OR ".join(f"ك{number}" for number in range(500)), TODAY).wishes
    assert parse("(" * 5_000 + "سفير" + ")" * 5_000, TODAY).notes
