"""A typed query is cut into words, phrases and signs, whatever stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.notes import NOTES, Note
from searcher.syntax.lexer import Lexeme, lex

PIECES = ["سفير", "~1", "^3", "?", "‘", "’", "قرب/5", "عنوان", " :", "ليس", "*", "=", "..", "وسم:"]


def kinds(text: str) -> list[tuple[str, str]]:
    """Kind and text of each lexeme."""
    return [(one.kind, one.text) for one in lex(text)]


@pytest.mark.parametrize(
    ("text", "lexemes"),
    [
        ("سفير~", [Lexeme("fuzzy", "سفير", slop=1)]),
        ("السفراء~", [Lexeme("fuzzy", "السفراء", slop=2)]),
        ("سفير~٢", [Lexeme("fuzzy", "سفير", slop=2)]),
        ("سفير~9", [Lexeme("fuzzy", "سفير", slop=2)]),
        ("‘السفير الروسي’", [Lexeme("quote", "السفير الروسي")]),
        ("«السفير»~٣", [Lexeme("quote", "السفير", slop=3)]),
        ("قرب/5", [Lexeme("near", "قرب/5", slop=5)]),
        ("NEAR/٣", [Lexeme("near", "NEAR/٣", slop=3)]),
        ("عنوان :السفير", [Lexeme("field", "title"), Lexeme("word", "السفير")]),
        ("وسم:كأس", [Lexeme("field", "tags"), Lexeme("word", "كأس")]),
        ("lang:ar", [Lexeme("field", "language"), Lexeme("word", "ar")]),
        ("=سفير", [Lexeme("word", "سفير", spelled=True)]),
        ("15/8/2015", [Lexeme("day", "15/8/2015")]),
        ("٢٠١٥..٢٠١٦", [Lexeme("range", "2015..2016")]),
    ],
)
def test_signs_are_read(text: str, lexemes: list[Lexeme]) -> None:
    """Digits of any script, either language's names."""
    assert lex(text) == lexemes


@pytest.mark.parametrize(
    "text",
    [
        "عنوان : السفير",
        "مصدر: الاجتماع تأجل",
        "قرب المدينة",
        "ماذا؟",
        "المغرب - تونس",
        "45/45/2015",
    ],
)
def test_prose_has_no_signs(text: str) -> None:
    """A headline's punctuation asks for nothing."""
    assert {kind for kind, _ in kinds(text)} == {"word"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("سفير^3", "boost"),
        ("«السفير الروسي»^2", "boost"),
        ("سف?ر", "question-inside"),
        ("س*ر", "star-inside"),
        ("sort:newest سفير", "sort-field"),
        ("ترتيب:الأحدث سفير", "sort-field"),
        ("url:example.org/1 سفير", "url-field"),
        ("«سفير", "open-quote"),
        ("‘ سفير", "open-quote"),
    ],
)
def test_what_is_not_supported_says_so(text: str, code: str) -> None:
    """One note, and what else was typed still counts."""
    notes: list[Note] = []
    assert lex(text, notes)
    assert [note.code for note in notes] == [code]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3)).map("".join))
def test_any_string_has_lexemes_that_are_parts_of_it(text: str) -> None:
    """Nothing raises, nothing is invented."""
    for lexeme in lex(text):
        assert lexeme.slop <= 50
        assert lexeme.text or lexeme.kind == "quote"


def test_every_note_has_a_sentence_for_its_values() -> None:
    """As many values as blanks, and long ones are cut."""
    for code, sentence in NOTES.items():
        note = Note(code, *["س" * 100] * sentence.count("{}"))
        assert note.code == code
        assert "{" not in note
        assert len(note) < 300
