"""Readings: every dictionary word that a written word can be, the plainest first.

A word is read as proclitic + stem + suffix wherever the table of stems knows the middle. The cost
of a reading is the rarity of its lemma plus that of what is written onto it plus that of any
letter spelled otherwise than the dictionary does; the cheapest reading is the word's lemma. So a
dictionary word beats a one-letter particle before another word (وزير is not و + زير).
"""

from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple, Protocol

from index.analysis.morphology.misspelling import misspelling
from index.analysis.morphology.prefixes import (
    ARTICLED,
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
from index.analysis.morphology.suffixes import LONGEST_SUFFIX, SUFFIXES, Suffix
from index.analysis.text.folding import key

Entry = tuple[str, int, str, int, str]
Start = tuple[int, int, bool, int]
End = tuple[int, list[Suffix], int, int]

_FAITH = 10
_NAME_SLIP = 10
_FAR_FETCHED = 70
_EFFORT, _UNLIKELY = 34, 68
_NAMED = 10
_ALL_ENDINGS = FEMALE | WOMEN | MEN | DUAL
_DOUBT = 14
_PLURAL_DOUBT = 24
_RIVAL_PLURAL_DOUBT = 10
_PLAINNESS = 2
_CONTRADICTED = 16

_PROCLITIC_LETTERS = "".join({letter for letters in [*PROCLITICS, *PERSONS] for letter in letters})
_SUFFIX_LETTERS = "".join({letter for letters in SUFFIXES for letter in letters} | {"ى"})
# The 230,000 words of `benchmarks.speed` have 22,000 heads and 14,000 tails.
_REMEMBERED = 1 << 15


class Reading(NamedTuple):
    """A lemma that a word may be a form of, how far-fetched that is, and by what way."""

    cost: int
    lemma: str
    origin: str
    misspelled: int
    affixes: int


class Stems(Protocol):
    """The entries of the stems that have a key; none for what is no stem's."""

    def get(self, key: str, /) -> tuple[Entry, ...] | None:
        """The entries of a key, or None."""
        ...


def readings(word: str, stems: Stems) -> list[Reading]:
    """The readings of an exact form, cheapest first, each lemma once; none for unknown words."""
    found = _readings(word, stems, 0)
    if not found:  # endings that the dictionary does not promise: إيراد → إيرادات
        found = _readings(word, stems, NOUN | PLURAL)
    return _plainest([one for one in found if not _is_far_fetched(one)])


def _is_far_fetched(one: Reading) -> bool:
    """Whether a reading needs so much around or against the letters that a name is likelier."""
    effort = one.affixes + 2 * one.misspelled
    return effort > _FAR_FETCHED or (effort >= _EFFORT and one.cost > _UNLIKELY)


def _readings(word: str, stems: Stems, generous: int) -> list[Reading]:
    """Every reading; stems of a `generous` kind may take all nominal endings."""
    found = []
    keyed, size = key(word), len(word)
    ends = _ends(_tail(word))
    for start, takes, article, before in _starts(_head(word)):
        for length, suffixes, taken, careless in ends:
            # An empty middle is the stem of nothing.
            entries = stems.get(keyed[start : size - length])
            if not entries:
                continue
            written = word[start : size - length]
            for stem, kinds, lemma, rarity, origin in entries:
                if kinds & generous:
                    kinds |= _ALL_ENDINGS
                allowed = kinds & takes
                if not allowed & taken:
                    continue
                wrong = price = careless
                if written != stem:
                    wrong += misspelling(written, stem)
                    price = min(wrong, _NAME_SLIP) if origin == "name" else wrong
                named = _NAMED if article and kinds & NAME else 0
                for _, follows, bound, cost in suffixes:
                    if allowed & follows and not (article and bound):
                        around = before + cost + named
                        found.append(Reading(around + rarity + price, lemma, origin, wrong, around))
    return found


def _plainest(found: list[Reading]) -> list[Reading]:
    """Cheapest first, a faithful spelling before any other, each lemma once."""
    if len(found) < 2:
        return found
    found.sort()
    most = found[0].cost + _FAITH
    first = next((one for one in found if not one.misspelled and one.cost <= most), None)
    best: dict[str, Reading] = {first.lemma: first} if first else {}
    for one in found:
        best.setdefault(one.lemma, one)
    return list(best.values())


def alternatives(found: list[Reading]) -> list[Reading]:
    """The other readings a reader may have had in mind: no rarer and no less plain by much."""
    if not found:
        return []
    best = found[0]
    if best.origin == "name":  # another reading could only be the same name, spelled otherwise
        return [one for one in found[1:] if one.origin == "name" and one.misspelled]
    if best.origin == "particle" and not best.affixes:
        return []
    return [
        one
        for one in found[1:]
        if one.cost <= best.cost + _doubt(one, best)
        and (one.misspelled < _CONTRADICTED or best.misspelled)
        and one.affixes <= best.affixes + _PLAINNESS
        and one.origin != "particle"
    ]


def _doubt(one: Reading, best: Reading) -> int:
    """How much rarer another reading may be; plurals are rarer than they look."""
    if one.origin == "plural" and not one.misspelled:
        return _RIVAL_PLURAL_DOUBT if best.origin == "plural" else _PLURAL_DOUBT
    return _DOUBT


def _head(word: str) -> str:
    """The letters that decide where a stem may begin: all that proclitics use, and one more."""
    others = len(word) - len(word.lstrip(_PROCLITIC_LETTERS))
    return word[: min(others, LONGEST_PROCLITIC) + 1]


def _tail(word: str) -> str:
    """The letters that decide where a stem may end: all that suffixes use, and one more."""
    others = len(word.rstrip(_SUFFIX_LETTERS))
    return word[max(others, len(word) - LONGEST_SUFFIX, 1) - 1 :]


@lru_cache(_REMEMBERED)
def _starts(head: str) -> list[Start]:
    """The places where a stem may begin: index, stems allowed there, article before it, cost."""
    found = []
    for length in range(min(LONGEST_PROCLITIC, len(head) - 1) + 1):
        before = head[:length]
        for proclitic in PROCLITICS.get(before, ()):
            takes = proclitic.takes & ~PRESENTS
            found.append((length, takes, proclitic.article, proclitic.cost))
            if before[-1:] == "ل" == head[length] and not proclitic.article:
                # ل + ال + لجنة is written للجنة
                found.append(
                    (length, takes & NOMINAL & ~OWNED | ARTICLED, True, proclitic.cost // 5)
                )
        if (person := PERSONS.get(before)) is not None:
            found.append((length, person[0], False, person[1]))
    return found


@lru_cache(_REMEMBERED)
def _ends(tail: str) -> list[End]:
    """How many letters may follow a stem: the suffixes they are, what these take, their slip."""
    found = []
    for length in range(min(LONGEST_SUFFIX, len(tail) - 1) + 1):
        after = tail[len(tail) - length :]
        written = [(after, 0)]
        if after[-1:] == "ه":
            written.append((after[:-1] + "ة", 10))
        if after[-1:] == "ى":
            written.append((after[:-1] + "ي", 8))
        for letters, slip in written:
            if (suffixes := SUFFIXES.get(letters)) is not None:
                takes = reduce(or_, (suffix.takes for suffix in suffixes))
                found.append((length, suffixes, takes, slip))
    return found
