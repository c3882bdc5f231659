"""Evidence: where a document answers a query, word by word.

Only the clues' own terms are looked up in a text, so that the cost is one walk over its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from index import FIELDS, FORMS, Columns, Document, Field, Form, Tokens, Why, columns, query
from searcher.expand import Clue


class Mark(NamedTuple):
    """A word of a text that answers a clue: its place among the words, its span, and why."""

    place: int
    start: int
    end: int
    clue: int
    why: Why


class Evidence(NamedTuple):
    """The marks of both fields in text order, and the clues that nothing answers."""

    title: list[Mark]
    body: list[Mark]
    missing: list[int]


def terms_of(clues: Sequence[Clue]) -> dict[tuple[Field, Form], set[str]]:
    """Every term that the clues ask for, by field and form."""
    wanted: dict[tuple[Field, Form], set[str]] = {
        (field, form): set() for field in FIELDS for form in FORMS
    }
    for clue in clues:
        for leaf in query.leaves(clue.tree):
            match leaf:
                case query.Term(field, form, text) | query.Lead(query.Term(field, form, text)):
                    wanted[field, form].add(text)
                case query.Phrase(field, form, slots):
                    wanted[field, form].update(text for slot in slots for text in slot)
    return wanted


def find(
    document: Document, clues: Sequence[Clue], wanted: dict[tuple[Field, Form], set[str]]
) -> Evidence:
    """The evidence of a document; `wanted` is `terms_of(clues)`, made once for a page of hits.

    A word that answers two clues is marked for the first.
    """
    tokens = _tokens(document, wanted)
    marks: dict[Field, dict[int, Mark]] = {field: {} for field in FIELDS}
    missing = []
    for number, clue in enumerate(clues):
        found = query.spans(clue.tree, tokens)
        if not found:
            missing.append(number)
        for field, place, why in found:
            words = tokens.columns[field]
            mark = Mark(place, words.starts[place], words.ends[place], number, why)
            marks[field].setdefault(place, mark)
    in_order = {field: [marks[field][place] for place in sorted(marks[field])] for field in FIELDS}
    return Evidence(in_order["title"], in_order["body"], missing)


def _tokens(document: Document, wanted: dict[tuple[Field, Form], set[str]]) -> Tokens:
    """The document's tokens, with the positions of the wanted terms only."""
    by_field = {field: columns(document.text(field)) for field in FIELDS}
    places = {
        (field, form): _places(by_field[field], form, texts)
        for (field, form), texts in wanted.items()
    }
    return Tokens(document, by_field, places)


def _places(words: Columns, form: Form, wanted: set[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, text in enumerate(words.exact if form == "exact" else words.lemma):
        if text in wanted:
            found.setdefault(text, []).append(place)
    return found
