"""Expand: from a `Request` to the query trees that an index can answer.

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

import searcher.expansion.weights as weights
from index import Vocabulary, analysis, fold, query
from searcher.expansion.lookup import Lookup
from searcher.expansion.term_trees import fields, phrase_tree, word_tree
from searcher.syntax.query_ast import (
    AllOf,
    AnyOf,
    Between,
    Held,
    Leaf,
    Prefix,
    Quote,
    Request,
    Wish,
    Without,
    Word,
    leaves,
)

MOST_SPELLINGS = 200
"""Words that one `كلم*` stands for; the most frequent, where there are more."""
MOST_IN_ALL = 1_000
"""Words that all the `كلم*` of a query stand for together."""


class Clue(NamedTuple):
    """A word or phrase of the query as typed, what in a text answers it, and what it weighs."""

    word: str
    tree: query.Query
    weight: float


@dataclass(frozen=True)  # without slots: `clues` are made when they are first asked for
class Plan:
    """A query ready for an index: `strict` wants everything; `wider` is tried when few have it all.

    `soft` are the trees of the plain words, and an article that holds them all gains `whole`, as a
    share of what they add; `bonus` holds what a document need not have, and is better for; `leaves`
    are the words that an article may show marked, `parts` the wishes with the tree of each.
    """

    strict: query.Query
    wider: tuple[query.Query, ...]
    soft: tuple[query.Query, ...]
    whole: float
    bonus: tuple[query.Query, ...]
    leaves: tuple[Leaf, ...]
    parts: tuple[tuple[str, query.Query], ...]
    expander: _Expander

    @cached_property
    def clues(self) -> tuple[Clue, ...]:
        """What to look for in the text of a hit."""
        return tuple(map(self.expander.clue, self.leaves))

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about what was left out."""
        return tuple(dict.fromkeys(self.expander.notes))


def expand(request: Request, vocabulary: Vocabulary | Lookup, *, bare_dates: bool = True) -> Plan:
    """The trees of a request over an index's terms.

    `bare_dates` false reads a time said in plain words («أمس») as those words.
    """
    wishes = (request if bare_dates else request.with_dates_as_words()).wishes
    lookup = vocabulary if isinstance(vocabulary, Lookup) else Lookup(vocabulary)
    expander = _Expander(lookup, wishes)
    plain, stops = _told_apart(wishes)
    soft = tuple(map(expander.tree, plain))
    built = [wish for wish in wishes if not _is_plain(wish)]
    hard = tuple(map(expander.tree, built))
    counts = sorted({weights.least(len(soft)), 1}, reverse=True) if soft else []
    whole = weights.whole(len(soft))

    def holding(count: int) -> query.Query:
        """Everything built by hand, and so many of the plain words."""
        return query.And((*hard, query.AtLeast(count, soft, whole)) if soft else hard)

    return Plan(
        strict=holding(len(soft)) if hard or soft else query.Nothing(),
        wider=tuple(holding(count) for count in counts if count < len(soft)),
        soft=soft,
        whole=whole if soft else 0.0,
        bonus=tuple(expander.bonus(plain, stops)),
        leaves=tuple(leaf for wish in wishes if wish not in stops for leaf in leaves(wish)),
        parts=tuple(zip(map(_label, (*built, *plain)), (*hard, *soft), strict=True)),
        expander=expander,
    )


def is_stopword(wish: Wish) -> bool:
    """Whether a wish is a word that almost every text holds."""
    return isinstance(wish, Word) and not wish.spelled and analysis.is_stopword(fold(wish.text))


def _is_plain(wish: Wish) -> bool:
    """Whether a wish may be missing from a text that holds most of the others."""
    return isinstance(wish, Word | Prefix) or (
        isinstance(wish, AnyOf) and all(isinstance(part, Word) for part in wish.parts)
    )


def _told_apart(wishes: Sequence[Wish]) -> tuple[list[Wish], list[Wish]]:
    """The plain wishes that tell, and the stop words; these tell where there is nothing else."""
    plain = [wish for wish in wishes if _is_plain(wish)]
    stops = [wish for wish in plain if is_stopword(wish)]
    if not stops:
        return plain, []
    telling = [wish for wish in plain if wish not in stops]
    if telling or any(True for wish in wishes if not _is_plain(wish) for _ in leaves(wish)):
        return telling, stops
    return plain, []


class _Expander:
    """Looks words up in one vocabulary; keeps what it had to leave out as sentences."""

    def __init__(self, lookup: Lookup, wishes: Sequence[Wish]) -> None:
        words = [wish.text for wish in wishes if isinstance(wish, Word) and not wish.spelled]
        self.lookup = lookup
        self.notes: list[str] = []
        self.spellings_left = MOST_IN_ALL
        self._made: dict[Wish, query.Query] = {}
        self.joined = lookup.joined(words)

    def tree(self, wish: Wish) -> query.Query:
        """What a document must hold to satisfy a wish; made once."""
        if wish not in self._made:
            self._made[wish] = self._tree(wish)
        return self._made[wish]

    def _tree(self, wish: Wish) -> query.Query:
        match wish:
            case Word():
                joined = () if wish.spelled else tuple(self.joined.get(wish.text, ()))
                return word_tree(wish, joined, self.lookup)
            case Prefix():
                return self._prefix(wish)
            case Quote(words, slop, spelled, field):
                return phrase_tree(words, field, self.lookup, slop=slop, spelled=spelled)
            case Held(name, text):
                return query.Attribute(name, text)
            case Between(since, until):
                return query.Dates(since, until)
            case AllOf(parts):
                return query.And(tuple(map(self.tree, parts)))
            case AnyOf(parts):
                return query.Or(tuple(map(self.tree, parts)))
            case Without(part):
                return query.Not(self.tree(part))

    def clue(self, leaf: Leaf) -> Clue:
        """What marks a leaf in a text, and what it weighs when a passage is chosen."""
        tree = self.tree(leaf)
        match leaf:
            case Word(text):
                return Clue(text, tree, 1.0)
            case Prefix(text):
                return Clue(text + "*", tree, 1.0)
            case Quote(words):
                return Clue(" ".join(words), tree, len(words))

    def bonus(self, plain: Sequence[Wish], stops: Sequence[Wish]) -> Iterator[query.Query]:
        """What a document is better for, see `weights`.

        Neighbours are told by the body's dictionary words alone: every word's variants in every
        field would tell little more, at three times the cost.
        """
        lemmas = [self.lookup.lemmas(wish.text)[0] for wish in plain if isinstance(wish, Word)]
        for wish in stops:
            if weights.STOPWORD and isinstance(wish, Word):
                yield query.Term("body", "exact", fold(wish.text), weights.STOPWORD)
        for pair in pairwise(lemmas) if weights.NEIGHBOURS else ():
            slots = tuple((text,) for text in pair)
            yield query.Phrase("body", "lemma", slots, weights.NEIGHBOUR_SLOP, weights.NEIGHBOURS)

    def _prefix(self, prefix: Prefix) -> query.Query:
        most = min(MOST_SPELLINGS, self.spellings_left)
        found = self.lookup.beginning(prefix.text, most + 1)
        if len(found) > most:
            del found[most:]
            note = f"تبدأ أكثر من {most} كلمة بـ«{prefix.text}»: بحثنا عن أكثرها ورودًا."
            self.notes.append(note)
        self.spellings_left -= len(found)
        return query.Or(
            tuple(
                query.Term(field, "exact", text, weights.FIELD[field], "prefix")
                for field in fields(prefix.field)
                for text in found
            )
        )


def _label(wish: Wish) -> str:
    """The words of a wish, as typed."""
    return " | ".join(
        leaf.text if isinstance(leaf, Word | Prefix) else " ".join(leaf.words)
        for leaf in leaves(wish)
    )
