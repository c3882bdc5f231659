"""The JSON answers: what `bahith search --json` prints, with facets and paging."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from flask import Response, request

from crawl.text.letters import ascii_digits
from index import ATTRIBUTE_NAMES, Document, Facet, reached
from searcher import similar
from web.app_state import current_state
from web.errors import error_response
from web.responses import address_of, as_json, current_locale
from web.results.facets import Counts
from web.results.page import ResultsPage, results_page
from web.search_params import MOST_PAGES, SearchParams
from web.views.health import searched
from web.views.pages import notes

# What an address may say; with `strict=1` anything else is refused.
KNOWN = {
    *("q", "month", "since", "until", "sort", "recency", "literal", "all_words", "fold", "page"),
    *("limit", "strict", "lang", "digits", "months", *ATTRIBUTE_NAMES),
}
SUGGESTIONS = 8
# Values of a filter that are listed; a corpus may have thousands of authors.
MOST_VALUES = 60
# Letters that a word can still be completed from; a longer beginning is a pasted text.
TYPED_LETTERS = 200


def search() -> Response:
    """The results of a question: `bahith search --json` plus `facets` and `page`."""
    state = current_state()
    params = api_params()
    if request.args.get("strict") == "1" and (wrong := unusable(params)):
        return refused(wrong)
    found = results_page(state.searcher(), params)
    state.note_query(found.params, found.results)
    searched(found.results.took_ms)
    return as_json(results_json(found))


def api_params() -> SearchParams:
    """The parameters of this request; a script sees every article unless it asks to fold.

    Past the last page that is given there are no hits: the last one again would never end.
    """
    params = SearchParams.of(request.args, least_hits=0)
    asked = ascii_digits(request.args.get("page", "").strip())
    if asked.isdecimal() and int(asked[:9]) > MOST_PAGES:
        params = params.replace(limit=0, page=int(asked[:9]), notes=params.notes)
    return params if "fold" in request.args else replace(params, fold=False)


def unusable(params: SearchParams) -> list[str]:
    """The names of this request's parameters that say nothing, or not what they seem to."""
    given = {name: request.args.getlist(name)[-1] for name in request.args}
    wrong = [name for name in given if name not in KNOWN]
    for name in ("limit", "page"):
        if name in given and ascii_digits(given[name].strip()) != str(getattr(params, name)):
            wrong.append(name)
    noted = {"bad-date": ("since", "until", "month"), "bad-sort": ("sort",), "long-query": ("q",)}
    for note in params.notes:
        about = noted.get(note.code, ATTRIBUTE_NAMES)
        wrong += [name for name in about if name in given]
    return list(dict.fromkeys(wrong))


def refused(names: Sequence[str]) -> Response:
    """400 for who asked strictly."""
    answer = error_response(400)
    told = json.loads(answer.get_data())
    told["error"]["parameters"] = list(names)
    return as_json(told, status=400)


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
    return as_json(_told(document) | {"body": document.body})


def similar_articles(key: str) -> Response:
    """The articles most like a stored one, the nearest first, without their texts."""
    state = current_state()
    found = similar(state.searcher(), state.stored(key))
    return as_json({"id": key, "hits": [_told(document) for document in found]})


def _told(document: Document) -> dict[str, object]:
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
