"""A part of an index without its stories, which tell of copies wherever these are.

An article's story is the key of its earliest copy in the whole archive: it says that there is one,
also where its reader may not see it. `Engine.within` holds back everything but what articles
themselves hold; this holds back the one thing that they hold of others.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from index import (
    NO_FILTERS,
    Checkpoint,
    Document,
    Engine,
    EngineStats,
    Facet,
    Field,
    Filters,
    Form,
    HeldTerms,
    Located,
    Matches,
    Recency,
    Sort,
    Vocabulary,
)
from index.query import And, AtLeast, Attribute, Not, Nothing, Or, Query
from searcher.folding import STORY


class StorylessEngine:
    """An engine as it is, but that no article of it has a story; for reading alone."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def update(
        self, documents: Iterable[Document], removed: Iterable[str], checkpoint: Checkpoint
    ) -> None:
        """See `Engine.within`."""
        self._engine.update(documents, removed, checkpoint)

    def tidy(self) -> None:
        """See `Engine.within`."""
        self._engine.tidy()

    def checkpoint(self) -> Checkpoint:
        """See `Engine.checkpoint`."""
        return self._engine.checkpoint()

    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """See `Engine.checkpoints`."""
        return self._engine.checkpoints()

    def generation(self) -> int:
        """See `Engine.generation`."""
        return self._engine.generation()

    def search(
        self,
        query: Query,
        *,
        limit: int = 10,
        offset: int = 0,
        filters: Filters = NO_FILTERS,
        sort: Sort = "relevance",
        recency: Recency | None = None,
        facets: Sequence[Facet] = (),
        crosstabs: Sequence[tuple[Facet, Facet]] = (),
        timeout: float = math.inf,
    ) -> Matches:
        """See `Engine.search`; the facet of stories is empty."""
        found = self._engine.search(
            _asked(query, filters),
            limit=limit,
            offset=offset,
            filters=_narrowed(filters),
            sort=sort,
            recency=recency,
            facets=[facet for facet in facets if facet != STORY],
            crosstabs=[pair for pair in crosstabs if STORY not in pair],
            timeout=timeout,
        )
        return replace(
            found,
            found=tuple(match._replace(story="") for match in found.found),
            facets=found.facets | ({STORY: []} if STORY in facets else {}),
            crosstabs=found.crosstabs | {pair: [] for pair in crosstabs if STORY in pair},
        )

    def held_terms(
        self,
        query: Query,
        form: Form,
        *,
        filters: Filters = NO_FILTERS,
        limit: int = 1000,
        among: Collection[str] | None = None,
        timeout: float = math.inf,
    ) -> HeldTerms:
        """See `Engine.held_terms`."""
        return self._engine.held_terms(
            _asked(query, filters),
            form,
            filters=_narrowed(filters),
            limit=limit,
            among=among,
            timeout=timeout,
        )

    def documents(self, keys: Sequence[str]) -> list[Document | None]:
        """See `Engine.documents`."""
        return [one and replace(one, story="") for one in self._engine.documents(keys)]

    def located(
        self, keys: Sequence[str], terms: Mapping[tuple[Field, Form], Collection[str]]
    ) -> list[Located | None]:
        """See `Engine.located`."""
        return [
            one and one._replace(document=replace(one.document, story=""))
            for one in self._engine.located(keys, terms)
        ]

    def vocabulary(self) -> Vocabulary:
        """See `Engine.vocabulary`."""
        return self._engine.vocabulary()

    def stats(self) -> EngineStats:
        """See `Engine.stats`."""
        return self._engine.stats()

    def faults(self) -> Iterator[str]:
        """See `Engine.faults`."""
        return self._engine.faults()

    def within(self, scope: Filters) -> StorylessEngine:
        """See `Engine.within`."""
        return StorylessEngine(self._engine.within(scope))

    def close(self) -> None:
        """See `Engine.close`."""
        self._engine.close()


def _narrowed(filters: Filters) -> Filters:
    return replace(filters, story=()) if filters.story else filters


def _asked(query: Query, filters: Filters) -> Query:
    """A query in which no article is of any story."""
    return Nothing() if filters.story else without_stories(query)


def without_stories(query: Query) -> Query:
    """The same query, where it asks for no story the very same node: engines remember by identity.

    >>> without_stories(Attribute("story", "k1")), without_stories(Not(Attribute("story", "k1")))
    (Nothing(), Not(part=Nothing()))
    """
    match query:
        case Attribute(name="story"):
            return Nothing()
        case And(parts) | Or(parts) | AtLeast(_, parts):
            changed = tuple(map(without_stories, parts))
            same = all(one is other for one, other in zip(parts, changed, strict=True))
            return query if same else replace(query, parts=changed)
        case Not(part):
            changed_part = without_stories(part)
            return query if changed_part is part else Not(changed_part)
        case _:
            return query
