"""The rules of forms, each by itself: affixes, spellings, stems of nouns and verbs, plurals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.lexicon import broken_plurals as broken
from index.analysis.lexicon import dictionaries
from index.analysis.lexicon.broken_plurals import broken_plurals, plurals_by_pattern
from index.analysis.lexicon.careless import careless_keys
from index.analysis.lexicon.compile import _tabulated
from index.analysis.lexicon.dictionaries import UNCOUNTED, Counts
from index.analysis.lexicon.irregular import CONSTRUCTS, IRREGULAR
from index.analysis.lexicon.names import house_style_stems, listed_names
from index.analysis.lexicon.nouns import defective_stems, is_defective, noun_stems
from index.analysis.lexicon.verbs import verb_stems
from index.analysis.morphology.misspelling import misspelling
from index.analysis.morphology.prefixes import (
    DUAL,
    FEM,
    INDEFINITE,
    MEN,
    NAME,
    NOUN,
    OWNED,
    PARTICLE,
    PERSONS,
    PLURAL,
    PRESENT,
    PRESENT_BARE,
    PRESENT_MANY,
    PRESENTS,
    PROCLITICS,
    WOMEN,
)
from index.analysis.morphology.readings import Entry, alternatives, readings
from index.analysis.morphology.suffixes import SUFFIXES
from index.analysis.text.folding import fold, key

STEMS: dict[str, tuple[Entry, ...]] = _tabulated(
    [
        ("سفير", NOUN | DUAL, "سفير", 10, "noun"),
        ("سفراء", PLURAL, "سفير", 13, "plural"),
        ("سفار", FEM, "سفارة", 10, "noun"),
        ("وزير", NOUN | DUAL, "وزير", 5, "noun"),
        ("زير", NOUN, "زير", 40, "noun"),
        ("قول", PRESENT | PRESENT_MANY, "قال", 2, "verb"),
        ("قل", PRESENT_BARE, "قال", 2, "verb"),
        ("إعلام", NOUN, "إعلام", 10, "noun"),
        ("أعلام", PLURAL, "علم", 20, "plural"),
        ("لبنان", NAME, "لبنان", 8, "name"),
        ("في", PARTICLE, "في", 0, "particle"),
    ]
)


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("سفير", "سفير"),
        ("والسفير", "سفير"),
        ("للسفير", "سفير"),
        ("بسفيرها", "سفير"),
        ("سفيران", "سفير"),
        ("السفراء", "سفير"),
        ("سفارة", "سفارة"),
        ("سفارتها", "سفارة"),
        ("السفاره", "سفارة"),
        ("وزير", "وزير"),  # not و + زير
        ("يقول", "قال"),
        ("سيقولون", "قال"),
        ("يقل", "قال"),
        ("اعلام", "إعلام"),
        ("ولبنان", "لبنان"),
        ("سفيرات", "سفير"),  # an ending that the dictionary does not promise
    ],
)
def test_a_word_is_read_by_the_stem_inside_it(word: str, lemma: str) -> None:
    """The plainest way first."""
    assert readings(fold(word), STEMS)[0].lemma == lemma


@pytest.mark.parametrize("word", ["السفيرها", "يسفير", "الفي", "نقولون", "قول", "x", "ببب"])
def test_what_arabic_does_not_write_is_no_reading(word: str) -> None:
    """No pronoun after the article, no person before a noun, no article before a particle."""
    assert readings(fold(word), STEMS) == []


@given(st.text("سفيراءةتهمونولبكيق", min_size=1, max_size=14))
def test_readings_are_sorted_and_name_each_lemma_once(word: str) -> None:
    """But for a faithful spelling, which goes before a cheaper one that is not."""
    found = readings(word, STEMS)
    assert len({one.lemma for one in found}) == len(found)
    costs = [one.cost for one in found[1:]]
    assert costs == sorted(costs)


def test_other_readings_are_kept_when_they_are_hardly_rarer() -> None:
    """«اعلام» is media or flags; «وزير» is no «and a water jar»; a name is that name alone."""
    kept = [
        [one.lemma for one in alternatives(readings(word, STEMS))]
        for word in ("اعلام", "وزير", "لبنان", "في")
    ]
    assert kept == [["علم"], [], [], []]
    assert alternatives([]) == []


def test_the_article_excludes_what_it_excludes() -> None:
    """And merges with ل."""
    assert all(one.article for one in PROCLITICS["لل"])
    assert not any(one.takes & PARTICLE for letters in ("ال", "وال", "لل")
                   for one in PROCLITICS[letters])  # fmt: skip
    assert "لال" not in PROCLITICS


def test_a_person_stands_before_present_stems_only() -> None:
    """After the future's س no jussive, and ن and أ take no plural ending."""
    assert all(not takes & ~PRESENTS for takes, _ in PERSONS.values())
    assert not PERSONS["سي"][0] & PRESENT_BARE
    assert [bool(PERSONS[letter][0] & PRESENT_MANY) for letter in "يتنأ"] == [1, 1, 0, 0]


def test_a_pronoun_excludes_the_article() -> None:
    """Every ending with one says so; the bare word does not."""
    assert [one.bound for one in SUFFIXES[""] if one.takes & NOUN] == [False]
    assert all(one.bound for one in SUFFIXES["ها"])
    assert all(one.letters == letters for letters, row in SUFFIXES.items() for one in row)


@pytest.mark.parametrize(
    ("written", "spelled", "cost"),
    [
        ("سفير", "سفير", 0),
        ("اعلام", "إعلام", 6),
        ("أعلام", "إعلام", 30),
        ("مدرسه", "مدرسة", 10),
        ("الوزرا", "الوزراء", 13),
        ("سفيز", "سفير", 20),
        ("اعلامه", "إعلامة", 16),
    ],
)
def test_a_letter_left_plain_is_cheaper_than_one_contradicted(
    written: str, spelled: str, cost: int
) -> None:
    """What many confuse costs less than what few do."""
    assert misspelling(written, spelled) == cost


@pytest.mark.parametrize(
    ("stem", "origin", "others"),
    [
        ("شؤون", "plural", ["شوون"]),
        ("نتائج", "plural", ["نتايج"]),
        ("وزراء", "plural", ["وزرا"]),
        ("لاجئ", "noun", ["لاجيء"]),
        ("غوغل", "name", ["جوجل"]),
        ("غادة", "noun", []),
        ("سفير", "noun", []),
        ("يد", "noun", []),
    ],
)
def test_a_stem_is_found_where_its_hamza_was_dropped(
    stem: str, origin: str, others: list[str]
) -> None:
    """And a name where Cairo writes ج."""
    found = set(careless_keys(stem, origin))
    assert found >= {key(other) for other in others}
    assert bool(found) is bool(others)


@pytest.mark.parametrize(
    ("lemma", "kinds", "stems"),
    [
        ("سفارة", 0, {("سفار", FEM)}),
        ("فتاة", 0, {("فتا", FEM), ("فتي", WOMEN), ("فتو", WOMEN)}),
        ("منشأة", 0, {("منشأ", FEM), ("منشآت", PLURAL)}),
        ("أعضاء", PLURAL, {("أعضاء", PLURAL), ("أعضائ", OWNED), ("أعضاؤ", OWNED)}),
        ("يد", NOUN, {("يد", NOUN)}),
    ],
)
def test_endings_give_a_noun_other_stems(
    lemma: str, kinds: int, stems: set[tuple[str, int]]
) -> None:
    """Each with the kinds of ending that may follow."""
    assert set(noun_stems(lemma, kinds)) >= stems


def test_a_participle_loses_its_last_letter() -> None:
    """قاضي: قاض, قاضون; but كرسي is a chair."""
    assert dict(defective_stems("قاضي", NOUN | MEN)) == {"قاضي": NOUN, "قاض": INDEFINITE | MEN}
    assert [is_defective(word) for word in ("قاضي", "محامي", "كرسي", "ظبي")] == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("vocalized", "plain", "vowel", "field", "stems"),
    [
        ("قَالَ", "قال", "ضمة", "past_short", {"قل"}),
        ("قَالَ", "قال", "ضمة", "present_bare", {"قل"}),
        ("رَمَى", "رمى", "كسرة", "past_lean", {"رم"}),
        ("رَمَى", "رمى", "كسرة", "present_lean", {"رم"}),
        ("دَعَا", "دعا", "ضمة", "past_short", {"دعو"}),
        ("مَدَّ", "مد", "ضمة", "past_short", {"مدد"}),
        ("وَعَدَ", "وعد", "كسرة", "present", {"عد", "وعد"}),
        ("قَرَأَ", "قرأ", "فتحة", "past", {"قرأ", "قرؤ", "قرئ", "قرء"}),
        ("أَعْلَنَ", "أعلن", "كسرة", "present", {"علن"}),
        ("أَكَّدَ", "أكد", "كسرة", "present", {"ؤكد"}),
        ("اِسْتَقَالَ", "استقال", "كسرة", "present", {"ستقيل", "ستقال"}),
        ("تَوَلَّى", "تولى", "فتحة", "present", {"تولى", "تولا"}),
        ("جَاءَ", "جاء", "كسرة", "past_short", {"جئ"}),
        ("كَتَبَ", "كتب", "ضمة", "present", {"كتب"}),
    ],
)
def test_a_verb_has_the_stems_of_its_class(
    vocalized: str, plain: str, vowel: str, field: str, stems: set[str]
) -> None:
    """Hollow, defective, doubled, assimilated, hamzated, derived."""
    assert set(getattr(verb_stems(vocalized, plain, vowel), field)) == stems


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        *(("مجزرة", "مجازر"), ("محصول", "محاصيل"), ("رسالة", "رسائل"), ("قاعدة", "قواعد")),
        *(("صندوق", "صناديق"), ("قدم", "أقدام"), ("مليون", "ملايين"), ("سد", "سدود")),
    ],
)
def test_a_shape_suggests_its_plural(singular: str, plural: str) -> None:
    """As the grammar has them."""
    assert plural in plurals_by_pattern(singular)


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counts:
    """A news agency that used a few words."""
    used = {"وزير": 400_000, "سفير": 40_000, "مبهرج": 7, "حد": 4000, "تحديد": 4000}
    rows = [(word, word, "noun", often) for word, often in used.items()]
    monkeypatch.setattr(dictionaries, "_rows", lambda *_: rows)
    inflected = {"سفراء": "سفير", "سفير": "سفير", "حدود": "تحديد", "وزير": "وزير", "زير": "زيرة"}
    for module in (dictionaries, broken):
        monkeypatch.setattr(module, "inflections", lambda: inflected)
    monkeypatch.setattr(dictionaries, "_inflected", lambda: frozenset(["سفير", "زيرة"]))
    return Counts()


def test_rarity_is_ten_for_each_power_of_ten(counts: Counts) -> None:
    """Of what was never counted it is the most, unless another dictionary has it too."""
    words = ("وزير", "سفير", "حد", "زيرة", "لا شيء")
    assert [counts.cost(word, "noun") for word in words] == [10, 20, 30, 50, UNCOUNTED]
    assert counts.cost("وزير", "verb") == UNCOUNTED
    assert counts.lemmas("noun") >= {"وزير"}


def test_a_feminine_that_was_not_counted_is_as_common_as_its_stem(counts: Counts) -> None:
    """When the dictionary has it and not the stem."""
    counts.restore_feminines(["مبهرجة", "وزير"])
    assert (counts.count("مبهرجة", "noun"), counts.count("وزيرة", "noun")) == (7, 0)


def test_broken_plurals_name_their_singulars(counts: Counts) -> None:
    """What two dictionaries list costs less than what one does, a mere pattern the most."""
    both = {
        (plural, one): cost for plural, one, cost in broken_plurals(counts, {("سفراء", "سفير")})
    }
    one = {(plural, one): cost for plural, one, cost in broken_plurals(counts, set())}
    assert (both["سفراء", "سفير"], one["سفراء", "سفير"]) == (23, 28)
    assert one["حدود", "حد"] == 30 + 14
    assert ("حدود", "تحديد") not in one  # has not its consonants


def test_irregular_words_are_listed_in_our_spelling() -> None:
    """A form that folds to another would never be met."""
    forms = [form for lemma, some in IRREGULAR.items() for form in (lemma, *some)]
    forms += [form for some in CONSTRUCTS.values() for form in some]
    assert [form for form in forms if fold(form) != form] == []
    assert CONSTRUCTS.keys() <= IRREGULAR.keys()


def test_a_name_wins_over_a_far_fetched_reading_and_not_over_a_common_word() -> None:
    """By what the other stems make of its letters."""
    common = _tabulated([("بيروت", NOUN, "بيروت", 5, "noun")])
    without = {lemma for _, _, lemma, _, _ in listed_names({})}
    beside = {lemma for _, _, lemma, _, _ in listed_names(common)}
    assert without - beside == {"بيروت"}


def test_a_spelling_of_another_house_is_a_form_of_the_usual_one() -> None:
    """As far as the usual one is known."""
    assert list(house_style_stems({})) == []
