"""`/sheet`: a press sheet of chosen hits, a page to print: headline, source, day, excerpt.

What is chosen stands in the address alone, `pick=KEY` for each: nothing is kept here of anybody.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, request

from index import Document
from searcher import lead
from web.app_state import current_state
from web.responses import address, current_locale, html
from web.search_params import SearchParams, picks_of


def sheet() -> Response:
    """The chosen articles in the order of the address; those that are gone are counted."""
    params = SearchParams.of(request.args)
    picks = picks_of(request.args)
    found = current_state().stored_among(picks)
    locale = current_locale()
    gone = len(picks) - len(found)
    asked: dict[str, Any] = dict(params.arguments())
    return html(
        "sheet.html",
        params,
        asked=[*params.parameters, *(("pick", key) for key in picks)],
        documents=found,
        excerpt=excerpt,
        gone=locale.text("sheet_gone", locale.counted(gone, "articles")) if gone else "",
        back=address("search", **asked, pick=list(picks)),
        today=locale.day(date.today().isoformat()),
    )


def excerpt(document: Document) -> str:
    """The beginning of an article."""
    return lead(document.body).text
