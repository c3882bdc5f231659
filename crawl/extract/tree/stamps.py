"""Dates in attributes, with the place where their element stands: `<time datetime>`, `data-date`.

A script turns them into «منذ يومين» for readers; machines find them in the page as it came.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from crawl.extract.tree.dom import Element
from crawl.extract.tree.text_blocks import TextBlock
from crawl.text.dates import read_moments, without_dates

_TAGS = ("time", "span", "div", "abbr", "p", "i", "b", "em", "small", "li", "td", "a", "label")
_VALUE = re.compile(r"\s*(?:(?:19|20)\d\d-\d\d?-\d\d?(?!\d)|1\d{9}(?:\d{3})?\s*$)")
# Written for readers too: «12 آذار 2025», ٢٠٢٥-٠٣-١٢; nothing else may stand beside it.
_WRITTEN = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|[٢2٠]{2}[٠-٩]{2}")
_BESIDE = 5
_DATED = ("datetime", "title")
_NAMES = re.compile(r"date|time|publish|created|epoch|utc|stamp", re.IGNORECASE)
# Attributes looked at in one element, and dates taken from one page.
_ATTRIBUTES = 30
_MOST = 200
_LONGEST = 60


class Stamp(NamedTuple):
    """A date that an attribute tells: characters before it, its element, and the text."""

    place: int
    element: Element
    value: str


def read_stamps(root: Element, blocks: list[TextBlock]) -> list[Stamp]:
    """The dates in attributes, in reading order, in one pass."""
    starts: dict[Element, int] = {}
    for block in blocks:
        starts.setdefault(block.element, block.start)
    ends = {block.element: block.end for block in blocks}
    found: list[Stamp] = []
    place = 0
    for element in root.iter(*_TAGS):
        place = starts.get(element, place)
        value = _value(element)
        if value and len(found) < _MOST:
            found.append(Stamp(place, element, value))
        place = ends.get(element, place)
    return found


def _value(element: Element) -> str:
    for name, value in element.items()[:_ATTRIBUTES]:
        if len(value) > _LONGEST or not (name in _DATED or name.startswith("data-")):
            continue
        named = name in _DATED or _NAMES.search(name)
        if named and (_VALUE.match(value) or _is_written(value)):
            return str(value).strip()
    return ""


def _is_written(value: str) -> bool:
    if not _WRITTEN.search(value) or len(without_dates(value)) >= _BESIDE:
        return False
    return bool(read_moments(value))
