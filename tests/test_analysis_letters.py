"""Letters and numbers: one spelling for every way to encode or decorate the same word."""

from __future__ import annotations

import pytest

from index.analysis import analyze, fold, forms, is_stopword


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("مُحَمَّــد", "محمد"),  # vowel marks, tatweel
        ("المعنىٰ", "المعنى"),  # superscript alef
        ("ﻭﺯﻳﺮ", "وزير"),  # presentation forms
        ("اﻷمن", "الأمن"),  # lam-alef ligature
        ("وزیر", "وزير"),  # Farsi yeh inside
        ("علی", "على"),  # Farsi yeh at the end
        ("أکد", "أكد"),  # keheh
        ("ناشىء", "ناشئ"),  # hamza beside its seat
        ("پاريس", "باريس"),
        ("دوڤال", "دوفال"),
        ("الإرها\u00adبي", "الإرهابي"),  # soft hyphen
        ("ا\u200bلآن", "الآن"),  # zero-width space
        ("\u200fداعش\u200f", "داعش"),  # direction marks
        ("Café", "cafe"),
        ("٢٠١٥", "2015"),
        ("۲۰۱۵", "2015"),
        ("١٬٢٥٠٬٠٠٠", "1250000"),
        ("٣٫٥", "3.5"),
        ("3,5", "3.5"),
    ],
)
def test_a_word_is_folded_to_one_spelling(written: str, folded: str) -> None:
    """Marks, invisible characters and foreign code points do not tell words apart."""
    assert fold(written) == folded


@pytest.mark.parametrize(("one", "other"), [("أعداد", "إعداد"), ("علي", "على"), ("مكة", "مكه")])
def test_letters_that_tell_words_apart_are_kept(one: str, other: str) -> None:
    """Hamza, ة and ى stay in the exact form."""
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("written", "lemma"),
    [("2015م", "2015"), ("1436هـ", "1436"), ("الـ20", "20"), ("07", "7"), ("وF16", "f16")],
)
def test_numbers_and_foreign_words_shed_what_is_attached(written: str, lemma: str) -> None:
    """Eras, the article and particles are no part of a number or a Latin word."""
    assert forms(written)[1] == lemma


def test_hashtags_and_hyphens_part_words() -> None:
    """An underscore or a hyphen stands between two words; a decimal mark does not."""
    words = [token.word for token in analyze("#السفير_الروسي COVID-19 بلغ 3.5%")]
    assert words == ["السفير", "الروسي", "COVID", "19", "بلغ", "3.5"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("#رؤية2030", ["رؤية", "2030"]),
        ("1500طن", ["1500", "طن"]),
        ("BBCعربي", ["BBC", "عربي"]),
        ("كأس العالم2022", ["كأس", "العالم", "2022"]),
        ("الـ20 في 2015م و1436هـ", ["الـ20", "في", "2015م", "و1436هـ"]),
        ("الBBC وF16 covid19 تويترX", ["الBBC", "وF16", "covid19", "تويترX"]),
    ],
)
def test_arabic_run_together_with_digits_or_latin_is_two_words(text: str, words: list[str]) -> None:
    """But for particles before and eras after, which belong to what they stand at."""
    assert [token.word for token in analyze(text)] == words


@pytest.mark.parametrize("word", ["الى", "فى", "ان", "التى", "هذة", "إلي", "انه"])
def test_a_stop_word_is_one_in_every_spelling(word: str) -> None:
    """Papers leave hamza out and confuse ى and ي, ة and ه."""
    assert is_stopword(fold(word))


def test_a_name_is_no_stop_word() -> None:
    """علي is a man, however like the preposition."""
    assert not is_stopword("علي")


def test_marks_alone_are_no_word() -> None:
    """A tatweel or a vowel mark on its own gives no token."""
    assert analyze("ـــ ً ّ") == []
