"""Finding: which articles answer a query, and how far it had to be widened for that.

From the narrowest reading to the widest: all words, most of them, any of them; then without the day
that plain words seemed to name, with the words of a phrase instead of the phrase, and at last what
the query would be on another keyboard or without a slip. Each step is taken only when the one
before found too little, and each that changes what was asked is told.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field, replace
from datetime import date

from index import Engine, Facet, Filters, Matches, Recency, Sort, fold, query
from searcher.corrections.correct import rescue
from searcher.expansion.expand import Plan, expand
from searcher.expansion.lookup import Lookup
from searcher.hits.results import Suggestion
from searcher.syntax.parser import parse
from searcher.syntax.query_ast import Request, Word

FEW = 10
"""Under so many answers those that lack a word are shown too: one page."""
MOST_RESCUES = 3
"""Corrections of a query that finds nothing which are searched for."""
ASKS_FOR_NEWS = frozenset(map(fold, ["آخر", "أحدث", "عاجل", "مستجدات", "الآن"]))
"""Words by which a reader asks for the newest."""
HEADLINE = 3
"""So many words beside a phrase are a headline, whose quotation marks are no wish."""
NO_PHRASE = "لا مقال فيه كل هذا مع العبارة التي بين علامتي الاقتباس: هذه نتائج كلماتها."


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked besides the query.

    `timeout` is in seconds of searching, the looking up of words not counted: the first search of
    a process loads the lexicon, and that is not the query's fault. `end` is its moment on the
    monotonic clock, set by `answer`. `recency` None: where the query itself asks for news.
    """

    limit: int = 10
    offset: int = 0
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "relevance"
    recency: bool | None = None
    facets: tuple[Facet, ...] = ()
    literal: bool = False
    timeout: float = math.inf
    end: float = math.inf


@dataclass(frozen=True, slots=True)
class Found:
    """What the engine answered, to which request, by which plan."""

    matches: Matches
    request: Request
    plan: Plan
    suggestion: Suggestion | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about what was done differently than typed."""
        return (*self.request.notes, *self.plan.notes)


def answer(text: str, asked: Asked, engine: Engine, lookup: Lookup) -> Found:
    """The matches of a query as typed; of its likeliest correction where it has none."""
    request = parse(text)
    plan = expand(request, lookup)
    asked = replace(asked, end=time.monotonic() + asked.timeout)
    found = _read(request, plan, asked, engine, lookup)
    if found.matches.total or found.matches.partial or asked.literal or not found.plan.leaves:
        return found
    paused = time.monotonic()  # what else could be meant is no search's time either
    corrections = rescue(text, lookup.vocabulary)[:MOST_RESCUES]
    requests = [parse(tried.query) for tried in corrections]
    plans = [expand(other, lookup) for other in requests]
    asked = replace(asked, end=asked.end + time.monotonic() - paused)
    for tried, other, other_plan in zip(corrections, requests, plans, strict=True):
        again = _read(other, other_plan, asked, engine, lookup)
        if again.matches.total:
            return replace(again, suggestion=Suggestion(tried.query, tried.why, applied=True))
    return found


def _read(request: Request, plan: Plan, asked: Asked, engine: Engine, lookup: Lookup) -> Found:
    """The matches of a request, read more freely where nothing answers it word for word."""

    def holds_all(plan: Plan) -> bool:
        whole = replace(asked, limit=0, facets=())
        return _matches(plan.strict, plan, whole, engine).total > 0

    if not asked.literal and request.has_bare_dates and not holds_all(plan):
        request = request.with_dates_as_words()
        plan = expand(request, lookup)
    if not asked.literal and request.has_quotes and not holds_all(plan):
        found = _widened(plan, asked, engine) if request.words < HEADLINE else None
        if found and found.total:
            return Found(found, request, plan)
        request = request.with_quotes_as_words(NO_PHRASE)
        plan = expand(request, lookup)
    return Found(_widened(plan, asked, engine), request, plan)


def _widened(plan: Plan, asked: Asked, engine: Engine) -> Matches:
    """What holds all words, then most of them, then any, until there are a few.

    By relevance, most of three words or more are enough at once: whole answers weigh more anyhow.
    Sorted by date, an article that lacks a word would stand above those that lack none: there
    fewer words are accepted only when nothing holds more.
    """
    by_relevance = asked.sort == "relevance"
    trees = (plan.strict, *plan.wider)
    for tree in trees[1:] if by_relevance and len(trees) > 2 else trees:
        matches = _matches(tree, plan, asked, engine)
        if matches.partial or matches.total >= (FEW if by_relevance else 1):
            break
    return matches


def _matches(tree: query.Query, plan: Plan, asked: Asked, engine: Engine) -> Matches:
    return engine.search(
        query.And((tree, query.AtLeast(0, plan.bonus))),
        limit=asked.limit,
        offset=asked.offset,
        filters=asked.filters,
        sort=asked.sort,
        recency=Recency(date.today().isoformat()) if _wants_news(plan, asked) else None,
        facets=asked.facets,
        timeout=max(0.0, asked.end - time.monotonic()),
    )


def _wants_news(plan: Plan, asked: Asked) -> bool:
    if asked.recency is not None:
        return asked.recency
    return any(isinstance(leaf, Word) and fold(leaf.text) in ASKS_FOR_NEWS for leaf in plan.leaves)
