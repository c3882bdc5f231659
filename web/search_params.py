"""SearchParams: a search as the query string says it, and the query string that says it.

The page, the API and the feed read the same parameters; every link of the page (a filter, a page
number, an undo) is the same `SearchParams` with one thing changed. Nothing a stranger writes there
is an error: what cannot be used is left out and said in `notes`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Protocol

from crawl.text.letters import ascii_digits
from index import Sort
from searcher import read_dates
from web.locale.formats import number
from web.locale.strings import FILTERS, SORTS, TEXT

# Longer than a headline and its lead is an accident, and every link repeats the question.
QUERY_LETTERS = 2000
# A list of fewer than ten entries serves a search box; a hundred at a time serve a script.
MOST_HITS = 100
# Nobody turns more pages, and each costs a longer heap; the filters lead further.
MOST_PAGES = 100
# Each is compared with every article, counted and shown; more are chosen by nobody's hand.
MOST_VALUES = 20
# The longest source or author of 19,507 articles has 110 letters.
VALUE_LETTERS = 200
DEFAULT_HITS = 10
FILTER_NAMES = ("source", "section", "author", "site")
SWITCH = {"1": True, "0": False}


class QueryArgs(Protocol):
    """A parsed query string, such as `flask.request.args`."""

    def get(self, key: str, default: str, /) -> str:
        """The first value of a parameter."""
        ...

    def getlist(self, key: str, /) -> list[str]:
        """All values of a parameter."""
        ...


@dataclass(frozen=True, slots=True)
class SearchParams:
    """A question and its filters; `since` and `until` are ISO days.

    `recency` prefers the newer among the relevant, or does not; None leaves it to the installation.
    `literal` takes the question as typed, without the correction that an empty answer else gets.
    """

    query: str = ""
    source: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    sort: Sort = "relevance"
    recency: bool | None = None
    literal: bool = False
    limit: int = DEFAULT_HITS
    page: int = 1
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, arguments: QueryArgs) -> SearchParams:
        """Read a query string; never fails.

        >>> from werkzeug.datastructures import MultiDict
        >>> params = SearchParams.of(MultiDict({"q": " سفير ", "page": "٢", "until": "2015-08"}))
        >>> params.query, params.page, params.until
        ('سفير', 2, '2015-08-31')
        """
        notes: list[str] = []
        query = arguments.get("q", "").strip()
        if len(query) > QUERY_LETTERS:
            query = query[:QUERY_LETTERS]
            notes.append(TEXT["query_cut"].format(number(QUERY_LETTERS)))
        since = _bound(arguments.get("since", ""), "first", notes)
        until = _bound(arguments.get("until", ""), "last", notes)
        if since and until and since > until:
            since, until = until, since
        return cls(
            query=query,
            **{name: _values(arguments, name, notes) for name in FILTER_NAMES},
            since=since,
            until=until,
            sort=_sort(arguments.get("sort", "")),
            recency=SWITCH.get(arguments.get("recency", "")),
            literal=arguments.get("literal", "") == "1",
            limit=_whole(arguments.get("limit", ""), DEFAULT_HITS, MOST_HITS),
            page=_whole(arguments.get("page", ""), 1, MOST_PAGES),
            notes=tuple(notes),
        )

    @property
    def offset(self) -> int:
        """How many hits stand before this page."""
        return (self.page - 1) * self.limit

    @property
    def narrowed(self) -> bool:
        """Whether any filter is on."""
        return bool(
            self.source or self.section or self.author or self.site or self.since or self.until
        )

    def replace(self, **changes: object) -> SearchParams:
        """The same question with something changed, from its first page unless a page is given."""
        return replace(self, **{"page": 1, "notes": (), **changes})  # type: ignore[arg-type]

    def toggled(self, name: str, value: str) -> SearchParams:
        """The same question with a value added to a filter, or taken out of it.

        >>> SearchParams(source=("أ",)).toggled("source", "ب").toggled("source", "أ").source
        ('ب',)
        """
        have: tuple[str, ...] = getattr(self, name)
        kept = tuple(v for v in have if v != value)
        return self.replace(**{name: kept if len(kept) < len(have) else (*have, value)})

    def unfiltered(self) -> SearchParams:
        """The bare question."""
        usual = SearchParams()
        names = ("source", "section", "author", "site", "since", "until")
        return self.replace(**{name: getattr(usual, name) for name in names})

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The query string as pairs, for the hidden fields of a form."""
        return [
            (name, value)
            for name, values in self.arguments().items()
            for value in ([values] if isinstance(values, str) else values)
        ]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What goes along with another question: the filters and the order."""
        return self.replace(query="", literal=False).parameters

    def arguments(self) -> dict[str, str | list[str]]:
        """The query string that says this, without what is as usual.

        >>> SearchParams(query="سفير", source=("أ",), page=2).arguments()
        {'q': 'سفير', 'source': ['أ'], 'page': '2'}
        """
        usual = SearchParams()
        said: dict[str, str | list[str]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name == "notes" or value == getattr(usual, field.name):
                continue
            name = "q" if field.name == "query" else field.name
            said[name] = (
                list(value)
                if isinstance(value, tuple)
                else str(int(value) if isinstance(value, bool) else value)
            )
        return said


def _values(arguments: QueryArgs, name: str, notes: list[str]) -> tuple[str, ...]:
    given = [value for value in arguments.getlist(name) if value.strip()]
    usable = list(dict.fromkeys(value for value in given if len(value) <= VALUE_LETTERS))
    if len(usable) > MOST_VALUES or any(len(value) > VALUE_LETTERS for value in given):
        limits = number(MOST_VALUES), number(VALUE_LETTERS)
        notes.append(TEXT["filter_cut"].format(FILTERS[name], *limits))
    return tuple(usable[:MOST_VALUES])


def _bound(text: str, end: str, notes: list[str]) -> str:
    if not text.strip():
        return ""
    days = read_dates(text, date.today())
    if days is None:
        notes.append(TEXT["bad_date"].format(text[:40]))
        return ""
    return days[0] if end == "first" else days[1]


def _sort(text: str) -> Sort:
    return text if text in SORTS else "relevance"  # type: ignore[return-value]


def _whole(text: str, usual: int, most: int) -> int:
    written = ascii_digits(text.strip())
    return min(max(int(written), 1), most) if written.isdecimal() and len(written) < 10 else usual
