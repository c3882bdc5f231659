"""Expand: from a `Request` to the query trees that an index can answer.

Each word becomes every index term that means it (`index.analysis.variants`), over both fields. The
words and parts are then joined twice: `strict`, where none may be missing, and `loose`, where most
of the plain words suffice while whatever the reader built by hand (phrases, fields, dates, AND,
NOT) still holds. Stop words are looked for in phrases, or where there is nothing else.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import searcher.weights as weights
from index import FIELDS, Field, Form, Variant, Vocabulary, Why, analysis, cut, fold, query
from searcher.request import (
    AllOf,
    AnyOf,
    Between,
    Held,
    Prefix,
    Quote,
    Request,
    Wish,
    Without,
    Word,
    leaves,
)

MOST_SPELLINGS = 200
"""Words that one `كلم*` stands for; the shortest, where there are more."""


class Clue(NamedTuple):
    """A word or phrase of the query as typed, and what in a text answers it."""

    word: str
    tree: query.Query
    weight: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A query ready for an index; `loose` is `strict` itself where nothing may be missing."""

    strict: query.Query
    loose: query.Query
    bonus: tuple[query.Query, ...]
    clues: tuple[Clue, ...]
    notes: tuple[str, ...] = ()


def expand(request: Request, vocabulary: Vocabulary, *, bare_dates: bool = True) -> Plan:
    """The trees of a request over an index's terms.

    `bare_dates` false reads a time said in plain words («أمس») as those words.
    """
    wishes = request.wishes if bare_dates else tuple(_dates_as_words(request.wishes))
    plain = _meant(wishes)
    expander = _Expander(vocabulary, [wish for wish in wishes if isinstance(wish, Word)])
    soft = tuple(expander.tree(wish) for wish in plain)
    hard = tuple(expander.tree(wish) for wish in wishes if not _is_plain(wish))
    strict = query.And((*hard, *soft)) if hard or soft else query.Nothing()
    least = weights.least(len(soft))
    loose = query.And((*hard, query.AtLeast(least, soft))) if least < len(soft) else strict
    shown = [leaf for wish in wishes for leaf in leaves(wish)]
    telling = [leaf for leaf in shown if not is_stopword(leaf)]
    clues = tuple(expander.clue(leaf) for leaf in telling or shown)
    return Plan(strict, loose, expander.bonus(plain, soft), clues, tuple(expander.notes))


def required(request: Request, vocabulary: Vocabulary) -> query.Query:
    """The tree in which no word may be missing; what `explain` asks of a text."""
    return expand(request, vocabulary, bare_dates=False).strict


def is_stopword(wish: Wish) -> bool:
    """Whether a wish is a word that almost every text holds."""
    return isinstance(wish, Word) and not wish.spelled and analysis.is_stopword(fold(wish.text))


def _is_plain(wish: Wish) -> bool:
    """Whether a wish may be missing from a text that holds most of the others."""
    return isinstance(wish, Word | Prefix) or (
        isinstance(wish, AnyOf) and all(isinstance(part, Word) for part in wish.parts)
    )


def _meant(wishes: Sequence[Wish]) -> list[Wish]:
    """The plain wishes without stop words, unless nothing else says what is searched for."""
    plain = [wish for wish in wishes if _is_plain(wish)]
    telling = [wish for wish in plain if not is_stopword(wish)]
    if telling or any(True for wish in wishes if not _is_plain(wish) for _ in leaves(wish)):
        return telling
    return plain


def _dates_as_words(wishes: Sequence[Wish]) -> Iterator[Wish]:
    for wish in wishes:
        if isinstance(wish, Between) and wish.bare:
            yield from (Word(wish.said[a:b]) for a, b in zip(*cut(wish.said), strict=True))
        else:
            yield wish


class _Expander:
    """Looks words up in one vocabulary; keeps what it had to leave out as sentences."""

    def __init__(self, vocabulary: Vocabulary, words: Sequence[Word]) -> None:
        self.vocabulary = vocabulary
        self.notes: list[str] = []
        self.rewritten = self._rewritings([word.text for word in words if not word.spelled])

    def tree(self, wish: Wish) -> query.Query:
        """What a document must hold to satisfy a wish."""
        match wish:
            case Word():
                return self._word(wish)
            case Prefix():
                return self._prefix(wish)
            case Quote():
                return self._quote(wish)
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

    def clue(self, leaf: Word | Prefix | Quote) -> Clue:
        """What marks a leaf in a text, and what it weighs when a passage is chosen."""
        match leaf:
            case Word(text):
                return Clue(text, self.tree(leaf), 1.0)
            case Prefix(text):
                return Clue(text + "*", self.tree(leaf), 1.0)
            case Quote(words):
                return Clue(" ".join(words), self.tree(leaf), len(words))

    def bonus(
        self, plain: Sequence[Wish], soft: tuple[query.Query, ...]
    ) -> tuple[query.Query, ...]:
        """What a document need not hold, and is better for: see `weights`."""
        words = [wish for wish in plain if isinstance(wish, Word)]
        return (query.And(soft), *self._neighbours(words), *self._leads(words))

    def _word(self, word: Word) -> query.Query:
        found = [] if word.spelled else self._variants(word.text)
        exact = fold(word.text)
        if not any(one.form == "exact" and one.text == exact for one in found):
            found = [Variant("exact", exact, "exact", 1.0), *found]
        fields = (word.field,) if word.field else FIELDS
        terms = [
            query.Term(field, one.form, one.text, weights.of(field, one), one.why)
            for field in fields
            for one in found
        ]
        rewritten = [] if word.spelled else self.rewritten.get(word.text, [])
        return query.Or((*terms, *(self._phrase(words, fields) for words in rewritten)))

    def _variants(self, text: str) -> list[Variant]:
        return analysis.variants(text, self.vocabulary)

    def _prefix(self, prefix: Prefix) -> query.Query:
        start = fold(prefix.text)
        terms = self.vocabulary.terms("exact")
        found = terms[bisect_left(terms, start) : bisect_left(terms, start + _LAST)]
        if len(found) > MOST_SPELLINGS:
            self.notes.append(
                f"‏{prefix.text}* بداية {len(found)} كلمة: بحثنا عن أقصر {MOST_SPELLINGS} منها."
            )
            found = heapq.nsmallest(MOST_SPELLINGS, found, key=len)
        fields = (prefix.field,) if prefix.field else FIELDS
        return query.Or(
            tuple(
                query.Term(field, "exact", text, weights.FIELD[field], "prefix")
                for field in fields
                for text in found
            )
        )

    def _quote(self, quote: Quote) -> query.Query:
        fields = (quote.field,) if quote.field else FIELDS
        return self._phrase(quote.words, fields, quote.slop, spelled=quote.spelled)

    def _phrase(
        self, words: Sequence[str], fields: Sequence[Field], slop: int = 0, *, spelled: bool = False
    ) -> query.Query:
        exact = tuple((fold(word),) for word in words)
        lemma = () if spelled else tuple(self._lemmas(word) for word in words)
        return query.Or(
            tuple(
                query.Phrase(
                    field, form, slots, slop, weights.FORM[form] * weights.FIELD[field], why
                )
                for field in fields
                for form, slots, why in _phrase_forms(exact, lemma)
            )
        )

    def _lemmas(self, word: str) -> tuple[str, ...]:
        """The dictionary words that a word of a phrase may stand under."""
        found = [
            one.text
            for one in self._variants(word)
            if one.form == "lemma" and one.why in weights.NEAR
        ]
        return tuple(found) or (analysis.forms(word)[1],)

    def _neighbours(self, words: Sequence[Word]) -> Iterator[query.Query]:
        for left, right in pairwise(words):
            slots = (self._lemmas(left.text), self._lemmas(right.text))
            for field in FIELDS:
                boost = weights.NEIGHBOURS * weights.FIELD[field]
                yield query.Phrase(
                    field, "lemma", slots, weights.NEIGHBOUR_SLOP, boost, "inflected"
                )

    def _leads(self, words: Sequence[Word]) -> Iterator[query.Query]:
        for word in words:
            for lemma in self._lemmas(word.text):
                term = query.Term("body", "lemma", lemma, weights.LEAD, "inflected")
                yield query.Lead(term, weights.LEAD_WORDS)

    def _rewritings(self, words: Sequence[str]) -> dict[str, list[tuple[str, ...]]]:
        """Word → the phrases that may stand for it or for it and its neighbour."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for start, end, spelled in analysis.joined_variants(list(words), self.vocabulary):
            for word in words[start:end]:
                found.setdefault(word, []).append(spelled)
        return found


_LAST = "\U0010ffff"


def _phrase_forms(
    exact: tuple[tuple[str, ...], ...], lemma: tuple[tuple[str, ...], ...]
) -> Iterator[tuple[Form, tuple[tuple[str, ...], ...], Why]]:
    """The forms a phrase is looked for under, each with its slots."""
    yield "exact", exact, "exact"
    if lemma:
        yield "lemma", lemma, "inflected"
