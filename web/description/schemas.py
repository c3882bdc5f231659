"""Schemas of the JSON answers, in OpenAPI 3.1; a test holds that answers have just these names."""

from __future__ import annotations

from dataclasses import fields

from index import Document
from searcher import Record
from web.results.facets import FACET_NAMES
from web.route import Schema

STRING: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
TRUTH: Schema = {"type": "boolean"}
UNKNOWN: Schema = {"type": ["string", "null"]}
COUNT_OR_NOT: Schema = {"type": ["integer", "null"]}


def objects(**properties: Schema) -> Schema:
    """The schema of an object whose properties are all there."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def arrays(items: Schema) -> Schema:
    """The schema of an array of one kind of thing."""
    return {"type": "array", "items": items}


def pairs(items: Schema, description: str) -> Schema:
    """The schema of an array of pairs."""
    pair = {**arrays(items), "minItems": 2, "maxItems": 2, "description": description}
    return arrays(pair)


def one_of(name: str) -> Schema:
    """The schema of that name."""
    return {"$ref": f"#/components/schemas/{name}"}


SPANS = pairs(INTEGER, "[start, end) counted in code points of the text they belong to")
COUNTED = pairs({"type": ["string", "integer"]}, "[value, articles]")
TOTALS = {"type": "object", "additionalProperties": INTEGER}
NAMED = dict.fromkeys(("id", "url", "title"), STRING)
# What else is told of a document: whatever it holds, so that an attribute is described by itself.
TOLD = tuple(
    one.name for one in fields(Document) if one.name not in ("key", "body", "tags", *NAMED)
)
DOCUMENT = {**NAMED, **dict.fromkeys(TOLD, UNKNOWN), "tags": arrays(STRING)}
COPY = objects(
    **NAMED,
    **dict.fromkeys(("source", "date", "agency"), STRING),
    likeness=INTEGER,
    is_first=TRUTH,
)
HIT = {
    **DOCUMENT,
    "score": NUMBER,
    "snippet": objects(text=STRING, marks=SPANS),
    "title_marks": SPANS,
    "words": arrays(objects(word=STRING, form=STRING, why=STRING)),
    "missing": arrays(STRING),
    "copies": arrays(COPY),
    "copies_total": INTEGER,
    "score_parts": pairs({"type": ["string", "number"]}, "[part of the score, its share]"),
}
HIT_FIELDS = tuple(HIT)
COMPONENTS: dict[str, Schema] = {
    "Hit": {
        "type": "object",
        "properties": HIT,
        "required": ["id"],
        "description": "All of these, or those that `fields` names, and always the id.",
    },
    "Results": objects(
        query=STRING,
        total=INTEGER,
        total_exact=TRUTH,
        total_whole=INTEGER,
        stories=COUNT_OR_NOT,
        divided_at=COUNT_OR_NOT,
        partial=TRUTH,
        took_ms=NUMBER,
        suggestion={"oneOf": [{"type": "null"}, objects(query=STRING, why=STRING, applied=TRUTH)]},
        notes=arrays(STRING),
        periods=arrays(
            objects(
                **dict.fromkeys(("said", "since", "until", "hijri_since", "hijri_until"), STRING)
            )
        ),
        facets=objects(**dict.fromkeys(FACET_NAMES, COUNTED)),
        hits=arrays(one_of("Hit")),
        page=objects(number=INTEGER, size=INTEGER, pages=INTEGER, next=UNKNOWN, after=UNKNOWN),
    ),
    "Coverages": objects(
        questions=arrays(
            objects(
                query=STRING,
                total=INTEGER,
                total_exact=TRUTH,
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
                    objects(word=STRING, articles=INTEGER, elsewhere=INTEGER, likelihood=NUMBER)
                ),
            )
        )
    ),
    "Article": objects(**DOCUMENT, body=STRING),
    "Similar": objects(id=STRING, hits=arrays(objects(**DOCUMENT))),
    "Records": arrays(
        objects(**{name: STRING for name in Record._fields if name != "tags"}, tags=arrays(STRING))
    ),
    "Suggestions": {
        "type": "array",
        "items": {"oneOf": [STRING, arrays(STRING)]},
        "minItems": 2,
        "maxItems": 2,
        "description": "[what was typed, [a completion, …]]",
    },
    "Stats": objects(
        archive={
            "oneOf": [
                {"type": "null"},
                objects(
                    articles=INTEGER,
                    sources=TOTALS,
                    first_day=STRING,
                    last_day=STRING,
                    versions=INTEGER,
                    refusals=TOTALS,
                    last_crawl=STRING,
                    bytes=INTEGER,
                ),
            ]
        },
        index=objects(documents=INTEGER, bytes=INTEGER, segments=INTEGER, behind=INTEGER),
    ),
    "Pushed": objects(
        new=INTEGER,
        changed=INTEGER,
        same=INTEGER,
        removed={**arrays(INTEGER), "description": "lines of articles that were removed for good"},
    ),
    "Health": {
        "type": "object",
        "properties": {"status": STRING, "documents": INTEGER, "reason": STRING},
        "required": ["status"],
    },
    "Object": {"type": "object"},
    "Objects": arrays({"type": "object"}),
    "Error": objects(
        error={
            "type": "object",
            "properties": {
                "status": INTEGER,
                "code": STRING,
                "message": STRING,
                "parameters": arrays(STRING),
                "line": INTEGER,
                "reason": STRING,
            },
            "required": ["status", "code", "message"],
        }
    ),
}
