"""The pages: the front page, the results, an article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from flask import Response, abort, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from crawl import site_of
from index import Why
from searcher import Results, Word
from web.app_state import current_state
from web.html.highlight import marks
from web.html.markup import marked, paragraphs, web_link
from web.locale.formats import counted, seconds
from web.locale.strings import COUNTS, FACETS, LIST, REASONS, TEXT
from web.responses import address_of, html
from web.results_page import FacetChoice, quick_ranges, results_page
from web.search_params import SearchParams

LATEST = 6
BROWSE_LINKS = 12


def home() -> Response:
    """The search box, what can be searched, and how."""
    params = SearchParams(sort="newest", limit=LATEST)
    found = results_page(current_state().searcher(), params, facets=("source", "section", "month"))
    groups = {group.name: group.choices for group in found.groups}
    return html(
        "home.html",
        SearchParams(),
        latest=found.results.hits,
        articles=found.results.total,
        index_summary=index_summary(found.results.total, groups),
        browse_links=[
            browse_links(name, groups[name]) for name in ("source", "section") if name in groups
        ],
    )


def search() -> BaseResponse:
    """The results of a question."""
    params = SearchParams.of(request.args)
    state = current_state()
    found = results_page(state.searcher(), params)
    if found.results.total and params.page > found.page_count:
        return redirect(address_of(params.replace(page=found.page_count)))
    if not found.results.total:
        state.metrics.empty.inc()
    return html(
        "results.html",
        params,
        found=found,
        results=found.results,
        total=total(found.results),
        took=TEXT["took"].format(seconds(found.results.took_ms)),
        reasons=reasons,
        ranges=quick_ranges(params, date.today()),
        fresh=state.recency if params.recency is None else params.recency,
    )


def article(key: str) -> Response:
    """The stored text of an article, with the words of `?q=` marked."""
    state = current_state()
    params = SearchParams.of(request.args)
    document = state.searcher().document(key)
    if document is None:
        abort(404)
    return html(
        "article.html",
        params,
        document=document,
        archived=state.archived(key),
        link=web_link(document.url),
        host=site_of(document.url),
        title=marked(document.title, marks(params.query, document.title)) or TEXT["untitled"],
        paragraphs=list(paragraphs(document.body, marks(params.query, document.body))),
        sample=document.title or document.body,
    )


def reasons(words: Iterable[Word]) -> list[tuple[str, str, str]]:
    """Why a hit is one, a row for each word and reason: (word, its forms in the text, the reason).

    >>> reasons([Word("سفير", "السفراء", "inflected"), Word("سفير", "سفيرة", "inflected")])
    [('سفير', 'السفراء، سفيرة', 'صيغة من صيغ الكلمة')]
    """
    rows: dict[tuple[str, Why], list[str]] = {}
    for word, form, why in words:
        rows.setdefault((word, why), []).append(form)
    return [(word, LIST.join(forms), REASONS[why]) for (word, why), forms in rows.items()]


def browse_links(name: str, choices: Sequence[FacetChoice]) -> tuple[str, list[FacetChoice]]:
    """The label of a filter and its most frequent values, each leading to all that it holds."""
    ways = [
        replace(c, params=SearchParams().toggled(name, c.value)) for c in choices[:BROWSE_LINKS]
    ]
    return FACETS[name], ways


def index_summary(articles: int, groups: Mapping[str, Sequence[FacetChoice]]) -> str:
    """One line on what can be searched."""
    counts = {
        "articles": counted(articles, COUNTS["articles"]),
        "sources": counted(len(groups.get("source", ())), COUNTS["sources"]),
    }
    months = groups.get("month")
    if not months:
        return TEXT["in_index"].format(**counts)
    return TEXT["in_index_between"].format(**counts, first=months[-1].label, last=months[0].label)


def total(results: Results) -> str:
    """How many results there are, in words.

    >>> total(Results("", 2, ()))
    'نتيجتان'
    """
    said = counted(results.total, COUNTS["results"])
    return said if results.total_exact else TEXT["total_at_least"].format(said)
