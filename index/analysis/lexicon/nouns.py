"""Nouns: the written stems of an Arabic noun, from its dictionary form.

Endings and pronouns change what they join: سفارة → سفارتها, مستوى → مستواه, أعضاء → أعضائه. Each
change gives the noun another stem, marked with the kinds of ending that may follow it.
"""

from collections.abc import Iterator

from index.analysis.morphology.prefixes import (
    DUAL,
    FEM,
    FEMALE,
    INDEFINITE,
    MEN,
    NOUN,
    OWNED,
    PLURAL,
    WOMEN,
)

_SEATS = "ئؤ"
# Endings that begin with a letter: nothing of that kind follows a final ى.
_BEFORE_LETTERS = FEMALE | WOMEN | MEN | DUAL


def noun_stems(lemma: str, kinds: int) -> Iterator[tuple[str, int]]:
    """The stems of a noun with the kinds of ending each takes; `kinds` are the lemma's own.

    >>> from index.analysis.morphology.prefixes import NOUN
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
    yield lemma, kinds & ~_BEFORE_LETTERS if last == "ى" else kinds
    if len(lemma) < 3:
        return
    if last == "ى":
        yield body + "ا", OWNED
        yield body + "ي", DUAL | (kinds & WOMEN) | OWNED
        if kinds & MEN and lemma[0] == "م":  # متوفون; أخرى has no أخرون
            yield body, MEN
        if kinds & FEMALE:  # متوفى → متوفاة
            yield body + "ا", FEM
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
