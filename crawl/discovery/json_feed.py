"""JSON Feed (jsonfeed.org, versions 1 and 1.1) as the entries of a feed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from crawl.discovery.feed_xml import MOST_ENTRIES, RawEntry, RawFeed


def read_json_feed(text: str) -> RawFeed | None:
    """The entries of a JSON Feed; None when the text is none. Never raises."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or "jsonfeed.org" not in str(feed.get("version"))[:100]:
        return None
    items = feed.get("items")
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    channel = RawEntry(link=_text(feed, "home_page_url"), title=_text(feed, "title"))
    return RawFeed(channel, [_entry(item) for item in entries[:MOST_ENTRIES]])


def _entry(item: Mapping[str, Any]) -> RawEntry:
    identity = _text(item, "id")
    return RawEntry(
        link=_text(item, "url") or (identity if identity.startswith("http") else ""),
        title=escape(_text(item, "title"), quote=False),  # plain text by the standard
        body=_text(item, "content_html")
        or escape(_text(item, "content_text") or _text(item, "summary"), quote=False),
        published=_text(item, "date_published"),
        modified=_text(item, "date_modified"),
        authors=tuple(_names(item)),
        categories=tuple(text for text in _list(item, "tags") if isinstance(text, str)),
    )


def _names(item: Mapping[str, Any]) -> Iterator[str]:
    for person in [*_list(item, "authors"), item.get("author")]:
        if isinstance(person, dict):
            yield _text(person, "name")


def _text(thing: Mapping[str, Any], name: str) -> str:
    value = thing.get(name)
    return value.strip() if isinstance(value, str) else ""


def _list(thing: Mapping[str, Any], name: str) -> list[Any]:
    value = thing.get(name)
    return value if isinstance(value, list) else []
