"""The page of one article: its stored text, and the way back to the list that led here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flask import Response, request

from crawl import site_of
from index import Document
from searcher import Searcher, lead
from web.app_state import current_state
from web.html.highlight import marks
from web.html.markup import marked, paragraphs, web_link
from web.responses import address_of, current_locale, html
from web.results.page import search
from web.search_params import MOST_HITS, MOST_PAGES, SearchParams
from web.views.pages import stored_addresses


class Around(NamedTuple):
    """The addresses of the hits before and after one; empty at an end."""

    previous: str = ""
    next: str = ""


def article(key: str) -> Response:
    """The stored text of an article, with the words of `?q=` marked."""
    state = current_state()
    params = SearchParams.of(request.args)
    document = state.stored(key)
    spans = marks(params.query, document.body)
    place = _place()
    return html(
        "article.html",
        params,
        document=document,
        archived=state.archived(key),
        link=web_link(document.url),
        host=site_of(document.url) if web_link(document.url) else "",
        title=marked(document.title, marks(params.query, document.title))
        or current_locale().text("untitled"),
        paragraphs=list(paragraphs(document.body, spans)),
        places=len(spans),
        summary=lead(document.body).text,
        citation=list(citation(document)),
        sample=document.title or document.body,
        back=address_of(_page_of(params, place)) if place or params.query else "",
        around=around(state.searcher(), params, place) if place else Around(),
    )


def citation(document: Document) -> Iterator[tuple[str, str]]:
    """The `citation_*` facts that reference managers read (Highwire Press tags)."""
    facts = {
        "title": document.title,
        "author": document.author,
        "publication_date": document.day.replace("-", "/"),
        "journal_title": document.source,
        "public_url": web_link(document.url),
    }
    yield from ((name, value) for name, value in facts.items() if value)


def around(searcher: Searcher, params: SearchParams, place: int) -> Around:
    """The neighbours of the hit at a place of the list, counted from one."""
    first = max(1, place - 1)
    hits = search(searcher, params.query, params.window(first - 1, 3)).hits
    keys = {first + number: hit.id for number, hit in enumerate(hits)}
    before, after = keys.get(place - 1, ""), keys.get(place + 1, "")
    stored = stored_addresses(params)
    return Around(
        stored(before, place - 1) if before and place > 1 else "",
        stored(after, place + 1) if after else "",
    )


def _place() -> int:
    """The place in the list that a link to an article carries; 0 without one."""
    text = request.args.get("at", "")
    known = text.isascii() and text.isdigit() and len(text) < 7
    return int(text) if known and 0 < int(text) <= MOST_HITS * MOST_PAGES else 0


def _page_of(params: SearchParams, place: int) -> SearchParams:
    """The page of the list that holds a place."""
    return params.replace(page=min(max(0, place - 1) // params.limit + 1, MOST_PAGES))
