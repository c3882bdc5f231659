"""Query AST: what a reader asked for, as a tree of their own words.

`parse` makes it from a string and `expand` turns it into an `index.query` tree over the terms of
an index. Between the two, words are still as typed: the Arabic behind them is looked up once the
index is known.

    WordClause       one word, in any of its inflections; `spelled`: exactly so
    PrefixClause     words that begin so
    PhraseClause     words in this order, at most `slop` others between neighbours
    AttributeFilter  an attribute of the article, such as its source, holds this
    DateRange        published between two days; `bare`: read out of plain words, so perhaps no date
    AllOf AnyOf NoneOf
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index import AttributeName, Field, cut
from searcher.notes import Note


@dataclass(frozen=True, slots=True)
class WordClause:
    """A word as typed; `field` narrows it to the title or the body.

    `slips`: so many letters may be missing, added, wrong or swapped in what is found.
    """

    text: str
    spelled: bool = False
    field: Field | None = None
    slips: int = 0


@dataclass(frozen=True, slots=True)
class PrefixClause:
    """The beginning of words, without its `*`."""

    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class PhraseClause:
    """Words in quotation marks; in any order where `ordered` is false."""

    words: tuple[str, ...]
    slop: int = 0
    spelled: bool = False
    field: Field | None = None
    ordered: bool = True

    @property
    def may_be_loosened(self) -> bool:
        """Whether its words will do where no article has the phrase."""
        return self.ordered and not self.spelled


@dataclass(frozen=True, slots=True)
class AttributeFilter:
    """`source:…`, `author:…`, `tag:…` and the other attributes of `index.ATTRIBUTES`."""

    name: AttributeName
    text: str


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days, both included, ISO or empty for open; `said` is what the reader typed."""

    since: str
    until: str
    said: str
    bare: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """Parts that are all wanted; `strict`: joined by AND, so that none may be missing."""

    parts: tuple[Clause, ...]
    strict: bool = False


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Parts of which one is enough."""

    parts: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """What an article must not hold; `said`: the plain words that excluded it («ليس»), if any."""

    part: Clause
    said: str = ""


Leaf = WordClause | PrefixClause | PhraseClause
Clause = (
    WordClause | PrefixClause | PhraseClause | AttributeFilter | DateRange | AllOf | AnyOf | NoneOf
)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A parsed query: clauses side by side, and sentences about what could not be used of it."""

    text: str
    clauses: tuple[Clause, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def has_bare_dates(self) -> bool:
        """Whether plain words were read as a time."""
        return any(isinstance(clause, DateRange) and clause.bare for clause in self.clauses)

    @property
    def has_bare_exclusions(self) -> bool:
        """Whether plain words were read as an exclusion."""
        return any(isinstance(clause, NoneOf) and clause.said for clause in self.clauses)

    @property
    def has_quotes(self) -> bool:
        """Whether a phrase is wanted whose words could do."""
        return any(
            isinstance(clause, PhraseClause) and clause.may_be_loosened for clause in self.clauses
        )

    @property
    def words(self) -> int:
        """How many plain words there are besides everything else."""
        return sum(isinstance(clause, WordClause) for clause in self.clauses)

    def with_dates_as_words(self) -> ParsedQuery:
        """The request without the times that plain words named."""
        return self._with(
            [WordClause(clause.said[a:b]) for a, b in zip(*cut(clause.said), strict=True)]
            if isinstance(clause, DateRange) and clause.bare
            else [clause]
            for clause in self.clauses
        )

    def with_exclusions_as_words(self) -> ParsedQuery:
        """The query with «ليس كذا» as the words that it is, and no note that says otherwise."""
        kept = tuple(note for note in self.notes if note.code != "excluded")
        plain = self._with(
            [*(WordClause(word) for word in clause.said.split()), clause.part]
            if isinstance(clause, NoneOf) and clause.said
            else [clause]
            for clause in self.clauses
        )
        return replace(plain, notes=kept)

    def with_quotes_as_words(self, note: Note) -> ParsedQuery:
        """The request with each phrase taken apart into its words, and a note that says so."""
        loosened = self._with(
            [WordClause(word, field=clause.field) for word in clause.words]
            if isinstance(clause, PhraseClause) and clause.may_be_loosened
            else [clause]
            for clause in self.clauses
        )
        return replace(loosened, notes=(*self.notes, note))

    def _with(self, clauses: Iterable[Sequence[Clause]]) -> ParsedQuery:
        return replace(
            self, clauses=tuple(dict.fromkeys(clause for some in clauses for clause in some))
        )


def leaves(clause: Clause) -> Iterator[Leaf]:
    """The words of a clause that an article may show marked, in order; nothing under a NoneOf."""
    match clause:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case WordClause() | PrefixClause() | PhraseClause():
            yield clause
        case _:
            return
