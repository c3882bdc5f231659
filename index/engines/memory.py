"""The `memory:` engine: the contract in code, brute force, meant to be read.

Every other engine is compared with this one on random queries. It asks `index.query.holds` of every
document and scores what matched with BM25 as Whoosh computes it.
"""

from __future__ import annotations

import heapq
import math
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from index.analysis import TermCount, Vocabulary
from index.attributes import attribute_values
from index.document import FIELDS, Document, Field, Form, Located, Tokens, vocabulary_of
from index.engine import (
    BM25_B,
    BM25_K1,
    NO_FILTERS,
    TIME_FACETS,
    Checkpoint,
    Checkpoints,
    CrossCount,
    EngineStats,
    Facet,
    FacetPair,
    Filters,
    HeldTerms,
    Match,
    Matches,
    Recency,
    Sort,
    period_of,
    with_checkpoint,
)
from index.errors import ReadOnly
from index.query import And, AtLeast, Lead, Or, Phrase, Query, Term, holds


class MemoryEngine:
    """An index that lives in this process and forgets everything when it ends.

    With a `whole`, what of that one lies inside the scope.
    """

    def __init__(self, whole: MemoryEngine | None = None, scope: Filters = NO_FILTERS) -> None:
        self._whole, self._scope = whole, scope
        self._tokens: dict[str, Tokens] = {}
        self._checkpoints: Checkpoints = ()
        self._generation = 0
        self._vocabulary: tuple[int, Vocabulary] = 0, vocabulary_of(())

    def update(
        self, documents: Iterable[Document], removed: Iterable[str], checkpoint: Checkpoint
    ) -> None:
        """See `Engine.update`; here atomic because the new state is swapped in at the end."""
        if self._whole:
            raise ReadOnly
        tokens = dict(self._tokens)
        for key in removed:
            tokens.pop(key, None)
        for document in documents:
            tokens[document.key] = Tokens.of(document)
        self._tokens = tokens
        self._checkpoints = with_checkpoint(self._checkpoints, checkpoint)
        self._generation += 1

    def tidy(self) -> None:
        """Nothing is left over."""

    def checkpoint(self) -> Checkpoint:
        """See `Engine.checkpoint`."""
        known = self.checkpoints()
        return known[-1] if known else Checkpoint("", 0)

    def checkpoints(self) -> Checkpoints:
        """See `Engine.checkpoints`."""
        return self._whole.checkpoints() if self._whole else self._checkpoints

    def generation(self) -> int:
        """See `Engine.generation`."""
        return self._whole.generation() if self._whole else self._generation

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
        crosstabs: Sequence[FacetPair] = (),
        timeout: float = math.inf,
    ) -> Matches:
        """See `Engine.search`."""
        end = time.monotonic() + timeout
        found: list[tuple[Tokens, float]] = []
        partial = False
        for tokens in self._held().values():
            if time.monotonic() > end:
                partial = True
                break
            if filters.passes(tokens.document) and holds(query, tokens):
                prior = prior_of(recency, tokens.document)
                found.append((tokens, self.score(query, tokens) * prior))
        found.sort(key=lambda item: order(sort, item[0].document, item[1]))
        page = found[offset : offset + limit]
        return Matches(
            total=len(found),
            found=tuple(Match(t.document.key, score, t.document.story) for t, score in page),
            total_exact=not partial,
            partial=partial,
            facets={
                facet: count_facet(facet, (tokens.document for tokens, _ in found))
                for facet in facets
            },
            crosstabs={
                pair: count_pairs(pair, (tokens.document for tokens, _ in found))
                for pair in crosstabs
            },
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
        del timeout
        counts: Counter[str] = Counter()
        matches = 0
        for tokens in self._held().values():
            if filters.passes(tokens.document) and holds(query, tokens):
                matches += 1
                counts.update({text for field in FIELDS for text in tokens.positions[field, form]})
        wanted = counts if among is None else {text: counts[text] for text in set(among)}
        return HeldTerms(matches, most_held(wanted, limit))

    def documents(self, keys: Sequence[str]) -> list[Document | None]:
        """See `Engine.documents`."""
        held = self._held()
        return [held[key].document if key in held else None for key in keys]

    def located(
        self, keys: Sequence[str], terms: Mapping[tuple[Field, Form], Collection[str]]
    ) -> list[Located | None]:
        """See `Engine.located`."""
        held = self._held()
        return [located(held[key], terms) if key in held else None for key in keys]

    def vocabulary(self) -> Vocabulary:
        """See `Engine.vocabulary`."""
        held, generation = self._held(), self.generation()
        if self._vocabulary[0] != generation:
            self._vocabulary = generation, vocabulary_of(held.values())
        return self._vocabulary[1]

    def stats(self) -> EngineStats:
        """See `Engine.stats`."""
        return EngineStats(len(self._held()), 0, 1)

    def faults(self) -> Iterator[str]:
        """See `Engine.faults`; nothing is stored."""
        return iter(())

    def within(self, scope: Filters) -> MemoryEngine:
        """See `Engine.within`."""
        return MemoryEngine(self, scope)

    def close(self) -> None:
        """Nothing to give back."""

    def _held(self) -> dict[str, Tokens]:
        """What can be found: all documents, or those of the whole that are inside the scope."""
        if self._whole and self._generation != self._whole.generation():
            held = self._whole._held()
            self._generation = self._whole.generation()
            inside = {k: one for k, one in held.items() if self._scope.passes(one.document)}
            self._tokens = inside
        return self._tokens

    def score(self, query: Query, tokens: Tokens) -> float:
        """The score of a document that holds the query; see `index.query`."""
        match query:
            case Term(field, form, text, boost):
                return boost * self._bm25(field, form, text, tokens)
            case Phrase(field, form, slots, _, boost):
                return boost * sum(
                    self._bm25(field, form, text, tokens) for slot in slots for text in slot
                )
            case Lead(term, _):
                return self.score(term, tokens)
            case And(parts) | Or(parts):
                return sum(self.score(part, tokens) for part in parts if holds(part, tokens))
            case AtLeast(_, parts, coordination):
                held = [self.score(part, tokens) for part in parts if holds(part, tokens)]
                return sum(held) * (1 + coordination if len(held) == len(parts) else 1)
            case _:
                return 0.0

    def _bm25(self, field: Field, form: Form, text: str, tokens: Tokens) -> float:
        """BM25 with the idf `log(N / (n + 1)) + 1`, as `whoosh.scoring.BM25F` has it."""
        frequency = len(tokens.at(field, form, text))
        if not frequency:
            return 0.0
        everyone = self._held().values()
        holding = sum(bool(other.at(field, form, text)) for other in everyone)
        average = sum(other.length(field) for other in everyone) / len(everyone)
        idf = math.log(len(everyone) / (holding + 1)) + 1
        norm = BM25_K1 * (1 - BM25_B + BM25_B * tokens.length(field) / average)
        return idf * frequency * (BM25_K1 + 1) / (frequency + norm)


def located(tokens: Tokens, terms: Mapping[tuple[Field, Form], Collection[str]]) -> Located:
    """A document with the positions of those of the terms that it holds."""
    positions = {
        (field, form): {text: places for text in texts if (places := tokens.at(field, form, text))}
        for (field, form), texts in terms.items()
    }
    return Located(tokens.document, {name: found for name, found in positions.items() if found})


def open_engine(_rest: str, *, create: bool, fresh: bool) -> MemoryEngine:
    """A new, empty engine, whatever is asked: there is nothing to find again."""
    del create, fresh
    return MemoryEngine()


def prior_of(recency: Recency | None, document: Document) -> float:
    """The factor of `Recency` for a document; 1 without a recency or a date.

    >>> prior_of(Recency("2015-08-31"), Document("k", "u", "", "", "2015-08-01"))
    1.5
    """
    if recency is None or not document.day:
        return 1.0
    age = max(0, (date.fromisoformat(recency.today) - date.fromisoformat(document.day)).days)
    return 1 + recency.weight * recency.half_life / (recency.half_life + age)


def order(sort: Sort, document: Document, score: float) -> tuple[float, float, str]:
    """The sort key of a match, smallest first; undated documents stand last under a date sort."""
    day = date.fromisoformat(document.day).toordinal() if document.day else 0
    match sort:
        case "relevance":
            return (-score, -day, document.key)
        case "newest":
            return (-day, -score, document.key)
        case "oldest":
            return (day or math.inf, -score, document.key)


def count_facet(facet: Facet, documents: Iterable[Document]) -> list[tuple[str, int]]:
    """The values of a facet and their counts, most frequent first, then by value; no empty ones."""
    counts = Counter(value for one in documents for value in facet_values(facet, one))
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def facet_values(facet: Facet, document: Document) -> tuple[str, ...]:
    """The values a document is counted under: those of an attribute, or its day, month or year."""
    if facet in TIME_FACETS:
        return (period_of(facet, document.day),) if document.day else ()
    return attribute_values(document, facet)


def count_pairs(pair: FacetPair, documents: Iterable[Document]) -> list[CrossCount]:
    """The pairs of values that documents have, by first and second value; no empty ones."""
    counts = Counter(
        (one, other)
        for document in documents
        for one in facet_values(pair[0], document)
        for other in facet_values(pair[1], document)
    )
    return [CrossCount(*values, count) for values, count in sorted(counts.items())]


def most_held(counts: Mapping[str, int], limit: int) -> tuple[TermCount, ...]:
    """The terms that are held at all, the most frequent first, then by text."""
    held = (TermCount(text, count) for text, count in counts.items() if count)
    return tuple(heapq.nsmallest(limit, held, key=lambda one: (-one.frequency, one.text)))
