"""The article's title: the visible headline that the page's own statements agree with.

`<title>` and `og:title` carry site names, are shortened, or belong to the section; headings belong
to boxes. A heading that a statement repeats is the headline, and is taken as the reader sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crawl.dom import Element, names, text_of
from crawl.furniture import fold
from crawl.metadata import Metadata, strings

_LENGTHS = range(8, 300)
_WEIGHTS = {"h1": 1.0, "h2": 0.8, "h3": 0.6}
_NAMED = re.compile(r"-(?:title|headline|heading)-")
_SEPARATORS = re.compile(r"\s+[-–—|:»«•/]+\s+|\s*[|»]\s*|\s*::\s*")


class Headline(NamedTuple):
    """The chosen title, the element that shows it (if any), and why it won."""

    text: str
    element: Element | None
    why: str


def choose_headline(root: Element, metadata: Metadata) -> Headline:
    """Return the best-supported title; text is empty when the page states and shows none."""
    statements = _statements(metadata)
    best, best_score = Headline("", None, "none"), 0.0
    for element, text, weight in _shown(root):
        folded = fold(text)
        support = max((agreement(folded, fold(s)) for s in statements), default=0.0)
        score = weight * (0.3 + support)
        if score > best_score:
            best, best_score = (
                Headline(text, element, f"{element.tag}, agrees {support:.2f}"),
                score,
            )
    if best_score >= 0.7 or not statements:
        return best
    return Headline(_without_site(statements[0], metadata), None, "stated only")


def _statements(metadata: Metadata) -> list[str]:
    stated = [
        *strings(metadata.article.get("headline")),
        metadata.first("og:title"),
        metadata.first("twitter:title"),
        metadata.first("dc.title", "title"),
        metadata.title,
    ]
    return [text for text in stated if text]


def _shown(root: Element) -> Iterator[tuple[Element, str, float]]:
    """Yield what could be the visible headline, with the weight of its looks."""
    for element in root.iter("h1", "h2", "h3", "h4", "div", "span", "p", "td"):
        weight = _WEIGHTS.get(element.tag)
        if weight is None:
            if not (element.get("itemprop") == "headline" or _NAMED.search(names(element))):
                continue
            weight = 0.55
        text = text_of(element)
        if len(text) in _LENGTHS:
            yield element, text, weight


def agreement(shown: str, stated: str) -> float:
    """Return how far two folded titles are the same, from 0 to 1.

    A statement may carry the site's name after the title, or be the title cut short.

    >>> agreement("فوز المنتخب", "فوز المنتخب صحيفه المدينه")
    0.9
    """
    if not shown or not stated:
        return 0.0
    if shown == stated:
        return 1.0
    if stated.startswith(shown) or stated.endswith(shown):
        return 0.9 if len(shown) >= 0.4 * len(stated) else 0.5
    if shown.startswith(stated) or shown.endswith(stated):
        return 0.9 * len(stated) / len(shown)
    one, other = set(shown.split()), set(stated.split())
    return 0.8 * len(one & other) / len(one | other)


def _without_site(title: str, metadata: Metadata) -> str:
    """Cut the site's name off either end of a stated title."""
    site = fold(metadata.first("og:site_name", "application-name"))
    parts = _SEPARATORS.split(title)
    kept = [part for part in parts if fold(part) and fold(part) != site]
    if len(kept) == len(parts) > 1:
        kept = [max(parts, key=len)] if len(max(parts, key=len)) > 0.5 * len(title) else parts
    return " - ".join(kept) if len(kept) > 1 else (kept[0] if kept else title)
