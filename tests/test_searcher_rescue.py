"""Rescue: the wrong keyboard, Latin letters, a slip."""

from __future__ import annotations

import pytest

from searcher.corrections.alignment import cost_of
from searcher.corrections.correct import rescue
from searcher.corrections.keyboard import retyped
from tests.vocabularies import index_of

NEWS = (
    "التقى السفير وزير الخارجية في الرياض وبحثا قرارات المحكمة والاقتصاد "
    "وقال محمد بن سلمان إن طهران ترفض ذلك وأشار المسؤولون إلى مؤتمر صحفي"
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hgvdhq", "الرياض"),
        ("'ivhk", "طهران"),
        ("lpl] fk sglhk", "محمد بن سلمان"),
        ("HGSTDV", "السفير"),  # Caps Lock
        ("hgvdqhk", None),  # another word
    ],
)
def test_a_query_typed_on_the_latin_layout_is_retyped(typed: str, meant: str | None) -> None:
    """Key by key, if the text knows every word that comes out."""
    found = [one.query for one in rescue(typed, index_of(NEWS)) if one.why == "keyboard"]
    assert found[:1] == ([meant] if meant else [])


def test_english_typed_on_the_arabic_layout_comes_back() -> None:
    """لا is one key and two."""
    assert "google" in retyped("لخخلمث")
    assert "blog" in retyped("لاaمخل".replace("a", ""))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("alsafir", "السفير"),
        ("al-riyadh", "الرياض"),
        ("tehran", "طهران"),
        ("ma7kama", "المحكمة"),
        ("mo2tamar", "مؤتمر"),
        ("iqtisad", "الاقتصاد"),
        ("mohammed", "محمد"),
    ],
)
def test_arabic_in_latin_letters_is_read(typed: str, meant: str) -> None:
    """Transcriptions and the chat alphabet, decoded against the words of the text."""
    found = [one.query for one in rescue(typed, index_of(NEWS)) if one.why == "latin"]
    forms = {meant, meant.removeprefix("ال"), "و" + meant}
    assert found
    assert found[0] in forms


def test_an_ending_that_nobody_typed_is_hardly_read() -> None:
    """A final ة is heard; a long vowel within may be typed as any."""
    assert cost_of("khalid", "خالدة") > cost_of("khalid", "خالد") + 0.5


def test_two_latin_words_may_be_one_arabic_word() -> None:
    """Where the index has no words for them apart, it may have one for both."""
    found = rescue("khan younis", index_of("خانيونس"))
    assert [one.query for one in found] == ["خانيونس"]


@pytest.mark.parametrize("typed", ["salam", "qarar", "sufara", "mahkum"])
def test_a_latin_word_that_means_another_is_left_alone(typed: str) -> None:
    """What the language knows better than the text is not forced onto it."""
    found = [one.query for one in rescue(typed, index_of("سلمان قرارات سفير محكمة"))]
    assert found == []


def test_a_slip_is_mended() -> None:
    """One wrong letter, by the words of the index."""
    found = rescue("الخارخية", index_of(NEWS))
    assert [(one.query, one.why) for one in found[:1]] == [("الخارجية", "spelling")]


def test_a_query_that_the_index_knows_needs_no_rescue() -> None:
    """Known words are kept as typed."""
    assert rescue("السفير", index_of(NEWS)) == []
    assert rescue("", index_of(NEWS)) == []
