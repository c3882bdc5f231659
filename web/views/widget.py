"""`/embed.js`: the search box and results that any page can show with one script tag."""

from __future__ import annotations

from flask import Response, render_template

from index import ATTRIBUTE_NAMES
from web.locale.catalog import Catalog
from web.locale.locale import CATALOGS
from web.responses import current_locale
from web.results.facets import FACET_NAMES

KEEP_SECONDS = 3600
# Attributes of the element that go along with its question.
NAMES = ("limit", *ATTRIBUTE_NAMES, "since", "until", "sort", "fold")
# What the widget says, by the names that its script uses.
SENTENCES = {
    "label": "search_label",
    "placeholder": "search_box",
    "button": "search",
    "none": "widget_none",
    "failed": "widget_failed",
    "all": "widget_all",
    "more": "widget_more",
    "untitled": "untitled",
    "used": "suggest_used",
    "undo": "suggest_undo",
    "offer": "suggest_offer",
    "copies": "copies",
    "missing": "missing",
}


def embed() -> Response:
    """The script of `<bahith-search>`, with its sentences inside."""
    settings = {
        "language": current_locale().catalog.code,
        "catalogs": {code: _language(catalog) for code, catalog in CATALOGS.items()},
        "names": NAMES,
        "facets": FACET_NAMES,
    }
    script = render_template("bahith/embed.js", settings=settings)
    response = Response(script, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={KEEP_SECONDS}"
    return response


def _language(catalog: Catalog) -> dict[str, object]:
    """A language as the script needs it."""
    return {
        "code": catalog.code,
        "digits": catalog.digits,
        "direction": catalog.direction,
        "strings": {name: catalog.text[sentence] for name, sentence in SENTENCES.items()},
        "facets": {name: catalog.facets[name] for name in FACET_NAMES},
    }
