"""A title in what stands around it: kickers and sections in its heading, the site's name beside it.

Headings hold the section, the kind of a story («تقرير») or a second line; titles end in the paper's
name. What a statement of the page repeats is the title; where none does, words and tags tell.
"""

from __future__ import annotations

import re

from crawl.extract.tree.boilerplate import fold, vocabulary
from crawl.extract.tree.dom import Element, names, text_of

SEPARATORS = re.compile(r"\s+[-–—|:»«•/]+\s+|\s*[|»]\s*|\s*::\s*")
_SEAM = re.compile(r"\s*[-–—|:»«•/]+\s+|\s+[-–—|:»«•/]+\s*|\s*[|»]\s*")
_KICKER = re.compile(r"-(?:kicker|category|cat|section|label|badge|overline|eyebrow)-")
_KICKERS = vocabulary("kickers")
_PAPERS = vocabulary("papers")
# «صحيفة بريد المرسى الإلكترونية»; more words are a headline about one.
_PAPER_WORDS = 5
_MOST_RUNS = 20  # parts of one heading that are told apart
_LONGEST = 300  # characters of one part


def without_kicker(
    heading: Element, shown: str, statements: list[str], sites: frozenset[str]
) -> str:
    """A heading without what stands beside the title in an element of its own.

    What a statement repeats is the title; a part that its class calls a kicker is none, nor is one
    set small, a section's name or the site's.
    """
    runs = _runs(heading)
    if len(runs) < 2:
        return shown
    titles = {fold(part) for text in statements for part in (text, *SEPARATORS.split(text))}
    whole = len(fold(shown))
    spans = [(a, b) for a in range(len(runs)) for b in range(a + 1, len(runs) + 1)]
    for first, last in spans:
        text = " ".join(text for _, text in runs[first:last])
        if fold(text) in titles and 2 * len(text) > whole:
            return text.strip(" |-–—:")
    words = frozenset(word for site in sites for word in site.split()) | _KICKERS
    kept = [
        text
        for place, (element, text) in enumerate(runs)
        if not _is_kicker(element, text, words if place == 0 else frozenset())
    ]
    return " ".join(kept) if kept else shown


def without_names(title: str, sites: frozenset[str]) -> str:
    """Cut the site's name off either end of a title, or a paper's off its end.

    >>> without_names("بريد المرسى: عودة الصيادين", frozenset(["بريد المرسي"]))
    'عودة الصيادين'
    >>> without_names("عودة الصيادين - جريدة المرسى", frozenset())
    'عودة الصيادين'
    """
    for seam in _SEAM.finditer(title):
        before, after = title[: seam.start()], title[seam.end() :]
        words = fold(after).split()
        is_paper = 1 < len(words) <= _PAPER_WORDS and words[0] in _PAPERS and ":" not in seam[0]
        if fold(before) and (fold(after) in sites or is_paper):
            return before
        if words and fold(before) in sites:
            return after
    return title


def _is_kicker(element: Element | None, text: str, known: frozenset[str]) -> bool:
    """Whether a part of a heading stands beside the title; `known` are words of no title."""
    small = element is not None and element.tag == "small"
    if small or _KICKER.search(names(element)):
        return True
    words = fold(text).split()
    return all(word in known or word.removeprefix("ال") in known for word in words)


def _runs(element: Element) -> list[tuple[Element | None, str]]:
    """The pieces of a heading, each child's text with the child, bounded."""
    while len(element) == 1 and not (element.text or "").strip() and not _tail(element[0]):
        element = element[0]
    pieces: list[tuple[Element | None, str]] = [(None, element.text or "")]
    for child in element[:_MOST_RUNS]:
        pieces += [(child, text_of(child, _LONGEST, " ")), (None, child.tail or "")]
    return [(child, text) for child, raw in pieces if (text := " ".join(raw.split()))]


def _tail(element: Element) -> str:
    return (element.tail or "").strip()
