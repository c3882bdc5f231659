"""Catalog: everything the page can say in one language; another language is another such value.

`text` holds the sentences by name; `{}` marks where a value goes. A test holds that all catalogs
have the same names with the same places for values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Direction = Literal["rtl", "ltr"]


class PluralForms(NamedTuple):
    """A counted noun in the six categories of CLDR; English uses `one` and `other` alone."""

    zero: str
    one: str
    two: str
    few: str
    many: str
    other: str


@dataclass(frozen=True, slots=True)
class Catalog:
    """One language of the interface.

    `plural` picks the form that a count takes. `reasons` are worded for `index.Why`, `facets` and
    `filters` for names of parameters, `notes` for the codes of `searcher.Note`. `syntax` is the
    manual: what to write, where `{a}`, `{b}` … stand for words of the archive, and what it does.
    """

    code: Literal["ar", "en"]
    name: str
    direction: Direction
    digits: Literal["arab", "latn"]
    list_separator: str
    plural: Callable[[int], str]
    text: Mapping[str, str]
    counts: Mapping[str, PluralForms]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    hijri_months: tuple[str, ...]
    hijri_year: str
    month_systems: Mapping[str, str]
    reasons: Mapping[str, str]
    sorts: Mapping[str, str]
    periods: Mapping[str, str]
    facets: Mapping[str, str]
    filters: Mapping[str, str]
    notes: Mapping[str, str]
    syntax: tuple[tuple[str, str], ...]
