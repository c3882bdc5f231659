"""A question as an Atom feed (RFC 4287): its newest articles, for a reader that follows it.

Ids are `tag:` URIs (RFC 4151) made of an article's site, day and key: the same wherever and under
whatever name this search is served. A feed is paged (RFC 5005) as far as the page is.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from flask import Response, request

from crawl import site_of
from crawl.text.letters import xml_text
from searcher import Hit, instant
from web.app_state import current_state
from web.html.markup import TITLE_LETTERS, clip, web_link
from web.locale.locale import parse_day
from web.responses import address, address_of, as_xml, current_locale
from web.results.page import results_page
from web.search_params import SearchParams

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 30
# Names that an entry is filed under; some pages carry fifty keywords.
MOST_CATEGORIES = 10


def feed() -> Response:
    """`/feed?q=…`: the newest answers first, whatever order the page was sorted by."""
    params = feed_params(SearchParams.of(request.args))
    page = results_page(current_state().searcher(), params, facets=())
    locale = current_locale()
    ElementTree.register_namespace("", ATOM)
    root = Element(f"{{{ATOM}}}feed", {"xml:lang": locale.catalog.code})
    _add(root, "id", "tag:bahith,2026:feed?" + urlencode(params.replace().parameters))
    _add(root, "title", locale.text("feed_title", params.query or locale.text("browsing")))
    _add(
        root, "updated", max((instant(hit.date) for hit in page.results.hits), default=instant(""))
    )
    _link(root, address_of(params, "feed", absolute=True), "self")
    _link(root, address_of(params.replace(limit=10), absolute=True), "alternate")
    for rel, number in (("previous", params.page - 1), ("next", params.page + 1)):
        if 1 <= number <= page.page_count:
            _link(root, address_of(params.replace(page=number), "feed", absolute=True), rel)
    for hit in page.results.hits:
        _entry(root, hit, locale.catalog.text)
    return as_xml(root, "application/atom+xml")


def feed_params(given: SearchParams) -> SearchParams:
    """A question as a feed asks it: thirty at a time, the newest first, all words in each."""
    return given.replace(sort="newest", limit=ENTRIES, page=given.page, all_words=True)


def categories(hit: Hit) -> list[str]:
    """The section and the first tags of a hit."""
    return [clip(name) for name in (hit.section, *hit.tags) if name][:MOST_CATEGORIES]


def tag_id(hit: Hit) -> str:
    """The `tag:` URI of an article: by its site on its day, if it has both.

    >>> from searcher import Snippet
    >>> bare = Snippet("", (), ())
    >>> tag_id(Hit("k1", "https://news.example/1", "", "", "", "", "2015-08-01", 0, bare))
    'tag:news.example,2015-08-01:k1'
    """
    site = site_of(hit.url) if web_link(hit.url) else ""
    # A port or a name that is no DNS name has no place in a tag.
    authority = site.partition(":")[0] if site.isascii() and not site.startswith("[") else ""
    day = parse_day(hit.date)
    return f"tag:{authority or 'bahith'},{day.isoformat() if day else '2026'}:{hit.id}"


def _entry(root: Element, hit: Hit, text: Mapping[str, str]) -> None:
    entry = SubElement(root, f"{{{ATOM}}}entry")
    stored = address("article", key=hit.id, absolute=True)
    _add(entry, "id", tag_id(hit))
    _add(entry, "title", clip(hit.title, TITLE_LETTERS) or text["untitled"])
    _add(entry, "published", instant(hit.date))
    _add(entry, "updated", instant(hit.date))
    _link(entry, web_link(hit.url) or stored, "alternate")
    _link(entry, stored, "related")
    author = SubElement(entry, f"{{{ATOM}}}author")
    _add(author, "name", clip(hit.author or hit.source) or text["name"])
    for name in categories(hit):
        SubElement(entry, f"{{{ATOM}}}category", {"term": xml_text(name)})
    _add(entry, "summary", hit.excerpt)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = xml_text(text)


def _link(parent: Element, href: str, rel: str) -> None:
    SubElement(parent, f"{{{ATOM}}}link", {"href": xml_text(href), "rel": rel})
