"""Explain: whether one text answers a query, with which of its words, and why.

The very path of a search (`parse`, `expand`, `index.query`), over a vocabulary that is the text's
own. A query that finds nothing as typed is tried again as typed on the wrong keyboard or in Latin
letters; what matched only so says `keyboard` or `latin`.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from index import Document, Tokens, Vocabulary, Why, analysis, cut, query, vocabulary_of
from searcher.corrections.correct import retypings
from searcher.corrections.strength import Strengths
from searcher.expansion.expand import HighlightTerm, expand
from searcher.expansion.weights import CERTAINTY
from searcher.syntax.parser import parse


class Matched(NamedTuple):
    """A word of the query and the word of the text that answers it, `text[start:end]`."""

    word: str
    form: str
    start: int
    end: int
    why: Why


@dataclasses.dataclass(frozen=True, slots=True)
class Explanation:
    """Whether a text answers a query, and the words by which it does, in text order."""

    match: bool
    words: tuple[Matched, ...] = ()

    @property
    def form(self) -> str | None:
        """The words of the text that match, as written; None without a match."""
        spans = dict.fromkeys((one.start, one.form) for one in sorted(self.words, key=_start))
        return " ".join(form for _, form in spans) if self.match else None

    def to_json(self) -> dict[str, Any]:
        """The object that `bahith explain` prints."""
        words = [one._asdict() for one in self.words]
        return {"match": self.match, "form": self.form, "words": words}


def explain(text_of_query: str, text: str) -> Explanation:
    """Whether a text holds every word of a query, and which of its words say so.

    >>> explain("سفير", "عاد السفراء").form
    'السفراء'
    """
    tokens = Tokens.of(Document(key="", url="", title="", body=text))
    vocabulary = vocabulary_of([tokens])
    found = _explained(text_of_query, tokens, vocabulary, None)
    if found.match:
        return found
    for tried in retypings(text_of_query, Strengths(vocabulary)):
        if (found := _explained(tried.query, tokens, vocabulary, tried.why)).match:
            return found
    return Explanation(False)


def explain_lines(lines: Iterable[str]) -> Iterator[str]:
    """One JSON answer for each JSON line `{"id": …, "query": …, "text": …}`, in order.

    A line that is no such object gets a `match` of false and an `error`.
    """
    for number, line in enumerate(lines, start=1):
        try:
            asked = json.loads(line)
            identity = {"id": asked["id"]} if "id" in asked else {}
            found = explain(str(asked["query"]), str(asked["text"])).to_json()
        except (ValueError, KeyError, TypeError):
            identity, found = {}, Explanation(False).to_json()
            found["error"] = f'line {number} is not {{"query": …, "text": …}}'
        yield json.dumps({**identity, **found}, ensure_ascii=False)


def _explained(
    typed: str, tokens: Tokens, vocabulary: Vocabulary, corrected: Why | None
) -> Explanation:
    plan = expand(parse(typed), vocabulary, bare_dates=False)
    if not query.holds(plan.strict, tokens):
        return Explanation(False)
    words = (one for sought in plan.highlight_terms for one in _matched(sought, tokens, corrected))
    return Explanation(True, tuple(sorted(words, key=_start)))


def _matched(sought: HighlightTerm, tokens: Tokens, corrected: Why | None) -> Iterator[Matched]:
    for field, place, why in query.spans(_by_certainty(sought.tree), tokens):
        found = tokens.columns[field]
        start, end = found.starts[place], found.ends[place]
        form = tokens.document.text(field)[start:end]
        if why == "inflected" and len(cut(sought.word)[0]) == 1:  # how, its lemma alone cannot say
            why = analysis.reason(sought.word, form)
        yield Matched(sought.word, form, start, end, corrected or why)


def _start(one: Matched) -> int:
    return one.start


def _by_certainty(tree: query.Query) -> query.Query:
    """The same tree with boosts by which the surest reason of a word is told."""
    match tree:
        case query.Term() | query.Phrase():
            return dataclasses.replace(tree, boost=CERTAINTY[tree.why])
        case query.Lead(term, words):
            return query.Lead(dataclasses.replace(term, boost=CERTAINTY[term.why]), words)
        case query.And(parts):
            return query.And(tuple(map(_by_certainty, parts)))
        case query.Or(parts):
            return query.Or(tuple(map(_by_certainty, parts)))
        case _:
            return tree
