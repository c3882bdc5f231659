"""A query tree as the cluster's query language, so that it matches and scores as defined.

Each shape was compared with the definition on a real cluster; what looks simpler gave other
answers: a phrase with gaps is a right-nested chain of `span_near`, two clauses each (flat or
left-nested ones miss or add documents), and a term's score is worked out by a script from its
frequency, which the fields' similarity hands over as it is, and the exact length of the field.
What only narrows stands as a filter, which adds nothing to a score.

>>> compiled(Dates("2015-07-01"), NO_STATISTICS)
{'bool': {'filter': [{'range': {'day': {'gte': '2015-07-01'}}}]}}
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from index.attribute_words import loose_words
from index.document import Field, Form
from index.engine import BM25_B, BM25_K1, Recency
from index.engines.opensearch.statistics import NO_STATISTICS, Statistics
from index.query import (
    And,
    AtLeast,
    Attribute,
    Dates,
    Everything,
    Lead,
    Not,
    Nothing,
    Or,
    Phrase,
    Query,
    Term,
)

Dsl = dict[str, Any]

__all__ = ["NO_STATISTICS", "Dsl", "compiled", "leaves", "narrowing", "with_recency"]

ALL: Dsl = {"match_all": {}}
NONE: Dsl = {"match_none": {}}

# `_score` is the term's frequency; w = boost * idf * (k1 + 1), a + b * length = k1 * (1 - B + …).
BM25 = "params.w*_score/(_score+params.a+params.b*doc[params.l].value)"
RECENCY = (
    "doc['ordinal'].size()==0?_score:_score*(1+params.w*params.h"
    "/(params.h+Math.max(0,params.today-doc['ordinal'].value)))"
)


def compiled(query: Query, statistics: Statistics) -> Dsl:
    """The query with its scores; `statistics` must know its terms."""
    match query:
        case Term(field, form, text, boost):
            return _scored_term(field, form, text, boost, statistics)
        case Phrase(field, form, slots, _, boost):
            terms = [
                _scored_term(field, form, text, boost, statistics)
                for slot in slots
                for text in slot
            ]
            return _both(narrowing(query), terms)
        case Lead(term):
            return _both(narrowing(query), [compiled(term, statistics)])
        case And(parts):
            scoring, others = _apart(parts)
            return _bool(
                must=[compiled(part, statistics) for part in scoring],
                filter=[narrowing(part) for part in others],
            )
        case Or(parts):
            return _any(1, [compiled(part, statistics) for part in parts])
        case AtLeast(count, parts, coordination):
            made = [compiled(part, statistics) for part in parts]
            if coordination and parts:
                made_whole = _script(_bool(must=made), "_score*params.w", {"w": coordination})
                return _bool(must=[_any(count, made)], should=[made_whole])
            return _any(count, made)
        case _:
            return _bool(filter=[narrowing(query)])


def narrowing(query: Query) -> Dsl:
    """The query as a filter: what it matches, without scores."""
    match query:
        case Term(field, form, text):
            return {"term": {f"{field}.{form}": text}}
        case Phrase():
            return _chain(query)
        case Lead(term, words):
            if words < 1:
                return NONE
            return {"span_first": {"match": _span(term.field, term.form, term.text), "end": words}}
        case Attribute(name, text):
            wanted = " ".join(loose_words(text))
            return {"match_phrase": {f"words.{name}": wanted}} if wanted else NONE
        case Dates(since, until):
            bounds = {"gte": since, "lte": until}
            kept = {side: day for side, day in bounds.items() if day}
            return {"range": {"day": kept}} if kept else ALL
        case And(parts):
            return _bool(filter=[narrowing(part) for part in parts])
        case Or(parts):
            return _any(1, [narrowing(part) for part in parts])
        case AtLeast(count, parts):
            return _any(count, [narrowing(part) for part in parts])
        case Not(part):
            return {"bool": {"must_not": [narrowing(part)]}}
        case Everything():
            return ALL
        case Nothing():
            return NONE


def with_recency(query: Dsl, recency: Recency, today: int) -> Dsl:
    """The query with its scores raised for what is new; `today` is an ordinal day."""
    return _script(query, RECENCY, {"w": recency.weight, "h": recency.half_life, "today": today})


def leaves(query: Query, *, scored: bool = True) -> int:
    """How many clauses a query becomes, as a cluster counts them: the leaves of what is compiled.

    >>> leaves(And((Term("body", "exact", "سفير"), Not(Term("body", "exact", "وزير")))))
    2
    """
    match query:
        case Phrase(_, _, slots) if slots and all(slots):
            spans = sum(len(dict.fromkeys(slot)) for slot in slots)
            return spans + (sum(map(len, slots)) if scored else 0)
        case Phrase(_, _, slots):
            return 1 + (sum(map(len, slots)) if scored else 0)
        case Lead(_):
            return 2 if scored else 1
        case And(parts) if parts:
            return sum(leaves(part, scored=scored and not _narrows(part)) for part in parts)
        case Or(parts) if parts:
            return sum(leaves(part, scored=scored) for part in parts)
        case AtLeast(count, parts, coordination):
            each = sum(leaves(part, scored=scored) for part in parts)
            needed = 1 if count > len(parts) else each + (count < 1)
            return needed + (each if scored and coordination else 0)
        case Not(part):
            return leaves(part, scored=False)
        case _:
            return 1


def _scored_term(field: Field, form: Form, text: str, boost: float, known: Statistics) -> Dsl:
    matching = {"term": {f"{field}.{form}": text}}
    if boost <= 0:
        return _bool(filter=[matching])
    parameters = {
        "w": boost * known.idf(field, form, text) * (BM25_K1 + 1),
        "a": BM25_K1 * (1 - BM25_B),
        "b": BM25_K1 * BM25_B / (known.average(field) or 1),
        "l": f"length.{field}",
    }
    return _script(matching, BM25, parameters)


def _script(query: Dsl, source: str, parameters: dict[str, Any]) -> Dsl:
    return {"script_score": {"query": query, "script": {"source": source, "params": parameters}}}


def _bool(**parts: list[Dsl]) -> Dsl:
    kept = {name: part for name, part in parts.items() if part}
    if not kept:
        return _bool(filter=[ALL])  # `match_all` itself would score
    if kept.keys() == {"should"}:
        kept["filter"] = [ALL]
    return {"bool": kept}


def _any(count: int, parts: list[Dsl]) -> Dsl:
    """At least so many of the parts; those beyond still add to the score."""
    if count > len(parts):
        return NONE
    if count < 1:
        return _bool(filter=[ALL], should=parts)
    return {"bool": {"should": parts, "minimum_should_match": count}}


def _both(condition: Dsl, terms: list[Dsl]) -> Dsl:
    """What meets the condition, with the scores of those of the terms that occur."""
    return _bool(filter=[condition], should=terms)


def _apart(parts: Sequence[Query]) -> tuple[list[Query], list[Query]]:
    scoring = [part for part in parts if not _narrows(part)]
    return scoring, [part for part in parts if _narrows(part)]


def _narrows(query: Query) -> bool:
    return isinstance(query, Attribute | Dates | Not | Everything | Nothing)


def _span(field: Field, form: Form, text: str) -> Dsl:
    return {"span_term": {f"{field}.{form}": text}}


def _chain(phrase: Phrase) -> Dsl:
    """Slots in order, at most `slop` words between neighbours: near(a, near(b, c))."""
    slots = [list(_alternatives(phrase, slot)) for slot in phrase.slots]
    if not slots or not all(slots):
        return NONE
    spans = [slot[0] if len(slot) == 1 else {"span_or": {"clauses": slot}} for slot in slots]
    chain = spans.pop()
    while spans:
        near = {"clauses": [spans.pop(), chain], "slop": phrase.slop, "in_order": True}
        chain = {"span_near": near}
    return chain


def _alternatives(phrase: Phrase, slot: tuple[str, ...]) -> Iterator[Dsl]:
    for text in dict.fromkeys(slot):
        yield _span(phrase.field, phrase.form, text)
