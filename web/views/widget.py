"""`/embed.js`: the search box and results that any page can show with one script tag."""

from __future__ import annotations

from flask import Response, render_template

from index import ATTRIBUTE_NAMES
from web.locale.strings import DIRECTION, LANGUAGE, WIDGET

KEEP_SECONDS = 3600
NAMES = ("limit", *ATTRIBUTE_NAMES, "since", "until", "sort")
"""Attributes of the element that go along with its question."""


def embed() -> Response:
    """The script of `<bahith-search>`, with its sentences inside."""
    script = render_template(
        "bahith/embed.js",
        settings={"language": LANGUAGE, "direction": DIRECTION, "strings": WIDGET, "names": NAMES},
    )
    response = Response(script, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={KEEP_SECONDS}"
    return response
