"""Names of places and persons: listed, and not taken for inflections of shorter words."""

from __future__ import annotations

import re

import pytest

from index.analysis import analyze, forms, proper_names
from index.analysis.lexicon.name_tables import NameTables, kept_tables, name_rows


def test_the_lists_are_long_enough_to_be_relied_on() -> None:
    """Countries, governorates and cities; given and family names."""
    places = {one.arabic for one in proper_names() if one.of == "places"}
    people = {one.arabic for one in proper_names() if one.of != "places"}
    assert len(places) >= 1500
    assert len(people) >= 1500


def test_every_line_is_an_arabic_name_with_latin_spellings() -> None:
    """Latin queries are looked up by these spellings: small letters, no signs."""
    for one in proper_names():
        assert re.fullmatch("[ء-ي]+( [ء-ي]+)*", one.arabic), one
        assert one.latin, one
        assert all(re.fullmatch("[a-z]+", latin) for latin in one.latin), one


def test_the_mapped_tables_of_names_are_those_of_the_lists() -> None:
    """A cache of other lists or rules would answer with yesterday's names."""
    made = name_rows()
    for name, table in zip(NameTables._fields, kept_tables(), strict=True):
        assert {key: list(row) for key, row in table.items()} == made[name]


@pytest.mark.parametrize(
    ("town", "word"),
    [
        ("أبها", "أب"),
        ("سرت", "سار"),
        ("بنها", "ابن"),
        ("سبها", "سب"),
        ("تعز", "عز"),
        ("صيدا", "صيد"),
        ("درعا", "درع"),
        ("ينبع", "نبع"),
        ("عاليه", "عال"),
        ("الأحساء", "حساء"),
        ("الخرج", "خرج"),
        ("بالخرج", "خرج"),
    ],
)
def test_a_town_is_no_inflection_of_a_shorter_word(town: str, word: str) -> None:
    """A listed name wins over a reading that needs an ending, and over a rare plural."""
    assert forms(town)[1] != forms(word)[1]
    assert analyze(town)[0].why == "name"


@pytest.mark.parametrize("surname", ["بلينكن", "كاميرون", "ماكرون", "سنودن", "ميقاتي", "فيدرر"])
def test_a_surname_is_no_verb_with_an_object(surname: str) -> None:
    """Foreign names by chance end as Arabic words do."""
    assert analyze(surname)[0].why == "name"


@pytest.mark.parametrize(
    ("word", "lemma"),
    [("باسم", "اسم"), ("يزيد", "زاد"), ("المهندسين", "مهندس"), ("بدور", "دور"), ("دينا", "دين")],
)
def test_a_common_word_is_not_lost_to_a_name(word: str, lemma: str) -> None:
    """Whoever writes باسم means «in the name of» more often than a man."""
    assert forms(word)[1] == lemma
