"""The article's paragraphs: candidate parts of the page, read, cleaned and compared."""

from __future__ import annotations

import re
from typing import NamedTuple

from crawl.blocks import read_lines
from crawl.density import Weights, weigh
from crawl.dom import Element, drop, names, to_html
from crawl.headline import Headline
from crawl.lines import Cleaned, clean_lines

_BODY_NAMES = re.compile(
    r"-(?:article-?body|article-?text|article-?content|article-?details?|story-?body|story-?text"
    r"|entry-?content|post-?content|post-?body|post-?text|news-?body|news-?text|news-?content"
    r"|single-?content|body-?text|main-?text|field-name-body|details?)-"
)
_COMMENTS = re.compile("-(?:comments?|commentlist|disqus|respond|reply|replies)-")

# What a candidate's worth is multiplied by; benchmarks/pages.py chose the values.
_NAMED = 1.3
_IN_BOX = 0.6
_IN_COMMENTS = 0.2
_HIDDEN = re.compile(r"display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden", re.I)


class Body(NamedTuple):
    """The paragraphs of the winning candidate, and why it won."""

    lines: Cleaned
    why: str


def choose_body(root: Element, headline: Headline) -> Body:
    """Return the best candidate's paragraphs; empty when the page has no prose."""
    weights = weigh(root)
    values = _values(weights)
    best = max(values, key=lambda element: values[element], default=None)
    if best is None or weights.masses[best].prose == 0:
        return Body(Cleaned([], []), "no prose")
    for box in weights.boxes:
        if box is not best and best in box.iterancestors():
            drop(box)
    lines = clean_lines(read_lines(to_html(best)), headline.text)
    return Body(lines, f"<{best.tag} {names(best)}> {weights.masses[best]} {values[best]}")


def _values(weights: Weights) -> dict[Element, float]:
    """Return each element's worth as the article's body, from the root down."""
    values: dict[Element, float] = {}
    discounts: dict[Element, float] = {}
    for element, mass in weights.masses.items():
        discount = discounts.get(element.getparent(), 1.0)
        if element in weights.boxes:
            discount *= _IN_COMMENTS if _COMMENTS.search(names(element)) else _IN_BOX
        discounts[element] = max(discount, 0.05)
        values[element] = mass.worth * discounts[element] * (_NAMED if _is_named(element) else 1.0)
    return values


def _is_named(element: Element) -> bool:
    return (element.get("itemprop") or "").lower() == "articlebody" or bool(
        _BODY_NAMES.search(names(element))
    )
