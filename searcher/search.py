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
from dataclasses import fields, replace
from functools import partial

from crawl.text.times import Period, read_dates
from index import NO_FILTERS, Document, Engine, Facet, Filters, Matches, open_engine, query
from searcher.authority import Authority
from searcher.autocomplete import suggest
from searcher.expansion.lookup import Lookup
from searcher.expansion.weights import USUAL as USUAL_WEIGHTS
from searcher.expansion.weights import Weights
from searcher.folding import STORY, copies_of, folded, stories_among
from searcher.hits.build import hits_of
from searcher.hits.results import Copy, Hit, Results
from searcher.hits.snippet import USUAL as USUAL_SNIPPETS
from searcher.hits.snippet import SnippetOptions, lead
from searcher.options import SearchOptions
from searcher.relaxation import find_matches
from searcher.scoped import StorylessEngine
from searcher.score_parts import score_parts
from searcher.settings import read_settings
from searcher.syntax.query_ast import DateRange, ParsedQuery

# Seconds after which an engine answers with what it has.
TIMEOUT = 2.0

USUAL = SearchOptions()
# Documents that are read at a time where all of a query are wanted.
BATCH = 200


class Searcher:
    """Searches one engine; any number of threads may share it.

    `recency`: whether newer articles are preferred unless a search says otherwise; None: where
    the query asks for news («آخر», «أحدث», …). `weights` and `snippets` are the installation's.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        recency: bool | None = None,
        timeout: float = TIMEOUT,
        weights: Weights = USUAL_WEIGHTS,
        snippets: SnippetOptions = USUAL_SNIPPETS,
    ) -> None:
        self.engine = engine
        self._recency = recency
        self.timeout = timeout
        self._weights = weights
        self._snippets = snippets
        self._known = (-1, Lookup(engine.vocabulary(), weights), Authority(engine))

    read_dates = staticmethod(read_dates)

    @classmethod
    def open(cls, url: str, *, recency: bool | None = None, timeout: float = TIMEOUT) -> Searcher:
        """A searcher of the index at a URL such as `whoosh:data/index`, as `bahith.toml` sets it.

        Raises `EngineError`, and `SearchError` for a file that is wrong.
        """
        weights, snippets = read_settings()
        return cls(
            open_engine(url), recency=recency, timeout=timeout, weights=weights, snippets=snippets
        )

    def search(
        self,
        text: str,
        options: SearchOptions = USUAL,
        *,
        explain_score: bool = False,
        **changes: object,
    ) -> Results:
        """The best articles for a query, from `offset` on.

        The keywords are the fields of `SearchOptions`: limit, offset, source, author, section,
        site, language, tags, agency, story, since, until, sort, facets, recency, literal, fold.
        `since` and `until` take any time that `read_dates` reads. `explain_score`: say what
        each score is made of, which takes longer.
        """
        began = time.perf_counter()
        lookup, authority = self._current()
        options = authority.widened(options.but(**changes))
        if options.recency is None:
            options = replace(options, recency=self._recency)
        found = find_matches(text, options, self.engine, lookup, self.timeout)
        terms = found.plan.highlight_terms
        hits = tuple(hits_of(self.engine, found.matches.found, terms, self._snippets))
        if explain_score:
            parts = score_parts(found, hits, self.engine)
            hits = tuple(replace(hit, score_parts=tuple(parts[hit.id])) for hit in hits)
        stories: int | None = None
        if options.fold:
            stories = stories_among(found.matches)
            hits = self._with_copies(hits, found.matches, found.tree, options)
        unknown = () if found.matches.total else authority.unknown_of(found.request.clauses)
        return Results(
            query=text,
            total=found.matches.total,
            hits=hits,
            total_whole=found.whole,
            stories=stories,
            divided_at=_divided_at(
                hits, options, found.whole_stories if options.fold else found.whole
            ),
            total_exact=found.matches.total_exact,
            partial=found.matches.partial,
            took_ms=(time.perf_counter() - began) * 1000,
            suggestion=found.suggestion,
            facets=_asked_for(authority.merged(found.matches.facets), options),
            crosstabs=authority.merged_pairs(found.matches.crosstabs),
            notes=(*options.notes, *found.notes, *unknown),
            periods=tuple(_periods(found.request)),
        )

    def browse(self, options: SearchOptions = USUAL, **changes: object) -> Results:
        """All articles inside the filters, for who asks nothing in particular: the newest first."""
        began = time.perf_counter()
        _, authority = self._current()
        options = authority.widened(options.but(**changes))
        matches = self._everything(options)
        documents = self.engine.documents([match.key for match in matches.found])
        hits = tuple(Hit.of(one, lead(one.body, self._snippets)) for one in documents if one)
        if options.fold:
            hits = self._with_copies(hits, matches, query.Everything(), options)
        return Results(
            query="",
            total=matches.total,
            hits=hits,
            total_whole=matches.total,
            stories=stories_among(matches) if options.fold else None,
            total_exact=matches.total_exact,
            partial=matches.partial,
            took_ms=(time.perf_counter() - began) * 1000,
            facets=_asked_for(authority.merged(matches.facets), options),
            crosstabs=authority.merged_pairs(matches.crosstabs),
            notes=options.notes,
        )

    def document(self, key: str) -> Document | None:
        """The stored article of a hit's `id`; None when it is not there (any more)."""
        return self.engine.documents([key])[0]

    def copies(self, document: Document) -> list[Copy]:
        """The first copies of an article's story, the earliest first."""
        found = copies_of(self.engine, query.Everything(), NO_FILTERS, [document])
        return found.get(document.key, [])

    def documents(self, text: str, options: SearchOptions = USUAL) -> Iterator[Document]:
        """The stored articles of a query's hits, in their order, read in batches as asked for.

        An empty query finds all that the filters hold. One that goes meanwhile is left out.
        """
        lookup, authority = self._current()
        options = replace(authority.widened(options), fold=False)
        if options.recency is None:
            options = replace(options, recency=self._recency)
        if text.strip():
            found = find_matches(text, options, self.engine, lookup, self.timeout).matches.found
        else:
            found = self._everything(options).found
        for start in range(0, len(found), BATCH):
            keys = [match.key for match in found[start : start + BATCH]]
            yield from filter(None, self.engine.documents(keys))

    def tree(self, text: str, options: SearchOptions = USUAL) -> tuple[query.Query, Filters]:
        """What a query wants of an article that holds all its words, and its filters as stored."""
        lookup, authority = self._current()
        options = replace(authority.widened(options), limit=0, facets=(), crosstabs=())
        held = {field.name: getattr(options, field.name) for field in fields(Filters)}
        if not text.strip():
            return query.Everything(), Filters(**held)
        plan = find_matches(text, options, self.engine, lookup, self.timeout).plan
        return plan.strict, Filters(**held)

    def suggest(self, prefix: str, limit: int = 8) -> list[str]:
        """Ways to finish the last word of what was typed so far, the most frequent first."""
        return suggest(prefix, self._current()[0], limit)

    def within(self, scope: Filters) -> Searcher:
        """A searcher of what passes some filters, to which nothing else exists.

        No query, option or correction of it leads outside, and no count tells of it. Copies are not
        folded there: what story an article tells is known from all of the archive.
        """
        return Searcher(
            StorylessEngine(self.engine.within(scope)),
            recency=self._recency,
            timeout=self.timeout,
            weights=self._weights,
            snippets=self._snippets,
        )

    def close(self) -> None:
        """Give the index back."""
        self.engine.close()

    def best(self, text: str, *, limit: int = 10) -> list[tuple[str, float]]:
        """The addresses and scores of the best articles alone, without snippets."""
        options = SearchOptions(limit=limit, recency=self._recency)
        found = find_matches(text, options, self.engine, self._current()[0], self.timeout)
        matches = found.matches.found
        documents = self.engine.documents([match.key for match in matches])
        return [
            (document.url, match.score)
            for match, document in zip(matches, documents, strict=True)
            if document
        ]

    def _everything(self, options: SearchOptions) -> Matches:
        """All that the filters hold; by relevance means newest, as all are equally relevant."""

        def ask(offset: int, limit: int) -> Matches:
            return self.engine.search(
                query.Everything(),
                limit=limit,
                offset=offset,
                filters=options,
                sort="oldest" if options.sort == "oldest" else "newest",
                facets=(*options.facets, STORY) if options.fold else options.facets,
                crosstabs=options.crosstabs,
                timeout=self.timeout,
            )

        if options.fold:
            return folded(partial(ask, 0), options.offset, options.limit)
        return ask(options.offset, options.limit)

    def _with_copies(
        self, hits: Sequence[Hit], matches: Matches, tree: query.Query, options: SearchOptions
    ) -> tuple[Hit, ...]:
        """The hits with the other matches of their stories."""
        counts = dict(matches.facets.get(STORY, ()))
        told_again = [hit.id for hit in hits if counts.get(hit.story, 0) > 1]
        shown = [one for one in self.engine.documents(told_again) if one]
        copies = copies_of(self.engine, tree, options, shown)
        return tuple(
            replace(hit, copies=tuple(copies[hit.id]), copies_total=counts[hit.story] - 1)
            if hit.id in copies
            else hit
            for hit in hits
        )

    def _current(self) -> tuple[Lookup, Authority]:
        """What words and names mean in the index as it stands now."""
        generation = self.engine.generation()
        if self._known[0] != generation:
            lookup = Lookup(self.engine.vocabulary(), self._weights)
            self._known = (generation, lookup, Authority(self.engine))
        return self._known[1:]


def _asked_for(
    facets: dict[Facet, list[tuple[str, int]]], options: SearchOptions
) -> dict[Facet, list[tuple[str, int]]]:
    """The counts without those that folding needs."""
    return {name: counts for name, counts in facets.items() if name in options.facets}


def _divided_at(hits: Sequence[Hit], options: SearchOptions, whole: int) -> int | None:
    """Where the hits that lack a word begin; None where the two kinds are mixed, or only one is."""
    place = whole - options.offset
    if not whole or not 0 <= place < len(hits) or options.offset + place == 0:
        return None
    mixed = any(hit.missing for hit in hits[:place]) or not all(hit.missing for hit in hits[place:])
    return None if options.sort == "relevance" and mixed else place


def _periods(request: ParsedQuery) -> Iterator[Period]:
    """The times that narrowed the search."""
    for clause in request.clauses:
        if isinstance(clause, DateRange):
            yield Period(clause.since, clause.until, clause.said)
