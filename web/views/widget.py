"""`/embed.js`: the search box and results that any page can show with one script tag."""

from __future__ import annotations

from flask import Response, render_template

from index import ATTRIBUTE_NAMES
from web.responses import current_locale

KEEP_SECONDS = 3600
NAMES = ("limit", *ATTRIBUTE_NAMES, "since", "until", "sort")
"""Attributes of the element that go along with its question."""
# What the widget says, by the names that its script uses.
SENTENCES = {
    "label": "search_label",
    "placeholder": "search_box",
    "button": "search",
    "none": "widget_none",
    "failed": "widget_failed",
    "all": "widget_all",
    "untitled": "untitled",
}


def embed() -> Response:
    """The script of `<bahith-search>`, with its sentences inside."""
    catalog = current_locale().catalog
    settings = {
        "language": catalog.code,
        "digits": catalog.digits,
        "direction": catalog.direction,
        "strings": {name: catalog.text[sentence] for name, sentence in SENTENCES.items()},
        "names": NAMES,
    }
    script = render_template("bahith/embed.js", settings=settings)
    response = Response(script, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={KEEP_SECONDS}"
    return response
