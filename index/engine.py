"""Engine: what every index can do, and the values it takes and gives.

The interface is the intersection of what all engines can do; `engines/memory.py` is its meaning.
`index.opening.open_engine` turns a URL into an engine; the scheme picks it:

    memory:                              brute force, in this process; the definition
    whoosh:PATH                          the default: one directory, no server
    opensearch:http://host:9200/name     for those who outgrew one machine
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple, Protocol

from index.analysis import TermCount, Vocabulary
from index.attributes import ATTRIBUTE_NAMES, ATTRIBUTES, AttributeName, attribute_values
from index.document import Document, Field, Form, Located
from index.query import Query, dated

Sort = Literal["relevance", "newest", "oldest"]
# What matches can be counted by: one of `FACETS`.
Facet = str

TIME_FACETS = ("year", "month", "week", "day")
FACETS: tuple[Facet, ...] = (*(spec.name for spec in ATTRIBUTES if spec.facet), *TIME_FACETS)
# Two facets that matches are counted by together.
FacetPair = tuple[Facet, Facet]

# The usual values: Robertson & Zaragoza, "The Probabilistic Relevance Framework", 2009.
BM25_K1 = 1.2
BM25_B = 0.75


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader narrowed the results to; empty means everything.

    Each tuple lists accepted values, written exactly as stored (`site`: a host without `www.`);
    `since` and `until` are ISO days, both included.
    """

    source: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    story: tuple[str, ...] = ()
    since: str = ""
    until: str = ""

    @property
    def accepted(self) -> dict[AttributeName, frozenset[str]]:
        """The attributes that are narrowed, and the values they are narrowed to."""
        found = {name: frozenset[str](getattr(self, name)) for name in ATTRIBUTE_NAMES}
        return {name: values for name, values in found.items() if values}

    def passes(self, document: Document) -> bool:
        """Whether a document is inside."""
        return dated(document.day, self.since, self.until) and all(
            not accepted.isdisjoint(attribute_values(document, name))
            for name, accepted in self.accepted.items()
        )


# Everything is inside.
NO_FILTERS = Filters()


def period_of(facet: Facet, day: str) -> str:
    """The year, month or day of an ISO day, or the Sunday that begins its week.

    Weeks begin as the working week does in most Arab countries; ISO 8601's Monday cuts it in two.

    >>> [period_of(facet, "2015-08-20") for facet in TIME_FACETS]
    ['2015', '2015-08', '2015-08-16', '2015-08-20']
    """
    match facet:
        case "year":
            return day[:4]
        case "month":
            return day[:7]
        case "week" if day:
            number = date.fromisoformat(day).toordinal()
            return date.fromordinal(max(1, number - number % 7)).isoformat()
        case _:
            return day


@dataclass(frozen=True, slots=True)
class Recency:
    """A prior for news: a score is multiplied by `1 + weight * half_life / (half_life + age)`.

    `today` is an ISO day, `half_life` and age are in days; a document without a date, or of the
    future, counts as infinitely old, or as of today.
    """

    today: str
    weight: float = 1.0
    half_life: float = 30.0


class CrossCount(NamedTuple):
    """How many matches have both of two values."""

    first: str
    second: str
    matches: int


class HeldTerms(NamedTuple):
    """Terms with the number of matches that hold each, and how many matches there are.

    `partial`: the time was up before all was counted.
    """

    matches: int
    counts: tuple[TermCount, ...]
    partial: bool = False


class Match(NamedTuple):
    """A document that answers a query, its score, and its story, whose copies share it."""

    key: str
    score: float
    story: str = ""


@dataclass(frozen=True, slots=True)
class Matches:
    """One page of what a query found.

    `total` counts all matches; it is a lower bound where `total_exact` is false. `partial` tells
    that the time was up before everything was looked at. `facets` gives (value, count), the most
    frequent first, over all matches; `crosstabs` the counts of pairs of values that occur together,
    by first and second value.
    """

    total: int
    found: tuple[Match, ...]
    total_exact: bool = True
    partial: bool = False
    facets: dict[Facet, list[tuple[str, int]]] = field(default_factory=dict)
    crosstabs: dict[FacetPair, list[CrossCount]] = field(default_factory=dict)


class Checkpoint(NamedTuple):
    """How far an index mirrors an archive: the archive's name and its last revision seen."""

    archive: str
    revision: int


# Those of all archives that feed one index, the last committed one last.
Checkpoints = tuple[Checkpoint, ...]


def reached(checkpoints: Checkpoints, archive: str) -> Checkpoint:
    """The checkpoint of an archive; `Checkpoint("", 0)` for one that never fed the index."""
    return next((one for one in checkpoints if one.archive == archive), Checkpoint("", 0))


def with_checkpoint(checkpoints: Checkpoints, new: Checkpoint) -> Checkpoints:
    """The checkpoints after a commit.

    >>> with_checkpoint((Checkpoint("a", 1), Checkpoint("b", 7)), Checkpoint("a", 2))
    (Checkpoint(archive='b', revision=7), Checkpoint(archive='a', revision=2))
    """
    return (*(one for one in checkpoints if one.archive != new.archive), new)


class EngineStats(NamedTuple):
    """What an index holds: documents, bytes on disk (0 when it has none), parts it is stored in."""

    documents: int
    size: int
    segments: int


class Engine(Protocol):
    """An index that can be written and searched."""

    def update(
        self, documents: Iterable[Document], removed: Iterable[str], checkpoint: Checkpoint
    ) -> None:
        """Put documents, replacing those of their keys, drop keys, set the checkpoint; all or none.

        Called by `index.build` once a batch.
        """
        ...

    def tidy(self) -> None:
        """Put right what needs no document: leftovers of killed commits, tables of older rules.

        Called by `index.build` before it asks for anything; answers stay the same.
        """
        ...

    def checkpoint(self) -> Checkpoint:
        """The last one committed; `Checkpoint("", 0)` for an empty index."""
        ...

    def checkpoints(self) -> Checkpoints:
        """The last ones committed of each archive that feeds this index."""
        ...

    def generation(self) -> int:
        """A number that grows with each commit, of whatever process: what caches are keyed on."""
        ...

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
        """The best matches from `offset` on, ties to the newer, then to the smaller key.

        Called by `searcher.Searcher`. `timeout` in seconds: past it the answer is partial. Nodes
        never change, so an engine may remember what it found for a node by its identity, as long
        as it holds on to the node: whoever asks for a word again gains by handing in the same one.
        """
        ...

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
        """The terms that most matches hold in either field, ties by text; at most `limit`.

        `among`: only these terms are counted. Called to tell what a set of articles is about.
        """
        ...

    def documents(self, keys: Sequence[str]) -> list[Document | None]:
        """The stored documents of these keys, in this order; None for one that is not there."""
        ...

    def located(
        self, keys: Sequence[str], terms: Mapping[tuple[Field, Form], Collection[str]]
    ) -> list[Located | None]:
        """The same documents, each with the positions of those of the terms that it holds.

        Called to show hits: whoever knows the positions need not look up every word of a text.
        """
        ...

    def vocabulary(self) -> Vocabulary:
        """The terms of the last commit. Called by query expansion, corrections and suggestions."""
        ...

    def stats(self) -> EngineStats:
        """Counts and sizes. Called by `bahith stats` and the web's `/api/stats`."""
        ...

    def faults(self) -> Iterator[str]:
        """Each stored part that is not as it was written, as a sentence; looks at all of them.

        Called by `bahith check`.
        """
        ...

    def within(self, scope: Filters) -> Engine:
        """The same index as if it held only what passes some filters, for reading alone.

        Totals, facets, scores, the vocabulary and the counts are those of an index of these
        documents: no answer tells anything of another. Called for readers who may not see all.
        """
        ...

    def close(self) -> None:
        """Give files back; the engine is not used afterwards."""
        ...
