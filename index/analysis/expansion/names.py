"""Names: the many spellings of one foreign name, and of Arabic names written together or apart.

غوتيريش is جوتيريس in Cairo, نتنياهو is نتانياهو, إنجلترا is انكلترا. Two names are one when their
letters can be aligned by differences that transcribers make, each with its cost, below a limit
that grows with length. Native words and names are left alone: محمد is not محمود, though only a long
vowel tells them apart, because Arabic spells every vowel that it means.
"""

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from index.analysis.lexicon.cache import COMMON, PARTICLE, kind_of, rarity
from index.analysis.text.folding import loose

_SHORTEST = 4
_SHORTEST_SWAP = 5
_UNHEARD = 50

# Letters in which Arabic papers write one foreign sound; both ways, any two of a group.
_SOUNDS = {
    letter: (sound, cost)
    for letters, sound, cost in (
        ("غجقك", "g", 0.5),  # غوغل، جوجل، قوقل، كوكل
        ("تط", "t", 0.4),  # إيطاليا، إستانبول / إسطنبول
        ("سص", "s", 0.4),
        ("زذظ", "z", 0.5),
        ("دض", "d", 0.5),
        ("ثسش", "ث", 0.6),  # غوتيريس / غوتيريش
    )
    for letter in letters
}
_EGYPTIAN = str.maketrans("ج", "غ")  # سيرجي، سيرغي
_ALSO = {("ت", "ث"): 0.5, ("س", "ث"): 0.5, ("س", "ش"): 0.6, ("ه", "ي"): 0.6}  # ه/ي: مورينهو
_VOWELS = "اوي"
_NATIVE = frozenset("حعضظذ")  # sounds that no European name has
_BORROWED = re.compile("[^حعضظذ]{6,}|[^حعضظذ]{4}ي").fullmatch
_SURNAME = re.compile("[^اويءأإآؤئىة]{3}ي").fullmatch  # شمري
_CLITICS = "وفبلك"
# Letters of one sound, hamza and its seats, as in `loose`: one letter each, or none.
_COARSE = {
    ord(letter): loose(letter).translate(str.maketrans("غقكطصذظضثش", "جججتسززدسس"))
    for letter in "غقكطصذظضثشءأإآؤئىة"
}
_WORN = (
    re.compile("^ت(?=س)", re.MULTILINE),  # تشيلسي, also شيلسي
    re.compile("(?<=.)[اويه]+"),  # long vowels inside and at the end
    re.compile(r"(.)(?=\1)"),  # doubled letters
)


def may_vary(lemma: str) -> bool:
    """Whether a lemma may be a name or a loan whose spelling varies."""
    if _BORROWED(lemma):  # ديموقراطية, تلفزيون: they may be
        return True
    return len(lemma) >= _SHORTEST and not _standing(lemma) & (COMMON | PARTICLE)


def _standing(lemma: str) -> int:
    """What a lemma is to the news: `kind_of`, but 0 for what only dictionaries have."""
    often = rarity(lemma)
    return 0 if often is None or often >= _UNHEARD else kind_of(lemma)


def sound(lemma: str) -> str:
    """The consonants of a name as they sound; all spellings of it share them, but not only they.

    >>> sound("غوتيريش") == sound("جوتيريس"), sound("نتنياهو") == sound("نتانياهو")
    (True, True)
    """
    return sounds((lemma,))[0]


def sounds(lemmas: Sequence[str]) -> list[str]:
    """The `sound` of each lemma: all are written into one text, a line each, and changed at once.

    >>> sounds(["تشيلسي", "شيلسي"])
    ['سلس', 'سلس']
    """
    if not lemmas:
        return []
    letters = "\n".join(lemmas).translate(_COARSE)
    for worn in _WORN:
        letters = worn.sub("", letters)
    return letters.split("\n")


def bared(lemma: str) -> tuple[str, ...]:
    """A name as it stands and without the particle that may be written onto it: وواشنطن."""
    if lemma[0] in _CLITICS and len(lemma) > _SHORTEST and not kind_of(lemma):
        return lemma, lemma[1:]
    return (lemma,)


@lru_cache(1 << 14)
def same_name(one: str, other: str) -> bool:
    """Whether two lemmas, letters loosened, are spellings of one name.

    >>> same_name("جوجل", "غوغل"), same_name("محمد", "محمود"), same_name("كوبا", "كوباني")
    (True, False, False)
    """
    if one != other and one.translate(_EGYPTIAN) == other.translate(_EGYPTIAN):
        return len(one) >= _SHORTEST
    known = (_standing(one), _standing(other))
    if all(known) and ((known[0] | known[1]) & COMMON or min(len(one), len(other)) < 6):
        return False
    native = _is_native(one) or _is_native(other)
    limit = 0.5 + 0.15 * min(len(one), len(other))
    if (known[0] | known[1]) & COMMON:
        limit = 0.7 if min(len(one), len(other)) >= 5 else 0
    return one != other and _distance(loose(one), loose(other), native, limit) <= limit


def _is_native(name: str) -> bool:
    """Whether a name is Arabic: by its sounds, or as a surname in ي from three consonants."""
    return bool(_NATIVE & set(name) or _SURNAME(name))


def _distance(one: str, other: str, native: bool, limit: float) -> float:
    """The cost of the cheapest alignment; infinite when it is above the limit.

    Row by row of the usual table; two rows above the limit lead to nothing below it.
    """
    gaps = [_insertion(other, j, native) for j in range(len(other))]
    before: list[float] = []
    above = [0.0, *accumulate(gaps)]
    for i, letter in enumerate(one):
        gap = _insertion(one, i, native)
        row = [above[0] + gap]
        for j, its in enumerate(other):
            best = above[j] if letter == its else above[j] + _substitution(letter, its, native)
            best = min(best, above[j + 1] + gap, row[j] + gaps[j])
            if i and j and letter == other[j - 1] and one[i - 1] == its:
                swapped = letter in _VOWELS or its in _VOWELS
                if swapped and not native and len(one) > _SHORTEST_SWAP:
                    best = min(best, before[j - 1] + 0.7)
            row.append(best)
        if min(row) > limit and min(above) > limit:
            return math.inf
        before, above = above, row
    return above[-1]


def _substitution(a: str, b: str, native: bool) -> float:
    if a == b:
        return 0.0
    sound_a, sound_b = _SOUNDS.get(a), _SOUNDS.get(b)
    if sound_a and sound_b and sound_a[0] == sound_b[0] and not (native and sound_a[0] == "g"):
        return sound_a[1]
    return _ALSO.get((a, b), _ALSO.get((b, a), math.inf))


def _insertion(word: str, at: int, native: bool) -> float:
    """The cost of a letter that the other spelling leaves out."""
    letter = word[at]
    last = at == len(word) - 1
    if last and letter in "اه":  # أوباما, كندا / كنده
        return 0.4
    if letter in _VOWELS and at > 0 and not last and not native:
        return 0.6 if len(word) > _SHORTEST else math.inf
    if at and word[at - 1] == letter:
        return 0.5
    if letter == "ت" and word[at + 1 : at + 2] == "ش":
        return 0.5
    return math.inf
