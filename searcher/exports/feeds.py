"""Atom and JSON Feed of all hits, an entry at a time: what a feed reader or an archive takes whole.

`/feed` is the feed to follow, page by page; this is the same question as one file.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from crawl import is_web
from crawl.text.letters import xml_text
from searcher.exports.records import Record

# Atom wants a date of every entry; an article without one is older than all news.
NO_DATE = "1970-01-01T00:00:00Z"


def instant(date: str) -> str:
    """An ISO day or instant as the UTC instant that Atom asks for.

    >>> instant("2015-08-01"), instant("2015-08-01T02:30:00+03:00")
    ('2015-08-01T00:00:00Z', '2015-07-31T23:30:00Z')
    """
    try:
        when = datetime.fromisoformat(date)
        utc = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        return NO_DATE
    return utc.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def as_atom(found: Iterator[Record]) -> Iterator[bytes]:
    """A feed (RFC 4287) with an entry for each record, itself as old as the first of them."""
    from xml.sax.saxutils import quoteattr  # which loads all of HTTP and mail

    first = list(itertools.islice(found, 1))
    updated = instant(first[0].date if first else "")
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<id>tag:bahith,2026:export</id><title>bahith</title><updated>{updated}</updated>\n"
    ).encode()
    for record in itertools.chain(first, found):
        parts = [
            _element("id", f"tag:bahith,2026:{record.id}"),
            _element("title", record.title or record.url),
            _element("updated", instant(record.date)),
            f"<author>{_element('name', record.author or record.source or 'bahith')}</author>",
            *(f"<category term={quoteattr(_xml(name))}/>" for name in record.tags),
            _element("summary", record.excerpt),
        ]
        if is_web(record.url):
            parts.insert(3, f'<link rel="alternate" href={quoteattr(_xml(record.url))}/>')
        yield f"<entry>{''.join(parts)}</entry>\n".encode()
    yield b"</feed>\n"


def as_json_feed(found: Iterator[Record]) -> Iterator[bytes]:
    """A JSON Feed 1.1 with an item for each record."""
    opening = '{"version": "https://jsonfeed.org/version/1.1", "title": "bahith", "items": [\n'
    for record in found:
        item = {
            "id": record.id,
            "url": record.url,
            "title": record.title,
            "content_text": record.excerpt,
            "authors": [{"name": name} for name in (record.author, record.source) if name],
            "tags": list(record.tags),
            **({"date_published": instant(record.date)} if record.date else {}),
        }
        yield (opening + json.dumps(item, ensure_ascii=False)).encode("utf-8", "replace")
        opening = ",\n"
    yield (b"" if opening == ",\n" else opening.encode()) + b"\n]}\n"


def _element(name: str, text: str) -> str:
    from xml.sax.saxutils import escape

    return f"<{name}>{escape(_xml(text))}</{name}>"


def _xml(text: str) -> str:
    """A text that an XML file in UTF-8 can hold."""
    return xml_text(text).encode("utf-8", "replace").decode()
