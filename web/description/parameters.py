"""Parameters of the query string, as OpenAPI describes them; with `strict=1` nothing else is taken.

>>> wrong_values(SEARCH, {"limit": ["five"], "sort": ["newest"], "sources": ["الوطن"]})
['limit', 'sources']
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crawl.text.letters import ascii_digits
from index import ATTRIBUTE_NAMES
from searcher import REFERENCE_FORMATS, SearchOptions
from web.description.schemas import HIT_FIELDS, STRING, arrays
from web.locale.arabic import ARABIC
from web.locale.locale import CATALOGS, DIGITS
from web.results.facets import FACET_NAMES
from web.results.periods import DAYS
from web.route import Schema
from web.search_params import MOST_HITS, MOST_PAGES, PAGE_HITS

Parameters = tuple[Schema, ...]
ONLY_YES: Schema = {"enum": ["1"]}
YES_OR_NO: Schema = {"enum": ["0", "1"]}


def parameter(
    name: str, description: str, schema: Schema = STRING, *, many: bool = False
) -> Schema:
    """A parameter of the query string; `many` may be given more than once."""
    return {
        "name": name,
        "in": "query",
        "description": description,
        "schema": arrays(schema) if many else schema,
    }


def whole(least: int, most: int, usual: int) -> Schema:
    """The schema of a number that has bounds."""
    return {"type": "integer", "minimum": least, "maximum": most, "default": usual}


LANGUAGE = (parameter("lang", "the language of what is said", {"enum": list(CATALOGS)}),)
WORDED = (
    *LANGUAGE,
    parameter("digits", "the digits of numbers and dates", {"enum": list(DIGITS)}),
    parameter(
        "months",
        "the names of months",
        {"enum": [name for name in ARABIC.month_systems if name]},
    ),
)
STRICT = (parameter("strict", "1: refuse what cannot be used", ONLY_YES),)
ASKED = (parameter("q", "the question, in the query language of docs/query.md"),)
NARROWED = (
    *(parameter(name, f"only this {name}", many=True) for name in ATTRIBUTE_NAMES),
    parameter("since", "first day: 2015-08-01, 2015-08, 2015, or as readers write times"),
    parameter("until", "last day, included"),
    parameter("month", "a month 2015-08: both ends at once"),
)
READ = (
    parameter("literal", "1: do not correct a question that finds nothing", YES_OR_NO),
    parameter("all_words", "1: leave out articles that lack a word", YES_OR_NO),
)
ORDERED = (
    parameter(
        "sort", "the order of the hits", {"enum": list(ARABIC.sorts), "default": "relevance"}
    ),
    parameter("recency", "1: prefer newer articles, 0: do not", YES_OR_NO),
)
FOLD = (parameter("fold", "1: list each story once; its copies stand with the hit", YES_OR_NO),)
PAGE = (parameter("page", "page number", whole(1, MOST_PAGES, 1)),)
FIELDS = (
    {
        **parameter("fields", "parts of a hit, parted by commas; the id is always there"),
        "style": "form",
        "explode": False,
        "schema": arrays({"enum": list(HIT_FIELDS)}),
    },
)
AFTER = (parameter("after", "`page.after` of an answer: the hits behind it, whatever came since"),)
LISTED = (*ASKED, *NARROWED, *READ, *ORDERED)
SEARCH = (
    *LISTED,
    *FOLD,
    *PAGE,
    parameter("limit", "hits a page", whole(0, MOST_HITS, SearchOptions().limit)),
    *FIELDS,
    *AFTER,
    *LANGUAGE,
    *STRICT,
)
PICKED = (parameter("pick", "the id of a hit that is chosen for the press sheet", many=True),)
LAST = (parameter("last", "the last of these, in place of since", {"enum": list(DAYS)}),)
RESULTS_PAGE = (
    *LISTED,
    *FOLD,
    *PAGE,
    parameter("limit", "hits a page", whole(1, PAGE_HITS, SearchOptions().limit)),
    *LAST,
    *PICKED,
    *(parameter(f"find.{name}", f"values of {name} that hold this") for name in FACET_NAMES),
    *WORDED,
)
SHEET = (*PICKED, *LISTED, *FOLD, *WORDED)
QUESTIONS = (parameter("q", "up to four questions", many=True), *NARROWED)
COVERAGE_PAGE = (
    *QUESTIONS,
    *LAST,
    parameter(
        "by",
        "share: of all articles, not their number; side: sources beside each other",
        {"enum": ["count", "share", "side"]},
    ),
    *WORDED,
)
FEED = (*ASKED, *NARROWED, *READ[:1], *FOLD, *PAGE, *WORDED)
FILE = LISTED
REFERENCE = (
    parameter("id", "a hit's id; without one the formats are listed"),
    parameter("format", "the format of the reference", {"enum": list(REFERENCE_FORMATS)}),
)
KEY = (
    {"name": "key", "in": "path", "required": True, "description": "a hit's id", "schema": STRING},
)
ARTICLE_PAGE = (
    *KEY,
    *LISTED,
    *FOLD,
    parameter("at", "its place in the list of what was asked, from 1", {"type": "integer"}),
    *WORDED,
)


def wrong_values(described: Parameters, given: Mapping[str, Sequence[str]]) -> list[str]:
    """The names of what is no parameter, or whose last value is not of its schema."""
    schemas = {one["name"]: one["schema"] for one in described if one["in"] == "query"}
    return [
        name
        for name, values in given.items()
        if name not in schemas or not all(_is_fit(schemas[name], one) for one in values[-1:])
    ]


def _is_fit(schema: Schema, text: str) -> bool:
    if "enum" in schema:
        return text in schema["enum"]
    if schema["type"] == "array" and "enum" in schema["items"]:
        return all(one in schema["items"]["enum"] for one in text.split(","))
    if schema["type"] == "integer":
        written = ascii_digits(text.strip())
        is_number = written.isdecimal() and len(written) < 10
        return is_number and schema["minimum"] <= int(written) <= schema["maximum"]
    return True
