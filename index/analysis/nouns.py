"""Nouns: the written stems of an Arabic noun, from its dictionary form.

Endings and pronouns change what they join: سفارة → سفارتها, مستوى → مستواه, أعضاء → أعضائه. Each
change gives the noun another stem, marked with the kinds of ending that may follow it.
"""

import re
from collections.abc import Iterator

from index.analysis.affixes import DUAL, FEM, INDEFINITE, MEN, NOUN, OWNED, PLURAL, WOMEN

_SEATS = "ئؤ"


def noun_stems(lemma: str, kinds: int) -> Iterator[tuple[str, int]]:
    """The stems of a noun with the kinds of ending each takes; `kinds` are the lemma's own.

    >>> from index.analysis.affixes import NOUN
    >>> [stem for stem, _ in noun_stems("مستوى", NOUN)]
    ['مستوى', 'مستوا', 'مستوي']
    """
    body, last = lemma[:-1], lemma[-1]
    if len(lemma) > 2 and last == "ة":
        yield body, FEM
        if body[-1] == "ا":  # فتاة → فتيات, صلاة → صلوات
            yield body[:-1] + "ي", WOMEN
            yield body[:-1] + "و", WOMEN
        if body[-1] == "أ":  # منشأة → منشآت
            yield body[:-1] + "آت", PLURAL
        return
    yield lemma, kinds
    if len(lemma) < 3:
        return
    if last == "ى":
        yield body + "ا", OWNED
        yield body + "ي", DUAL | (kinds & WOMEN) | OWNED
        if kinds & MEN:
            yield body, MEN
    elif last == "ا" and kinds & (NOUN | PLURAL):
        yield body + "و", DUAL | (kinds & WOMEN)
    elif last == "ء":
        for seat in _SEATS:  # أعضائه، أعضاؤه
            yield body + seat, OWNED | (kinds & (MEN | DUAL))
        if body[-1] == "ا":  # صحراء → صحراوات
            yield body + "و", (kinds & WOMEN) | DUAL
    elif last == "أ":  # مبدأ → مبدؤه، مبدئه، مبادئ
        for seat in _SEATS:
            yield body + seat, OWNED


def defective_stems(lemma: str, kinds: int) -> Iterator[tuple[str, int]]:
    """The stems of a noun like محامي, whose final ي goes before ون and when indefinite.

    >>> [stem for stem, _ in defective_stems("محامي", 0)]
    ['محامي', 'محام']
    """
    yield lemma, kinds & ~MEN
    yield lemma[:-1], INDEFINITE | MEN


def is_defective(lemma: str) -> bool:
    """Whether a noun in ـِي has the shape of a participle, which loses its ي: قاضي, محامي."""
    return len(lemma) >= 4 and (lemma[0] in "مت" or lemma[1] == "ا")


# Broken plurals that follow from the shape of a singular; C is any consonant.
_C = "[^اويىةءأإآؤئ]"
_PATTERNS = [
    (re.compile(f"({_C})({_C})({_C})ة"), (r"\1\2\3",)),  # ورشة → ورش
    (re.compile(f"({_C})({_C})ة"), (r"\1\2\2",)),  # جثة → جثث
    (re.compile(f"({_C})({_C})[يا]({_C})ة"), (r"\1\2ائ\3",)),  # حقيبة → حقائب, رسالة → رسائل
    (re.compile(f"م({_C})({_C})({_C})ة?"), (r"م\1ا\2\3",)),  # مجزرة → مجازر
    (re.compile(f"م({_C})({_C})[اوي]({_C})"), (r"م\1ا\2ي\3",)),  # محصول → محاصيل
    (re.compile(f"({_C})ا({_C})({_C})ة"), (r"\1وا\2\3",)),  # قاعدة → قواعد
    (re.compile(f"({_C})({_C})({_C})[اوي]({_C})"), (r"\1\2ا\3ي\4",)),  # صندوق → صناديق
    (re.compile(f"({_C})({_C})({_C})({_C})ة?"), (r"\1\2ا\3\4",)),  # خندق → خنادق
]


def plurals_by_pattern(singular: str) -> list[str]:
    """The broken plurals that a singular's shape suggests.

    >>> plurals_by_pattern("مجزرة"), plurals_by_pattern("جثة")
    (['مجازر'], ['جثث'])
    """
    for shape, plurals in _PATTERNS:
        if found := shape.fullmatch(singular):
            return [found.expand(plural) for plural in plurals]
    return []
