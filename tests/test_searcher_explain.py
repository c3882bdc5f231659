"""Explain: whether a text answers a query, with which words, and why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.explain import explain, explain_lines


def test_a_match_names_the_words_as_written_and_why() -> None:
    """Offsets point into the text; the form joins the words in text order."""
    found = explain("وزير الدفاع", "قال وُزَراءُ الدفاعِ اليوم")
    assert found.match
    assert found.form == "وُزَراءُ الدفاعِ"
    assert [(w.word, w.form, w.start, w.why) for w in found.words] == [
        ("وزير", "وُزَراءُ", 4, "broken-plural"),
        ("الدفاع", "الدفاعِ", 13, "exact"),
    ]


def test_every_word_must_match() -> None:
    """One missing word and there is no match, no form and no words."""
    found = explain("الصليب الأحمر", "الهلال الأحمر")
    assert (found.match, found.form, found.words) == (False, None, ())


@pytest.mark.parametrize(
    ("query", "text", "why"),
    [("hgstdv", "عاد السفير", "keyboard"), ("alsafir", "عاد السفير", "latin")],
)
def test_a_match_by_correction_says_so(query: str, text: str, why: str) -> None:
    """Only where the query as typed finds nothing."""
    found = explain(query, text)
    assert [(word.form, word.why) for word in found.words] == [("السفير", why)]


def test_spelling_is_never_corrected_to_fit_a_text() -> None:
    """A text is no evidence that another word was meant."""
    assert not explain("السفين", "عاد السفير").match


def test_lines_are_answered_in_order_whatever_they_hold() -> None:
    """One answer a line; ids come back, odd lines get a sentence."""
    lines = [
        '{"id": 7, "query": "سفير", "text": "السفراء"}\n',
        "not json\n",
        "[1]\n",
        '{"query": "سفير"}\n',
        '{"query": "سفير", "text": ""}\n',
    ]
    answers = [json.loads(line) for line in explain_lines(lines)]
    assert [one["match"] for one in answers] == [True, False, False, False, False]
    assert answers[0]["id"] == 7
    assert ["error" in one for one in answers] == [False, True, True, True, False]


@given(st.text(), st.text())
def test_any_query_on_any_text_is_answered(query: str, text: str) -> None:
    """Nothing raises, and a match always has a form that stands in the text."""
    found = explain(query, text)
    assert all(text[one.start : one.end] == one.form for one in found.words)


def test_a_synonym_of_several_words_is_called_one(tmp_path: Path, root: Path) -> None:
    """Only the same letters, parted otherwise, are the word itself."""
    assert {one.why for one in explain("عبدالله", "وصل عبد الله").words} == {"exact"}
    words = tmp_path / "words.txt"
    words.write_text("synonym داعش, الدولة الإسلامية\nsynonym البنك, البنك المركزي\n", "utf-8")
    asked = [("داعش", "تنظيم الدولة الإسلامية"), ("البنك", "رئيس البنك المركزي")]
    told = subprocess.run(
        [sys.executable, "bahith.py", "explain", "--batch", "-"],
        input="\n".join(json.dumps({"query": query, "text": text}) for query, text in asked),
        cwd=root,
        env={**os.environ, "BAHITH_WORDS": str(words)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    first, second = map(json.loads, told.splitlines())
    assert {one["why"] for one in first["words"]} == {"synonym"}
    assert [one["why"] for one in second["words"]] == ["exact", "synonym"]


def test_a_wrong_line_of_the_word_file_is_told_by_its_number(tmp_path: Path, root: Path) -> None:
    """Before anything is searched, and with the exit code of a broken set-up."""
    words = tmp_path / "words.txt"
    words.write_text("protect داعش\nsynonym مركبة\n", "utf-8")
    found = subprocess.run(
        [sys.executable, "bahith.py", "search", "2015", "--index", f"whoosh:{tmp_path}/none"],
        cwd=root,
        env={**os.environ, "BAHITH_WORDS": str(words)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 2
    assert "line 2" in found.stderr


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("احم*", "أحمد الشرع"),
        ("سفي*", "السفير الروسي"),
        ("وزاره*", "وزارة الصحة"),
        ("الاح*", "الأحقاف"),
        ("ال*", "الأحقاف"),
    ],
)
def test_a_beginning_is_found_as_readers_type_it(typed: str, text: str) -> None:
    """With any hamza, with the article or without it."""
    assert explain(typed, text).match
    assert not explain("سفر*", "السفير").match


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ('"القاهرة و بيروت"', "بين القاهرة وبيروت"),
        ('"القاهرة و بيروت"', "بين القاهرة و بيروت"),
        ('"محمد بن عبدالله"', "زار محمد بن عبد الله المدينة"),
        ('"محمد بن عبد الله"', "زار محمد بن عبدالله المدينة"),
    ],
)
def test_a_phrase_is_found_however_its_words_are_parted(typed: str, text: str) -> None:
    """A loose و and joined names are the habits of half of all writers."""
    assert explain(typed, text).match
    assert not explain(f"={typed}", text).match or typed[1:-1] in text
