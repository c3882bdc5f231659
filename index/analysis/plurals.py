"""Broken plurals: which word is the plural of which, by how much evidence.

Arabic makes plurals by recasting the word: وزير → وزراء. The dictionaries list most pairs; patterns
of the grammar (Wright I §§ 304–305) supply the rest, and tell the likely pairs from the odd ones.
"""

import re
from collections.abc import Iterator

from index.analysis.sources import Counts, inflections

# Costs on top of the singular's own: a plural both dictionaries list, one, or a mere pattern.
_BOTH, _ONE, _PATTERN = 3, 8, 14
_OWN_WORD = 10
_ODD = 25

_C = "[^اويىةءأإآؤئ]"

# Singular → plural, for shapes that nearly always make it so.
_PATTERNS = [
    (f"({_C})({_C})({_C})ة", r"\1\2\3"),  # ورشة → ورش
    (f"({_C})({_C})ة", r"\1\2\2"),  # جثة → جثث
    (f"({_C})({_C})[يا]({_C})ة", r"\1\2ائ\3"),  # حقيبة → حقائب, رسالة → رسائل
    (f"م({_C})({_C})({_C})ة?", r"م\1ا\2\3"),  # مجزرة → مجازر
    (f"م({_C})({_C})[اوي]({_C})", r"م\1ا\2ي\3"),  # محصول → محاصيل
    (f"({_C})ا({_C})({_C})ة?", r"\1وا\2\3"),  # قاعدة → قواعد, كادر → كوادر
    (f"({_C})({_C})({_C})[اوي]({_C})", r"\1\2ا\3ي\4"),  # صندوق → صناديق
    (f"({_C})({_C})({_C})({_C})ة?", r"\1\2ا\3\4"),  # خندق → خنادق
    (f"({_C})({_C})({_C})", r"أ\1\2ا\3"),  # قدم → أقدام
    (f"({_C})ي({_C})ا({_C})", r"\1يا\2ي\3"),  # ميدان → ميادين
    (f"({_C})({_C})ي(و)ن", r"\1\2ايين"),  # مليون → ملايين
    (f"({_C})({_C})({_C})(?:ية|وى)", r"\1\2ا\3ي"),  # فتوى → فتاوي
]
_COMPILED = [(re.compile(shape), plural) for shape, plural in _PATTERNS]

# The shapes that broken plurals have; what simplemma links otherwise is no plural.
_SHAPES = re.compile(
    "|".join(
        (
            f"أ{_C}..ا?.?",  # أطفال, أسئلة, أشهر
            "آ..?.",  # آثار, آبار
            "..و.",  # جيوش
            "..ا.",  # رجال, طلاب
            "...اء?",  # سفراء
            "أ...?اء",  # أصدقاء
            "...?ان",  # بلدان
            ".وا..?.?",  # قواعد
            "..ا...?",  # مدارس, رسائل
            "..ا.ي.",  # صواريخ
            "...ى",  # جرحى
            "....?ى",  # قضايا, فتاوى
            "..ا.[اى]",  # ضحايا
            "...ة?",  # كتب, طلبة
        )
    )
)
_PARTICIPLE = re.compile(".ا[^اوي][^اويةىء]")
_BRIEF = re.compile("[^اوي]{3}ة?|.و.")


def plurals_by_pattern(singular: str) -> list[str]:
    """The broken plurals that a singular's shape suggests.

    >>> plurals_by_pattern("مجزرة"), plurals_by_pattern("جثة")
    (['مجازر'], ['جثث'])
    """
    for shape, plural in _COMPILED:
        if found := shape.fullmatch(singular):
            return [found.expand(plural)]
    return []


def broken_plurals(
    counts: Counts, listed: set[tuple[str, str]], singulars: set[str]
) -> Iterator[tuple[str, str, int]]:
    """Each plural with a singular and a cost; `listed` pairs are those of a dictionary."""
    lemmas = counts.lemmas("noun", "adjective")
    inflected = set(_inflected(lemmas))
    known: dict[str, int] = {}
    for plural, singular in listed | inflected:
        often = counts.count(singular, "noun", "adjective")
        known[plural] = max(often, known.get(plural, 0))
    patterned = {
        (plural, lemma)
        for lemma in counts.lemmas("noun")
        for plural in plurals_by_pattern(lemma)
        if plural not in singulars
        and known.get(plural, 0) * 10 < counts.count(lemma, "noun")
        and counts.count(plural, "noun", "adjective") * 10 < counts.count(lemma, "noun")
    }
    for plural, singular in listed | inflected | patterned:
        places = ((plural, singular) in listed) + ((plural, singular) in inflected)
        extra = (_PATTERN, _ONE, _BOTH)[places]
        if places < 2 and counts.count(plural, "noun", "adjective", "verb"):
            if _is_odd(plural, singular):
                extra += _ODD
            elif counts.count(plural, "noun", "adjective"):
                extra += _OWN_WORD
        yield plural, singular, counts.cost(singular, "noun", "adjective") + extra


def _is_odd(plural: str, singular: str) -> bool:
    """Whether a pair is one that dictionaries list and nobody means: عجلة for عاجل."""
    return bool(_PARTICIPLE.fullmatch(singular) and _BRIEF.fullmatch(plural))


def _inflected(lemmas: set[str]) -> Iterator[tuple[str, str]]:
    """simplemma's irregular forms that have the shape of a plural."""
    for form, lemma in inflections().items():
        if form.startswith("ال") or form in lemmas or lemma not in lemmas:
            continue
        if form.startswith(lemma.rstrip("ةىيءا")) or not _SHAPES.fullmatch(form):
            continue
        yield form, lemma
