"""Evidence: where a document answers a query, word by word.

What the clues ask for is laid out as a table from term to clue once a page of hits. The engine says
where these terms stand in a document; its text is only cut into words to find them as written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from index import FIELDS, FORMS, Field, Form, Located, Positions, Why, cut, query
from searcher.expansion.expand import Clue
from searcher.expansion.weights import CERTAINTY


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


class Answer(NamedTuple):
    """Which clue a word answers and why; of two answers the smaller one is told."""

    clue: int
    doubt: float
    why: Why


class Wanted(NamedTuple):
    """How many clues there are, what each term answers, the phrases, and all terms of either."""

    clues: int
    answers: dict[tuple[Field, Form], dict[str, list[Answer]]]
    phrases: list[tuple[query.Phrase, Answer]]
    terms: dict[tuple[Field, Form], set[str]]


def wanted_by(clues: Sequence[Clue]) -> Wanted:
    """The table of what the clues ask for; their trees are alternatives of terms and phrases."""
    names = [(field, form) for field in FIELDS for form in FORMS]
    wanted = Wanted(len(clues), {name: {} for name in names}, [], {name: set() for name in names})
    for number, clue in enumerate(clues):
        answers = {why: Answer(number, -certainty, why) for why, certainty in CERTAINTY.items()}
        for leaf in query.leaves(clue.tree):
            match leaf:
                case query.Term(field, form, text, _, why):
                    wanted.answers[field, form].setdefault(text, []).append(answers[why])
                    wanted.terms[field, form].add(text)
                case query.Phrase(field, form, slots, _, _, why):
                    wanted.phrases.append((leaf, answers[why]))
                    wanted.terms[field, form].update(*slots)
    return wanted


def find(located: Located, wanted: Wanted) -> Evidence:
    """The evidence of a document. A word that answers two clues is marked for the first."""
    best: dict[Field, dict[int, Answer]] = {field: {} for field in FIELDS}
    answered: set[int] = set()
    for (field, form), places in located.positions.items():
        told, table = best[field], wanted.answers[field, form]
        for text, standing in places.items():
            if answers := table.get(text):
                answered.update(answer.clue for answer in answers)
                _tell(told, standing, min(answers))
    for phrase, answer in wanted.phrases:
        if chained := _chained(phrase, located.positions):
            answered.add(answer.clue)
            _tell(best[phrase.field], chained, answer)
    title, body = (_marks(located.document.text(field), best[field]) for field in FIELDS)
    return Evidence(title, body, [n for n in range(wanted.clues) if n not in answered])


def _tell(told: dict[int, Answer], places: Iterable[int], answer: Answer) -> None:
    for place in places:
        if place not in told or answer < told[place]:
            told[place] = answer


def _chained(phrase: query.Phrase, positions: Positions) -> set[int]:
    """The places of a phrase's words where they stand in a row."""
    places = positions.get((phrase.field, phrase.form), {})
    if not all(any(text in places for text in slot) for slot in phrase.slots):
        return set()
    return set().union(*query.chain_places(phrase, places))


def _marks(text: str, told: dict[int, Answer]) -> list[Mark]:
    if not told:
        return []
    starts, ends = cut(text)
    return [
        Mark(place, starts[place], ends[place], answer.clue, answer.why)
        for place, answer in sorted(told.items())
    ]
