"""Names of places and persons: this project's own lists, beside the dictionaries.

`places.toml`, `given_names.toml` and `family_names.toml` have a name a line with its usual Latin
spellings, written from general knowledge: closed lists of countries, governorates and cities, given
names and surnames that news is full of. Dictionaries have few of them, and read the rest as
inflections of shorter words: أبها as «her father», سرت as «I walked».
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, get_args

from index.analysis.text.folding import fold

_LINE = re.compile('^"([^"]+)" *= *"([^"]*)"', re.MULTILINE)

_SECTION = re.compile(r"^\[(\w+)\]$", re.MULTILINE)
# The sections of `places.toml` with places of Arab countries.
_ARAB = frozenset(
    (
        *("saudi_arabia", "emirates_oman_qatar_bahrain_kuwait", "yemen", "iraq", "syria"),
        *("lebanon", "jordan_palestine", "egypt", "libya", "tunisia", "algeria"),
        *("morocco_mauritania", "sudan_horn"),
    )
)

NameList = Literal["places", "given_names", "family_names"]


class ProperName(NamedTuple):
    """A name as papers write it, the list it is from, and its spellings in Latin letters."""

    arabic: str
    of: NameList
    latin: tuple[str, ...]


@cache
def proper_names() -> tuple[ProperName, ...]:
    """Every listed name; one that is in two lists twice.

    >>> next(one for one in proper_names() if one.arabic == "جدة")
    ProperName(arabic='جدة', of='places', latin=('jeddah', 'jiddah', 'jidda'))
    """
    return tuple(
        ProperName(arabic, name_list, tuple(latin.split()))
        for name_list in get_args(NameList)
        for arabic, latin in _lines(name_list)
    )


@cache
def first_names() -> frozenset[str]:
    """Names that are meant more often than the common word or form of the same letters."""
    return frozenset(
        name
        for line in files(__package__)
        .joinpath("names_before_words.txt")
        .read_text("utf-8")
        .split("\n")
        for name in line.partition("#")[0].split()
    )


@cache
def _listed(*lists: NameList) -> frozenset[str]:
    return frozenset(fold(one.arabic) for one in proper_names() if one.of in lists)


def is_listed_name(exact: str) -> bool:
    """Whether an exact form is a listed name as it stands.

    >>> is_listed_name("حسن"), is_listed_name("حسنا")
    (True, False)
    """
    return exact in _listed(*get_args(NameList))


def is_listed_place(exact: str) -> bool:
    """Whether an exact form is a listed place as it stands.

    >>> is_listed_place("صيدا"), is_listed_place("حسن")
    (True, False)
    """
    return exact in _listed("places")


@cache
def _arab_places() -> frozenset[str]:
    sections = _SECTION.split(_text("places"))
    named = zip(sections[1::2], sections[2::2], strict=True)
    return frozenset(
        fold(arabic)
        for section, lines in named
        if section in _ARAB
        for arabic, _ in _LINE.findall(lines)
    )


def is_arab_place(exact: str) -> bool:
    """Whether an exact form is a listed place of an Arab country: nobody transcribes these.

    >>> is_arab_place("أسوان"), is_arab_place("إسطنبول")
    (True, False)
    """
    return exact in _arab_places()


def house_styles() -> Iterator[tuple[str, str]]:
    """A word's usual spelling beside each that other papers prefer.

    >>> ("بوتين", "بوتن") in house_styles()
    True
    """
    for usual, others in _lines("house_styles"):
        for other in others.split():
            yield usual, other


@cache
def names_in_latin() -> dict[str, tuple[str, ...]]:
    """By a spelling in Latin letters the listed names that are spelled so, in the lists' order.

    Those of `foreign_names.toml` last: papers write these in either script.

    >>> names_in_latin()["damascus"], names_in_latin()["google"]
    (('دمشق',), ('غوغل', 'جوجل'))
    """
    found: dict[str, dict[str, None]] = {}
    for arabic, spellings in _in_both_scripts():
        for latin in spellings:
            found.setdefault(latin, {})[arabic] = None
    return {latin: tuple(arabic) for latin, arabic in found.items()}


@cache
def names_in_arabic() -> dict[str, tuple[str, ...]]:
    """By the exact form of a listed name of one word, with and without ال, its Latin spellings.

    >>> names_in_arabic()["دمام"], names_in_arabic()["جوجل"]
    (('dammam',), ('google',))
    """
    found: dict[str, tuple[str, ...]] = {}
    for arabic, spellings in _in_both_scripts():
        exact = fold(arabic)
        if " " not in arabic:
            for one in {exact, exact.removeprefix("ال")}:
                found[one] = (*found.get(one, ()), *spellings)
    return found


def _in_both_scripts() -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in proper_names():
        yield name.arabic, name.latin
    for arabic, latin in _lines("foreign_names"):
        yield arabic, tuple(latin.split())


def _lines(toml: str) -> list[tuple[str, str]]:
    """The names of a list and their spellings: `tomllib` takes 0.4 s for all, at a first search."""
    return _LINE.findall(_text(toml))


def _text(toml: str) -> str:
    return files(__package__).joinpath(f"{toml}.toml").read_text("utf-8")
