"""The pages: the front page, the results, an article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from flask import Response, abort, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from index import Why
from searcher import Results, Word
from web.app_state import current_site
from web.html.highlight import marks
from web.html.markup import marked, paragraphs, web_link
from web.locale.formats import counted, seconds
from web.locale.strings import COUNTS, FACETS, LIST, REASONS, TEXT
from web.responses import address_of, html
from web.results_page import Choice, answer, quick_ranges
from web.search_params import Asked

LATEST = 6
DOORS = 12


def home() -> Response:
    """The search box, what can be searched, and how."""
    asked = Asked(sort="newest", limit=LATEST)
    found = answer(current_site().searcher(), asked, facets=("source", "section", "month"))
    groups = {group.name: group.choices for group in found.groups}
    return html(
        "home.html",
        Asked(),
        latest=found.results.hits,
        articles=found.results.total,
        holdings=holdings(found.results.total, groups),
        doors=[doors(name, groups[name]) for name in ("source", "section") if name in groups],
    )


def search() -> BaseResponse:
    """The results of a question."""
    asked = Asked.of(request.args)
    site = current_site()
    found = answer(site.searcher(), asked)
    if found.results.total and asked.page > found.page_count:
        return redirect(address_of(asked.but(page=found.page_count)))
    if not found.results.total:
        site.meters.empty.inc()
    return html(
        "results.html",
        asked,
        answer=found,
        results=found.results,
        total=total(found.results),
        took=TEXT["took"].format(seconds(found.results.took_ms)),
        reasons=reasons,
        ranges=quick_ranges(asked, date.today()),
        fresh=site.recency if asked.recency is None else asked.recency,
    )


def article(key: str) -> Response:
    """The stored text of an article, with the words of `?q=` marked."""
    site = current_site()
    asked = Asked.of(request.args)
    document = site.searcher().document(key)
    if document is None:
        abort(404)
    return html(
        "article.html",
        asked,
        document=document,
        archived=site.archived(key),
        link=web_link(document.url),
        host=urlsplit(document.url).hostname if web_link(document.url) else "",
        title=marked(document.title, marks(asked.query, document.title)) or TEXT["untitled"],
        paragraphs=list(paragraphs(document.body, marks(asked.query, document.body))),
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


def doors(name: str, choices: Sequence[Choice]) -> tuple[str, list[Choice]]:
    """The label of a filter and its most frequent values, each leading to all that it holds."""
    ways = [replace(c, asked=Asked().toggled(name, c.value)) for c in choices[:DOORS]]
    return FACETS[name], ways


def holdings(articles: int, groups: Mapping[str, Sequence[Choice]]) -> str:
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
