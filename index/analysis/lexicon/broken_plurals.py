"""Broken plurals: which word is the plural of which, by how much evidence.

Arabic makes plurals by recasting the word: وزير → وزراء. The dictionaries list most pairs; patterns
of the grammar (Wright I §§ 304–305) supply the rest, and tell the likely pairs from the odd ones.
"""

import re
from collections.abc import Iterator

from index.analysis.lexicon.dictionaries import NOMINAL, Counts, inflections

# Costs on top of the singular's own: a plural both dictionaries list, one, or a mere pattern.
_BOTH, _ONE, _PATTERN = 3, 8, 14
_OWN_WORD = 10
_ODD = 25
# How often the news must have a word of its own for it to be no mere plural.
_COMMON = 1000

_C = "[^اويىةءأإآؤئ]"
_F = "[^اىةءإآؤئ]"  # the first radical may be و, ي or hamza

# Singular → plural, for shapes that nearly always make it so.
_PATTERNS = [
    (f"({_F})({_C})({_C})ة", r"\1\2\3"),  # ورشة → ورش
    (f"({_F})({_C})ة", r"\1\2\2"),  # جثة → جثث
    (f"({_F})({_C})[يا]({_C})ة", r"\1\2ائ\3"),  # حقيبة → حقائب, رسالة → رسائل
    (f"م({_C})({_C})({_C})ة?", r"م\1ا\2\3"),  # مجزرة → مجازر
    (f"م({_C})({_C})[اوي]({_C})", r"م\1ا\2ي\3"),  # محصول → محاصيل
    (f"({_F})ا({_C})({_C})ة?", r"\1وا\2\3"),  # قاعدة → قواعد, كادر → كوادر
    (f"({_F})({_C})({_C})[اوي]({_C})", r"\1\2ا\3ي\4"),  # صندوق → صناديق
    (f"({_F})({_C})({_C})({_C})ة?", r"\1\2ا\3\4"),  # خندق → خنادق
    (f"({_F})({_C})({_C})", r"أ\1\2ا\3"),  # قدم → أقدام
    (f"({_F})({_C})({_C})", r"\1\2و\3"),  # نمر → نمور
    (f"({_F})ي({_C})ا({_C})", r"\1يا\2ي\3"),  # ميدان → ميادين
    (f"({_F})({_C})يون", r"\1\2ايين"),  # مليون → ملايين
    (f"({_F})({_C})", r"\1\2و\2"),  # سد → سدود
    (f"({_F})({_C})", r"أ\1\2ا\2"),  # جد → أجداد
    (f"({_F})({_C})({_C})(?:ية|وى)", r"\1\2ا\3ي"),  # فتوى → فتاوي
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
_WEAK = re.compile("[اويىةءأإآؤئ]")
_NO_PLURAL_BEGINS_WITH = frozenset("ايتنمو")  # unless its singular does
_PARTICIPLE = re.compile(".ا[^اوي][^اويةىء]")
_BRIEF = re.compile("[^اوي]{3}ة?|.و.")
_AGENTS = re.compile("..ا.")


def plurals_by_pattern(singular: str) -> list[str]:
    """The broken plurals that a singular's shape suggests.

    >>> plurals_by_pattern("مجزرة"), plurals_by_pattern("جثة")
    (['مجازر', 'مجازر'], ['جثث'])
    """
    found = ((shape.fullmatch(singular), plural) for shape, plural in _COMPILED)
    return [match.expand(plural) for match, plural in found if match]


def broken_plurals(counts: Counts, listed: set[tuple[str, str]]) -> Iterator[tuple[str, str, int]]:
    """Each plural with a singular and a cost; `listed` pairs are those of a dictionary."""
    lemmas = counts.lemmas(*NOMINAL)
    inflected = set(_inflected(lemmas))
    known: dict[str, int] = {}
    linked = {pair for pair in listed | inflected if _keeps_the_root(*pair)}
    for plural, singular in linked:
        often = counts.count(singular, *NOMINAL)
        known[plural] = max(often, known.get(plural, 0))
    patterned = {
        (plural, lemma)
        for lemma in lemmas
        for plural in plurals_by_pattern(lemma)
        if known.get(plural, 0) * 10 < counts.count(lemma, *NOMINAL)
        and (
            counts.count(plural, *NOMINAL) * 10 < counts.count(lemma, *NOMINAL)
            or (lemma[0] == plural[0] == "م" and lemma[-1] == "ة")  # مزرعة → مزارع
        )
    }
    for plural, singular in linked | patterned:
        places = ((plural, singular) in listed) + ((plural, singular) in inflected)
        extra = (_PATTERN, _ONE, _BOTH)[places]
        own = counts.count(plural, *NOMINAL)
        if (own and places < 2) or counts.count(plural, "verb"):
            if _is_odd(plural, singular, counts) or (
                places < 2 and own > _COMMON and _is_no_form(plural, singular)
            ):
                extra += _ODD
            elif own and places < 2:
                extra += _OWN_WORD
        yield plural, singular, counts.cost(singular, *NOMINAL) + extra


def _is_odd(plural: str, singular: str, counts: Counts) -> bool:
    """Whether a pair is listed and nobody means it: عجلة for عاجل, نجاح for ناجح."""
    if not _PARTICIPLE.fullmatch(singular):
        return False
    if _BRIEF.fullmatch(plural):
        return True
    often = counts.count(plural, *NOMINAL)
    return bool(_AGENTS.fullmatch(plural)) and often > counts.count(singular, *NOMINAL)


def _is_no_form(plural: str, singular: str) -> bool:
    """Whether only a list calls a word a plural, neither its shape nor the other dictionary."""
    if singular == plural + "ة" or plural in plurals_by_pattern(singular):
        return False
    return inflections().get(plural, plural) == plural


def _inflected(lemmas: set[str]) -> Iterator[tuple[str, str]]:
    """simplemma's irregular forms that have the shape of a plural."""
    forms = inflections()
    for form, lemma in forms.items():
        if form.startswith("ال") or form in lemmas or lemma not in lemmas:
            continue
        if form[0] in _NO_PLURAL_BEGINS_WITH and form[0] != lemma[0]:
            continue
        if form[-1] == "ا" and form[:-1] in forms:  # the accusative of another
            continue
        if form.startswith(lemma.rstrip("ةىيءا")) or not _SHAPES.fullmatch(form):
            continue
        yield form, lemma


def _keeps_the_root(plural: str, singular: str) -> bool:
    """Whether a plural has its singular's consonants: حدود is no plural of تحديد."""
    return _holds(_consonants(plural), _consonants(singular))


def _consonants(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", _WEAK.sub("", word))


def _holds(word: str, letters: str) -> bool:
    """Whether a word has some letters in their order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)
