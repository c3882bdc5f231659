"""The page of one article: its stored text, and the way back to the list that led here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from flask import Response, request

from crawl import CrawlError, site_of
from index import Document
from searcher import REFERENCE_FORMATS, Record, Searcher, TextChange, changes, lead, similar
from web.app_state import current_state
from web.html.highlight import marks
from web.html.markup import marked, paragraphs, text_fragment, web_link
from web.responses import address_of, current_locale, html, outlet
from web.results.page import search
from web.search_params import MOST_HITS, MOST_PAGES, SearchParams
from web.views.pages import stored_addresses

# Versions whose changes are shown.
MOST_VERSIONS = 5


class Revision(NamedTuple):
    """Until when a version stood, and what the next one changed."""

    until: str
    changes: list[TextChange]


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
        asked=[*params.parameters, *([("at", str(place))] if place else ())],
        document=document,
        archived=state.archived(key),
        link=web_link(document.url),
        host=site_of(document.url) if web_link(document.url) else "",
        title=marked(document.title, marks(params.query, document.title))
        or current_locale().text("untitled"),
        paragraphs=list(paragraphs(document.body, spans)),
        places=len(spans),
        fragment=text_fragment(document.body, spans[0]) if spans else "",
        summary=lead(document.body).text,
        citation=list(citation(document)),
        plain_citation=plain_citation(document),
        references=list(references(document)),
        copies=state.searcher().copies(document),
        similar=similar(state.searcher(), document),
        revisions=list(_revisions(key, document)),
        sample=document.title or document.body,
        back=address_of(_page_of(params, place)) if place or params.query else "",
        around=around(state.searcher(), params, place) if place else Around(),
    )


def _revisions(key: str, document: Document) -> Iterator[Revision]:
    """What each of the last versions said otherwise than the one after it, the latest first."""
    archive = current_state().archive()
    try:
        held = archive.versions(key) if archive else []
    except CrawlError:
        return
    texts = [f"{one.article.title}\n{one.article.body}" for one in held]
    texts.append(f"{document.title}\n{document.body}")
    for number in range(len(held) - 1, max(-1, len(held) - 1 - MOST_VERSIONS), -1):
        yield Revision(held[number].replaced, changes(texts[number], texts[number + 1]))


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


def plain_citation(document: Document) -> str:
    """An article as a sentence of a list of sources has it: writer, title, paper, day, address."""
    locale = current_locale()
    title = document.title or locale.text("untitled")
    parts = (
        document.author,
        locale.text("cite_title", title),
        outlet(document.source),
        locale.day(document.date) if document.date else "",
        document.url,
    )
    return locale.catalog.list_separator.join(filter(None, parts))


def references(document: Document) -> Iterator[tuple[str, str]]:
    """An article in each format of reference managers."""
    for name, one in REFERENCE_FORMATS.items():
        yield name, b"".join(one.write(iter([Record.of(document)]))).decode().strip()


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
