"""Evidence: where a document answers a query, word by word.

What the clues ask for is laid out as a table from term to clue once a page of hits; a document is
then one walk over its words. Only phrases need its positions, and only for their own terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index import FIELDS, FORMS, Columns, Document, Field, Form, Tokens, Why, columns, query
from searcher.expand import Clue
from searcher.weights import CERTAINTY


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


class Wanted(NamedTuple):
    """How many clues there are, which of them each term answers and why, and the phrases."""

    clues: int
    terms: dict[tuple[Field, Form], dict[str, list[tuple[int, Why]]]]
    phrases: list[tuple[int, query.Phrase]]


def wanted_by(clues: Sequence[Clue]) -> Wanted:
    """The table of what the clues ask for; their trees are alternatives of terms and phrases."""
    wanted = Wanted(len(clues), {(field, form): {} for field in FIELDS for form in FORMS}, [])
    for number, clue in enumerate(clues):
        for leaf in query.leaves(clue.tree):
            match leaf:
                case query.Term(field, form, text, _, why):
                    wanted.terms[field, form].setdefault(text, []).append((number, why))
                case query.Phrase():
                    wanted.phrases.append((number, leaf))
    return wanted


def find(document: Document, wanted: Wanted) -> Evidence:
    """The evidence of a document. A word that answers two clues is marked for the first."""
    by_field = {field: columns(document.text(field)) for field in FIELDS}
    best: dict[Field, dict[int, tuple[int, float, Why]]] = {field: {} for field in FIELDS}
    answered = set()
    for field, place, number, why in _answers(document, by_field, wanted):
        answered.add(number)
        order = (number, -CERTAINTY[why], why)
        if place not in best[field] or order < best[field][place]:
            best[field][place] = order
    title, body = (_marks(by_field[field], best[field]) for field in FIELDS)
    return Evidence(title, body, [n for n in range(wanted.clues) if n not in answered])


def _marks(words: Columns, best: dict[int, tuple[int, float, Why]]) -> list[Mark]:
    return [
        Mark(place, words.starts[place], words.ends[place], number, why)
        for place, (number, _, why) in sorted(best.items())
    ]


def _answers(
    document: Document, by_field: dict[Field, Columns], wanted: Wanted
) -> Iterator[tuple[Field, int, int, Why]]:
    """Every (field, place, clue, reason) at which a word answers."""
    for (field, form), table in wanted.terms.items():
        words = by_field[field]
        for place, text in enumerate(words.exact if form == "exact" else words.lemma):
            if text in table:
                for number, why in table[text]:
                    yield field, place, number, why
    for number, phrase in wanted.phrases:
        tokens = _tokens(document, by_field, phrase)
        for field, place, why in query.spans(phrase, tokens):
            yield field, place, number, why


def _tokens(document: Document, by_field: dict[Field, Columns], phrase: query.Phrase) -> Tokens:
    """The document's tokens, with the positions of a phrase's terms only."""
    words = by_field[phrase.field]
    wanted = {text for slot in phrase.slots for text in slot}
    places: dict[str, list[int]] = {}
    for place, text in enumerate(words.exact if phrase.form == "exact" else words.lemma):
        if text in wanted:
            places.setdefault(text, []).append(place)
    return Tokens(document, by_field, {(phrase.field, phrase.form): places})
