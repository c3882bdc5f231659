"""SearchOptions: what is asked besides the query, by Python, command line and address alike.

Values come from outside, so each passes one reader that takes anything: what cannot be used is left
as it was and said in `notes`. Times are whatever `read_dates` reads.

>>> options = SearchOptions().but(since="رمضان 1436", source="وكالة", sort="best", limit="٢٠")
>>> options.since, options.source, options.limit
('2015-06-18', ('وكالة',), 20)
>>> options.notes
('لا نعرف الترتيب «best»: رتّبنا النتائج حسب الصلة.',)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Self, get_args

from crawl.text.letters import ascii_digits
from crawl.text.times import read_dates
from index import ATTRIBUTE, ATTRIBUTE_NAMES, FACETS, Facet, FacetPair, Filters, Sort
from searcher.notes import Note

# Values of one filter: each is compared with every article; more are chosen by nobody's hand.
MOST_VALUES = 20
# Letters of a value: the longest source or author of 19,507 articles has 110.
MOST_LETTERS = 200
# The largest limit or offset: no index of ours holds a milliard articles.
LARGEST = 10**9 - 1

_SWITCHES = {"1": True, "0": False, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class SearchOptions(Filters):
    """How a query is to be answered: filters, page, order, facets.

    `recency` prefers the newer among the relevant, or does not; None: where the query asks for
    news. `literal` takes what was typed as it stands, without corrections; `all_words` leaves out
    what lacks a word; `fold` lists a story once. `notes` are sentences
    about values that could not be used.
    """

    limit: int = 10
    offset: int = 0
    sort: Sort = "relevance"
    recency: bool | None = None
    facets: tuple[Facet, ...] = ()
    crosstabs: tuple[FacetPair, ...] = ()
    literal: bool = False
    all_words: bool = False
    fold: bool = False
    notes: tuple[Note, ...] = ()

    def but(self, **changes: object) -> Self:
        """The same with some values changed; each is read, whatever it is."""
        notes = list(self.notes)
        read = {name: self._read(name, value, notes) for name, value in changes.items()}
        new = replace(self, **read, notes=tuple(dict.fromkeys(notes)))  # type: ignore[arg-type]
        if new.since and new.until and new.since > new.until:
            new = replace(new, since=new.until, until=new.since)
        return new

    @property
    def narrowed(self) -> bool:
        """Whether any filter is on."""
        return bool(self.accepted or self.since or self.until)

    @property
    def plain(self) -> SearchOptions:
        """The options alone, without what a page makes of them: any offset and limit may be set."""
        return SearchOptions(**{one.name: getattr(self, one.name) for one in fields(SearchOptions)})

    def unfiltered(self) -> Self:
        """The same without filters."""
        return replace(self, **{field.name: field.default for field in fields(Filters)})  # type: ignore[arg-type]

    def _read(self, name: str, value: object, notes: list[Note]) -> object:
        if name in ATTRIBUTE_NAMES:
            return _values(name, value, notes)
        match name:
            case "since" | "until":
                return _day(name, value, notes)
            case "sort":
                return _sort(value, notes)
            case "facets":
                return tuple(facet for facet in _texts(value) if _is_facet(facet, notes))
            case "limit" | "offset":
                return _whole(value, getattr(self, name))
            case "recency":
                return None if value is None else _switch(value, self.recency)
            case "literal" | "all_words" | "fold":
                return _switch(value, getattr(self, name))
            case _:
                return value


def _texts(value: object) -> tuple[str, ...]:
    some = [value] if isinstance(value, str) else value if isinstance(value, Iterable) else []
    return tuple(dict.fromkeys(one for one in some if isinstance(one, str) and one.strip()))


def _values(name: str, value: object, notes: list[Note]) -> tuple[str, ...]:
    given = _texts(value)
    usable = tuple(one for one in given if len(one) <= MOST_LETTERS)[:MOST_VALUES]
    if len(usable) < len(given):
        notes.append(Note("filter-cut", ATTRIBUTE[name].label))
    return usable


def _day(name: str, value: object, notes: list[Note]) -> str:
    text = str(value or "").strip()
    if not text:
        return ""
    days = read_dates(text, date.today())
    if days is None:
        notes.append(Note("bad-date", text))
        return ""
    return days[0] if name == "since" else days[1]


def _sort(value: object, notes: list[Note]) -> Sort:
    text = str(value or "")
    for known in get_args(Sort):
        if text == known:
            return known  # type: ignore[no-any-return]
    if text:
        notes.append(Note("bad-sort", text))
    return "relevance"


def _is_facet(name: str, notes: list[Note]) -> bool:
    if name not in FACETS:
        notes.append(Note("bad-facet", name))
    return name in FACETS


def _whole(value: object, usual: int) -> int:
    """A count that was given as a number or as digits of any script; the usual one for others."""
    text = ascii_digits(str(value).strip())
    return int(text) if text.isdecimal() and len(text) <= len(str(LARGEST)) else usual


def _switch(value: object, usual: object) -> object:
    if isinstance(value, bool):
        return value
    return _SWITCHES.get(str(value).strip().lower(), usual)
