"""The article's title: the visible headline that the page's own statements agree with.

`<title>` and `og:title` carry site names, are shortened, or belong to the section; headings belong
to boxes. A heading that a statement repeats is the headline, and is taken as the reader sees it.
Where the statements name the site alone, the heading is taken that speaks of what the text does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crawl.extract.metadata.structured_data import Metadata, strings
from crawl.extract.metadata.title_parts import SEPARATORS, without_kicker, without_names
from crawl.extract.tree.boilerplate import fold
from crawl.extract.tree.dom import Element, names, text_of
from crawl.extract.tree.layout import NOWHERE, Span, span_of
from crawl.extract.tree.text_blocks import TextBlock

_LENGTHS = range(8, 300)
_SHORT_TITLE = 3  # of a column, in a page's main heading alone
_WEIGHTS = {"h1": 1.0, "h2": 0.8, "h3": 0.6}
_NAMED_WEIGHT = 0.6
_ENOUGH = 0.7  # looks and agreement together, of 1.3
_CLEAR = 0.85  # agreement alone
_NAMED = re.compile(r"-(?:title|headline|heading)-")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
# «صحيفة بريد المرسى الإلكترونية»; more is a headline about one.
# A title of so few words may be the site's or a section's: it must share words with the text.
_NAME_WORDS = 6
_LEAST_WORDS = 4  # of a heading that is taken for what it says
_SPEAKS = 0.4  # share of a heading's words that the text has too
_PROSE = 60  # a shorter block is no running text
_WORD = 3  # shorter words stand in every text


class Headline(NamedTuple):
    """The chosen title, the element and the place that show it (if any), and why it won.

    `agreed` unless the page's statements name something else: the site, a section.
    """

    text: str
    element: Element | None
    place: Span
    why: str
    agreed: bool = True


def choose_headline(
    root: Element,
    metadata: Metadata,
    blocks: list[TextBlock],
    sites: frozenset[str] = frozenset(),
) -> Headline:
    """The best-supported title; text is empty when the page states and shows none.

    `sites` is what the site is called beside what it states itself, folded.
    """
    sites |= {fold(name) for name in metadata.meta.get("og:site_name", [])}
    statements = _statements(metadata)
    folded = {fold(text) for text in statements}
    site = sites | _site_parts(folded)
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
                best, best_score = Headline(text, element, NOWHERE, why), score
        if best_score >= _ENOUGH or not statements:
            break
    if best_score < _ENOUGH and statements:
        best = _repeating_line(blocks, folded, site) or Headline(
            _without_site(statements[0], metadata), None, NOWHERE, "stated only"
        )
    if len(fold(best.text).split()) <= _NAME_WORDS:
        best = _speaking_heading(root, blocks, best, site) or best
    if best.element is None:
        return best._replace(text=without_names(best.text, sites))
    shown = best.text
    if best.place == NOWHERE:
        shown = without_names(without_kicker(best.element, best.text, statements, sites), sites)
        best = best._replace(place=span_of(best.element, blocks))
    return best._replace(text=shown)


def _repeating_line(
    blocks: list[TextBlock], statements: set[str], site: frozenset[str]
) -> Headline | None:
    """The first line that a statement repeats: old pages have no headings."""
    for block in blocks:
        if len(block.text) in _LENGTHS and (key := fold(block.text)) not in site:
            support = max(agreement(key, stated) for stated in statements)
            if support >= _CLEAR:
                why = f"line, agrees {support:.2f}"
                return Headline(block.text, block.element, (block.start, block.end), why)
    return None


def _speaking_heading(
    root: Element, blocks: list[TextBlock], best: Headline, site: frozenset[str]
) -> Headline | None:
    """A heading that speaks of what the text below it does, where the best so far does not.

    The site's or a section's name may be all that a page states.
    """
    prose = [block for block in blocks if _is_prose(block)]
    known = frozenset(word for block in prose for word in fold(block.text).split())
    own = _shared(best.text, known)
    if not known or (own and best.element is not None):
        return None
    # A site's slogan may speak of the same; then a heading must say more, and stand above the text.
    more = own * len(fold(best.text).split()) if own >= _SPEAKS else 0.0
    middle = prose[0 if more else len(prose) // 2].start
    linked = {block.element for block in blocks if block.is_link}
    found, most = None, _SPEAKS
    for look in (_headings, _named):
        for element, text, weight in look(root):
            share = weight * _shared(text, known)
            length = len(text.split())
            if share < most or length < _LEAST_WORDS or fold(text) in site:
                continue
            if share * length < 2 * more:
                continue
            if linked.isdisjoint(element.iter()) and span_of(element, blocks)[0] < middle:
                found, most = (
                    Headline(text, element, NOWHERE, f"{element.tag}, speaks so", False),
                    share,
                )
        if found:
            break
    return found


def _is_prose(block: TextBlock) -> bool:
    return len(block.text) >= _PROSE and not block.linked and not block.is_heading


def _shared(text: str, known: frozenset[str]) -> float:
    """The share of a line's longer words that the running text has too."""
    words = [word for word in fold(text).split() if len(word) >= _WORD]
    return sum(word in known for word in words) / len(words) if words else 0.0


def _statements(metadata: Metadata) -> list[str]:
    stated = [
        *strings(metadata.article.get("headline")),
        metadata.first("og:title"),
        metadata.first("twitter:title"),
        metadata.first("dc.title", "title"),
        metadata.title,
    ]
    return [" ".join(_MARKUP.sub(" ", text).split()) for text in stated if text]


def _site_parts(statements: set[str]) -> set[str]:
    """What one statement has before or after another: the site's name, not the title."""
    parts = {
        longer.removeprefix(shorter).strip()
        if longer.startswith(shorter)
        else longer.removesuffix(shorter).strip()
        for longer in statements
        for shorter in statements
        if shorter != longer and (longer.startswith(shorter) or longer.endswith(shorter))
    }
    return parts - {""}


def _headings(root: Element) -> Iterator[tuple[Element, str, float]]:
    """The page's headings, with the weight of their looks."""
    for element in root.iter(*_WEIGHTS):
        text = text_of(element, _LENGTHS.stop, " ")
        short = element.tag == "h1" and len(text) >= _SHORT_TITLE
        if len(text) in _LENGTHS or (short and len(text) < _LENGTHS.start):
            yield element, text, _WEIGHTS[element.tag]


def _named(root: Element) -> Iterator[tuple[Element, str, float]]:
    """What is no heading but is called one."""
    for element in root.iter("h4", "div", "span", "p", "td"):
        if _NAMED.search(names(element)) or element.get("itemprop") == "headline":
            text = text_of(element, _LENGTHS.stop, " ")
            if len(text) in _LENGTHS:
                yield element, text, _NAMED_WEIGHT


def agreement(shown: str, stated: str) -> float:
    """How far two folded titles are the same, from 0 to 1.

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
    parts = SEPARATORS.split(title)
    kept = [part for part in parts if fold(part) and fold(part) != site]
    if len(kept) == len(parts) > 1:
        kept = [max(parts, key=len)] if len(max(parts, key=len)) > 0.5 * len(title) else parts
    return " - ".join(kept) if len(kept) > 1 else (kept[0] if kept else title)
