"""Feeds of alerts as files for any web server: JSON Feed (`.json`) or Atom (`.atom`, `.xml`).

The file itself is what remembers earlier entries; one that cannot be read is begun anew. It is
replaced as a whole, so that whoever reads it meanwhile gets the old or the new one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from crawl.text.letters import xml_text
from searcher.monitoring.alert_state import Item, Message

# Entries of a feed.
MOST_ENTRIES = 100
# More is none of ours, and is not read.
MOST_BYTES = 10_000_000
ATOM = "http://www.w3.org/2005/Atom"


def write_feed(message: Message, path: Path) -> None:
    """Put a message's articles before those of a feed; its ending says the format. `OSError`."""
    held = b""
    with suppress(FileNotFoundError), path.open("rb") as file:
        held = file.read(MOST_BYTES)
    content = FORMATS[path.suffix](message, held)
    beside = path.with_name(f"{path.name}.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside.write_bytes(content)
    os.replace(beside, path)


def as_json_feed(message: Message, held: bytes) -> bytes:
    """A JSON Feed 1.1 with a message's entries before those that it held."""
    old: list[Any] = []
    with suppress(ValueError, AttributeError, TypeError):
        old = list(json.loads(held).get("items", []))
    fresh = [
        {
            "id": f"{message.id}-{item.key}",
            "url": item.url,
            "title": item.title,
            "content_text": item.excerpt,
            "authors": [{"name": item.source}] if item.source else [],
            **({"date_published": item.date} if item.date else {}),
        }
        for item in message.items
    ]
    known = {entry["id"] for entry in fresh}
    kept = [one for one in old if isinstance(one, dict) and one.get("id") not in known]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": message.alert,
        "items": (fresh + kept)[:MOST_ENTRIES],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def as_atom(message: Message, held: bytes) -> bytes:
    """An Atom feed (RFC 4287) with a message's entries before those that it held."""
    ElementTree.register_namespace("", ATOM)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    feed = Element(f"{{{ATOM}}}feed")
    _add(feed, "id", f"tag:bahith,2026:alert:{quote(message.alert)}")
    _add(feed, "title", message.alert)
    _add(feed, "updated", now)
    _add(SubElement(feed, f"{{{ATOM}}}author"), "name", "bahith")
    fresh = [_entry(message, item, now) for item in message.items]
    known = {_id_of(one) for one in fresh}
    kept = [one for one in _entries(held) if _id_of(one) not in known]
    feed.extend((fresh + kept)[:MOST_ENTRIES])
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


FORMATS: dict[str, Callable[[Message, bytes], bytes]] = {
    ".json": as_json_feed,
    ".atom": as_atom,
    ".xml": as_atom,
}


def _entry(message: Message, item: Item, now: str) -> Element:
    entry = Element(f"{{{ATOM}}}entry")
    _add(entry, "id", f"tag:bahith,2026:alert:{message.id}-{item.key}")
    _add(entry, "title", item.title or item.url)
    _add(entry, "updated", now)
    SubElement(entry, f"{{{ATOM}}}link", {"href": xml_text(item.url), "rel": "alternate"})
    if item.source:
        _add(SubElement(entry, f"{{{ATOM}}}author"), "name", item.source)
    _add(entry, "summary", item.excerpt)
    return entry


def _entries(held: bytes) -> Iterator[Element]:
    """The entries of a feed of ours; none of what cannot be read."""
    with suppress(ElementTree.ParseError):
        yield from ElementTree.fromstring(held).iterfind(f"{{{ATOM}}}entry")  # nosec B314: our own


def _id_of(entry: Element) -> str:
    return entry.findtext(f"{{{ATOM}}}id", "")


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = xml_text(text)
