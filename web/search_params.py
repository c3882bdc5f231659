"""SearchParams: a search as the query string says it, and the query string that says it.

The page, the API and the feed read the same parameters; every link of the page (a filter, a page
number, an undo) is the same `SearchParams` with one thing changed. Values are read by
`searcher.SearchOptions`: nothing a stranger writes there is an error, what cannot be used is left
out and said in `notes`.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, fields, replace
from typing import Protocol, Self
from urllib.parse import urlencode

from crawl.text.letters import ascii_digits
from index import ATTRIBUTE_NAMES
from searcher import Note, SearchOptions

# Longer than a headline and its lead is an accident, and every link repeats the question.
QUERY_LETTERS = 2000
# A list of fewer than ten entries serves a search box; a hundred at a time serve a script.
MOST_HITS = 100
# So many hits stay below 100 kB, whatever they are called; a script reads JSON.
PAGE_HITS = 30
# Bytes of an address beyond which not every link of a page repeats it: 100 Arabic letters.
LONG_ADDRESS = 600
# Nobody turns more pages, and each costs a longer heap; the filters lead further.
MOST_PAGES = 100
# Chosen hits of one sheet, and the letters of a key; the address has to carry them all.
MOST_PICKS = 50
KEY_LETTERS = 64
_READ = ("since", "until", "sort", "recency", "literal", "all_words", "fold")
# Said by `page`, made for each answer, or no reader's business.
_UNSAID = ("offset", "notes", "facets", "crosstabs")


class QueryArgs(Protocol):
    """A parsed query string, such as `flask.request.args`."""

    def getlist(self, key: str, /) -> list[str]:
        """All values of a parameter."""
        ...


@dataclass(frozen=True, slots=True)
class SearchParams(SearchOptions):
    """A question and how it is to be answered, a page at a time, each story once."""

    query: str = ""
    page: int = 1
    fold: bool = True

    def __post_init__(self) -> None:
        """Keep the offset of the page."""
        object.__setattr__(self, "offset", (self.page - 1) * self.limit)

    @classmethod
    def of(
        cls, arguments: QueryArgs, most_hits: int = MOST_HITS, *, least_hits: int = 1
    ) -> SearchParams:
        """Read a query string; never fails. Of a parameter that is given twice the last one counts.

        `month` is a month `2015-08` that sets both ends, or empty to set none.

        >>> from werkzeug.datastructures import MultiDict
        >>> params = SearchParams.of(MultiDict({"q": " سفير ", "page": "٢", "until": "2015-08"}))
        >>> params.query, params.page, params.until
        ('سفير', 2, '2015-08-31')
        """
        query = _last(arguments, "q").strip()
        cut = len(query) > QUERY_LETTERS
        usual = cls(
            query=query[:QUERY_LETTERS],
            limit=_whole(_last(arguments, "limit"), cls().limit, most_hits, least_hits),
            page=_whole(_last(arguments, "page"), 1, MOST_PAGES),
            notes=(Note("long-query", QUERY_LETTERS),) if cut else (),
        )
        filters = {name: arguments.getlist(name) for name in ATTRIBUTE_NAMES}
        single = {name: _last(arguments, name) for name in _READ}
        if arguments.getlist("month"):
            single["since"] = single["until"] = _last(arguments, "month")
        return usual.but(**filters, **single)

    def replace(self, **changes: object) -> Self:
        """The same question with something changed, from its first page unless a page is given."""
        return replace(self, **{"page": 1, "notes": (), **changes})  # type: ignore[arg-type]

    def toggled(self, name: str, value: str) -> Self:
        """The same question with a value added to a filter, or taken out of it.

        >>> SearchParams(source=("أ",)).toggled("source", "ب").toggled("source", "أ").source
        ('ب',)
        """
        have: tuple[str, ...] = getattr(self, name)
        kept = tuple(v for v in have if v != value)
        return self.replace(**{name: kept if len(kept) < len(have) else (*have, value)})

    def unfiltered(self) -> Self:
        """The bare question, from its first page."""
        return super(SearchParams, self.replace()).unfiltered()

    @property
    def month(self) -> str:
        """The month `YYYY-MM` that the filter of dates is, first day to last; empty if it is none.

        >>> SearchParams(since="2015-08-01", until="2015-08-31").month
        '2015-08'
        """
        if not (self.since.endswith("-01") and self.since[:7] == self.until[:7]):
            return ""
        last = monthrange(int(self.since[:4]), int(self.since[5:7]))[1]
        return self.since[:7] if self.until.endswith(f"-{last}") else ""

    @property
    def is_long(self) -> bool:
        """Whether a page should repeat this as seldom as it can."""
        return len(urlencode(self.parameters)) > LONG_ADDRESS

    def window(self, offset: int, limit: int) -> SearchOptions:
        """The same options for some hits anywhere in the list, whatever its pages are."""
        return replace(self.plain, offset=offset, limit=limit)

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
        said: dict[str, str | list[str]] = {}
        for field, name, usual in _SAID:
            value = getattr(self, field)
            if value == usual:
                continue
            said[name] = (
                list(value)
                if isinstance(value, tuple)
                else str(int(value) if isinstance(value, bool) else value)
            )
        return said


def picks_of(arguments: QueryArgs) -> tuple[str, ...]:
    """The keys of the hits that a reader has chosen, each once.

    >>> from werkzeug.datastructures import MultiDict
    >>> picks_of(MultiDict([("pick", "k2"), ("pick", "k1"), ("pick", "k2")]))
    ('k2', 'k1')
    """
    given = (key for key in arguments.getlist("pick") if 0 < len(key) <= KEY_LETTERS)
    return tuple(dict.fromkeys(given))[:MOST_PICKS]


# Field, name in the address, usual value: what an address says, the question first.
_SAID = tuple(
    (field.name, "q" if field.name == "query" else field.name, getattr(SearchParams(), field.name))
    for field in sorted(fields(SearchParams), key=lambda field: field.name != "query")
    if field.name not in _UNSAID
)


def _last(arguments: QueryArgs, name: str) -> str:
    given = arguments.getlist(name)
    return given[-1] if given else ""


def _whole(text: str, usual: int, most: int, least: int = 1) -> int:
    written = ascii_digits(text.strip())
    if not written.isdecimal() or len(written) >= 10:
        return usual
    return min(max(int(written), least), most)
