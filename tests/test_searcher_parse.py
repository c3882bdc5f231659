"""What people type becomes a request, whatever they type."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import open_engine
from searcher import Searcher, parse
from searcher.syntax.lexeme_cursor import MOST_WORDS
from searcher.syntax.query_ast import (
    AllOf,
    AnyOf,
    AttributeFilter,
    DateRange,
    NoneOf,
    PhraseClause,
    PrefixClause,
    WordClause,
)

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
    assert request.clauses or request.notes


@given(typed)
def test_any_string_can_be_searched_for(text: str) -> None:
    """The whole way to the engine and back survives it too."""
    assert Searcher(open_engine("memory:")).search(text).total == 0


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("سفير", [WordClause("سفير")]),
        ("سفير سفير", [WordClause("سفير")]),
        ("=سفير", [WordClause("سفير", spelled=True)]),
        ("سفي*", [PrefixClause("سفي")]),
        ("«السفير الروسي»", [PhraseClause(("السفير", "الروسي"))]),
        ("“السفير الروسي”", [PhraseClause(("السفير", "الروسي"))]),
        ('"السفير الروسي"~5', [PhraseClause(("السفير", "الروسي"), slop=5)]),
        ('="السفير الروسي"', [PhraseClause(("السفير", "الروسي"), spelled=True)]),
        ("«المدني»", [WordClause("المدني")]),
        ("أ|ب", [AnyOf((WordClause("أ"), WordClause("ب")))]),
        ("أ ب OR ج", [WordClause("أ"), AnyOf((WordClause("ب"), WordClause("ج")))]),
        ("أ AND ب", [AllOf((WordClause("أ"), WordClause("ب")), strict=True)]),
        ("أ -ب", [WordClause("أ"), NoneOf(WordClause("ب"))]),
        ("NOT NOT أ", [WordClause("أ")]),
        ("أ - ب", [WordClause("أ"), WordClause("ب")]),
        ("title:أ", [WordClause("أ", field="title")]),
        ("عنوان:(أ ب)", [AllOf((WordClause("أ", field="title"), WordClause("ب", field="title")))]),
        ('مصدر:"وكالة أ"', [AttributeFilter("source", "وكالة أ")]),
        ("موقع:https://www.example.org/x", [AttributeFilter("site", "example.org")]),
        ("مصدر: أ", [WordClause("مصدر"), WordClause("أ")]),
        ("2014..2015", [DateRange("2014-01-01", "2015-12-31", "2014..2015")]),
        ("date:رمضان 1436", [DateRange("2015-06-18", "2015-07-16", "رمضان 1436")]),
        ("أمس", [DateRange("2015-08-19", "2015-08-19", "أمس", bare=True)]),
        ("منذ أسبوع", [DateRange("2015-08-13", "2015-08-20", "منذ أسبوع", bare=True)]),
        ("15/8/2015", [DateRange("2015-08-15", "2015-08-15", "15/8/2015", bare=True)]),
        ("سفير 2015-08-15،", [WordClause("سفير"), DateRange(*["2015-08-15"] * 3, bare=True)]),
        ("٣١/٢/٢٠١٥", [AllOf((WordClause("٣١"), WordClause("٢"), WordClause("٢٠١٥")))]),
        ("سفير~1", [WordClause("سفير", slips=1)]),
        ("أ قرب/3 ب", [PhraseClause(("أ", "ب"), slop=3, ordered=False)]),
        (
            "أ قرب/3 ب NEAR/2 ج",
            [
                AllOf(
                    (
                        PhraseClause(("أ", "ب"), slop=3, ordered=False),
                        PhraseClause(("ب", "ج"), slop=2, ordered=False),
                    ),
                    strict=True,
                )
            ],
        ),
        ("مصر ليس تونس", [WordClause("مصر"), NoneOf(WordClause("تونس"), "ليس")]),
        ("مصر ما عدا تونس", [WordClause("مصر"), NoneOf(WordClause("تونس"), "ما عدا")]),
        ("ليس هناك", [WordClause("ليس"), WordClause("هناك")]),
        ("مصر او تونس", [AnyOf((WordClause("مصر"), WordClause("تونس")))]),
        ("منذ عام 2017", [WordClause("منذ"), WordClause("عام"), WordClause("2017")]),
        ("&#8220;أ&#8221;", [WordClause("أ")]),
    ],
)
def test_a_query_is_read_as_its_writer_meant(text: str, clauses: list[object]) -> None:
    """Signs are signs only where they cannot be prose."""
    assert list(parse(text, TODAY).clauses) == clauses


@pytest.mark.parametrize(
    "text", ['"سفير', "date:سفير", "*سفير", "***", "", "title:()", "أ^2", "«أ ب» قرب/2 ج"]
)
def test_what_could_not_be_used_is_said(text: str) -> None:
    """One sentence for each thing that was dropped."""
    assert parse(text, TODAY).notes


def test_a_long_query_is_cut_and_says_so() -> None:
    """Ten thousand words cost no more than a hundred."""
    request = parse(" ".join(f"كلمة{number}" for number in range(10_000)), TODAY)
    assert len(request.clauses) <= MOST_WORDS
    assert request.notes


def test_a_word_repeated_ten_thousand_times_is_one_word() -> None:
    """Repetition is not length."""
    assert parse("سفير " * 10_000, TODAY).clauses == (WordClause("سفير"),)


def test_five_hundred_branches_and_deep_parentheses_are_read() -> None:
    """Neither the number of alternatives nor their depth breaks the parser."""
    assert parse(" OR ".join(f"ك{number}" for number in range(500)), TODAY).clauses
    assert parse("(" * 5_000 + "سفير" + ")" * 5_000, TODAY).notes
