"""Authority: which written values of an attribute name one thing, as libraries keep their names.

«عبدالله» and «عبد الله», «رياضة» and «الرياضة», «واس - جدة», «جدة - واس» and «واس (جدة)» are each
one name: counted as one, and asked for by any of them. Nothing is changed in the index; the values
of an archive are few, and are looked through once for each state of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from crawl.text.agencies import agency_credited
from index import ATTRIBUTE, AttributeName, CrossCount, Engine, Facet, FacetPair, loose_words, query
from searcher.notes import Note
from searcher.options import SearchOptions
from searcher.syntax.query_ast import AttributeFilter, Clause

_GAP = re.compile(r"\s+[-–—]\s+|[/|()،,؛;]+")
# Attributes whose values are codes, not names.
_AS_WRITTEN = ("site", "language", "story")
# Attributes in which an agency may stand beside a place or a writer.
_CREDITS = ("author", "source")

MOST_NEAREST = 3
# Unknown values of a filter for which the nearest are sought: each is held against all values.
MOST_HELPED = 2
# Likeness, of 100, under which a value is no help to who typed another.
NEAREST = 60.0

# Values whose keys are kept for the next search, and for the next state of the index: 10 MB.
MOST_REMEMBERED = 50_000

Key = tuple[str, ...]
_count = itemgetter(1)


class Family(NamedTuple):
    """The written values of one name, the most frequent first, and the one that is shown."""

    shown: str
    values: tuple[str, ...]


class Authority:
    """The names of one engine's attributes, each looked up when it is first asked for."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._families: dict[AttributeName, dict[Key, Family]] = {}
        self._shown_as: dict[AttributeName, dict[str, str]] = {}
        self._worded: dict[AttributeName, list[tuple[str, str]]] = {}

    def values(self, name: AttributeName, asked: str) -> tuple[str, ...]:
        """The written values that name what was asked for; empty when none does."""
        families = self._known(name)
        if family := families.get(key_of(name, asked)):
            return family.values
        if name not in self._worded:
            everything = (value for family in families.values() for value in family.values)
            self._worded[name] = [(_words_of(value), value) for value in everything]
        wanted = _words_of(asked)
        held = self._worded[name] if wanted.strip() else []
        return tuple(value for words, value in held if wanted in words)

    def nearest(self, name: AttributeName, asked: str) -> list[str]:
        """The shown values that are most like one that is not there."""
        from rapidfuzz import fuzz, process  # few ask for what is not there

        shown = [family.shown for family in self._known(name).values()]
        found = process.extract(
            asked, shown, scorer=fuzz.WRatio, limit=MOST_NEAREST, score_cutoff=NEAREST
        )
        return [value for value, _, _ in found]

    def widened(self, options: SearchOptions) -> SearchOptions:
        """The options with every written value of the names that the filters ask for."""
        changes: dict[str, tuple[str, ...]] = {}
        notes = list(options.notes)
        for name in options.accepted:
            asked: tuple[str, ...] = getattr(options, name)
            values = [self.values(name, one) for one in asked]
            missing = [one for one, found in zip(asked, values, strict=True) if not found]
            notes += [self.unknown(name, one) for one in missing[:MOST_HELPED]]
            notes += [_unknown(name, one) for one in missing[MOST_HELPED:]]
            changes[name] = (
                tuple(dict.fromkeys(value for some in values for value in some)) or asked
            )
        return replace(options, **changes, notes=tuple(notes))  # type: ignore[arg-type]

    def unknown(self, name: AttributeName, asked: str) -> Note:
        """The note that a value is not there, and which are most like it."""
        nearest = "، ".join(self.nearest(name, asked))
        if not nearest:
            return _unknown(name, asked)
        return Note("unknown-value-nearest", ATTRIBUTE[name].label, asked, nearest)

    def unknown_of(self, clauses: Sequence[Clause]) -> tuple[Note, ...]:
        """The notes on `source:…` and its like that ask for what is not there."""
        return tuple(
            self.unknown(clause.name, clause.text)
            for clause in clauses
            if isinstance(clause, AttributeFilter) and not self.values(clause.name, clause.text)
        )

    def merged(
        self, facets: Mapping[Facet, Sequence[tuple[str, int]]]
    ) -> dict[Facet, list[tuple[str, int]]]:
        """Counts with one line for each name, the most frequent first, then by value."""
        return {
            name: self._counted(name, counts) if _has_names(name) else list(counts)
            for name, counts in facets.items()
        }

    def merged_pairs(
        self, crosstabs: Mapping[FacetPair, Sequence[CrossCount]]
    ) -> dict[FacetPair, list[CrossCount]]:
        """Counts of pairs with one line for each pair of names, by first and second."""
        found: dict[FacetPair, list[CrossCount]] = {}
        for pair, rows in crosstabs.items():
            totals: Counter[tuple[str, str]] = Counter()
            for first, second, matches in rows:
                totals[self._shown(pair[0], first), self._shown(pair[1], second)] += matches
            found[pair] = [CrossCount(*names, number) for names, number in sorted(totals.items())]
        return found

    def _shown(self, name: Facet, value: str) -> str:
        """The one name under which a value is counted."""
        if name not in ATTRIBUTE:
            return value
        family = self._known(name).get(key_of(name, value))
        return family.shown if family else value

    def _counted(
        self, name: AttributeName, counts: Sequence[tuple[str, int]]
    ) -> list[tuple[str, int]]:
        self._known(name)
        shown_as = self._shown_as[name]
        found: dict[str, int] = {}
        for value, count in counts:  # thousands a search; one may be of a commit that came between
            shown = shown_as.get(value) or self._shown(name, value)
            found[shown] = found.get(shown, 0) + count
        return sorted(sorted(found.items()), key=_count, reverse=True)

    def _known(self, name: AttributeName) -> dict[Key, Family]:
        if name not in self._families:
            everything = self._engine.search(query.Everything(), limit=0, facets=(name,))
            grouped: dict[Key, list[str]] = {}
            for value, _ in everything.facets[name]:
                grouped.setdefault(key_of(name, value), []).append(value)
            families = {
                key: Family(_agency(name, values[0]) or values[0], tuple(values))
                for key, values in grouped.items()
            }
            self._shown_as[name] = {
                value: family.shown for family in families.values() for value in family.values
            }
            self._families[name] = families
        return self._families[name]


def _unknown(name: AttributeName, asked: str) -> Note:
    return Note("unknown-value", ATTRIBUTE[name].label, asked)


def _words_of(value: str) -> str:
    """The loosened words between blanks: one value holds another's words when it holds this."""
    return f" {' '.join(loose_words(value))} "


def _has_names(facet: Facet) -> bool:
    return facet in ATTRIBUTE and ATTRIBUTE[facet].offered


@lru_cache(MOST_REMEMBERED)
def key_of(name: AttributeName, value: str) -> Key:
    """What two values of one name have in common.

    >>> key_of("author", "واس - جدة") == key_of("author", "جدة (واس)")
    True
    >>> key_of("section", "الرياضة") == key_of("section", "رياضه")
    True
    """
    if name in _AS_WRITTEN:
        return (value.casefold(),)
    if agency := _agency(name, value):
        return (agency,)
    parts = _GAP.split(value) if name in _CREDITS else [value]
    words = [" ".join(loose_words(part)) for part in parts]
    return tuple(sorted(part for part in words if part)) or (value,)


@lru_cache(MOST_REMEMBERED)
def _agency(name: AttributeName, value: str) -> str:
    """The agency that is credited, alone or with a place or a writer."""
    return agency_credited(value) if name in _CREDITS else ""
