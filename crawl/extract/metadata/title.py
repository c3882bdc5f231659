"""The article's title: the visible headline that the page's own statements agree with.

`<title>` and `og:title` carry site names, are shortened, or belong to the section; headings belong
to boxes. A heading that a statement repeats is the headline, and is taken as the reader sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crawl.extract.metadata.structured_data import Metadata, strings
from crawl.extract.tree.boilerplate import fold
from crawl.extract.tree.dom import Element, names, text_of
from crawl.extract.tree.layout import NOWHERE, Span, span_of
from crawl.extract.tree.text_blocks import TextBlock

_LENGTHS = range(8, 300)
_WEIGHTS = {"h1": 1.0, "h2": 0.8, "h3": 0.6}
_NAMED_WEIGHT = 0.6
_ENOUGH = 0.7  # looks and agreement together, of 1.3
_CLEAR = 0.85  # agreement alone
_NAMED = re.compile(r"-(?:title|headline|heading)-")
_SEPARATORS = re.compile(r"\s+[-–—|:»«•/]+\s+|\s*[|»]\s*|\s*::\s*")


class Headline(NamedTuple):
    """The chosen title, the element and the place that show it (if any), and why it won."""

    text: str
    element: Element | None
    place: Span
    why: str


def choose_headline(root: Element, metadata: Metadata, blocks: list[TextBlock]) -> Headline:
    """Return the best-supported title; text is empty when the page states and shows none."""
    statements = _statements(metadata)
    folded = {fold(text) for text in statements}
    site = _site_parts(folded) | {fold(name) for name in metadata.meta.get("og:site_name", [])}
    best, best_score = Headline("", None, NOWHERE, "none"), 0.0
    for look in (_headings, _named):
        for element, text, weight in look(root):
            key = fold(text)
            if key in site and key not in folded:
                continue
            support = max((agreement(key, stated) for stated in folded), default=0.0)
            score = weight * (0.3 + support)
            if score > best_score:
                why = f"{element.tag}, agrees {support:.2f}"
                shown = _without_kicker(text, element, statements, site)
                best, best_score = Headline(shown, element, NOWHERE, why), score
        if best_score >= _ENOUGH or not statements:
            return best._replace(place=_place(best, blocks))
    for block in blocks:  # old pages have no headings: any line that a statement repeats will do
        support = max(agreement(fold(block.text), fold(s)) for s in statements)
        if len(block.text) in _LENGTHS and support >= _CLEAR:
            place = (block.start, block.end)
            return Headline(block.text, block.element, place, f"line, agrees {support:.2f}")
    return Headline(_without_site(statements[0], metadata), None, NOWHERE, "stated only")


def _without_kicker(
    text: str, element: Element, statements: list[str], site: frozenset[str] | set[str]
) -> str:
    """Return a heading without a kicker before it or the site's name at an end of it.

    A kicker is what stands before a stated title in an element of its own.
    """
    key = fold(text)
    own = {fold(text_of(part, _LENGTHS.stop)) for part in element.iter("span", "a", "small", "b")}
    for stated in statements:
        title = fold(stated)
        before = key.removesuffix(title).strip() if title and key.endswith(title) else ""
        if before and before in own and len(before) < len(title):
            return stated
    parts = _SEPARATORS.split(text)
    ends = {fold(parts[0]): parts[1:], fold(parts[-1]): parts[:-1]} if len(parts) == 2 else {}
    return next((rest[0] for name, rest in ends.items() if name in site), text)


def _statements(metadata: Metadata) -> list[str]:
    stated = [
        *strings(metadata.article.get("headline")),
        metadata.first("og:title"),
        metadata.first("twitter:title"),
        metadata.first("dc.title", "title"),
        metadata.title,
    ]
    return [text for text in stated if text]


def _site_parts(statements: set[str]) -> set[str]:
    """Return what one statement has before or after another: the site's name, not the title."""
    parts = {
        longer.removeprefix(shorter).strip()
        if longer.startswith(shorter)
        else longer.removesuffix(shorter).strip()
        for longer in statements
        for shorter in statements
        if shorter != longer and (longer.startswith(shorter) or longer.endswith(shorter))
    }
    return parts - {""}


def _place(headline: Headline, blocks: list[TextBlock]) -> Span:
    return span_of(headline.element, blocks) if headline.element is not None else NOWHERE


def _headings(root: Element) -> Iterator[tuple[Element, str, float]]:
    """Yield the page's headings, with the weight of their looks."""
    for element in root.iter(*_WEIGHTS):
        text = text_of(element, _LENGTHS.stop)
        if len(text) in _LENGTHS:
            yield element, text, _WEIGHTS[element.tag]


def _named(root: Element) -> Iterator[tuple[Element, str, float]]:
    """Yield what is no heading but is called one."""
    for element in root.iter("h4", "div", "span", "p", "td"):
        if _NAMED.search(names(element)) or element.get("itemprop") == "headline":
            text = text_of(element, _LENGTHS.stop)
            if len(text) in _LENGTHS:
                yield element, text, _NAMED_WEIGHT


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
