"""OpenAPI description of the JSON routes, made from the table of routes and the schemas below."""

from __future__ import annotations

from importlib.metadata import version

from flask import Response

from index import ATTRIBUTE_NAMES
from searcher import SearchOptions
from web.app_state import shared_state
from web.locale.arabic import ARABIC
from web.responses import address, as_json
from web.results.facets import FACET_NAMES
from web.route import Operation, Schema
from web.search_params import MOST_HITS, MOST_PAGES

STRING: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
UNKNOWN: Schema = {"type": ["string", "null"]}
SPANS: Schema = {
    "type": "array",
    "items": {"type": "array", "items": INTEGER, "minItems": 2, "maxItems": 2},
    "description": "pairs [start, end) counted in code points of the text they belong to",
}


def objects(**properties: Schema) -> Schema:
    """The schema of an object whose properties are all there."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def arrays(items: Schema) -> Schema:
    """The schema of an array of one kind of thing."""
    return {"type": "array", "items": items}


COUNTED = arrays(
    {
        "type": "array",
        "items": {"type": ["string", "integer"]},
        "minItems": 2,
        "maxItems": 2,
        "description": "[value, hits]",
    }
)
NAMED = dict.fromkeys(("id", "url", "title"), STRING)
KNOWN_OR_NOT = dict.fromkeys(
    ("source", "author", "section", "date", "language", "agency", "story"), UNKNOWN
)
DOCUMENT = {**NAMED, **KNOWN_OR_NOT, "tags": arrays(STRING)}
COMPONENTS: dict[str, Schema] = {
    "Hit": objects(
        **DOCUMENT,
        score={"type": "number"},
        snippet=objects(text=STRING, marks=SPANS),
        title_marks=SPANS,
        words=arrays(objects(word=STRING, form=STRING, why=STRING)),
        copies=arrays(
            objects(
                **NAMED,
                **dict.fromkeys(("source", "date", "agency"), STRING),
                likeness=INTEGER,
                is_first={"type": "boolean"},
            )
        ),
        copies_total=INTEGER,
    ),
    "Results": objects(
        query=STRING,
        total=INTEGER,
        total_exact={"type": "boolean"},
        total_whole=INTEGER,
        stories={"type": ["integer", "null"]},
        divided_at={"type": ["integer", "null"]},
        took_ms={"type": "number"},
        suggestion={"type": ["object", "null"]},
        hits=arrays({"$ref": "#/components/schemas/Hit"}),
        notes=arrays(STRING),
        facets=objects(**dict.fromkeys(FACET_NAMES, COUNTED)),
        page=objects(number=INTEGER, size=INTEGER, pages=INTEGER, next=UNKNOWN),
    ),
    "Coverages": objects(
        questions=arrays(
            objects(
                query=STRING,
                total=INTEGER,
                total_exact={"type": "boolean"},
                unit={"enum": ["day", "week", "month", "year"]},
                series=arrays(STRING),
                bars=arrays(
                    objects(
                        since=STRING,
                        until=STRING,
                        count=INTEGER,
                        counts=arrays(INTEGER),
                        everything=INTEGER,
                    )
                ),
                sources=COUNTED,
                silent=COUNTED,
                words=arrays(
                    objects(
                        word=STRING,
                        articles=INTEGER,
                        elsewhere=INTEGER,
                        likelihood={"type": "number"},
                    )
                ),
            )
        )
    ),
    "Article": objects(**DOCUMENT, body=STRING),
    "Similar": objects(id=STRING, hits=arrays(objects(**DOCUMENT))),
    "Suggestions": {"type": "array", "description": "[what was typed, [a completion, …]]"},
    "Stats": {"type": "object"},
    "Error": objects(error=objects(status=INTEGER, code=STRING, message=STRING)),
}


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


SEARCH_PARAMETERS = (
    parameter("q", "the question, in the query language of docs/query.md"),
    *(parameter(name, f"only this {name}", many=True) for name in ATTRIBUTE_NAMES),
    parameter("since", "first day: 2015-08-01, 2015-08 or 2015"),
    parameter("until", "last day, included"),
    parameter(
        "sort", "the order of the hits", {"enum": list(ARABIC.sorts), "default": "relevance"}
    ),
    parameter("recency", "1: prefer newer articles, 0: do not", {"enum": ["0", "1"]}),
    parameter("page", "page number", {"type": "integer", "minimum": 1, "maximum": MOST_PAGES}),
    parameter(
        "limit",
        "hits a page",
        {"type": "integer", "minimum": 0, "maximum": MOST_HITS, "default": SearchOptions().limit},
    ),
    parameter("all_words", "1: leave out articles that lack a word", {"enum": ["1"]}),
    parameter("strict", "1: refuse parameters that cannot be used", {"enum": ["1"]}),
    parameter("lang", "the language of notes and messages", {"enum": ["ar", "en"]}),
    parameter("fold", "1: list each story once; its copies stand with the hit", {"enum": ["1"]}),
    parameter("literal", "1: do not correct the question when it finds nothing", {"enum": ["1"]}),
)
COVERAGE_PARAMETERS = (
    parameter("q", "up to four questions", many=True),
    *SEARCH_PARAMETERS[1 : len(ATTRIBUTE_NAMES) + 3],
)
TYPED = (parameter("q", "what was typed so far"),)
KEY = (
    {"name": "key", "in": "path", "required": True, "description": "a hit's id", "schema": STRING},
)


def openapi() -> Response:
    """`/openapi.json`: the API in OpenAPI 3.1."""
    described = [route for route in shared_state().routes.values() if route.operation]
    return as_json(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "bahith",
                "version": version("bahith"),
                "description": "Search Arabic news.",
            },
            "servers": [{"url": address("home", absolute=True).rstrip("/")}],
            "paths": {
                route.path.replace("<", "{").replace(">", "}"): {
                    "get": _operation(route.endpoint, route.operation)
                }
                for route in described
                if route.operation
            },
            "components": {"schemas": COMPONENTS},
        }
    )


def _operation(endpoint: str, operation: Operation) -> Schema:
    answers = {
        "200": _answer(operation.summary, operation.answer),
        "401": _answer("No valid key, where keys are asked for.", "Error"),
        "429": _answer("Too many requests; Retry-After tells when to come again.", "Error"),
        "503": _answer("No index yet.", "Error"),
    }
    if operation.parameters is SEARCH_PARAMETERS:
        answers["400"] = _answer("A parameter cannot be used, asked with strict=1.", "Error")
    if operation.parameters is KEY:
        answers["404"] = _answer("No such article.", "Error")
        answers["410"] = _answer("The article was removed for good.", "Error")
    return {
        "operationId": endpoint,
        "summary": operation.summary,
        "parameters": list(operation.parameters),
        "responses": answers,
    }


def _answer(description: str, schema: str) -> Schema:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}
