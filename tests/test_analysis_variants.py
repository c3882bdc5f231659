"""Variants: every term of an index that a query word means, and why."""

from __future__ import annotations

import pytest

from index.analysis import Variant, joined_variants, loose_ands, reason, variants, variants_of
from tests.vocabularies import index_of


def found(word: str, *words: str) -> dict[str, Variant]:
    return {one.text: one for one in variants(word, index_of(*words))}


def test_a_word_finds_its_own_forms_first() -> None:
    """The exact form comes before the lemma, and only what the index holds is given."""
    both = variants("السفراء", index_of("السفراء", "سفير"))
    assert [(one.form, one.text) for one in both[:2]] == [("exact", "السفراء"), ("lemma", "سفير")]
    assert variants("السفراء", index_of("وزير")) == []


def test_a_spelling_that_can_be_read_two_ways_is_found_by_both() -> None:
    """كتب is a verb to the index and also the plural of كتاب."""
    assert found("كتاب", "كتب")["كتب"].why == "broken-plural"
    assert found("يكتب", "كتب")
    assert found("وهم", "الأوهام")  # «and they», and a word of its own


def test_a_doubtful_spelling_is_found_however_many_words_begin_like_it() -> None:
    """Where many terms share its beginning, and where few do."""
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    many = [f"كتب{one}{other}" for one in letters for other in "بدر"]
    for crowd in (many, many[:3], []):
        assert found("كتاب", "كتب", *crowd)["كتب"].why == "broken-plural"


def test_a_listed_plural_that_is_a_word_of_its_own_is_not_meant() -> None:
    """نطاق is no ناطق to a reader; a plural that its shape confirms stays one."""
    assert not found("ناطق", "نطاق")
    assert found("حيلة", "الحيل")


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("غوتيريش", "جوتيريس"),
        ("نتنياهو", "نتانياهو"),
        ("إنستغرام", "انستجرام"),
        ("بلومبرغ", "وبلومبرج"),
        ("زوكربيرغ", "زوكربيرج"),
    ],
)
def test_spellings_of_a_foreign_name_find_each_other(asked: str, held: str) -> None:
    """Transcribers differ in g, in long vowels and in emphatic letters."""
    assert found(asked, held)


@pytest.mark.parametrize("asked", ["12345", "12.345", "1500"])
def test_thousands_are_one_number_however_grouped(asked: str) -> None:
    """With a point or without; a year is never grouped."""
    other = asked.replace(".", "") if "." in asked else f"{asked[:-3]}.{asked[-3:]}"
    assert found(asked, other)[other].why == "inflected"
    assert not found("2015", "2.015")


def test_thousands_are_one_number_with_a_blank_too() -> None:
    """Two words of a query as one, and one as two."""
    held = index_of("12345", "12", "345", "2", "015")
    assert [one.spelled for one in joined_variants(["12", "345"], held)] == [("12345",)]
    assert [one.spelled for one in joined_variants(["12345"], held)] == [("12", "345")]
    assert not [one for one in joined_variants(["2015"], held) if one.halves]


def test_nobody_transcribes_a_place_of_an_arab_country() -> None:
    """أسوان is no Lawson; a foreign town has spellings."""
    assert not found("أسوان", "لاوسون", "باوسون")
    assert found("إسطنبول", "إستانبول")


def test_a_place_that_is_also_a_common_word_is_found_as_spelled() -> None:
    """Jenin is no embryo, nor Salé «he forgot»; whoever asks for the word still finds all of it."""
    assert found("جنين", "جنين", "بجنين", "الأجنة").keys() == {"جنين", "بجنين"}
    assert not found("سلا", "يسلو")
    assert {"أجنة", "جنين"} <= found("أجنة", "أجنة", "جنين").keys()


def test_a_listed_name_finds_its_other_script() -> None:
    """Each way, and told as such."""
    assert found("google", "جوجل", "غوغل").keys() == {"جوجل", "غوغل"}
    assert found("جدة", "jeddah")["jeddah"].why == "latin"


def test_of_several_names_a_latin_word_finds_the_likeliest() -> None:
    """What is nothing but a name comes before a common word: Sidon, not «happy»."""
    assert found("saida", "صيدا", "سعيدة", "سعيدة").keys() == {"صيدا"}


@pytest.mark.parametrize(
    ("asked", "held"), [("محمد", "محمود"), ("سالم", "سليم"), ("حمد", "حماد"), ("كوبا", "كوباني")]
)
def test_native_names_do_not_vary(asked: str, held: str) -> None:
    """In a native name every written vowel counts."""
    assert not found(asked, held)


def test_a_particle_before_an_unknown_name_is_seen_through() -> None:
    """ودزيكو is دزيكو where the index holds it so."""
    assert found("دزيكو", "ودزيكو")["ودزيكو"].why == "inflected"
    assert found("لدزيكو", "دزيكو")


def test_names_written_together_are_found_apart_and_back() -> None:
    """Two words may stand for one and one for two, if the index holds them."""
    apart = joined_variants(["عبدالله"], index_of("عبد", "الله"))
    assert [one.spelled for one in apart] == [("عبد", "الله")]
    together = joined_variants(["الملك", "عبد", "الله"], index_of("عبدالله"))
    assert [(one.start, one.end, one.spelled) for one in together] == [(1, 3, ("عبدالله",))]


@pytest.mark.parametrize(
    ("asked", "parts"),
    [("المنصور", ("من", "صور")), ("المنامة", ("من", "أمة")), ("بارزاني", ("بارز", "أنه"))],
)
def test_two_words_that_happen_to_spell_a_name_are_none(asked: str, parts: tuple[str, str]) -> None:
    """A half is no particle, and no other form of itself."""
    assert not [one for one in joined_variants([asked], index_of(*parts)) if len(one.spelled) > 1]
    assert not joined_variants(["من", "صور"], index_of("منصور"))


@pytest.mark.parametrize(
    ("asked", "held", "spelled"),
    [
        (["covid", "19"], ["covid19"], ("covid19",)),
        (["covid19"], ["covid", "19"], ("covid", "19")),
        (["US"], ["U", "S"], ("u", "s")),
        (["ابوظبي"], ["أبو", "ظبي"], ("أبو", "ظبي")),
        (["أربعمائة"], ["أربع", "مئة"], ("أربع", "مائة")),
        (["ثلاثة", "عشر"], ["13"], ("13",)),
        (["25"], ["خمسة", "وعشرون"], ("خمس", "وعشرون")),
    ],
)
def test_one_thing_is_found_however_many_words_it_is_written_as(
    asked: list[str], held: list[str], spelled: tuple[str, ...]
) -> None:
    """Latin with digits, initials, names with an opener, numbers in words."""
    assert spelled in [one.spelled for one in joined_variants(asked, index_of(*held))]


@pytest.mark.parametrize(
    ("asked", "held"),
    [("الثالث", "3"), ("3", "ثالث"), ("أربعمئة", "400"), ("كم", "كلم"), ("د", "الدكتور")],
)
def test_numbers_and_abbreviations_find_what_they_stand_for(asked: str, held: str) -> None:
    """Below the form that was asked for."""
    assert all(one.weight <= 0.5 for one in found(asked, held).values())
    assert found(asked, held)


def test_a_name_does_not_conjugate() -> None:
    """حسن is a man or «good», not the verb inside تحسن; كتاب still finds its verb's homograph."""
    assert not found("حسن", "تحسن")


def test_a_loose_and_is_written_onto_the_next_word_and_back() -> None:
    """One article in ten has a blank after it."""
    assert [one.spelled for one in loose_ands(["بيروت", "و", "دمشق"])] == [("ودمشق",)]
    assert [one.spelled for one in loose_ands(["بيروت", "ودمشق"])] == [("و", "دمشق")]
    assert not list(loose_ands(["وزير"]))


def test_a_name_hidden_by_a_far_fetched_reading_is_found() -> None:
    """Only by a word that nothing but a name can be, and by none that dictionaries know."""
    assert found("كايفين", "كيفين")["كيفين"].why == "name-variant"
    assert found("كيفين", "كايفين")["كايفين"].why == "name-variant"
    assert reason("كايفين", "كيفين") == "name-variant"
    assert not found("سيكتبان", "سيكاتبان")


def test_many_words_are_looked_up_at_once() -> None:
    """Each gets what it gets alone; nothing is a word of nothing."""
    held = index_of("كتب", "جوجل", "وزير", "عبد")
    asked = ["كتاب", "غوغل", "؟", "الوزراء", "كتاب"]
    assert variants_of(asked, held) == [variants(word, held) for word in asked]


@pytest.mark.parametrize(
    ("asked", "read", "why"),
    [
        ("وزير", "وَزير", "exact"),
        ("وزير", "الوزير", "inflected"),
        ("وزير", "والوزراء", "broken-plural"),
        ("غوغل", "جوجل", "name-variant"),
    ],
)
def test_a_match_says_why(asked: str, read: str, why: str) -> None:
    """The reason is the closest one that holds."""
    assert reason(asked, read) == why
