"""Highlights: the words of a document that answer a query, each with its reason.

What the query looks for is laid out once a page of hits, as a table from index term to the number
of the highlight term it stands for. The engine says where these terms stand in a document; its text
is only cut into words to find them as written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from index import FIELDS, FORMS, Field, Form, Located, Positions, Why, chain_places, cut, query
from searcher.expansion.expand import HighlightTerm
from searcher.expansion.weights import CERTAINTY


class Mark(NamedTuple):
    """A word of a text that answers: its place among the words, its span, what it answers, why.

    `sought` is the number of the highlight term.
    """

    place: int
    start: int
    end: int
    sought: int
    why: Why


class Highlights(NamedTuple):
    """The marks of both fields in text order, and the highlight terms that nothing answers."""

    title: list[Mark]
    body: list[Mark]
    missing: list[int]


class TermMatch(NamedTuple):
    """Which highlight term an index term stands for, and why; the smaller of two is told."""

    sought: int
    doubt: float
    why: Why


class HighlightTable(NamedTuple):
    """How many highlight terms there are, what each index term stands for, and the phrases.

    `terms` are all index terms of either, by field and form.
    """

    size: int
    matches: dict[tuple[Field, Form], dict[str, list[TermMatch]]]
    phrases: list[tuple[query.Phrase, TermMatch]]
    terms: dict[tuple[Field, Form], set[str]]


def highlight_table(sought: Sequence[HighlightTerm]) -> HighlightTable:
    """The table of some highlight terms; their trees are alternatives of terms and phrases."""
    names = [(field, form) for field in FIELDS for form in FORMS]
    table = HighlightTable(
        len(sought), {name: {} for name in names}, [], {name: set() for name in names}
    )
    for number, one in enumerate(sought):
        matches = {why: TermMatch(number, -certainty, why) for why, certainty in CERTAINTY.items()}
        for leaf in query.leaves(one.tree):
            match leaf:
                case query.Term(field, form, text, _, why):
                    table.matches[field, form].setdefault(text, []).append(matches[why])
                    table.terms[field, form].add(text)
                case query.Phrase(field, form, slots, _, _, why):
                    table.phrases.append((leaf, matches[why]))
                    table.terms[field, form].update(*slots)
    return table


def find(located: Located, table: HighlightTable) -> Highlights:
    """The highlights of a document. A word that answers two highlight terms is marked for one."""
    best: dict[Field, dict[int, TermMatch]] = {field: {} for field in FIELDS}
    answered: set[int] = set()
    for (field, form), places in located.positions.items():
        told, known = best[field], table.matches[field, form]
        for text, standing in places.items():
            if matches := known.get(text):
                answered.update(one.sought for one in matches)
                _tell(told, standing, min(matches))
    for phrase, match in table.phrases:
        if chained := _chained(phrase, located.positions):
            answered.add(match.sought)
            _tell(best[phrase.field], chained, match)
    title, body = (_marks(located.document.text(field), best[field]) for field in FIELDS)
    return Highlights(title, body, [n for n in range(table.size) if n not in answered])


def _tell(told: dict[int, TermMatch], places: Iterable[int], match: TermMatch) -> None:
    for place in places:
        if place not in told or match < told[place]:
            told[place] = match


def _chained(phrase: query.Phrase, positions: Positions) -> set[int]:
    """The places of a phrase's words where they stand in a row."""
    places = positions.get((phrase.field, phrase.form), {})
    if not all(any(text in places for text in slot) for slot in phrase.slots):
        return set()
    return set().union(*chain_places(phrase.slots, phrase.slop, places))


def _marks(text: str, told: dict[int, TermMatch]) -> list[Mark]:
    if not told:
        return []
    starts, ends = cut(text)
    return [
        Mark(place, starts[place], ends[place], match.sought, match.why)
        for place, match in sorted(told.items())
    ]
