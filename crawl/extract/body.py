"""The article's paragraphs: candidate parts of the page, read, cleaned and compared.

`crawl.extract.text_density` says where the prose is. Names that developers give (`article-body`),
the page's own `articleBody`, and boxes weigh for or against a part. The winner is read line by line
(`crawl.extract.text_lines`, `crawl.extract.line_filter`), with a lead that stands apart, between
headline and body.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from crawl.extract.boilerplate import fold
from crawl.extract.dom import Element, drop, text_of, to_html
from crawl.extract.layout import NOWHERE, Run, span_of
from crawl.extract.line_filter import Cleaned, clean_lines, is_policy
from crawl.extract.structured_data import Metadata
from crawl.extract.text_density import Weights, weigh
from crawl.extract.text_lines import Line, read_lines
from crawl.extract.title import Headline

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
_LEAST = 0.05

# Parts of the page with at least this share of the best one's value are compared by their words.
_RIVALS = 4
_RIVAL = 0.25
_NEARLY_ALL = 0.97
# One story of a feed has at least this share of its prose.
_STORY = 0.1
_HEADING = 300
# A stated body this long, and twice as long as what the page shows, is what a script would show.
_STATED = 400
# A lead stands this near below the headline and is this long.
_LEAD_NEAR = 900
_LEAD_LENGTH = 60


class Body(NamedTuple):
    """The winning candidate's paragraphs, its dropped lines with reasons, and why it won.

    `others` counts the characters of prose that stand in cards and boxes elsewhere on the page.
    """

    paragraphs: list[str]
    dropped: list[tuple[str, str]]
    others: int
    why: str


def choose_body(
    root: Element,
    headline: Headline,
    metadata: Metadata,
    runs: list[Run],
    ruled: Element | None = None,
) -> Body:
    """Return the best candidate's paragraphs; empty when the page has no prose.

    `ruled` is the element that a site rule names: it wins without comparison.
    """
    shown = headline.element
    weights = weigh(root, frozenset(shown.iterancestors()) if shown is not None else frozenset())
    stated = metadata.article_body
    best = ruled if ruled is not None else _best(weights, f"{headline.text} {stated}")
    if best is None:
        return _stated_body(stated, headline, 0)
    best = best if ruled is not None else _own_story(best, headline, weights)
    lines = _read(best, weights, headline, runs)
    others = weights.masses[root].prose + weights.boxed - weights.masses[best].prose
    if len(stated) > _STATED and 2 * sum(map(len, lines.paragraphs)) < len(stated):
        return _stated_body(stated, headline, others)
    mass = weights.masses[best]
    why = f"<{best.tag} {weights.names[best]}> prose {mass.prose}, furniture {mass.furniture}"
    return Body(*lines, others, why)


def _best(weights: Weights, about: str) -> Element | None:
    """Return the candidate worth most, by its prose and its share of the words of `about`."""
    values = _values(weights)
    rivals = _rivals(values)
    words = Counter(fold(about).split()) if len(rivals) > 1 else Counter()
    best = max(
        rivals,
        key=lambda element: values[element] * (_agreement(element, words) if words else 1),
        default=None,
    )
    return best if best is None else _tightest(best, weights)


def _stated_body(stated: str, headline: Headline, others: int) -> Body:
    """Return the body that only machines were told, where a script shows it to readers."""
    lines = [Line(text, 0, 0, "p") for text in stated.split("\n") if text.strip()]
    return Body(*clean_lines(lines, headline.text), others, "json-ld articleBody")


def _values(weights: Weights) -> dict[Element, float]:
    """Return each element's worth as the article's body, from the root down."""
    values: dict[Element, float] = {}
    discounts: dict[Element, float] = {}
    for element, mass in weights.masses.items():
        discount = discounts.get(element.getparent(), 1.0)
        if element in weights.boxes:
            comments = _COMMENTS.search(weights.names[element])
            discount *= _IN_COMMENTS if comments else _IN_BOX
        discounts[element] = max(discount, _LEAST)
        if mass.worth > 0:
            named = _NAMED if _is_named(element, weights.names[element]) else 1.0
            values[element] = mass.worth * discounts[element] * named
    return values


def _is_named(element: Element, names: str) -> bool:
    return _BODY_NAMES.search(names) is not None or (
        (element.get("itemprop") or "").lower() == "articlebody"
    )


def _read(element: Element, weights: Weights, headline: Headline, runs: list[Run]) -> Cleaned:
    """Return a candidate's lines, with the lead above it and without the boxes in it."""
    lead = _lead(element, weights, headline, runs)
    for box in weights.boxes:
        if box is not element and element in box.iterancestors():
            drop(box)
    return clean_lines(lead + read_lines(to_html(element)), headline.text)


def _lead(element: Element, weights: Weights, headline: Headline, runs: list[Run]) -> list[Line]:
    """Return the paragraphs that stand between the headline and a candidate, outside any box."""
    if headline.place == NOWHERE:
        return []
    top = headline.place[1]
    start = span_of(element, runs)[0]
    if not 0 <= start - top <= _LEAD_NEAR:
        return []
    around = {element, *element.iterancestors()}
    boxes = weights.boxes - around
    return [
        Line(run.text, run.linked, 0, "p")
        for run in runs
        if top <= run.start < start
        and len(run.text) >= _LEAD_LENGTH
        and 2 * run.linked < len(run.text)
        and boxes.isdisjoint([run.element, *run.element.iterancestors()])
        and not is_policy(run.text)
    ]


def _rivals(values: dict[Element, float]) -> list[Element]:
    """Return the best candidates that do not stand in each other, best first."""
    rivals: list[Element] = []
    around: set[Element] = set()
    for element in sorted(values, key=lambda element: -values[element]):
        if (
            len(rivals) == _RIVALS
            or values[element] < _RIVAL * values[rivals[0] if rivals else element]
        ):
            break
        if (
            element not in around
            and around.isdisjoint(element.iterdescendants())
            and not (set(rivals) & set(element.iterancestors()))
        ):
            rivals.append(element)
            around |= {element, *element.iterancestors()}
    return rivals


def _tightest(element: Element, weights: Weights) -> Element:
    """Go down as long as one child holds nearly all the prose."""
    while True:
        prose = weights.masses[element].prose
        inner = [c for c in element if c in weights.masses and c not in weights.boxes]
        fullest = max(inner, key=lambda child: weights.masses[child].prose, default=None)
        if fullest is None or weights.masses[fullest].prose < _NEARLY_ALL * prose:
            return element
        element = fullest


def _own_story(element: Element, headline: Headline, weights: Weights) -> Element:
    """Leave out the next stories of an endless feed: parts with a headline like ours.

    A heading without a class may be a subheading, unless it is an h1.
    """
    shown = headline.element
    if shown is None or (shown.tag != "h1" and not shown.get("class")):
        return element
    path = [shown, *shown.iterancestors()]
    if element not in path:
        return element
    others = [
        other
        for other in element.iter(shown.tag)
        if other is not shown
        and other.get("class") == shown.get("class")
        and fold(text_of(other, _HEADING)) not in {"", fold(headline.text)}
        and weights.boxes.isdisjoint(other.iterancestors())
    ]
    around = {ancestor for other in others for ancestor in other.iterancestors()}
    inside = path[: path.index(element) + 1]
    own = next((part for part in reversed(inside) if part not in around), element)
    return own if weights.masses[own].prose > _STORY * weights.masses[element].prose else element


def _agreement(element: Element, about: Counter[str]) -> float:
    """Return from 1 to 2 how many of the headline's and the stated body's words a candidate has."""
    words = Counter(fold(text_of(element)).split())
    return 1 + sum((words & about).values()) / (sum(about.values()) or 1)
