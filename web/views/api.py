"""The JSON answers: what `bahith search --json` prints, with facets and paging."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from flask import Response, request

from crawl.text.letters import ascii_digits
from index import Document, Facet, reached
from searcher import similar
from web.app_state import current_state
from web.description.schemas import HIT_FIELDS
from web.responses import address, as_json, current_locale
from web.results.cursor import Cursor, ListPart, part_of
from web.results.facets import Counts
from web.results.page import ResultsPage
from web.search_params import MOST_PAGES, SearchParams
from web.views.health import searched
from web.views.pages import notes

SUGGESTIONS = 8
# Values of a filter that are listed; a corpus may have thousands of authors.
MOST_VALUES = 60
# Letters that a word can still be completed from; a longer beginning is a pasted text.
TYPED_LETTERS = 200


def search() -> Response:
    """The results of a question: `bahith search --json` plus `facets` and `page`."""
    state = current_state()
    params = api_params()
    part = part_of(state.searcher(), params, Cursor.of(request.args.get("after", "")))
    state.note_query(part.page.params, part.results)
    searched(part.results.took_ms)
    return as_json(results_json(part))


def api_params() -> SearchParams:
    """The parameters of this request; a script sees every article unless it asks to fold.

    Past the last page that is given there are no hits: the last one again would never end.
    """
    params = SearchParams.of(request.args, least_hits=0)
    asked = ascii_digits(request.args.get("page", "").strip())
    if asked.isdecimal() and int(asked[:9]) > MOST_PAGES:
        params = params.replace(limit=0, page=int(asked[:9]), notes=params.notes)
    return params if "fold" in request.args else replace(params, fold=False)


def results_json(part: ListPart) -> dict[str, Any]:
    """An answer as plain values; the addresses of other pages are relative to the mount."""
    page, cursor = part.page, part.cursor
    wanted = [name for name in request.args.get("fields", "").split(",") if name in HIT_FIELDS]
    told = part.results.to_json()
    if wanted:
        kept = {"id", *wanted}
        told["hits"] = [{n: hit[n] for n in hit if n in kept} for hit in told["hits"]]
    limit = page.params.limit
    return {
        **told,
        "notes": notes(page, current_locale()),
        "facets": {name: _values(name, counts) for name, counts in page.counts.items()},
        "page": {
            "number": part.start // limit + 1 if limit else page.params.page,
            "size": limit,
            "pages": page.page_count,
            "next": _next(page, cursor, wanted),
            "after": cursor.text if cursor else None,
        },
    }


def _next(page: ResultsPage, cursor: Cursor | None, wanted: Sequence[str]) -> str | None:
    """The address of the hits that follow: by a cursor where that was asked for, else by page."""
    asked: dict[str, Any] = {"fields": ",".join(wanted)} if wanted else {}
    params = page.params
    if "after" in request.args:
        asked["after"] = cursor.text if cursor else ""
    elif params.page < page.page_count:
        params = params.replace(page=params.page + 1)
    else:
        cursor = None
    asked |= params.arguments()
    return address("api_search", **asked) if cursor else None


def _values(name: Facet, counts: Counts) -> list[list[str | int]]:
    """The most frequent values; of months the newest, by their order in time."""
    pairs = sorted(counts, reverse=True) if name == "month" else counts
    return [[value, count] for value, count in pairs[:MOST_VALUES]]


def suggest() -> Response:
    """Ways to finish the last word of `q`, in the form of OpenSearch suggestions."""
    typed = request.args.get("q", "")[:TYPED_LETTERS]
    found = current_state().searcher().suggest(typed, SUGGESTIONS)
    return as_json([typed, list(found)])


def article(key: str) -> Response:
    """A stored article; what is not known of it is null."""
    document = current_state().stored(key)
    return as_json(_stored(document) | {"body": document.body})


def similar_articles(key: str) -> Response:
    """The articles most like a stored one, the nearest first, without their texts."""
    state = current_state()
    found = similar(state.searcher(), state.stored(key))
    return as_json({"id": key, "hits": [_stored(document) for document in found]})


def _stored(document: Document) -> dict[str, object]:
    """A stored article but its text; what is not known of it is null."""
    known = {
        field.name: getattr(document, field.name) or None
        for field in fields(document)
        if field.name not in ("key", "body")
    }
    return {"id": document.key, **known, "title": document.title}


def stats() -> Response:
    """What the index and, where there is one, the archive hold: `bahith stats --json`."""
    state = current_state()
    engine = state.searcher().engine
    documents, size, segments = engine.stats()
    archive = state.archive()
    held = asdict(archive.stats()) if archive else None
    revision, name = (archive.revision, archive.name) if archive else (0, "")
    behind = max(0, revision - reached(engine.checkpoints(), name).revision)
    counts = {"documents": documents, "bytes": size, "segments": segments, "behind": behind}
    return as_json({"archive": held, "index": counts})
