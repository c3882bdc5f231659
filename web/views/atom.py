"""A question as an Atom feed (RFC 4287): its newest articles, for a reader that follows it."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from flask import Response, request

from searcher import Hit
from web.app_state import current_state
from web.html.markup import web_link
from web.locale.strings import LANGUAGE, TEXT
from web.responses import address, address_of, as_xml, xml_text
from web.results_page import search
from web.search_params import SearchParams

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 30
# Atom wants a date of every entry; an article without one is older than all news.
NO_DATE = "1970-01-01T00:00:00Z"


def feed() -> Response:
    """`/feed?q=…`: the newest answers first, whatever order the page was sorted by."""
    params = SearchParams.of(request.args).replace(sort="newest", limit=ENTRIES, all_words=True)
    hits = search(current_state().searcher(), params).hits
    ElementTree.register_namespace("", ATOM)
    root = Element(f"{{{ATOM}}}feed", {"xml:lang": LANGUAGE})
    here = address_of(params, "feed", absolute=True)
    _add(root, "id", here)
    _add(root, "title", TEXT["feed_title"].format(params.query or TEXT["browsing"]))
    _add(root, "updated", max((instant(hit.date) for hit in hits), default=NO_DATE))
    _link(root, here, "self")
    _link(root, address_of(params.replace(limit=10), absolute=True), "alternate")
    for hit in hits:
        _entry(root, hit)
    return as_xml(root, "application/atom+xml")


def instant(date: str) -> str:
    """An ISO day or instant as the UTC instant that Atom asks for.

    >>> instant("2015-08-01"), instant("2015-08-01T02:30:00+03:00")
    ('2015-08-01T00:00:00Z', '2015-07-31T23:30:00Z')
    """
    try:
        when = datetime.fromisoformat(date)
    except ValueError:
        return NO_DATE
    utc = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ")


def _entry(root: Element, hit: Hit) -> None:
    entry = SubElement(root, f"{{{ATOM}}}entry")
    stored = address("article", key=hit.id, absolute=True)
    _add(entry, "id", stored)
    _add(entry, "title", hit.title or TEXT["untitled"])
    _add(entry, "updated", instant(hit.date))
    _link(entry, web_link(hit.url) or stored, "alternate")
    author = SubElement(entry, f"{{{ATOM}}}author")
    _add(author, "name", hit.author or hit.source or TEXT["name"])
    _add(entry, "summary", hit.excerpt)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = xml_text(text)


def _link(parent: Element, href: str, rel: str) -> None:
    SubElement(parent, f"{{{ATOM}}}link", {"href": xml_text(href), "rel": rel})
