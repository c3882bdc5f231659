"""The user's word file: protect, join, synonym."""

from __future__ import annotations

import pytest

from index.analysis.text.word_file import BadWords, parse_words


def test_rules_are_read_and_comments_are_not() -> None:
    """One rule a line; commas or spaces part words."""
    own = parse_words("# mine\nprotect داعش، حماس\njoin أميركي أمريكي # both\n\n")
    assert own.protected == {"داعش", "حماس"}
    assert own.joined == {"أميركي": "أمريكي"}


def test_synonyms_go_both_ways_and_may_be_phrases() -> None:
    """Commas part synonyms, so that one may have several words."""
    own = parse_words("synonym داعش, الدولة الإسلامية, التنظيم")
    assert own.synonyms["داعش"] == (("الدولة", "الإسلامية"), ("التنظيم",))
    assert own.synonyms["الدولة الإسلامية"] == (("داعش",), ("التنظيم",))


def test_synonyms_of_one_word_need_no_commas() -> None:
    """A blank parts them where nothing else does."""
    assert parse_words("synonym سيارة مركبة").synonyms["سيارة"] == (("مركبة",),)


@pytest.mark.parametrize(
    "line",
    [
        *("protect", "join واحد", "synonym كلمة", "سيارة مركبة"),
        *("protect !!", "join كلمة كلمة", "synonym كلمة, كلمة", "synonym كلمة, ؟"),
    ],
)
def test_a_line_that_is_no_rule_is_refused_by_number(line: str) -> None:
    """Nothing is guessed from a half-written rule."""
    with pytest.raises(BadWords, match="line 2"):
        parse_words(f"protect داعش\n{line}")
