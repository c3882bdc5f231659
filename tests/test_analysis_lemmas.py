"""Lemmas: the dictionary word behind every inflected one, the plainer reading first."""

from __future__ import annotations

import pytest

from index.analysis import analyze, forms


def lemma(word: str) -> str:
    return forms(word)[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("وزير", "والوزراء"),
        ("عامل", "وعمالها"),
        ("مدينة", "بمدنهم"),
        ("شارع", "الشوارع"),
        ("قاض", "القضاة"),
        ("مهندس", "ومهندسوها"),
        ("بطولة", "للبطولات"),
        ("مستشفى", "مستشفاهم"),
        ("زملاء", "زملائه"),
        ("صحراء", "صحراوات"),
        ("منشأة", "المنشآت"),
        ("عربي", "العربيات"),
        ("مباراة", "المباريات"),
        ("أحمر", "الحمراء"),
        ("ثلاث", "ثلاثة"),
        ("لجنة", "للجنة"),
        ("اسم", "أسمائهم"),
        ("شيء", "شيئا"),
        ("أب", "أبو"),
        ("عين", "عينيها"),
        ("سهل", "السهول"),  # by its pattern alone, as the next two are
        ("حجز", "الحجوزات"),
        ("كشف", "والكشوف"),
    ],
)
def test_forms_of_a_noun_share_its_lemma(one: str, other: str) -> None:
    """Clitics, pronouns, duals, sound and broken plurals lead to one dictionary word."""
    assert lemma(one) == lemma(other)


@pytest.mark.parametrize(
    ("verb", "inflected"),
    [
        ("قال", "يقولون"),
        ("باع", "وسيبيعها"),
        ("رمى", "رموا"),
        ("دعا", "يدعون"),
        ("استمر", "استمررنا"),
        ("وصل", "يصلون"),
        ("أعلن", "ستعلنه"),
        ("أراد", "تريد"),
        ("استطاع", "يستطيعان"),
        ("انضم", "وانضمت"),
        ("جاء", "جاؤوا"),
        ("سأل", "سئل"),
        ("لاحظ", "لوحظ"),
        ("كان", "كنا"),
        ("تولى", "يتولاها"),
    ],
)
def test_forms_of_a_verb_share_its_lemma(verb: str, inflected: str) -> None:
    """Hollow, defective, doubled, assimilated and derived verbs have one lemma each."""
    assert lemma(inflected) == verb


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("وزن", "زن"),  # no particle before a word that exists without one
        ("بحر", "حر"),
        ("سلطان", "سلطة"),
        ("مكتب", "مكتبة"),
        ("طالب", "طلب"),
        ("حرب", "حربة"),
        ("إعلان", "أعلن"),
        ("شعبان", "شعب"),
        ("خط", "خطة"),
        ("جامع", "جامعة"),
        ("يتحد", "يتحدى"),  # a present that needs an ending does not stand bare
        ("يشك", "يشكو"),
    ],
)
def test_words_that_merely_look_alike_stay_apart(one: str, other: str) -> None:
    """A dictionary word beats a particle or an ending on a shorter one."""
    assert lemma(one) != lemma(other)


@pytest.mark.parametrize(
    ("careless", "careful"),
    [("الاسلام", "الإسلام"), ("احمد", "أحمد"), ("مسئول", "مسؤول"), ("اكاديمية", "أكاديمية")],
)
def test_a_hamza_left_out_or_misplaced_costs_nothing(careless: str, careful: str) -> None:
    """Where the spelling as written is no word, the nearest dictionary spelling is meant."""
    assert lemma(careless) == lemma(careful)


@pytest.mark.parametrize(
    ("careless", "careful"),
    [
        ("موتمر", "مؤتمر"),
        ("شوون", "شؤون"),
        ("نتايج", "نتائج"),
        ("جايزة", "جائزة"),
        ("الوزرا", "الوزراء"),
        ("الاربعا", "الأربعاء"),
        ("لاجيء", "لاجئ"),
        ("الأخرين", "الآخرين"),
        ("أدارة", "إدارة"),
        ("ألغاء", "إلغاء"),
        ("كنده", "كندا"),
        ("اسحق", "إسحاق"),
        ("أربعمئة", "أربعمائة"),
    ],
)
def test_a_lost_seat_a_lost_hamza_and_a_house_style_lead_to_the_same_lemma(
    careless: str, careful: str
) -> None:
    """What writers confuse is paid for, and wins where the word as spelled is none."""
    assert lemma(careless) == lemma(careful)


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("عاااجل", "عاجل"),
        ("مبروووك", "مبروك"),
        ("راائعة", "رائعة"),
        ("ءامنوا", "آمنوا"),
        ("أَمْوَٰتًا", "أمواتا"),
        ("ٱلْقِيَٰمَةِ", "القيامة"),
        ("هٰذَا", "هذا"),
        ("يارب", "رب"),
        ("لاشيء", "شيء"),
        ("بسم", "اسم"),
        ("لله", "الله"),
    ],
)
def test_elongated_quranic_and_run_on_words_are_read(written: str, usual: str) -> None:
    """Letters repeated for emphasis, a superscript alef, and words without a blank between."""
    assert lemma(written) == lemma(usual)


@pytest.mark.parametrize(
    ("one", "other"), [("إعلام", "أعلام"), ("أعداد", "إعداد"), ("فأس", "فاس"), ("أب", "آب")]
)
def test_a_contradicted_hamza_tells_words_apart(one: str, other: str) -> None:
    """Where both spellings are words, the hamza that was typed is meant."""
    assert lemma(one) != lemma(other)


def test_unknown_words_lose_only_the_article() -> None:
    """A name that no dictionary has keeps its letters."""
    assert lemma("الزقزوقان") == "زقزوقان"
    assert lemma("وزقزوقان") == "وزقزوقان"


def test_a_token_says_how_its_lemma_was_found() -> None:
    """Each token names the kind of evidence."""
    found = {token.word: token.why for token in analyze("قال الوزراء في 2015 إن زقزوقان حضر BBC")}
    assert found == {
        "قال": "verb",
        "الوزراء": "plural",
        "في": "particle",
        "2015": "number",
        "إن": "particle",
        "زقزوقان": "unknown",
        "حضر": "verb",
        "BBC": "foreign",
    }
