"""Results: what a search found, complete when built, ready for a page, a script or a terminal."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any, NamedTuple

from crawl.text.calendars import in_hijri
from crawl.text.times import Period
from index import CrossCount, Document, Facet, FacetPair, Why
from searcher.hits.snippet import Snippet
from searcher.notes import Note


class Word(NamedTuple):
    """Why a hit is one: a word of the query, how the article writes it, how the two are related."""

    word: str
    form: str
    why: Why


class ScorePart(NamedTuple):
    """What one part of a query adds to a score."""

    part: str
    score: float


class Copy(NamedTuple):
    """A copy of a hit's story; `likeness`: how much of both texts' words are common, per cent."""

    id: str
    url: str
    title: str
    source: str
    date: str
    agency: str
    likeness: int
    is_first: bool

    @classmethod
    def of(cls, document: Document, other: Document) -> Copy:
        """A document beside another one that is a copy of it."""
        return cls(
            id=document.key,
            url=document.url,
            title=document.title,
            source=document.source,
            date=document.date,
            agency=document.agency,
            likeness=likeness(document.body, other.body),
            is_first=document.key == document.story,
        )


def likeness(one: str, other: str) -> int:
    """How much of the different words of two texts are common to both, per cent.

    >>> likeness("زار السفير المدينة", "زار السفير المدينة أمس"), likeness("", "")
    (75, 100)
    """
    words, others = set(one.split()), set(other.split())
    return 100 * len(words & others) // len(words | others) if words or others else 100


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the reader may have meant; `applied`: the results are already those of this query."""

    query: str
    why: Why
    applied: bool = False


# What a hit repeats of its document.
SHOWN = tuple(field.name for field in fields(Document) if field.name not in ("key", "body"))


@dataclass(frozen=True, slots=True)
class Hit:
    """One article of a page of results.

    `id` is the document's key; `title_marks` are spans of the title; `missing` names the words of
    the query that the article does not hold. `copies` are the first of the `copies_total` other
    matches that tell its story, where stories are folded.
    """

    id: str
    url: str
    title: str
    source: str
    author: str
    section: str
    date: str
    score: float
    snippet: Snippet
    language: str = ""
    tags: tuple[str, ...] = ()
    title_marks: tuple[tuple[int, int], ...] = ()
    words: tuple[Word, ...] = ()
    missing: tuple[str, ...] = ()
    agency: str = ""
    story: str = ""
    copies: tuple[Copy, ...] = ()
    copies_total: int = 0
    score_parts: tuple[ScorePart, ...] = ()

    @classmethod
    def of(cls, document: Document, snippet: Snippet, score: float = 0.0, **found: Any) -> Hit:
        """A document as a hit, with what was found in it."""
        shown = {name: getattr(document, name) for name in SHOWN}
        return cls(id=document.key, snippet=snippet, score=score, **shown, **found)

    @property
    def excerpt(self) -> str:
        """The snippet as plain text."""
        return self.snippet.text

    def to_json(self) -> dict[str, Any]:
        """The object that `bahith search --json` prints for a hit."""
        shown = {name: getattr(self, name) for name in SHOWN}
        return {
            "id": self.id,
            **{n: list(v) if isinstance(v, tuple) else v for n, v in shown.items()},
            "score": round(self.score, 4),
            "snippet": {"text": self.snippet.text, "marks": [list(m) for m in self.snippet.marks]},
            "title_marks": [list(mark) for mark in self.title_marks],
            "words": [word._asdict() for word in self.words],
            "missing": list(self.missing),
            "copies": [copy._asdict() for copy in self.copies],
            "copies_total": self.copies_total,
            "score_parts": [[part, round(score, 4)] for part, score in self.score_parts],
        }


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what a query found.

    `total` counts all hits (a lower bound unless `total_exact`), `total_whole` those of them that
    hold every word: the same two under every sort. `stories`: how many stories they tell, where
    these are folded, a line for each. `divided_at`: the place among the hits where
    those that lack a word begin, if they follow all others. `partial`: the time was up first.
    `notes` are sentences about what could not be used or was done differently; `periods` the times
    that the query named.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    total_whole: int = 0
    stories: int | None = None
    divided_at: int | None = None
    total_exact: bool = True
    partial: bool = False
    took_ms: float = 0.0
    suggestion: Suggestion | None = None
    facets: dict[Facet, list[tuple[str, int]]] = field(default_factory=dict)
    crosstabs: dict[FacetPair, list[CrossCount]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    periods: tuple[Period, ...] = ()

    @property
    def lines(self) -> int:
        """The lines of the whole list."""
        return self.total if self.stories is None else self.stories

    def with_hits(self, hits: tuple[Hit, ...]) -> Results:
        """The same with other hits of the list."""
        return replace(self, hits=hits)

    def to_json(self) -> dict[str, Any]:
        """The object that `bahith search --json` prints."""
        return {
            "query": self.query,
            "total": self.total,
            "total_exact": self.total_exact,
            "total_whole": self.total_whole,
            "stories": self.stories,
            "divided_at": self.divided_at,
            "partial": self.partial,
            "took_ms": round(self.took_ms, 2),
            "suggestion": _suggestion(self.suggestion),
            "notes": list(self.notes),
            "periods": [_period(period) for period in self.periods],
            "facets": {name: [list(pair) for pair in pairs] for name, pairs in self.facets.items()},
            "hits": [hit.to_json() for hit in self.hits],
        }


def _suggestion(suggestion: Suggestion | None) -> dict[str, Any] | None:
    if suggestion is None:
        return None
    return {"query": suggestion.query, "why": suggestion.why, "applied": suggestion.applied}


def _period(period: Period) -> dict[str, str]:
    return {
        "said": period.said,
        "since": period.since,
        "until": period.until,
        "hijri_since": in_hijri(period.since),
        "hijri_until": in_hijri(period.until),
    }
