"""What Arabic writes after a stem: endings of number, gender and person, and pronouns.

A closed set, one ending a row with the kinds of stem that take it; `benchmarks.matching` chose the
costs.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from index.analysis.morphology.prefixes import (
    ARTICLED,
    DUAL,
    FEM,
    FEMALE,
    INDEFINITE,
    MEN,
    NAME,
    NOUN,
    OWNED,
    PARTICLE,
    PAST,
    PAST_LEAN,
    PAST_SHORT,
    PLACE,
    PLURAL,
    PRESENT,
    PRESENT_BARE,
    PRESENT_LEAN,
    PRESENT_MANY,
    WHOLE,
    WOMEN,
)


class Suffix(NamedTuple):
    """Letters after a stem: which stems they follow, whether they exclude the article, the cost."""

    letters: str
    takes: int
    bound: bool
    cost: int


class _Ending(NamedTuple):
    """An ending, the pronouns that may follow it, whether it also stands alone, and how."""

    letters: str
    takes: int
    cost: int
    before: Mapping[str, int] = {}
    alone: bool = True
    bound: bool = False


# What is on a noun (his, her, their …) and on a verb, each with its cost.
_OWNERS = {
    "ه": 8, "ها": 8, "هم": 8, "هما": 10, "هن": 18, "ك": 20, "كم": 12, "كن": 20, "نا": 10, "ي": 16
}  # fmt: skip
_OBJECTS = {
    "ه": 6, "ها": 5, "هم": 6, "هما": 9, "هن": 14, "ك": 16, "كم": 14, "نا": 9, "ني": 10
}  # fmt: skip

_BARE = NOUN | PLURAL | NAME | PLACE | ARTICLED | PARTICLE | PAST | PRESENT | WHOLE
_GIRL = FEM | FEMALE
_ENDED = PAST | PAST_LEAN
_MANY = PRESENT_MANY | PRESENT_LEAN

_NOMINAL = (
    _Ending("", INDEFINITE, 4, bound=True),  # محام
    _Ending("", NOUN | PLURAL | OWNED, 0, _OWNERS, alone=False),  # سفيرها
    _Ending("ني", OWNED, 14),  # إنني
    _Ending("ا", NOUN | PLURAL | NAME | OWNED, 7, bound=True),  # وزيرا, accusative
    _Ending("ان", DUAL, 26),
    _Ending("ين", DUAL, 26),
    _Ending("ا", DUAL, 8, _OWNERS, alone=False),
    _Ending("ي", DUAL, 8, _OWNERS, alone=False),
    _Ending("ي", DUAL, 14, bound=True),  # وزيري البلدين
    _Ending("ة", FEM, 0),
    _Ending("ة", FEMALE, 4),
    _Ending("ت", _GIRL, 2, _OWNERS, alone=False),  # سفارتها
    _Ending("تان", _GIRL, 6),
    _Ending("تين", _GIRL, 6),
    _Ending("تا", _GIRL, 12, _OWNERS, bound=True),
    _Ending("تي", _GIRL, 12, _OWNERS, bound=True),
    _Ending("هات", WOMEN, 9),  # سيناريوهات
    _Ending("ات", FEM, 2, _OWNERS),
    _Ending("ات", FEMALE | WOMEN, 6, _OWNERS),
    _Ending("ون", MEN, 4),
    _Ending("ين", MEN, 4),
    _Ending("و", MEN, 8, _OWNERS, bound=True),  # مسؤولو
    _Ending("ي", MEN, 9, _OWNERS, bound=True),
)
_VERBAL = (
    _Ending("", PRESENT_BARE, 8),  # لم يقل
    _Ending("", PAST | PRESENT | PRESENT_BARE, 2, _OBJECTS, alone=False),  # قاله
    _Ending("ت", _ENDED, 2, _OBJECTS),
    _Ending("تا", _ENDED, 10),
    _Ending("ا", PAST, 10),
    _Ending("وا", _ENDED, 3),
    _Ending("و", _ENDED, 5, _OBJECTS, alone=False),  # قالوه
    _Ending("ت", PAST_SHORT, 4, _OBJECTS),
    _Ending("نا", PAST_SHORT, 4, _OBJECTS),
    _Ending("تم", PAST_SHORT, 10),
    _Ending("ن", PAST_SHORT, 24),
    _Ending("ون", _MANY, 3, _OBJECTS),
    _Ending("وا", _MANY, 4),
    _Ending("و", _MANY, 6, _OBJECTS, alone=False),  # لن يقولوه
    _Ending("ان", PRESENT_MANY, 7, _OBJECTS),
    _Ending("ا", PRESENT_MANY, 10),
    _Ending("ين", _MANY, 20),
    _Ending("ي", _MANY, 26),
    _Ending("ن", PRESENT_BARE | PRESENT_MANY, 20),
)


def _written(ending: _Ending) -> Iterator[Suffix]:
    """An ending alone, and before each of its pronouns, which exclude the article."""
    if ending.alone:
        yield Suffix(ending.letters, ending.takes, ending.bound, ending.cost)
    for pronoun, cost in ending.before.items():
        yield Suffix(ending.letters + pronoun, ending.takes, True, ending.cost + cost)


def _suffixes() -> dict[str, list[Suffix]]:
    table: dict[str, list[Suffix]] = {"": [Suffix("", _BARE, False, 0)]}
    for ending in _NOMINAL + _VERBAL:
        for suffix in _written(ending):
            table.setdefault(suffix.letters, []).append(suffix)
    return table


SUFFIXES = _suffixes()
LONGEST_SUFFIX = max(map(len, SUFFIXES))
