"""`/openapi.json`: every route in OpenAPI 3.1, from the table of routes and `web.description`."""

from __future__ import annotations

import re
from importlib.metadata import version

from flask import Response

from web.app_state import shared_state
from web.description.operations import HTML, JSON, OPERATIONS, Operation
from web.description.parameters import STRICT
from web.description.schemas import COMPONENTS, STRING, one_of
from web.responses import address, as_json
from web.route import Route, Schema

FAILURES = {
    300: "The formats that an article is had in.",
    302: "Behind the last page: it leads to that.",
    304: "The answer is still what If-None-Match names.",
    400: "A parameter cannot be used, asked with strict=1; or a line, which is named.",
    401: "No valid key, where keys are asked for.",
    403: "The key does not write, or not this.",
    404: "There is no such thing, or none that may be seen.",
    406: "No such format.",
    410: "The article was removed for good.",
    413: "More than is taken at a time.",
    415: "Packed; send it as it is.",
    429: "Too many requests.",
    503: "No index yet, or busy.",
}
WAITING = {"Retry-After": {"description": "seconds to wait", "schema": {"type": "integer"}}}
ALWAYS = {"X-Request-Id": {"description": "as sent, or at random", "schema": STRING}}
SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    "basic": {"type": "http", "scheme": "basic"},
}


def openapi() -> Response:
    """The description as it is under this request's prefix."""
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
                re.sub(r"<(\w+)>", r"{\1}", route.path): {
                    route.method.lower(): _described(route, OPERATIONS[route.endpoint])
                }
                for route in shared_state().routes.values()
            },
            "components": {"schemas": COMPONENTS, "securitySchemes": SCHEMES},
        }
    )


def _described(route: Route, operation: Operation) -> Schema:
    statuses = {*operation.failures}
    statuses |= {304} if route.cacheable else set()
    statuses |= {400} if set(map(id, STRICT)) & set(map(id, operation.parameters)) else set()
    statuses |= {401, 429, 503} if not route.public else set()
    statuses |= {503} if route.endpoint == "healthz" else set()
    answers = {str(operation.success): _answer(operation.summary, operation)}
    answers |= {str(status): _failure(route, status) for status in sorted(statuses)}
    described: Schema = {
        "operationId": route.endpoint,
        "summary": operation.summary,
        "parameters": list(operation.parameters),
        "responses": answers,
    }
    if operation.takes:
        lines = {operation.takes: {"schema": STRING}}
        described["requestBody"] = {"required": True, "content": lines}
        described["security"] = [{"bearer": []}, {"header": []}]
    elif not route.public:
        described["security"] = [{}, *({name: []} for name in SCHEMES)]
    return described


def _answer(description: str, operation: Operation) -> Schema:
    schema = one_of(operation.answer) if operation.answer else STRING
    content = {operation.content: {"schema": schema}}
    return {"description": description, "headers": ALWAYS, "content": content}


def _failure(route: Route, status: int) -> Schema:
    told: Schema = {"description": FAILURES[status], "headers": dict(ALWAYS)}
    if status in (429, 503):
        told["headers"] |= WAITING
    if status < 400:
        return told
    if route.endpoint == "healthz":
        content: Schema = {JSON: {"schema": one_of("Health")}}
    elif "/api/" in route.path:
        content = {JSON: {"schema": one_of("Error")}}
    else:
        content = {HTML: {"schema": STRING}}
    return told | {"content": content}
