"""Tables of the listed names, folded once for this machine and then mapped.

Folding four thousand names takes longer than a search does; a process that searches looks a few up.
The file is named after the lists it was made from and kept like the lexicon's.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from index.analysis.analysis_version import ANALYSIS_VERSION
from index.analysis.lexicon.cache import kept
from index.analysis.lexicon.mapped import FORMAT, LexiconFile, MappedTable, packed
from index.analysis.lexicon.proper_names import (
    arab_places,
    in_both_scripts,
    lists,
    proper_names,
)
from index.analysis.text.folding import fold

# Raised with every change of what stands in the tables.
NAMES_VERSION = 1
_PLACE = "place"
_ARAB = "arab"

Rows = dict[str, dict[str, None]]


class NameTables(NamedTuple):
    """By exact form what kind of name it is; by each script's spelling the other's."""

    kinds: MappedTable[tuple[str, ...]]
    latin: MappedTable[tuple[str, ...]]
    arabic: MappedTable[tuple[str, ...]]


def is_listed_name(exact: str) -> bool:
    """Whether an exact form is a listed name as it stands.

    >>> is_listed_name("حسن"), is_listed_name("حسنا")
    (True, False)
    """
    return kept_tables().kinds.get(exact) is not None


def is_listed_place(exact: str) -> bool:
    """Whether an exact form is a listed place as it stands.

    >>> is_listed_place("صيدا"), is_listed_place("حسن")
    (True, False)
    """
    return _PLACE in (kept_tables().kinds.get(exact) or ())


def is_arab_place(exact: str) -> bool:
    """Whether an exact form is a listed place of an Arab country: nobody transcribes these.

    >>> is_arab_place("أسوان"), is_arab_place("إسطنبول")
    (True, False)
    """
    return _ARAB in (kept_tables().kinds.get(exact) or ())


def names_in_latin() -> MappedTable[tuple[str, ...]]:
    """By a spelling in Latin letters the listed names that are spelled so, in the lists' order.

    >>> names_in_latin().get("damascus"), names_in_latin().get("google")
    (('دمشق',), ('غوغل', 'جوجل'))
    """
    return kept_tables().latin


def latin_spellings(exact: str) -> tuple[str, ...]:
    """The Latin spellings of the exact form of a listed name of one word, with or without ال.

    >>> latin_spellings("دمام"), latin_spellings("جوجل"), latin_spellings("كلمة")
    (('dammam',), ('google',), ())
    """
    return kept_tables().arabic.get(exact) or ()


@cache
def kept_tables() -> NameTables:
    """The tables, made on the first use of these lists on a machine, else mapped."""
    made_from = repr((ANALYSIS_VERSION, NAMES_VERSION, FORMAT)).encode() + lists()
    name = f"names-{hashlib.sha256(made_from).hexdigest()[:16]}.mapped"
    return kept(name, _opened, lambda: packed(name_rows()))


def _opened(file: LexiconFile) -> NameTables:
    return NameTables(*(MappedTable(file, name, tuple) for name in NameTables._fields))


def name_rows() -> dict[str, dict[str, Sequence[str]]]:
    """The rows of the tables, made anew."""
    kinds: Rows = {}
    for one in proper_names():
        kinds.setdefault(fold(one.arabic), {})[_PLACE if one.of == "places" else "person"] = None
    for place in arab_places():
        kinds[fold(place)][_ARAB] = None
    latin: Rows = {}
    arabic: Rows = {}
    for name, spellings in in_both_scripts():
        for spelling in spellings:
            latin.setdefault(spelling, {})[name] = None
        exact = fold(name)
        if " " not in name and spellings:
            for form in {exact, exact.removeprefix("ال")}:
                arabic.setdefault(form, {}).update(dict.fromkeys(spellings))
    listed = {"kinds": kinds, "latin": latin, "arabic": arabic}
    return {name: {key: list(row) for key, row in rows.items()} for name, rows in listed.items()}
