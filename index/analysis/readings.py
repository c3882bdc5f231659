"""Readings: every dictionary word that a written word can be, the plainest first.

A word is read as proclitic + stem + suffix wherever the table of stems knows the middle. The cost
of a reading is the rarity of its lemma plus that of what is written onto it plus that of any
letter spelled otherwise than the dictionary does; the cheapest reading is the word's lemma. So a
dictionary word beats a one-letter particle before another word (وزير is not و + زير).
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from index.analysis.affixes import (
    DUAL,
    FEMALE,
    LONGEST_PROCLITIC,
    MEN,
    NAME,
    NOMINAL,
    NOUN,
    OWNED,
    PERSONS,
    PLURAL,
    PRESENTS,
    PROCLITICS,
    WOMEN,
)
from index.analysis.endings import LONGEST_SUFFIX, SUFFIXES, Suffix
from index.analysis.letters import key

Entry = tuple[str, int, str, int, str]
Start = tuple[int, int, bool, int]
End = tuple[int, list[Suffix], int]

# A letter of the text in the place of a letter of the dictionary, and what the difference costs.
_SPELLINGS = {
    ("ا", "أ"): 6,
    ("ا", "إ"): 6,
    ("ا", "آ"): 9,
    ("ى", "ي"): 12,
    ("ي", "ى"): 8,
    ("ه", "ة"): 10,
    ("أ", "ا"): 14,
    ("إ", "ا"): 12,
    ("ئ", "ؤ"): 6,
    ("ؤ", "ئ"): 8,
    ("أ", "ؤ"): 10,
    ("أ", "إ"): 90,
    ("إ", "أ"): 90,
    ("أ", "آ"): 90,
    ("آ", "أ"): 90,
    ("إ", "آ"): 90,
    ("آ", "إ"): 90,
}
_OTHER_SPELLING = 20
_FAITH = 10
_FAR_FETCHED = 70
_EFFORT, _UNLIKELY = 34, 68
_NAME_SLIP = 10
_NAMED = 10
_ALL_ENDINGS = FEMALE | WOMEN | MEN | DUAL
_DOUBT = 14
_PLURAL_DOUBT = 24
_RIVAL_PLURAL_DOUBT = 10
_PLAINNESS = 2


class Reading(NamedTuple):
    """A lemma that a word may be a form of, how far-fetched that is, and by what way."""

    cost: int
    lemma: str
    origin: str
    misspelled: int
    affixes: int


def readings(word: str, stems: Mapping[str, tuple[Entry, ...]]) -> list[Reading]:
    """The readings of an exact form, cheapest first, each lemma once; none for unknown words."""
    starts, ends = _starts(word), _ends(word)
    found = list(_readings(word, stems, starts, ends, 0))
    if not found:  # endings that the dictionary does not promise: إيراد → إيرادات
        found = list(_readings(word, stems, starts, ends, NOUN | PLURAL))
    return _plainest([one for one in found if not _is_far_fetched(one)])


def _is_far_fetched(one: Reading) -> bool:
    """Whether a reading needs so much around or against the letters that a name is likelier."""
    effort = one.affixes + 2 * one.misspelled
    return effort > _FAR_FETCHED or (effort >= _EFFORT and one.cost > _UNLIKELY)


def _readings(
    word: str,
    stems: Mapping[str, tuple[Entry, ...]],
    starts: list[Start],
    ends: list[End],
    generous: int,
) -> Iterator[Reading]:
    """Every reading; stems of a `generous` kind may take all nominal endings."""
    keyed = key(word)
    for start, takes, article, before in starts:
        for end, suffixes, careless in ends:
            if end <= start:
                continue
            for stem, kinds, lemma, rarity, origin in stems.get(keyed[start:end], ()):
                if kinds & generous:
                    kinds |= _ALL_ENDINGS
                for suffix in suffixes:
                    if not (kinds & takes & suffix.takes) or (article and suffix.bound):
                        continue
                    wrong = careless
                    if stem != word[start:end]:
                        slip = _misspelling(word[start:end], stem)
                        wrong += min(slip, _NAME_SLIP) if origin == "name" else slip
                    around = before + suffix.cost
                    if article and kinds & NAME:
                        around += _NAMED
                    yield Reading(around + rarity + wrong, lemma, origin, wrong, around)


def _plainest(found: list[Reading]) -> list[Reading]:
    """Cheapest first, a faithful spelling before any other, each lemma once."""
    found.sort()
    most = found[0].cost + _FAITH if found else 0
    first = next((one for one in found if not one.misspelled and one.cost <= most), None)
    best: dict[str, Reading] = {first.lemma: first} if first else {}
    for one in found:
        best.setdefault(one.lemma, one)
    return list(best.values())


def alternatives(found: list[Reading]) -> list[Reading]:
    """The other readings a reader may have had in mind: no rarer and no less plain by much."""
    if not found or found[0].origin == "name":
        return []
    best = found[0]
    if best.origin == "particle" and not best.affixes:
        return []
    return [
        one
        for one in found[1:]
        if one.cost + one.misspelled <= best.cost + _doubt(one, best)
        and one.affixes <= best.affixes + _PLAINNESS
        and one.origin != "particle"
    ]


def _doubt(one: Reading, best: Reading) -> int:
    """How much rarer another reading may be; plurals are rarer than they look."""
    if one.origin == "plural" and not one.misspelled:
        return _RIVAL_PLURAL_DOUBT if best.origin == "plural" else _PLURAL_DOUBT
    return _DOUBT


def _starts(word: str) -> list[Start]:
    """The places where a stem may begin: index, stems allowed there, article before it, cost."""
    found = []
    for length in range(min(LONGEST_PROCLITIC, len(word) - 1) + 1):
        head = word[:length]
        for proclitic in PROCLITICS.get(head, ()):
            takes = proclitic.takes & ~PRESENTS
            found.append((length, takes, proclitic.article, proclitic.cost))
            if head[-1:] == "ل" == word[length] and not proclitic.article:
                # ل + ال + لجنة is written للجنة
                found.append((length, takes & NOMINAL & ~OWNED, True, proclitic.cost // 5))
        if (person := PERSONS.get(head)) is not None:
            found.append((length, person[0], False, person[1]))
    return found


def _ends(word: str) -> list[End]:
    """The places where a stem may end: index, the suffixes that follow, cost of their spelling."""
    found = []
    for length in range(min(LONGEST_SUFFIX, len(word) - 1) + 1):
        end = len(word) - length
        tail = word[end:]
        if (suffixes := SUFFIXES.get(tail)) is not None:
            found.append((end, suffixes, 0))
        if tail[-1:] == "ه" and (suffixes := SUFFIXES.get(tail[:-1] + "ة")) is not None:
            found.append((end, suffixes, 10))
        if tail[-1:] == "ى" and (suffixes := SUFFIXES.get(tail[:-1] + "ي")) is not None:
            found.append((end, suffixes, 8))
    return found


def _misspelling(written: str, spelled: str) -> int:
    return sum(
        _SPELLINGS.get((w, s), _OTHER_SPELLING)
        for w, s in zip(written, spelled, strict=True)
        if w != s
    )
