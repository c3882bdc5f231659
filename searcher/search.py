"""Searcher: a query string in, results out; the third stage's front.

    parse → expand → the engine's best keys → their texts → evidence → snippets

>>> from index import Checkpoint, Document, open_engine
>>> engine = open_engine("memory:")
>>> news = Document("k", "https://example.org/1", "لقاء", "زار السفيرُ الروسيّ المدينة.")
>>> engine.update([news], [], Checkpoint("doc", 1))
>>> hit = Searcher(engine).search("سفير روسي").hits[0]
>>> [hit.excerpt[start:end] for start, end in hit.snippet.marks]
['السفيرُ', 'الروسيّ']
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from index import (
    Document,
    Engine,
    Facet,
    Filters,
    Match,
    Matches,
    Recency,
    Sort,
    Why,
    open_engine,
    query,
)
from searcher.dates import Period
from searcher.evidence import Evidence, find, terms_of
from searcher.expand import Clue, Plan, expand
from searcher.lookup import Lookup
from searcher.parse import parse
from searcher.request import Between, Request, Wish
from searcher.results import Hit, Results, Word
from searcher.snippet import excerpt
from searcher.suggest import suggest

TIMEOUT = 2.0
"""Seconds after which an engine answers with what it has."""
FEW = 10
"""Under so many full answers those that lack a word are shown too."""
FORMS_SHOWN = 4
"""Spellings of one query word that a hit names."""


class Asked(NamedTuple):
    """What the engine is asked besides the query."""

    limit: int = 10
    offset: int = 0
    filters: Filters = Filters()
    sort: Sort = "relevance"
    recency: Recency | None = None
    facets: tuple[Facet, ...] = ()
    literal: bool = False


class Found(NamedTuple):
    """What the engine answered, by which plan; `dated`: the query's times narrowed it."""

    matches: Matches
    plan: Plan
    dated: bool


class Searcher:
    """Searches one engine; any number of threads may share it.

    `recency`: whether newer articles are preferred unless a search says otherwise.
    """

    def __init__(self, engine: Engine, *, recency: bool = False, timeout: float = TIMEOUT) -> None:
        self.engine = engine
        self._known = (-1, Lookup(engine))
        self._recency = recency
        self._timeout = timeout

    @classmethod
    def open(cls, url: str, *, recency: bool = False, timeout: float = TIMEOUT) -> Searcher:
        """A searcher of the index at a URL such as `whoosh:data/index`; raises `EngineError`."""
        return cls(open_engine(url), recency=recency, timeout=timeout)

    def search(
        self,
        text: str,
        *,
        limit: int = 10,
        offset: int = 0,
        source: Sequence[str] = (),
        author: Sequence[str] = (),
        section: Sequence[str] = (),
        site: Sequence[str] = (),
        since: str = "",
        until: str = "",
        sort: Sort = "relevance",
        facets: Sequence[Facet] = (),
        recency: bool | None = None,
        literal: bool = False,
    ) -> Results:
        """The best articles for a query, from `offset` on.

        `since` and `until` are ISO days; `literal`: take what was typed as it stands even if
        nothing answers it.
        """
        began = time.perf_counter()
        filters = Filters(tuple(source), tuple(author), tuple(section), tuple(site), since, until)
        request = parse(text)
        prior = self._prior(recency)
        asked = Asked(limit, offset, filters, sort, prior, tuple(facets), literal)
        found = self._found(request, asked)
        hits = tuple(self._hits(found.matches.found, found.plan.clues))
        return Results(
            query=text,
            total=found.matches.total,
            hits=hits,
            total_exact=found.matches.total_exact,
            partial=found.matches.partial,
            took_ms=(time.perf_counter() - began) * 1000,
            facets=found.matches.facets,
            notes=(*request.notes, *found.plan.notes),
            periods=tuple(_periods(request, found.dated)),
        )

    def document(self, key: str) -> Document | None:
        """The stored article of a hit's `id`; None when it is not there (any more)."""
        return self.engine.documents([key])[0]

    def suggest(self, prefix: str, limit: int = 8) -> list[str]:
        """Ways to finish the last word of what was typed so far, the most frequent first."""
        return suggest(prefix, self._lookup(), limit)

    def close(self) -> None:
        """Give the index back."""
        self.engine.close()

    def best(self, text: str, *, limit: int = 10) -> list[tuple[str, float]]:
        """The addresses and scores of the best articles alone, without snippets."""
        matches = self._found(parse(text), Asked(limit=limit)).matches.found
        documents = self.engine.documents([match.key for match in matches])
        return [
            (document.url, match.score)
            for match, document in zip(matches, documents, strict=True)
            if document
        ]

    def _found(self, request: Request, asked: Asked) -> Found:
        """The matches of a request.

        A time said in plain words narrows the search only if some article then holds everything.
        """
        lookup = self._lookup()
        plan = expand(request, lookup)
        dated = any(map(_is_bare, request.wishes)) and not asked.literal
        if dated and not self._matches(plan.strict, plan, asked._replace(limit=0)).total:
            plan = expand(request, lookup, bare_dates=False)
            dated = False
        return Found(self._best_matches(plan, asked), plan, dated)

    def _best_matches(self, plan: Plan, asked: Asked) -> Matches:
        """What holds all words, then most of them, then any, until there are a few.

        Sorted by date, an article that lacks a word would stand above those that lack none: there
        fewer words are accepted only when nothing holds more.
        """
        enough = FEW if asked.sort == "relevance" else 1
        ranked = asked.sort == "relevance" and len(plan.wider) > 1
        for tree in plan.wider if ranked else (plan.strict, *plan.wider):
            matches = self._matches(tree, plan, asked)
            if matches.total >= enough or matches.partial:
                break
        return matches

    def _matches(self, tree: query.Query, plan: Plan, asked: Asked) -> Matches:
        return self.engine.search(
            query.And((tree, query.AtLeast(0, plan.bonus))),
            limit=asked.limit,
            offset=asked.offset,
            filters=asked.filters,
            sort=asked.sort,
            recency=asked.recency,
            facets=asked.facets,
            timeout=self._timeout,
        )

    def _hits(self, matches: Sequence[Match], clues: Sequence[Clue]) -> Iterator[Hit]:
        wanted = terms_of(clues)
        documents = self.engine.documents([match.key for match in matches])
        for match, document in zip(matches, documents, strict=True):
            if document:  # else it was removed between the two calls
                yield _hit(document, match.score, clues, find(document, clues, wanted))

    def _lookup(self) -> Lookup:
        """What words mean in the index as it stands now."""
        generation = self.engine.generation()
        if self._known[0] != generation:
            self._known = (generation, Lookup(self.engine))
        return self._known[1]

    def _prior(self, wanted: bool | None) -> Recency | None:
        on = self._recency if wanted is None else wanted
        return Recency(date.today().isoformat()) if on else None


def _hit(document: Document, score: float, clues: Sequence[Clue], evidence: Evidence) -> Hit:
    return Hit(
        id=document.key,
        url=document.url,
        title=document.title,
        source=document.source,
        author=document.author,
        section=document.section,
        date=document.date,
        score=score,
        snippet=excerpt(document.body, evidence.body, clues),
        title_marks=tuple((mark.start, mark.end) for mark in evidence.title),
        words=tuple(_words(document, clues, evidence)),
        missing=tuple(clues[number].word for number in evidence.missing),
    )


def _words(document: Document, clues: Sequence[Clue], evidence: Evidence) -> Iterator[Word]:
    """Each word of the query with the spellings that answered it, the first few of each."""
    shown: dict[int, dict[str, Why]] = {}
    for text, marks in ((document.title, evidence.title), (document.body, evidence.body)):
        for mark in marks:
            shown.setdefault(mark.clue, {}).setdefault(text[mark.start : mark.end], mark.why)
    for number, spellings in sorted(shown.items()):
        for spelling, why in list(spellings.items())[:FORMS_SHOWN]:
            yield Word(clues[number].word, spelling, why)


def _is_bare(wish: Wish) -> bool:
    return isinstance(wish, Between) and wish.bare


def _periods(request: Request, bare: bool) -> Iterator[Period]:
    for wish in request.wishes:
        if isinstance(wish, Between) and (bare or not wish.bare):
            yield Period(wish.since, wish.until, wish.said)
