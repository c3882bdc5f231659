"""Careful spellings: what a hurried writer meant, as careful papers print it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import variants
from index.analysis.expansion.careful import careful_spellings
from index.analysis.text.folding import fold, key
from tests.vocabularies import index_of


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("اداره", "إدارة"),
        ("الاعلان", "الإعلان"),
        ("عمليه", "عملية"),
        ("الرئيسى", "الرئيسي"),
        ("واماكن", "وأماكن"),
        ("اجراءات", "إجراءات"),
    ],
)
def test_hamza_and_endings_are_put_back(typed: str, meant: str) -> None:
    """As a likely word, spelled without a slip."""
    assert meant in careful_spellings(typed)


@pytest.mark.parametrize("word", ["اجتماع", "كتابه", "مستشفى", "إدارة", "", "خخخا"])
def test_what_is_careful_stays(word: str) -> None:
    """A word that dictionaries have as it stands, and one that they do not have, is meant so."""
    assert careful_spellings(word) == ()


def test_the_form_that_was_meant_counts_like_the_one_typed() -> None:
    """So typing without care costs little of the order."""
    found = variants("اداره", index_of("إدارة", "إداراتهم"))
    assert [one.text for one in found if one.form == "exact" and one.own] == ["إدارة"]


@given(st.text("ابتةهىيأإآل", max_size=12))
def test_careful_spellings_differ_in_nothing_else(word: str) -> None:
    """Letter for letter the same to a careless writer."""
    exact = fold(word)
    assert {key(one) for one in careful_spellings(exact)} <= {key(exact)}
