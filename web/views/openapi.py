"""How programs learn what we offer: OpenAPI for scripts, OpenSearch for browsers' search boxes."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from apispec import APISpec
from flask import Response, current_app

from web.locale.strings import SORTS, TEXT
from web.responses import address, as_json, as_xml, asset
from web.results_page import FACET_NAMES
from web.search_params import DEFAULT_HITS, MOST_HITS, MOST_PAGES

OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"

Schema = dict[str, Any]

STRING: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
SPANS: Schema = {
    "type": "array",
    "items": {"type": "array", "items": INTEGER, "minItems": 2, "maxItems": 2},
    "description": "pairs [start, end) counted in code points of the text they belong to",
}


def objects(**properties: Schema) -> Schema:
    """An object whose properties are all there."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def arrays(items: Schema) -> Schema:
    """An array of one kind of thing."""
    return {"type": "array", "items": items}


UNKNOWN: Schema = {"type": ["string", "null"]}
COUNTED = arrays(
    {"type": "array", "prefixItems": [STRING, INTEGER], "description": "[value, hits]"}
)
NAMED = dict.fromkeys(("id", "url", "title"), STRING)
KNOWN_OR_NOT = dict.fromkeys(("source", "author", "section", "date"), UNKNOWN)
DOCUMENT = {**NAMED, **KNOWN_OR_NOT}
HIT = objects(
    **DOCUMENT,
    score={"type": "number"},
    snippet=objects(text=STRING, marks=SPANS),
    title_marks=SPANS,
    words=arrays(objects(word=STRING, form=STRING, why=STRING)),
)
RESULTS = objects(
    query=STRING,
    total=INTEGER,
    total_exact={"type": "boolean"},
    took_ms={"type": "number"},
    suggestion={"type": ["object", "null"]},
    hits=arrays({"$ref": "#/components/schemas/Hit"}),
    notes=arrays(STRING),
    facets=objects(**dict.fromkeys(FACET_NAMES, COUNTED)),
    page=objects(number=INTEGER, size=INTEGER, pages=INTEGER, next={"type": ["string", "null"]}),
)
ERROR = objects(error=objects(status=INTEGER, message=STRING))
COMPONENTS = {
    "Hit": HIT,
    "Results": RESULTS,
    "Article": objects(**DOCUMENT, body=STRING),
    "Suggestions": {"type": "array", "description": "[what was typed, [a completion, …]]"},
    "Stats": {"type": "object"},
    "Error": ERROR,
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


SEARCH_PARAMETERS = [
    parameter("q", "the question, in the query language of docs/query.md"),
    *(
        parameter(name, f"only this {name}", many=True)
        for name in ("source", "section", "author", "site")
    ),
    parameter("since", "first day: 2015-08-01, 2015-08 or 2015"),
    parameter("until", "last day, included"),
    parameter("sort", "the order of the hits", {"enum": list(SORTS), "default": "relevance"}),
    parameter("recency", "1: prefer newer articles, 0: do not", {"enum": ["0", "1"]}),
    parameter("page", "page number", {"type": "integer", "minimum": 1, "maximum": MOST_PAGES}),
    parameter(
        "limit",
        "hits a page",
        {"type": "integer", "minimum": 1, "maximum": MOST_HITS, "default": DEFAULT_HITS},
    ),
    parameter("literal", "1: do not correct the question when it finds nothing", {"enum": ["1"]}),
]
KEY = {"name": "key", "in": "path", "required": True, "description": "a hit's id", "schema": STRING}

# path, what it answers with, its parameters, what it is for
OPERATIONS: tuple[tuple[str, str, list[Schema], str], ...] = (
    ("/api/search", "Results", SEARCH_PARAMETERS, "Search; the object of `bahith search --json`."),
    ("/api/suggest", "Suggestions", [parameter("q", "what was typed so far")], "Complete a word."),
    ("/api/article/{key}", "Article", [KEY], "A stored article."),
    ("/api/stats", "Stats", [], "What the index holds."),
)


def openapi() -> Response:
    """`/openapi.json`: the API in OpenAPI 3.1."""
    spec = APISpec(
        title="bahith",
        version=version("bahith"),
        openapi_version="3.1.0",
        info={"description": "Search Arabic news."},
        servers=[{"url": address("home", absolute=True).rstrip("/")}],
    )
    for name, schema in COMPONENTS.items():
        spec.components.schema(name, schema)
    for path, schema_name, parameters, summary in OPERATIONS:
        responses = {"200": _answer(summary, schema_name), "503": _answer("No index yet.", "Error")}
        if "{key}" in path:
            responses["404"] = _answer("No such article.", "Error")
        operation = {"summary": summary, "parameters": parameters, "responses": responses}
        spec.path(path, operations={"get": operation})
    return as_json(spec.to_dict())


def opensearch() -> Response:
    """`/opensearch.xml`: lets a browser add this search to its own."""
    ElementTree.register_namespace("", OPENSEARCH)
    root = Element(f"{{{OPENSEARCH}}}OpenSearchDescription")

    def add(name: str, text: str = "", **attributes: str) -> None:
        SubElement(root, f"{{{OPENSEARCH}}}{name}", attributes).text = text or None

    add("ShortName", current_app.config["BAHITH_NAME"][:16])
    add("Description", TEXT["tagline"])
    add("InputEncoding", "UTF-8")
    add("Language", "ar")
    for kind, endpoint in (
        ("text/html", "search"),
        ("application/atom+xml", "feed"),
        ("application/x-suggestions+json", "api_suggest"),
    ):
        template = address(endpoint, absolute=True) + "?q={searchTerms}"
        add("Url", type=kind, template=template)
    add("Image", asset("icon.svg", absolute=True), type="image/svg+xml")
    return as_xml(root, "application/opensearchdescription+xml")


def _answer(description: str, schema: str) -> Schema:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}
