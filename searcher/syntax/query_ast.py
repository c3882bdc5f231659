"""Request: what a reader asked for, as a tree of their own words.

`parse` makes it from a string and `expand` turns it into an `index.query` tree over the terms of
an index. Between the two, words are still as typed: the Arabic behind them is looked up once the
index is known.

    Word      one word, in any of its inflections; `spelled`: exactly so
    Prefix    words that begin so
    Quote     words in this order, at most `slop` others between neighbours
    Held      an attribute of the article, such as its source, holds this
    Between   published between two days; `bare`: read out of plain words, so perhaps no date
    AllOf AnyOf Without
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index import AttributeName, Field, cut


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
    """`source:…`, `author:…`, `tag:…` and the other attributes of `index.ATTRIBUTES`."""

    name: AttributeName
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


Leaf = Word | Prefix | Quote
Wish = Word | Prefix | Quote | Held | Between | AllOf | AnyOf | Without


@dataclass(frozen=True, slots=True)
class Request:
    """A parsed query: wishes side by side, and sentences about what could not be used of it."""

    text: str
    wishes: tuple[Wish, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def has_bare_dates(self) -> bool:
        """Whether plain words were read as a time."""
        return any(isinstance(wish, Between) and wish.bare for wish in self.wishes)

    @property
    def has_quotes(self) -> bool:
        """Whether a phrase is wanted whose words could do."""
        return any(isinstance(wish, Quote) and not wish.spelled for wish in self.wishes)

    @property
    def words(self) -> int:
        """How many plain words there are besides everything else."""
        return sum(isinstance(wish, Word) for wish in self.wishes)

    def with_dates_as_words(self) -> Request:
        """The request without the times that plain words named."""
        return self._with(
            [Word(wish.said[a:b]) for a, b in zip(*cut(wish.said), strict=True)]
            if isinstance(wish, Between) and wish.bare
            else [wish]
            for wish in self.wishes
        )

    def with_quotes_as_words(self, note: str) -> Request:
        """The request with each phrase taken apart into its words, and a note that says so."""
        loosened = self._with(
            [Word(word, field=wish.field) for word in wish.words]
            if isinstance(wish, Quote) and not wish.spelled
            else [wish]
            for wish in self.wishes
        )
        return replace(loosened, notes=(*self.notes, note))

    def _with(self, wishes: Iterable[Sequence[Wish]]) -> Request:
        return replace(self, wishes=tuple(dict.fromkeys(wish for some in wishes for wish in some)))


def leaves(wish: Wish) -> Iterator[Leaf]:
    """The words of a wish that an article may show marked, in order; nothing under a Without."""
    match wish:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Word() | Prefix() | Quote():
            yield wish
        case _:
            return
