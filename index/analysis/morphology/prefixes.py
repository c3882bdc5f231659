"""What Arabic writes before a word, and the kinds of stem that words are made of.

`PROCLITICS` are the particles and the article, `PERSONS` the letters before a present stem; what is
written after a stem is in `suffixes`. Closed sets of the written language, spelled out by rule;
every cost is in tenths of a power of ten, weighed against the rarity of words.
"""

from itertools import product
from typing import NamedTuple

# Kinds of stem, as bits: a suffix names all the kinds it may follow.
NOUN = 1 << 0  # سفير
FEM = 1 << 1  # سفار(ة): what stands before ة
MEN = 1 << 2  # مسؤول(ون)
WOMEN = 1 << 3  # مطار(ات)
FEMALE = 1 << 4  # وزير(ة): adjectives and people
PLURAL = 1 << 5  # وزراء
NAME = 1 << 6  # لبنان
PARTICLE = 1 << 7  # في
PAST = 1 << 8  # قال
PAST_SHORT = 1 << 9  # قل(ت)
PAST_LEAN = 1 << 10  # رم(ت)
PRESENT = 1 << 11  # (ي)قول
PRESENT_BARE = 1 << 12  # (لم ي)قل
PRESENT_LEAN = 1 << 13  # (ي)رم(ون)
OWNED = 1 << 14  # أعضائ(هم): stands only before a pronoun
DUAL = 1 << 15  # takes ان and ين
INDEFINITE = 1 << 16  # محام: neither article nor pronoun
PRESENT_MANY = 1 << 18  # (ي)قول(ون): after ي and ت, never after ن and أ
WHOLE = 1 << 19  # كنا: takes nothing more
PLACE = 1 << 17  # (ال)جزائر: names known with the article
ARTICLED = 1 << 20  # (ال)خرج: a name with the article, without it another word

NOMINAL = NOUN | FEM | MEN | WOMEN | FEMALE | PLURAL | NAME | OWNED | DUAL | INDEFINITE | PLACE
# What may follow the article.
DEFINITE = NOMINAL & ~OWNED | ARTICLED

PRESENTS = PRESENT | PRESENT_BARE | PRESENT_LEAN | PRESENT_MANY


class Proclitic(NamedTuple):
    """Letters before a word: which stems may follow, whether they hold the article, the cost."""

    letters: str
    takes: int
    article: bool
    cost: int


# Words of their own that hurried writers leave no blank after: يارب, لاشيء.
_RUN_ON = (("يا", NOUN | PLURAL | NAME, 22), ("لا", NOUN, 22))

_BEFORE_PARTICLES = {"و": 7, "ف": 16}  # ولم, وفي are common; فهم is first of all «understood»


def _proclitics() -> dict[str, list[Proclitic]]:
    conjunctions = {"": 0, "و": 22, "ف": 25}
    particles = {"": 0, "ب": 22, "ل": 22, "ك": 34}
    found = [Proclitic("", ~ARTICLED, False, 0)]
    for (joined, first), (particle, second) in product(conjunctions.items(), particles.items()):
        # ل and the article's alef merge: ل + ال → لل
        article = joined + ("لل" if particle == "ل" else particle + "ال")
        cost = (first + second) // 5  # the article leaves little doubt about what precedes it
        found.append(Proclitic(article, DEFINITE, True, cost))
        if particle:
            takes = NOMINAL | PARTICLE | (PRESENTS if particle == "ل" else 0)
            found.append(Proclitic(joined + particle, takes, False, first + second))
        elif joined:
            found.append(Proclitic(joined, ~(PARTICLE | ARTICLED), False, first))
            found.append(Proclitic(joined, PARTICLE, False, _BEFORE_PARTICLES[joined]))
    found += [Proclitic(letters, takes, False, cost) for letters, takes, cost in _RUN_ON]
    table: dict[str, list[Proclitic]] = {}
    for one in found:
        table.setdefault(one.letters, []).append(one)
    return table


def _persons() -> dict[str, tuple[int, int]]:
    """The letters before a present stem (ي ت ن أ), after س and ل and the conjunctions.

    Each with the stems that may follow and its cost: ن and أ take no ون, and س no jussive.
    """
    persons = {"ي": 1, "ت": 2, "ن": 14, "أ": 16}
    before = {"": 0, "س": 2, "و": 12, "ف": 16, "ل": 6, "وس": 6, "فس": 8, "ول": 16, "فل": 16}
    return {
        a + p: (
            (PRESENTS if p in "يت" else PRESENT | PRESENT_BARE)
            & (~PRESENT_BARE if "س" in a else ~0),
            x + y,
        )
        for (a, x), (p, y) in product(before.items(), persons.items())
    }


PROCLITICS = _proclitics()
PERSONS = _persons()
LONGEST_PROCLITIC = max(map(len, [*PROCLITICS, *PERSONS]))
