"""The JSON answers: what `bahith search --json` prints, with facets and paging."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from flask import Response, request

from index import Facet, reached
from web.app_state import current_state
from web.responses import address_of, as_json, current_locale
from web.results.facets import Counts
from web.results.page import ResultsPage, results_page
from web.search_params import SearchParams
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
    found = results_page(state.searcher(), SearchParams.of(request.args))
    state.note_query(found.params, found.results)
    searched(found.results.took_ms)
    return as_json(results_json(found))


def results_json(found: ResultsPage) -> dict[str, Any]:
    """An answer as plain values; the addresses of other pages are relative to the mount."""
    params = found.params
    more = params.page < found.page_count
    return {
        **found.results.to_json(),
        "notes": notes(found, current_locale()),
        "facets": {name: _values(name, counts) for name, counts in found.counts.items()},
        "page": {
            "number": params.page,
            "size": params.limit,
            "pages": found.page_count,
            "next": address_of(params.replace(page=params.page + 1), "api_search")
            if more
            else None,
        },
    }


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
    stored: dict[str, object] = {"id": document.key}
    for field in fields(document)[1:]:
        stored[field.name] = getattr(document, field.name) or None
    return as_json(stored | {"title": document.title, "body": document.body})


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
