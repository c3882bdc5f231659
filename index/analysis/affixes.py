"""What Arabic writes onto a word: particles before it, endings and pronouns after it.

Two tables. `PROCLITICS` are strings before a word, `SUFFIXES` strings after a stem, each with the
kinds of stem that take it. Both are closed sets of the written language, spelled out by rule.
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

NOMINAL = NOUN | FEM | MEN | WOMEN | FEMALE | PLURAL | NAME | OWNED | DUAL | INDEFINITE | PLACE
PASTS = PAST | PAST_SHORT | PAST_LEAN
PRESENTS = PRESENT | PRESENT_BARE | PRESENT_LEAN | PRESENT_MANY

_OWNERS = ("ه", "ها", "هم", "هما", "هن", "ك", "كم", "كن", "نا", "ي")
_OBJECTS = ("ه", "ها", "هم", "هما", "هن", "ك", "كم", "نا", "ني")


class Proclitic(NamedTuple):
    """Letters before a word: which stems may follow, whether they hold the article, the cost."""

    letters: str
    takes: int
    article: bool
    cost: int


class Suffix(NamedTuple):
    """Letters after a stem: which stems they follow, whether they exclude the article, the cost."""

    letters: str
    takes: int
    bound: bool
    cost: int


_BEFORE_PARTICLES = {"و": 7, "ف": 16}  # ولم, وفي are common; فهم is first of all «understood»


def _proclitics() -> dict[str, list[Proclitic]]:
    conjunctions = {"": 0, "و": 22, "ف": 25}
    particles = {"": 0, "ب": 22, "ل": 22, "ك": 34}
    found = [Proclitic("", ~0, False, 0)]
    for (joined, first), (particle, second) in product(conjunctions.items(), particles.items()):
        # ل and the article's alef merge: ل + ال → لل
        article = joined + ("لل" if particle == "ل" else particle + "ال")
        cost = (first + second) // 5  # the article leaves little doubt about what precedes it
        found.append(Proclitic(article, NOMINAL & ~OWNED, True, cost))
        if particle:
            takes = NOMINAL | PARTICLE | (PRESENTS if particle == "ل" else 0)
            found.append(Proclitic(joined + particle, takes, False, first + second))
        elif joined:
            found.append(Proclitic(joined, ~PARTICLE, False, first))
            found.append(Proclitic(joined, PARTICLE, False, _BEFORE_PARTICLES[joined]))
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


def _suffixes() -> dict[str, list[Suffix]]:
    owners = dict(zip(_OWNERS, (8, 8, 8, 10, 18, 20, 12, 20, 10, 16), strict=True))
    objects = dict(zip(_OBJECTS, (6, 5, 6, 9, 14, 16, 14, 9, 10), strict=True))
    found = [
        Suffix(
            "",
            ~0 & ~(FEM | FEMALE | MEN | WOMEN | OWNED | PAST_SHORT | PAST_LEAN | DUAL | INDEFINITE),
            False,
            0,
        )
    ]
    found[0] = found[0]._replace(takes=found[0].takes & ~PRESENT_BARE)
    found.append(Suffix("", INDEFINITE, True, 4))  # محام
    found.append(Suffix("", PRESENT_BARE, False, 8))  # لم يقل

    def add(
        letters: str,
        takes: int,
        cost: int,
        after: dict[str, int] | None = None,
        *,
        bound: bool = False,
    ) -> None:
        """One ending, and the same before each pronoun of `after`."""
        found.append(Suffix(letters, takes, bound, cost))
        for pronoun, more in (after or {}).items():
            found.append(Suffix(letters + pronoun, takes, True, cost + more))

    for pronoun, cost in owners.items():
        found.append(Suffix(pronoun, NOUN | PLURAL | OWNED, True, cost))
    add("ني", OWNED, 14)  # إنني
    add("ا", NOUN | PLURAL | NAME | OWNED, 7, bound=True)  # accusative: وزيرا
    add("ان", DUAL, 26)
    add("ين", DUAL, 26)
    found += [Suffix(dual + p, DUAL, True, 20 + c) for dual in "اي" for p, c in owners.items()]
    add("ي", DUAL, 14, bound=True)  # dual construct: وزيري
    add("ة", FEM, 0)
    add("ة", FEMALE, 4)
    found += [Suffix("ت" + p, FEM | FEMALE, True, 2 + c) for p, c in owners.items()]
    add("تان", FEM | FEMALE, 6)
    add("تين", FEM | FEMALE, 6)
    add("تا", FEM | FEMALE, 12, owners, bound=True)
    add("تي", FEM | FEMALE, 12, owners, bound=True)
    add("هات", WOMEN, 9)  # سيناريوهات
    add("ات", FEM, 2, owners)
    add("ات", FEMALE | WOMEN, 6, owners)
    add("ون", MEN, 4)
    add("ين", MEN, 4)
    add("و", MEN, 8, owners, bound=True)
    add("ي", MEN, 9, owners, bound=True)
    for pronoun, cost in objects.items():
        found.append(Suffix(pronoun, PAST | PRESENT | PRESENT_BARE, True, cost + 2))
    add("ت", PAST | PAST_LEAN, 2, objects)
    add("تا", PAST | PAST_LEAN, 10)
    add("ا", PAST, 10)
    add("وا", PAST | PAST_LEAN, 3)
    found += [Suffix("و" + p, PAST | PAST_LEAN, True, 5 + c) for p, c in objects.items()]
    add("ت", PAST_SHORT, 4, objects)
    add("نا", PAST_SHORT, 4, objects)
    add("تم", PAST_SHORT, 10)
    add("ن", PAST_SHORT, 24)
    add("ون", PRESENT_MANY | PRESENT_LEAN, 3, objects)
    add("وا", PRESENT_MANY | PRESENT_LEAN, 4)
    found += [Suffix("و" + p, PRESENT_MANY | PRESENT_LEAN, True, 6 + c) for p, c in objects.items()]
    add("ان", PRESENT_MANY, 7, objects)
    add("ا", PRESENT_MANY, 10)
    add("ين", PRESENT_MANY | PRESENT_LEAN, 20)
    add("ي", PRESENT_MANY | PRESENT_LEAN, 26)
    add("ن", PRESENT_BARE | PRESENT_MANY, 20)
    table: dict[str, list[Suffix]] = {}
    for one in found:
        table.setdefault(one.letters, []).append(one)
    return table


PROCLITICS = _proclitics()
PERSONS = _persons()
SUFFIXES = _suffixes()
LONGEST_PROCLITIC = max(map(len, [*PROCLITICS, *PERSONS]))
LONGEST_SUFFIX = max(map(len, SUFFIXES))
