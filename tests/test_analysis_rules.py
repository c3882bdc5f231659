"""The rules of words and of what a query word may mean, each by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.text.letters import without_marks
from index.analysis.expansion.abbreviations import ABBREVIATIONS, LINKS_OF_NAMES, in_full, in_short
from index.analysis.expansion.names import bared, may_vary, same_name, sound, sounds
from index.analysis.expansion.number_words import (
    added_up,
    digits_of,
    hundreds_joined,
    hundreds_parted,
    is_grouped,
    otherwise_grouped,
    spelled_out,
    words_of,
)
from index.analysis.expansion.place_names import place_spellings
from index.analysis.expansion.scan import ScannedVocabulary
from index.analysis.lemmatizer import FORMS, analyse, is_name, is_plain, may_hide_name, other_lemmas
from index.analysis.text.consonants import consonants, without_article, without_repeats
from index.analysis.text.folding import fold
from index.analysis.text.numbers import number_in, plain_marks
from index.analysis.text.tokenizer import is_sewn, pieces

LETTERS = "سفيرالوةتى ءأإآؤئ"


@given(st.text())
def test_pieces_are_places_of_the_text_in_its_order(text: str) -> None:
    """They ascend, never overlap, and each is what stands there."""
    words, starts, ends = pieces(text)
    assert [text[start:end] for start, end in zip(starts, ends, strict=True)] == words
    places = [place for pair in zip(starts, ends, strict=True) for place in pair]
    assert places == sorted(places)
    assert all(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        (" . ", []),
        ("3.14 و1,500", ["3.14", "و1,500"]),
        ("3. ثم", ["3", "ثم"]),
        ("رؤية2030", ["رؤية", "2030"]),
        ("بـ20%", ["بـ20"]),
        ("2015م1436ه", ["2015م1436ه"]),
        ("مُحَمَّد", ["مُحَمَّد"]),
        ("سعـــيد", ["سعـــيد"]),
        ("a_b", ["a", "b"]),
        ("تويترX", ["تويترX"]),
    ],
)
def test_words_are_cut_where_readers_see_their_ends(text: str, words: list[str]) -> None:
    """A mark between two digits is the number's, a vowel mark the letter's."""
    assert pieces(text)[0] == words


def test_a_seam_is_where_scripts_meet() -> None:
    """In either order."""
    assert [is_sewn(word) for word in ("رؤية2030", "2015م", "رؤية", "2030", "")] == [1, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        *(("1,500", "1500"), ("1,50", "1.50"), ("1٬250٬000", "1250000"), ("٣٫٥", "٣.٥")),
        *(("1,5000", "1.5000"), ("سفير", "سفير")),
    ],
)
def test_a_comma_groups_thousands_or_is_decimal(word: str, plain: str) -> None:
    """By the digits behind it."""
    assert plain_marks(word) == plain


@pytest.mark.parametrize(
    ("exact", "number"),
    [
        *(("2015م", "2015"), ("1436هجري", "1436"), ("وال20", "20"), ("000", "0"), ("1.5", "1.5")),
        *(("f16", ""), ("سفير", ""), ("", ""), ("1.", "")),
    ],
)
def test_a_number_sheds_what_is_written_onto_it(exact: str, number: str) -> None:
    """And is none where other letters stand."""
    assert number_in(exact) == number


def test_consonants_are_those_that_both_scripts_have() -> None:
    """Emphatic letters and long vowels are not."""
    assert consonants("طارق") == consonants("ترك")
    assert consonants("علي") == "ل"
    assert without_repeats("aabbca") == "abca"


@pytest.mark.parametrize(
    ("term", "bare"),
    [("والسفير", "سفير"), ("للسفير", "سفير"), ("بالسفير", "سفير"), ("سفير", "سفير"), ("", "")],
)
def test_the_article_is_taken_off_with_what_stands_before_it(term: str, bare: str) -> None:
    """No more."""
    assert without_article(term) == bare


@pytest.mark.parametrize(
    ("exact", "lemma", "origin"),
    [
        *(("الوزراء", "وزير", "plural"), ("2015م", "2015", "number"), ("bbc", "bbc", "foreign")),
        *(("الbbc", "bbc", "foreign"), ("والحوثيين", "حوثي", "unknown")),
    ],
)
def test_evidence_is_asked_in_its_order(exact: str, lemma: str, origin: str) -> None:
    """Numbers, foreign letters, the lexicon, and then hardly anything."""
    found = analyse(exact)
    assert (found.lemma, found.origin) == (lemma, origin)


def test_what_is_remembered_of_a_word_is_its_analysis() -> None:
    """Marks and careless letters included."""
    assert FORMS["الوُزراء"][:2] == ("الوزراء", "وزير")
    assert FORMS["\u200d"][:2] == ("", "")
    assert other_lemmas("كتب") == ("كتاب",)
    assert [is_name("صيدا"), is_name("وزير")] == [True, False]
    assert [is_plain("العروش"), is_plain("السفيرر")] == [True, False]
    assert [may_hide_name("كيفين"), may_hide_name("وزير")] == [True, False]


def test_abbreviations_lead_both_ways() -> None:
    """Every long form finds its short ones; the tables are in our spelling."""
    for short, long in ABBREVIATIONS.items():
        assert in_full(short) == long
        assert all(short in in_short(one) for one in long)
        assert [fold(one) for one in (short, *long)] == [short, *long]
    assert (in_full("سفير"), in_short("سفير")) == ((), ())
    assert {LINKS_OF_NAMES[other] for other in LINKS_OF_NAMES.values()} == set(LINKS_OF_NAMES)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        *(("جوجل", "غوغل", True), ("نتنياهو", "نتانياهو", True), ("غوتيريش", "جوتيريس", True)),
        *(("إنجلترا", "انكلترا", True), ("محمد", "محمود", False), ("كوبا", "كوباني", False)),
        *(("شمري", "شهري", False), ("باريس", "باريس", False)),
    ],
)
def test_two_spellings_of_a_foreign_name_are_one(one: str, other: str, same: bool) -> None:
    """Native names have one spelling, and a word is no variant of itself."""
    assert same_name(one, other) is same_name(other, one) is same


def test_spellings_of_a_name_sound_alike() -> None:
    """Alone or in a crowd."""
    names = ["تشيلسي", "شيلسي", "غوتيريش", "جوتيريس", ""]
    alike = ["سلس", "سلس", "جترس", "جترس", ""]
    assert sounds(names) == [sound(name) for name in names] == alike
    assert sounds([]) == []


@given(st.lists(st.text(LETTERS.replace(" ", ""), max_size=8), max_size=5))
def test_many_sounds_are_as_many_single_ones(lemmas: list[str]) -> None:
    """A line each, none lost."""
    assert sounds(lemmas) == [sound(lemma) for lemma in lemmas]


def test_a_particle_is_seen_through_before_an_unknown_name_only() -> None:
    """وواشنطن may be و + واشنطن; وزير is a word."""
    assert bared("وواشنطن") == ("وواشنطن", "واشنطن")
    assert bared("وزير") == ("وزير",)
    assert [may_vary("غوتيريش"), may_vary("وزير"), may_vary("في")] == [True, False, False]


@pytest.mark.parametrize("digits", ["3", "11", "13", "25", "99", "400", "999"])
def test_a_number_is_spelled_out_and_added_up_again(digits: str) -> None:
    """In one word or in several."""
    words = spelled_out(digits)
    if words:
        assert [found for _, _, found in added_up([fold(word) for word in words])] == [digits]
    else:
        assert digits_of(words_of(digits)[0]) == digits


@pytest.mark.parametrize("digits", ["", "2", "10", "1000", "x", "٣"])
def test_other_numbers_have_no_words(digits: str) -> None:
    """Too many, too few, or none."""
    assert spelled_out(digits) == ()


def test_hundreds_are_one_word_or_two() -> None:
    """Both are written."""
    assert hundreds_parted("أربعمائة") == ("أربع", "مائة")
    assert hundreds_joined(*hundreds_parted("أربعمائة")) == "أربعمائة"
    assert (hundreds_parted("مئة"), hundreds_joined("سبع", "سنوات")) == ((), "")


@pytest.mark.parametrize(
    ("digits", "other"),
    [("12.345", "12345"), ("12345", "12.345"), ("2015", ""), ("3.5", ""), ("1.234.567", "1234567")],
)
def test_thousands_are_grouped_and_not(digits: str, other: str) -> None:
    """A year never is."""
    assert otherwise_grouped(digits) == other
    assert is_grouped(digits) is (digits == "12345")


def test_a_place_that_is_also_a_word_is_asked_for_as_it_is_spelled() -> None:
    """With what stands before names; a place that is nothing else needs none of it."""
    assert "وبجنين" in place_spellings("جنين")
    assert place_spellings("دمشق") == place_spellings("وزير") == ()


def scanned(*words: str) -> ScannedVocabulary:
    """The vocabulary of one title."""
    terms = sorted(set(words))
    return ScannedVocabulary(lambda _: terms, lambda _, term: words.count(term), lambda: [words])


def test_a_scanned_vocabulary_answers_by_looking_at_every_term() -> None:
    """It is what the others are held against."""
    known = scanned("سفير", "سفير", "سفارة", "سفينة", "وزير")
    assert known.frequencies("exact", ["سفير", "زير"]) == [2, 0]
    assert [one.text for one in known.beginning("exact", "سف", 2)] == ["سفير", "سفارة"]
    assert [(one.text, one.slips) for one in known.near("سفيرة", 1, 1)] == [("سفير", 1)]
    assert [one.text for one in known.followers("سفير", "", 9)] == ["سفارة", "سفير"]
    assert known.followers("زير", "", 9) == []
    assert known.keyed("names", ["لا شيء"]) == [[]]


@given(st.text(LETTERS))
def test_marks_do_not_change_where_words_are_cut(text: str) -> None:
    """A vowelled text has the words of the plain one."""
    vowelled = "".join(letter if letter == " " else letter + "َ" for letter in text)
    assert [without_marks(word) for word in pieces(vowelled)[0]] == pieces(text)[0]
