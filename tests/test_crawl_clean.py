"""Cleaning text: what changes on the way into an article, and what must not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.text.clean import clean_line, clean_text, tidy


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    """A text that has been cleaned is a fixed point: offsets into it stay true."""
    assert tidy(tidy(text)) == tidy(text)


@given(st.text(alphabet=st.characters()))
def test_cleaned_text_can_always_be_stored(text: str) -> None:
    """Lone surrogates and NUL, which JSON can smuggle in, never reach the archive."""
    assert "\x00" not in clean_text(text)
    clean_text(text).encode("utf-8")


@given(st.text())
def test_lines_are_paragraphs_without_blank_ones(text: str) -> None:
    """Between two paragraphs stands exactly one newline, and no white space around it."""
    cleaned = clean_text(text)
    assert cleaned == "" or all(line and line == line.strip() for line in cleaned.split("\n"))


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("&amp;quot;", "&quot;"),
        ("&#1593;&#x631;&#1576;", "عرب"),
        ("قال&nbspالوزير", "قال الوزير"),
        ("?a=1&copy=2&para=3", "?a=1&copy=2&para=3"),
        ("5 < 6 & 7 > 2", "5 < 6 & 7 > 2"),
        ("رئي\u0654س", "رئئس"),
        ("مُحَمَّد", "مُحَمَّد"),
        ("الـــعنوان", "الـــعنوان"),
    ],
)
def test_entities_are_unescaped_once_and_letters_kept(raw: str, cleaned: str) -> None:
    """Only references are replaced; spelling, diacritics and tatweel stay as written."""
    assert clean_text(raw) == unicodedata.normalize("NFC", cleaned)


def test_a_title_is_one_line() -> None:
    """A headline broken over lines in the source reads as one."""
    assert clean_line("أول\r\nثان\u2028ثالث") == "أول ثان ثالث"


def test_bidi_overrides_go_and_joiners_stay() -> None:
    """An unclosed override turns the rest of a page around; a joiner shapes a letter."""
    assert tidy("a\u202eb\u2066c هـ\u200dا") == "abc هـ\u200dا"
