"""Narrowing: what `field:…` makes of the clause that follows it.

A searched field takes words, phrases and prefixes; an attribute takes their text; groups and
negations hand the field on to their parts.

>>> narrow("title", WordClause("السفير")).field
'title'
>>> narrow("source", WordClause("رويترز"))
AttributeFilter(name='source', text='رويترز')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawl import site_of, with_scheme
from index import FIELDS, cut
from searcher.syntax.query_ast import (
    AllOf,
    AnyOf,
    AttributeFilter,
    Clause,
    DateRange,
    NoneOf,
    PhraseClause,
    PrefixClause,
    WordClause,
)


def narrow(name: str, clause: Clause) -> Clause | None:
    """A clause within one field; None when it says nothing there."""
    match clause:
        case WordClause() | PrefixClause() | PhraseClause() if name in FIELDS:
            return replace(clause, field=name)
        case WordClause(text) | PrefixClause(text):
            return _held(name, text)
        case PhraseClause(words):
            return _held(name, " ".join(words))
        case DateRange(said=said):
            return narrow(name, PhraseClause(tuple(said.split())))
        case AllOf(parts, strict):
            return AllOf(_each(name, parts), strict)
        case AnyOf(parts):
            return AnyOf(_each(name, parts))
        case NoneOf(part):
            inner = narrow(name, part)
            return NoneOf(inner) if inner else None
        case _:  # a field inside another keeps its own
            return clause


def _each(name: str, parts: Sequence[Clause]) -> tuple[Clause, ...]:
    return tuple(part for part in (narrow(name, part) for part in parts) if part)


def _held(name: str, text: str) -> AttributeFilter | None:
    if name == "site":
        text = site_of(with_scheme(text)) or text
    return AttributeFilter(name, text) if cut(text)[0] else None
