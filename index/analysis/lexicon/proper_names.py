"""Names of places and persons: this project's own lists, beside the dictionaries.

`places.toml`, `given_names.toml` and `family_names.toml` have a name a line with its usual Latin
spellings, written from general knowledge: closed lists of countries, governorates and cities, given
names and surnames that news is full of. Dictionaries have few of them, and read the rest as
inflections of shorter words: أبها as «her father», سرت as «I walked».
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args

_HERE = Path(__file__).parent
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

_FOREIGN = "foreign_names"
# What is written onto a name, nothing first. Not ك: كسلا is another town.
BEFORE = tuple(
    conjunction + particle for conjunction in ("", "و", "ف") for particle in ("", "ب", "ل")
)
NameList = Literal["places", "given_names", "family_names"]


class ProperName(NamedTuple):
    """A name as papers write it, the list it is from, and its spellings in Latin letters."""

    arabic: str
    of: NameList
    latin: tuple[str, ...]


def written_onto(before: str, name: str) -> str:
    """A name with one of `BEFORE` written onto it.

    >>> written_onto("ول", "الرياض"), written_onto("", "جدة")
    ('وللرياض', 'جدة')
    """
    return (before + name).replace("لال", "لل")


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
        for line in (_HERE / "names_before_words.txt").read_text("utf-8").split("\n")
        for name in line.partition("#")[0].split()
    )


def arab_places() -> Iterator[str]:
    """The listed places of Arab countries."""
    sections = _SECTION.split(_text("places"))
    for section, lines in zip(sections[1::2], sections[2::2], strict=True):
        if section in _ARAB:
            yield from (arabic for arabic, _ in _LINE.findall(lines))


def lists() -> bytes:
    """All lists of names in two scripts as they are written: what tables of them are made of."""
    return b"".join((_HERE / f"{one}.toml").read_bytes() for one in (*get_args(NameList), _FOREIGN))


def house_styles() -> Iterator[tuple[str, str]]:
    """A word's usual spelling beside each that other papers prefer.

    >>> ("بوتين", "بوتن") in house_styles()
    True
    """
    for usual, others in _lines("house_styles"):
        for other in others.split():
            yield usual, other


def in_both_scripts() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every name with its Latin spellings; those that papers write in either script last."""
    for name in proper_names():
        yield name.arabic, name.latin
    for arabic, latin in _lines(_FOREIGN):
        yield arabic, tuple(latin.split())


def _lines(toml: str) -> list[tuple[str, str]]:
    """The names of a list and their spellings: `tomllib` takes 0.4 s for all, at a first search."""
    return _LINE.findall(_text(toml))


def _text(toml: str) -> str:
    return (_HERE / f"{toml}.toml").read_text("utf-8")
