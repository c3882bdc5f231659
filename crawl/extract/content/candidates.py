"""Which part of the page is the article's: subtrees compared by their prose, names and words.

`crawl.extract.tree.text_density` says where the prose is. Names that developers give
(`article-body`), boxes and the words of the headline weigh for or against a part.
"""

from __future__ import annotations

import re
from collections import Counter

from crawl.extract.metadata.title import Headline
from crawl.extract.tree.boilerplate import fold
from crawl.extract.tree.dom import Element, text_of
from crawl.extract.tree.text_density import TextDensity

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


def choose_candidate(density: TextDensity, headline: Headline, stated: str) -> Element | None:
    """The element whose text is the article's, None when the page has no prose.

    `stated` is what the page tells machines of its text: rivals are compared by its words.
    """
    best = _best(density, f"{headline.text} {stated}")
    return best if best is None else _own_story(best, headline, density)


def _best(density: TextDensity, about: str) -> Element | None:
    """The candidate worth most, by its prose and its share of the words of `about`."""
    values = _values(density)
    rivals = _rivals(values)
    words = Counter(fold(about).split()) if len(rivals) > 1 else Counter()
    best = max(
        rivals,
        key=lambda element: values[element] * (_agreement(element, words) if words else 1),
        default=None,
    )
    return best if best is None else _tightest(best, density)


def _values(density: TextDensity) -> dict[Element, float]:
    """Each element's worth as the article's body, from the root down."""
    values: dict[Element, float] = {}
    discounts: dict[Element, float] = {}
    for element, mass in density.masses.items():
        discount = discounts.get(element.getparent(), 1.0)
        if element in density.boxes:
            comments = _COMMENTS.search(density.names[element])
            discount *= _IN_COMMENTS if comments else _IN_BOX
        discounts[element] = max(discount, _LEAST)
        if mass.worth > 0:
            named = _NAMED if _is_named(element, density.names[element]) else 1.0
            values[element] = mass.worth * discounts[element] * named
    return values


def _is_named(element: Element, names: str) -> bool:
    return _BODY_NAMES.search(names) is not None or (
        (element.get("itemprop") or "").lower() == "articlebody"
    )


def _rivals(values: dict[Element, float]) -> list[Element]:
    """The best candidates that do not stand in each other, best first."""
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


def _tightest(element: Element, density: TextDensity) -> Element:
    """Go down as long as one child holds nearly all the prose."""
    while True:
        prose = density.masses[element].prose
        inner = [c for c in element if c in density.masses and c not in density.boxes]
        fullest = max(inner, key=lambda child: density.masses[child].prose, default=None)
        if fullest is None or density.masses[fullest].prose < _NEARLY_ALL * prose:
            return element
        element = fullest


def _own_story(element: Element, headline: Headline, density: TextDensity) -> Element:
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
        and density.boxes.isdisjoint(other.iterancestors())
    ]
    around = {ancestor for other in others for ancestor in other.iterancestors()}
    inside = path[: path.index(element) + 1]
    own = next((part for part in reversed(inside) if part not in around), element)
    return own if density.masses[own].prose > _STORY * density.masses[element].prose else element


def _agreement(element: Element, about: Counter[str]) -> float:
    """From 1 to 2 how many of the headline's and the stated body's words a candidate has."""
    words = Counter(fold(text_of(element)).split())
    return 1 + sum((words & about).values()) / (sum(about.values()) or 1)
