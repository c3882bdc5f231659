"""Typical words: what the articles of a period or a question say more often than the rest.

By log-likelihood of the number of articles that hold a lemma here and there (Dunning 1993, in the
form of Rayson & Garside 2000), words without content and those of the question left out. A lemma is
shown as these articles mostly write it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from index import (
    FIELDS,
    NO_FILTERS,
    Engine,
    Field,
    Filters,
    Form,
    analysis,
    columns,
    cut,
    fold,
    query,
)
from searcher.options import SearchOptions
from searcher.search import Searcher

# Lemmas looked at, the most frequent of the articles: a rarer one is typical of a few of them.
MOST_CANDIDATES = 1_000

LEAST_ARTICLES = 3
# That a difference is chance has less than one in a thousand for it (chi-square, 1 degree).
LEAST_LIKELIHOOD = 10.83
# Articles that are read for how a word is written.
SAMPLE = 40


class TypicalWord(NamedTuple):
    """A word, how many of the articles hold it, how many of the rest, and its log-likelihood."""

    word: str
    articles: int
    elsewhere: int
    likelihood: float


def typical_words(
    searcher: Searcher, text: str, options: SearchOptions, limit: int = 20
) -> list[TypicalWord]:
    """The words typical of the articles with all words of a question, the most typical first.

    The rest is what the question finds at other times, where the filters name a time; else all
    other articles. Raises `EngineError`.
    """
    tree, filters = searcher.tree(text, options)
    return words_of(searcher.engine, tree, filters, limit, timeout=searcher.timeout)


def words_of(
    engine: Engine, tree: query.Query, filters: Filters, limit: int, *, timeout: float = math.inf
) -> list[TypicalWord]:
    """The words typical of what holds a tree inside the filters."""
    timed = bool(filters.since or filters.until)
    elsewhere = tree if timed else query.Everything()
    at_any_time = replace(filters, since="", until="") if timed else NO_FILTERS
    here = engine.held_terms(tree, "lemma", filters=filters, limit=MOST_CANDIDATES, timeout=timeout)
    asked = _lemmas(tree)
    candidates = {
        text: count
        for text, count in here.counts
        if count >= LEAST_ARTICLES and text not in asked and _has_content(text)
    }
    if not candidates:
        return []
    everywhere = engine.held_terms(
        elsewhere,
        "lemma",
        filters=at_any_time,
        limit=MOST_CANDIDATES,
        among=candidates,
        timeout=timeout,
    )
    rest = everywhere.matches - here.matches
    found = []
    for text, total in everywhere.counts:
        other = max(0, total - candidates[text])
        gain = log_likelihood(candidates[text], here.matches, other, rest)
        if gain >= LEAST_LIKELIHOOD:
            found.append(TypicalWord(text, candidates[text], other, round(gain, 2)))
    best = sorted(found, key=lambda one: (-one.likelihood, one.word))[:limit]
    written = _spellings(engine, tree, filters, [one.word for one in best])
    return [one._replace(word=written[one.word]) for one in best]


def log_likelihood(here: int, all_here: int, there: int, all_there: int) -> float:
    """How much more often a word stands here than there; 0 where it does not.

    >>> round(log_likelihood(50, 100, 100, 10_000), 1), log_likelihood(1, 100, 100, 1000)
    (272.5, 0.0)
    """
    if not all_here or not all_there or here * all_there <= there * all_here:
        return 0.0
    expected = (here + there) / (all_here + all_there)
    gain = here * math.log(here / (all_here * expected))
    if there:
        gain += there * math.log(there / (all_there * expected))
    return 2 * gain


def _has_content(text: str) -> bool:
    return len(text) > 1 and not text.isdecimal() and not analysis.is_stopword(text)


def _lemmas(tree: query.Query) -> set[str]:
    """The lemmas that the words of a query stand for."""
    found = set()
    for leaf in query.leaves(tree):
        match leaf:
            case query.Term(_, "lemma", text):
                found.add(text)
            case query.Term(_, _, text):
                found.update(columns(text).lemma)
            case query.Phrase():
                words = " ".join(one for slot in leaf.slots for one in slot)
                found.update(columns(words).lemma)
    return found


def _spellings(
    engine: Engine, tree: query.Query, filters: Filters, lemmas: Sequence[str]
) -> dict[str, str]:
    """How the articles mostly write each lemma; the lemma itself where the sample lacks it."""
    holding = query.Or(tuple(query.Term(f, "lemma", text) for text in lemmas for f in FIELDS))
    tree = query.And((holding, query.And((tree,))))
    matches = engine.search(tree, limit=SAMPLE, filters=filters).found if lemmas else ()
    counts: dict[str, Counter[str]] = {text: Counter() for text in lemmas}
    # By their positions: to analyse forty articles takes a hundred times as long as to cut them.
    sought: dict[tuple[Field, Form], Sequence[str]] = {(f, "lemma"): lemmas for f in FIELDS}
    located = filter(None, engine.located([match.key for match in matches], sought))
    for one in located:
        for (field, _), places in one.positions.items():
            text = one.document.text(field)
            starts, ends = cut(text)
            for lemma, positions in places.items():
                counts[lemma].update(fold(text[starts[p] : ends[p]]) for p in positions)
    return {
        text: max(sorted(seen), key=seen.__getitem__) if (seen := counts[text]) else text
        for text in lemmas
    }
