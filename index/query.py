"""The query tree and its meaning: what a document must hold, and where it holds it.

Nodes are plain values over our own terms; engines translate them, nobody re-analyses them. The
two functions `holds()` and `spans()` are the definition: the `memory:` engine runs them as they
stand and every other engine must agree.

    Term       one term in one field under one form
    Phrase     slots in order, at most `slop` words between neighbours; a slot may hold alternatives
    Lead       a term among the first `words` tokens of a field
    Attribute  a value of an attribute, such as the source, holds these words
    Dates      published between two days, both included
    And Or AtLeast Not Everything Nothing

A score is the sum of what matched: a term's BM25 times its boost; And, Or and AtLeast add their
parts, and an AtLeast whose parts all hold adds that sum `coordination` times more; a phrase adds
the terms of its slots, times its boost; a Lead counts as its term; the others add nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.analysis import Why
from index.attribute_words import contains_words
from index.attributes import AttributeName, attribute_values
from index.chains import chain_places
from index.document import Field, Form, Tokens

# Reasons by which a word of a text is the very word that was asked for.
SURE: frozenset[Why] = frozenset({"exact", "inflected", "broken-plural", "prefix"})


@dataclass(frozen=True, slots=True)
class Term:
    """Documents whose `field` holds `text` under `form`; `why`: how the reader's word led here."""

    field: Field
    form: Form
    text: str
    boost: float = 1.0
    why: Why = "exact"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Slots in this order with at most `slop` words between neighbours; a slot lists alternatives.

    All terms of a phrase share its field and form.
    """

    field: Field
    form: Form
    slots: tuple[tuple[str, ...], ...]
    slop: int = 0
    boost: float = 1.0
    why: Why = "exact"


@dataclass(frozen=True, slots=True)
class Lead:
    """Documents that hold the term among the first `words` tokens of its field."""

    term: Term
    words: int


@dataclass(frozen=True, slots=True)
class Attribute:
    """Documents a value of whose attribute holds these words in a row, however typed."""

    name: AttributeName
    text: str


@dataclass(frozen=True, slots=True)
class Dates:
    """Documents dated from `since` to `until`, ISO days, both included; empty means open."""

    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class And:
    """Documents that hold every part; no parts hold everything."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that hold any part; no parts hold nothing."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Documents that hold `count` of the parts or more; holding all gains `coordination`."""

    count: int
    parts: tuple[Query, ...]
    coordination: float = 0.0


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that do not hold the part; adds nothing to a score."""

    part: Query


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document."""


Query = Term | Phrase | Lead | Attribute | Dates | And | Or | AtLeast | Not | Everything | Nothing


class Span(NamedTuple):
    """One token that answers the query: `position` in the field, and why it does."""

    field: Field
    position: int
    why: Why


def holds(query: Query, tokens: Tokens) -> bool:
    """Whether a document answers the query."""
    match query:
        case Term(field, form, text):
            return bool(tokens.at(field, form, text))
        case Phrase():
            return bool(query.slots) and bool(_chain_places(query, tokens)[0])
        case Lead(term, words):
            return any(place < words for place in tokens.at(term.field, term.form, term.text))
        case Attribute(name, text):
            values = attribute_values(tokens.document, name)
            return any(contains_words(value, text) for value in values)
        case Dates(since, until):
            return dated(tokens.document.day, since, until)
        case And(parts):
            return all(holds(part, tokens) for part in parts)
        case Or(parts):
            return any(holds(part, tokens) for part in parts)
        case AtLeast(count, parts):
            return sum(holds(part, tokens) for part in parts) >= count
        case Not(part):
            return not holds(part, tokens)
        case Everything():
            return True
        case Nothing():
            return False


def spans(query: Query, tokens: Tokens) -> list[Span]:
    """The tokens that answer the query, in text order, each once with its strongest reason.

    Nothing under a Not is marked, nor a part that does not hold. The strongest reason is the one of
    the highest boost, the first of equals.
    """
    best: dict[tuple[Field, int], tuple[float, Why]] = {}
    for place, boost, why in _marks(query, tokens):
        if place not in best or boost > best[place][0]:
            best[place] = (boost, why)
    in_order = sorted(best.items(), key=lambda item: (item[0][0] != "title", item[0][1]))
    return [Span(field, position, why) for (field, position), (_, why) in in_order]


def surely(query: Query) -> Query:
    """The query without what merely sounds like, means, or was corrected to its words.

    Parts under a Not stay: who excludes a word excludes all that it found. It is for counting: what
    only lifts scores is gone, so that an engine need not add any up.
    """
    match query:
        case And(parts):
            return And(tuple(map(surely, parts)))
        case Or(parts):
            return Or(tuple(surely(part) for part in parts if _is_sure(part)))
        case AtLeast(count, parts) if count == len(parts):
            return And(tuple(map(surely, parts)))
        case AtLeast(count, parts):
            return AtLeast(count, tuple(map(surely, parts)))
        case _:
            return query


def _is_sure(part: Query) -> bool:
    return not isinstance(part, Term | Phrase) or part.why in SURE


def _chain_places(phrase: Phrase, tokens: Tokens) -> list[list[int]]:
    held = tokens.positions[phrase.field, phrase.form]
    return chain_places(phrase.slots, phrase.slop, held)


def dated(day: str, since: str, until: str) -> bool:
    """Whether an ISO day lies between two; a document without one lies only in the open range."""
    if not since and not until:
        return True
    return bool(day) and day >= since and (not until or day <= until)


def leaves(query: Query) -> Iterator[Term | Phrase | Lead]:
    """The positive leaves that can mark words, in order; nothing under a Not."""
    match query:
        case Term() | Phrase() | Lead():
            yield query
        case And(parts) | Or(parts) | AtLeast(_, parts):
            for part in parts:
                yield from leaves(part)
        case _:
            return


def _marks(query: Query, tokens: Tokens) -> Iterator[tuple[tuple[Field, int], float, Why]]:
    match query:
        case Term(field, form, text, boost, why):
            for place in tokens.at(field, form, text):
                yield (field, place), boost, why
        case Phrase(field, _, _, _, boost, why):
            for places in _chain_places(query, tokens):
                for place in places:
                    yield (field, place), boost, why
        case Lead(term, words):
            for place in tokens.at(term.field, term.form, term.text):
                if place < words:
                    yield (term.field, place), term.boost, term.why
        case And(parts) | Or(parts) | AtLeast(_, parts):
            if holds(query, tokens):
                yield from _marks_of_parts(parts, tokens)
        case _:
            return


def _marks_of_parts(
    parts: Sequence[Query], tokens: Tokens
) -> Iterator[tuple[tuple[Field, int], float, Why]]:
    for part in parts:
        if holds(part, tokens):
            yield from _marks(part, tokens)
