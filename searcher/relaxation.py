"""Finding: which articles answer a query, and how far it had to be widened for that.

From the narrowest reading to the widest: all words, most of them, any of them; then without the day
that plain words seemed to name, with the words of a phrase instead of the phrase, and at last what
the query would be on another keyboard or without a slip. Each step is taken only when the one
before found too little, and each that changes what was asked is told.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from index import Engine, Matches, Recency, fold, query
from searcher.corrections.correct import Correction, Corrector
from searcher.corrections.strength import Strengths
from searcher.expansion.expand import QueryPlan, expand
from searcher.expansion.lookup import Lookup
from searcher.folding import STORY, folded, stories_among
from searcher.hits.results import Suggestion
from searcher.hits.vowels import WINDOW, agreeing_first, vowelled_words
from searcher.notes import Note
from searcher.options import SearchOptions
from searcher.syntax.parser import parse
from searcher.syntax.query_ast import ParsedQuery, WordClause

# Under so many answers those that lack a word are shown too: one page.
FEW = 10
# Words by which a reader asks for the newest.
ASKS_FOR_NEWS = frozenset(map(fold, ["آخر", "أحدث", "عاجل", "مستجدات", "الآن"]))
# So many words beside a phrase are a headline, whose quotation marks ask for no phrase.
HEADLINE = 3

NOTHING = query.Nothing()
NO_PHRASE = Note("no-phrase")


@dataclass(frozen=True, slots=True)
class SearchOutcome:
    """What the engine answered, to which request, by which plan.

    `whole`: how many of the matches hold every word, `whole_stories`: of how many stories these
    are. `tree` is what was matched in the end.
    """

    matches: Matches
    request: ParsedQuery
    plan: QueryPlan
    suggestion: Suggestion | None = None
    whole: int = 0
    whole_stories: int = 0
    tree: query.Query = NOTHING

    @property
    def notes(self) -> tuple[Note, ...]:
        """Sentences about what was done differently than typed."""
        return (*self.request.notes, *self.plan.notes)


def find_matches(
    text: str, options: SearchOptions, engine: Engine, lookup: Lookup, timeout: float = math.inf
) -> SearchOutcome:
    """The matches of a query as typed; of its likeliest correction where it has none.

    `timeout` is in seconds of searching, the looking up of words not counted: the first search of
    a process loads the lexicon, and that is not the query's fault.
    """
    options = options.plain
    if not options.fold:
        return _find_by_vowels(text, options, engine, lookup, timeout)
    asked: list[SearchOutcome] = []

    def ask(most: int) -> Matches:
        enough = replace(options, offset=0, limit=most)
        asked.append(_find_by_vowels(text, enough, engine, lookup, timeout))
        return asked[-1].matches

    page = folded(ask, options.offset, options.limit)
    return replace(asked[-1], matches=page)


def _find_by_vowels(
    text: str, options: SearchOptions, engine: Engine, lookup: Lookup, timeout: float
) -> SearchOutcome:
    """The same as `_find`; of the best matches those last that have a word with other vowels."""
    words = vowelled_words(text) if options.sort == "relevance" else []
    if not words or options.offset >= WINDOW or not options.limit:
        return _find(text, options, engine, lookup, timeout)
    end = options.offset + options.limit
    outcome = _find(
        text, replace(options, offset=0, limit=max(WINDOW, end)), engine, lookup, timeout
    )
    found = outcome.matches.found
    found = agreeing_first(engine, found[:WINDOW], words) + tuple(found[WINDOW:])
    page = replace(outcome.matches, found=found[options.offset : end])
    return replace(outcome, matches=page)


def _find(
    text: str, options: SearchOptions, engine: Engine, lookup: Lookup, timeout: float
) -> SearchOutcome:
    request = parse(text)
    plan = expand(request, lookup)
    search = _Search(engine, lookup, options, time.monotonic() + timeout, request, plan)
    found = search.read(request, plan)
    if found.matches.partial or options.literal or not found.plan.leaves:
        return found
    correction = search.correction(text)
    if correction is None:
        return found
    if correction.applied:
        other = parse(correction.query)
        found = search.read(other, expand(other, lookup))
    suggestion = Suggestion(correction.query, correction.why, correction.applied)
    return replace(found, suggestion=suggestion)


class Widened(NamedTuple):
    """Matches, and how many of all that there are hold every word."""

    matches: Matches
    whole: int
    whole_stories: int
    tree: query.Query

    def outcome(self, request: ParsedQuery, plan: QueryPlan) -> SearchOutcome:
        """The same as the answer to a request."""
        return SearchOutcome(
            self.matches,
            request,
            plan,
            whole=self.whole,
            whole_stories=self.whole_stories,
            tree=self.tree,
        )


@dataclass(frozen=True, slots=True)
class _Search:
    """One search under way: where, how, until when on the monotonic clock, and what was typed."""

    engine: Engine
    lookup: Lookup
    options: SearchOptions
    end: float
    typed: ParsedQuery
    typed_plan: QueryPlan

    def read(self, request: ParsedQuery, plan: QueryPlan) -> SearchOutcome:
        """The matches of a request, read more freely where nothing answers it word for word."""
        literal = self.options.literal
        if not literal and request.has_bare_dates and not self.holds_all(plan):
            request = request.with_dates_as_words()
            plan = expand(request, self.lookup)
        if not literal and request.has_bare_exclusions and not self.holds_all(plan):
            request = request.with_exclusions_as_words()
            plan = expand(request, self.lookup)
        if not literal and request.has_quotes and not self.holds_all(plan):
            found = self.widened(plan) if request.words < HEADLINE else None
            if found and found.matches.total:
                return found.outcome(request, plan)
            request = request.with_quotes_as_words(NO_PHRASE)
            plan = expand(request, self.lookup)
        return self.widened(plan).outcome(request, plan)

    def correction(self, text: str) -> Correction | None:
        """What to search for instead of a query, or to offer beside it."""
        strengths = Strengths(self.lookup.vocabulary)
        corrector = Corrector(self.engine, strengths, self.count, self.options, self.end)
        return corrector.correct(text)

    def count(self, text: str) -> int:
        """In how many articles all words of a query stand, not merely what sounds like them."""
        plan = self.typed_plan
        if text != self.typed.text or self.typed.has_bare_dates:
            plan = expand(parse(text).with_dates_as_words(), self.lookup)
        return self.counting().matches(query.surely(plan.strict), plan).total

    def holds_all(self, plan: QueryPlan) -> bool:
        """Whether any article answers a plan word for word."""
        return self.counting().matches(plan.strict, plan).total > 0

    def widened(self, plan: QueryPlan) -> Widened:
        """What holds all words, then most of them, then any, until there are a few.

        Most of three words or more are enough at once: whole answers weigh more anyhow. How far it
        goes does not depend on the sort, so that a question has the same totals under each.
        """
        by_relevance = self.options.sort == "relevance"
        asking = self if by_relevance else self.counting()
        at_once = len(plan.wider) > 1 and not self.options.all_words
        found = (self.counting() if at_once else asking).matches(plan.strict, plan)
        whole, stories, tree = found.total, stories_among(found), plan.strict
        if not self.options.all_words and (at_once or whole < FEW):
            for tree in plan.wider:
                found = asking.matches(tree, plan)
                if found.partial or found.total >= FEW:
                    break
        if not by_relevance:
            lacking = found.total > whole
            found = self.whole_first(tree, plan, whole) if lacking else self.matches(tree, plan)
        return Widened(found, whole, stories, tree)

    def whole_first(self, tree: query.Query, plan: QueryPlan, whole: int) -> Matches:
        """The matches of a tree by date, but those that lack no word before all others."""
        offset, limit = self.options.offset, self.options.limit
        everything = replace(self, options=replace(self.options, limit=0)).matches(tree, plan)
        first = self.matches(plan.strict, plan) if offset < whole else None
        found = first.found if first else ()
        if len(found) < limit:
            page = replace(
                self.options,
                offset=max(0, offset - whole),
                limit=limit - len(found),
                facets=(),
                crosstabs=(),
            )
            rest = query.And((tree, query.Not(plan.strict)))
            found = (*found, *replace(self, options=page).matches(rest, plan).found)
        return replace(everything, found=found)

    def counting(self) -> _Search:
        """The same search, of which only the total is wanted."""
        return replace(self, options=replace(self.options, limit=0, facets=(), crosstabs=()))

    def matches(self, tree: query.Query, plan: QueryPlan) -> Matches:
        """What holds a tree, better where it holds what the plan adds."""
        news = _wants_news(plan, self.options.recency)
        return self.engine.search(
            query.And((tree, query.AtLeast(0, plan.optional))),
            limit=self.options.limit,
            offset=self.options.offset,
            filters=self.options,
            sort=self.options.sort,
            recency=Recency(date.today().isoformat()) if news else None,
            facets=(*self.options.facets, STORY) if self.options.fold else self.options.facets,
            crosstabs=self.options.crosstabs,
            timeout=max(0.0, self.end - time.monotonic()),
        )


def _wants_news(plan: QueryPlan, recency: bool | None) -> bool:
    if recency is not None:
        return recency
    return any(
        isinstance(leaf, WordClause) and fold(leaf.text) in ASKS_FOR_NEWS for leaf in plan.leaves
    )
