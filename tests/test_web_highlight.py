"""The words of a question in a whole stored text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.html.highlight import MOST_WORDS, marks

TEXT = "زار السفراء المدينةَ القديمة، وقال وزيرُ الصحة إنّ المدن الأخرى بعيدة."


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("سفير", ["السفراء"]),
        ("المدينة", ["المدينةَ", "المدن"]),
        ("سفير وزير", ["السفراء", "وزيرُ"]),
        ("سفير -المدينة", ["السفراء"]),  # an excluded word is not looked for
        ("في من", []),  # nor are those that all texts hold
        ('"وزير الصحة"', ["وزيرُ", "الصحة"]),
        ("رياضة", []),
        ("", []),
    ],
)
def test_each_word_of_a_question_is_marked_wherever_it_stands(
    query: str, marked: list[str]
) -> None:
    """With its clitics and vowel signs, as the text has it."""
    assert [TEXT[start:end] for start, end in marks(query, TEXT)] == marked


def test_a_pasted_text_is_looked_for_by_its_first_words() -> None:
    """Each word is a pass over the text."""
    words = [f"كلمة{number}" for number in range(MOST_WORDS)]
    assert marks(" ".join([*words, "سفير"]), TEXT) == marks(" ".join(words), TEXT)


@given(st.text(max_size=40))
def test_marks_ascend_and_never_overlap(query: str) -> None:
    """For any question."""
    found = marks(query, TEXT)
    assert all(0 <= start < end <= len(TEXT) for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
