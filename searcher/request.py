"""Request: what a reader asked for, as a tree of their own words.

`parse` makes it from a string and `expand` turns it into an `index.query` tree over the terms of
an index. Between the two, words are still as typed: the Arabic behind them is looked up once the
index is known.

    Word      one word, in any of its inflections; `spelled`: exactly so
    Prefix    words that begin so
    Quote     words in this order, at most `slop` others between neighbours
    Held      the article's source, author, section or site holds this
    Between   published between two days; `bare`: read out of plain words, so perhaps no date
    AllOf AnyOf Without
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index import Field, query


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed; `field` narrows it to the title or the body."""

    text: str
    spelled: bool = False
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of words, without its `*`."""

    text: str
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in quotation marks."""

    words: tuple[str, ...]
    slop: int = 0
    spelled: bool = False
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """`source:…`, `author:…`, `section:…` or `site:…`."""

    name: query.AttributeName
    text: str


@dataclass(frozen=True, slots=True)
class Between:
    """Days, both included, ISO or empty for open; `said` is what the reader typed."""

    since: str
    until: str
    said: str
    bare: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """Parts that are all wanted; `strict`: joined by AND, so that none may be missing."""

    parts: tuple[Wish, ...]
    strict: bool = False


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Parts of which one is enough."""

    parts: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What an article must not hold."""

    part: Wish


Wish = Word | Prefix | Quote | Held | Between | AllOf | AnyOf | Without


@dataclass(frozen=True, slots=True)
class Request:
    """A parsed query: wishes side by side, and sentences about what could not be used of it."""

    text: str
    wishes: tuple[Wish, ...] = ()
    notes: tuple[str, ...] = ()


def leaves(wish: Wish) -> Iterator[Word | Prefix | Quote]:
    """The words of a wish that an article may show marked, in order; nothing under a Without."""
    match wish:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Word() | Prefix() | Quote():
            yield wish
        case _:
            return
