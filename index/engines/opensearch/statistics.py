"""What scores are made of: how many documents, how long, how many hold a term; of one generation.

TermCount by the cluster over the documents that count, and remembered: a cluster's own statistics
include documents that were replaced and differ from copy to copy of a part.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from index.document import Field, Form
from index.query import And, AtLeast, Lead, Not, Or, Phrase, Query, Term

Name = tuple[Field, Form, str]

MOST_REMEMBERED = 200_000
"""Terms whose document frequency a process keeps: some 40 MB."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Documents, and the words of each field in all of them."""

    documents: int
    title: int
    body: int


@dataclass(slots=True)
class Statistics:
    """The totals of a generation, and the document frequencies that were asked for so far."""

    totals: Totals
    frequencies: dict[Name, int] = field(default_factory=dict)

    def learn(self, query: Query, count: Callable[[Sequence[Name]], list[int]]) -> None:
        """Have the unknown terms of a query counted, all at once."""
        wanted = [name for name in dict.fromkeys(terms_of(query)) if name not in self.frequencies]
        if not wanted:
            return
        if len(self.frequencies) + len(wanted) > MOST_REMEMBERED:
            self.frequencies = {}
            wanted = list(dict.fromkeys(terms_of(query)))
        self.frequencies |= zip(wanted, count(wanted), strict=True)

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
