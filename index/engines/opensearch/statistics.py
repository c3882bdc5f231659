"""What scores are made of: how many documents, how long, how many hold a term; of one generation.

TermCount by the cluster over the documents that count, and remembered: a cluster's own statistics
include documents that were replaced and differ from copy to copy of a part.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from index.document import Field, Form
from index.query import And, AtLeast, Lead, Not, Or, Phrase, Query, Term

Name = tuple[Field, Form, str]

# Terms whose document frequency a process keeps: some 40 MB.
MOST_REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Totals:
    """Documents, and the words of each field in all of them."""

    documents: int
    title: int
    body: int


class Counted(NamedTuple):
    """Document frequencies in the order of their terms, and whether the whole index was counted."""

    frequencies: list[int]
    whole: bool


@dataclass(slots=True)
class Statistics:
    """The totals of a generation, and document frequencies; `whole`: of all of the index."""

    totals: Totals
    frequencies: dict[Name, int] = field(default_factory=dict)
    whole: bool = True

    def learn(self, query: Query, count: Callable[[Sequence[Name]], Counted]) -> Statistics:
        """Statistics of the terms of a query, the unknown ones counted, all at once.

        What the whole index told is remembered here.
        """
        known = self.frequencies
        names = list(dict.fromkeys(terms_of(query)))
        wanted = [name for name in names if name not in known]
        told = {name: known[name] for name in names if name in known}
        whole = True
        if wanted:
            counts, whole = count(wanted)
            told |= zip(wanted, counts, strict=True)
        if wanted and whole:
            if len(known) + len(wanted) > MOST_REMEMBERED:
                self.frequencies = known = {}  # what another thread uses now stays as it is
            known.update(told)
        return Statistics(self.totals, told, whole)

    def idf(self, field_: Field, form: Form, text: str) -> float:
        """`log(N / (n + 1)) + 1`, as `memory:` has it; 0 in an empty index."""
        everyone = self.totals.documents
        holding = self.frequencies.get((field_, form, text), 0)
        return math.log(everyone / (holding + 1)) + 1 if everyone else 0.0

    def average(self, field_: Field) -> float:
        """The mean number of words of a field."""
        words = self.totals.title if field_ == "title" else self.totals.body
        return words / self.totals.documents if self.totals.documents else 0.0


NO_STATISTICS = Statistics(Totals(0, 0, 0))


def terms_of(query: Query) -> Iterable[Name]:
    """The terms whose scores a query adds up."""
    match query:
        case Term(field_, form, text):
            yield field_, form, text
        case Phrase(field_, form, slots):
            yield from ((field_, form, text) for slot in slots for text in slot)
        case Lead(term):
            yield from terms_of(term)
        case And(parts) | Or(parts) | AtLeast(_, parts):
            for part in parts:
                yield from terms_of(part)
        case Not() | _:
            return
