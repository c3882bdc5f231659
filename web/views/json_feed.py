"""A question as a JSON Feed (version 1.1, jsonfeed.org): the Atom feed for those who parse JSON."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from searcher import Hit, instant
from web.app_state import current_state
from web.html.markup import TITLE_LETTERS, clip, web_link
from web.responses import address, address_of, as_json, current_locale
from web.results.page import results_page
from web.search_params import SearchParams
from web.views.atom import categories, feed_params, tag_id


def json_feed() -> Response:
    """`/feed.json?q=…`: the same articles, ids and pages as `/feed`."""
    params = feed_params(SearchParams.of(request.args))
    page = results_page(current_state().searcher(), params, facets=())
    locale = current_locale()
    more = params.replace(page=params.page + 1)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": locale.text("feed_title", params.query or locale.text("browsing")),
        "language": locale.catalog.code,
        "home_page_url": address_of(params.replace(limit=10), absolute=True),
        "feed_url": address_of(params, "json_feed", absolute=True),
        "items": [_item(hit, locale.text("untitled")) for hit in page.results.hits],
    }
    if params.page < page.page_count:
        feed["next_url"] = address_of(more, "json_feed", absolute=True)
    response = as_json(feed)
    response.content_type = "application/feed+json; charset=utf-8"
    return response


def _item(hit: Hit, untitled: str) -> dict[str, Any]:
    stored = address("article", key=hit.id, absolute=True)
    told = {
        "id": tag_id(hit),
        "url": web_link(hit.url) or stored,
        "title": clip(hit.title, TITLE_LETTERS) or untitled,
        "content_text": hit.excerpt,
        "date_published": instant(hit.date) if hit.date else "",
        "authors": [{"name": clip(name)} for name in (hit.author, hit.source) if name],
        "tags": categories(hit),
        "language": hit.language,
    }
    return {name: value for name, value in told.items() if value or name == "content_text"}
