"""Expand: from a `ParsedQuery` to the query trees that an index can answer.

Each word becomes every index term that means it (`index.analysis.expansion.variants`), over both
fields. The parts are then joined from the narrowest answer to the widest: all of them, most of the
plain words, any of these; what the reader built by hand (phrases, fields, dates, AND, NOT) holds in
each. Stop words are looked for in phrases, or where there is nothing else; elsewhere they only add
to a score.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from index import Vocabulary, analysis, fold, query
from searcher.expansion.lookup import Lookup
from searcher.expansion.term_trees import clause_tree, fields, word_tree
from searcher.expansion.weights import least
from searcher.notes import Note
from searcher.syntax.query_ast import (
    AllOf,
    AnyOf,
    AttributeFilter,
    Clause,
    DateRange,
    Leaf,
    NoneOf,
    ParsedQuery,
    PhraseClause,
    PrefixClause,
    WordClause,
    leaves,
)

# Words that one `كلم*` stands for; the most frequent, where there are more.
MOST_SPELLINGS = 200
# Words that all the `كلم*` of a query stand for together.
MOST_IN_ALL = 1_000


class HighlightTerm(NamedTuple):
    """A word or phrase of the query as typed, what in a text answers it, and what it weighs."""

    word: str
    tree: query.Query
    weight: float


@dataclass(frozen=True)  # without slots: `highlight_terms` are made when they are first asked for
class QueryPlan:
    """A query ready for an index: `strict` wants everything; `wider` is tried when few have it all.

    `words` are the trees of the plain words; an article that holds them all gains `coordination`,
    as a share of what they add. `optional` holds what a document need not have, and is better for;
    `leaves` are the words that an article may show marked, `parts` the clauses with the tree of
    each.
    """

    strict: query.Query
    wider: tuple[query.Query, ...]
    words: tuple[query.Query, ...]
    coordination: float
    optional: tuple[query.Query, ...]
    leaves: tuple[Leaf, ...]
    parts: tuple[tuple[str, query.Query], ...]
    expander: _Expander

    @cached_property
    def highlight_terms(self) -> tuple[HighlightTerm, ...]:
        """What to look for in the text of a hit."""
        return tuple(map(self.expander.highlight_term, self.leaves))

    @property
    def notes(self) -> tuple[Note, ...]:
        """Sentences about what was left out."""
        return tuple(dict.fromkeys(self.expander.notes))


def expand(
    request: ParsedQuery, vocabulary: Vocabulary | Lookup, *, bare_dates: bool = True
) -> QueryPlan:
    """The trees of a request over an index's terms.

    `bare_dates` false reads a time said in plain words («أمس») as those words.
    """
    clauses = (request if bare_dates else request.with_dates_as_words()).clauses
    lookup = vocabulary if isinstance(vocabulary, Lookup) else Lookup(vocabulary)
    expander = _Expander(lookup, clauses)
    plain, stops = _told_apart(clauses)
    words = tuple(map(expander.tree, plain))
    built = [clause for clause in clauses if not _is_plain(clause)]
    hard = tuple(map(expander.tree, built))
    counts = sorted({least(len(words)), 1}, reverse=True) if words else []
    coordination = lookup.weights.gain(len(words))

    def holding(count: int) -> query.Query:
        """Everything built by hand, and so many of the plain words."""
        return query.And((*hard, query.AtLeast(count, words, coordination)) if words else hard)

    return QueryPlan(
        strict=holding(len(words)) if hard or words else query.Nothing(),
        wider=tuple(holding(count) for count in counts if count < len(words)),
        words=words,
        coordination=coordination if words else 0.0,
        optional=tuple(expander.optional(plain, stops)),
        leaves=tuple(leaf for clause in clauses if clause not in stops for leaf in leaves(clause)),
        parts=tuple(zip(map(_label, (*built, *plain)), (*hard, *words), strict=True)),
        expander=expander,
    )


def is_stopword(clause: Clause) -> bool:
    """Whether a clause is a word that almost every text holds."""
    return (
        isinstance(clause, WordClause)
        and not clause.spelled
        and analysis.is_stopword(fold(clause.text))
    )


def _is_plain(clause: Clause) -> bool:
    """Whether a clause may be missing from a text that holds most of the others."""
    return isinstance(clause, WordClause | PrefixClause) or (
        isinstance(clause, AnyOf) and all(isinstance(part, WordClause) for part in clause.parts)
    )


def _told_apart(clauses: Sequence[Clause]) -> tuple[list[Clause], list[Clause]]:
    """The plain clauses that tell, and the stop words; these tell where there is nothing else."""
    plain = [clause for clause in clauses if _is_plain(clause)]
    stops = [clause for clause in plain if is_stopword(clause)]
    if not stops:
        return plain, []
    telling = [clause for clause in plain if clause not in stops]
    if telling or any(True for clause in clauses if not _is_plain(clause) for _ in leaves(clause)):
        return telling, stops
    return plain, []


class _Expander:
    """Looks words up in one vocabulary; keeps what it had to leave out as sentences."""

    def __init__(self, lookup: Lookup, clauses: Sequence[Clause]) -> None:
        words = [
            clause.text
            for clause in clauses
            if isinstance(clause, WordClause) and not clause.spelled
        ]
        self.lookup = lookup
        self.notes: list[Note] = []
        self.spellings_left = MOST_IN_ALL
        self._made: dict[Clause, query.Query] = {}
        self.joined = lookup.joined(words)

    def tree(self, clause: Clause) -> query.Query:
        """What a document must hold to satisfy a clause; made once."""
        if clause not in self._made:
            self._made[clause] = self._tree(clause)
        return self._made[clause]

    def _tree(self, clause: Clause) -> query.Query:
        match clause:
            case WordClause():
                joined = () if clause.spelled else tuple(self.joined.get(clause.text, ()))
                return word_tree(clause, joined, self.lookup)
            case PrefixClause():
                return self._prefix(clause)
            case PhraseClause():
                return clause_tree(clause, self.lookup)
            case AttributeFilter(name, text):
                return query.Attribute(name, text)
            case DateRange(since, until):
                return query.Dates(since, until)
            case AllOf(parts):
                return query.And(tuple(map(self.tree, parts)))
            case AnyOf(parts):
                return query.Or(tuple(map(self.tree, parts)))
            case NoneOf(part):
                return query.Not(self.tree(part))

    def highlight_term(self, leaf: Leaf) -> HighlightTerm:
        """What marks a leaf in a text, and what it weighs when a passage is chosen."""
        tree = self.tree(leaf)
        match leaf:
            case WordClause(text):
                return HighlightTerm(text, tree, 1.0)
            case PrefixClause(text):
                return HighlightTerm(text + "*", tree, 1.0)
            case PhraseClause(words):
                return HighlightTerm(" ".join(words), tree, len(words))

    def optional(self, plain: Sequence[Clause], stops: Sequence[Clause]) -> Iterator[query.Query]:
        """What a document is better for, see `weights`.

        Neighbours are told by the body's dictionary words alone: every word's variants in every
        field would tell little more, at three times the cost.
        """
        lemmas = [
            self.lookup.lemmas(clause.text)[0] for clause in plain if isinstance(clause, WordClause)
        ]
        weights = self.lookup.weights
        for clause in stops:
            if weights.stopword and isinstance(clause, WordClause):
                yield query.Term("body", "exact", fold(clause.text), weights.stopword)
        for pair in pairwise(lemmas) if weights.neighbours else ():
            slots = tuple((text,) for text in pair)
            yield query.Phrase("body", "lemma", slots, weights.neighbour_slop, weights.neighbours)

    def _prefix(self, prefix: PrefixClause) -> query.Query:
        most = min(MOST_SPELLINGS, self.spellings_left)
        found = self.lookup.beginning(prefix.text, most + 1)
        if len(found) > most:
            del found[most:]
            self.notes.append(Note("many-spellings", most, prefix.text))
        self.spellings_left -= len(found)
        return query.Or(
            tuple(
                query.Term(field, "exact", text, self.lookup.weights.field(field), "prefix")
                for field in fields(prefix.field)
                for text in found
            )
        )


def _label(clause: Clause) -> str:
    """The words of a clause, as typed."""
    return " | ".join(
        leaf.text if isinstance(leaf, WordClause | PrefixClause) else " ".join(leaf.words)
        for leaf in leaves(clause)
    )
