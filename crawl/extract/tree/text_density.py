"""Where on the page the text is: coarse weights for every element, in one pass.

An element's running text is prose when it is long and not mostly links, and furniture otherwise.
The subtree with the most prose left after its furniture is paid for is where the article probably
stands (a maximum-sum subtree, after the text-density methods of Kohlschütter et al., WSDM 2010, and
Sun, Song and Liao, SIGIR 2011). What is in a box (`crawl.extract.tree.boilerplate.box_kind`) does
not count for what is around the box: so a box needs no decision about the whole page, and an
article that stands in a badly named box can still win, at a discount.
"""

from __future__ import annotations

from typing import NamedTuple

import lxml.etree as etree

from crawl.extract.tree.boilerplate import box_kind
from crawl.extract.tree.dom import INLINE, Element, names

# Shorter runs of text are captions, labels and menu entries more often than paragraphs.
_PROSE = 60
# … but paragraphs without any link may be verses, lists or short answers: half as good as prose.
_VERSE = 15
_VERSE_TAGS = frozenset(["p", "li", "blockquote", "pre", "dd"])
# Three of a kind make a list of other stories; their teasers are shorter than this.
_CARDS = 3
_TEASER = 500
_CARD_TAGS = frozenset(["div", "li", "article", "section", "td", "tr"])
# A headline in a card is a link of at least this many characters.
_LINKED_HEADLINE = 15


class Mass(NamedTuple):
    """Characters of running text under an element: paragraphs, and everything else."""

    prose: int = 0
    furniture: int = 0
    headline_links: int = 0  # characters of links long enough to be headlines

    @property
    def worth(self) -> int:
        return self.prose - self.furniture


_NOTHING = Mass()


class TextDensity(NamedTuple):
    """The mass and the names of every element, in document order, and which are boxes.

    `cards` are those of the boxes that list other stories.
    """

    masses: dict[Element, Mass]
    names: dict[Element, str]
    boxes: set[Element]
    cards: set[Element]

    @property
    def boxed(self) -> int:
        """Characters of prose that stand in boxes, whatever stands around them."""
        return sum(self.masses[box].prose for box in self.boxes)


def weigh(root: Element, guarded: frozenset[Element] = frozenset()) -> TextDensity:
    """Weigh every element of the tree from the leaves up; `guarded` ones are never boxes.

    What the headline stands in is guarded: themes call it `content-with-sidebar` and the like.
    """
    elements = list(root.iter(etree.Element))
    flow: dict[Element, tuple[int, int, int]] = {}  # inline text no block has closed yet
    masses = dict.fromkeys(elements, _NOTHING)  # in document order
    named = {element: names(element) for element in elements}
    boxes: set[Element] = set()
    listed: set[Element] = set()
    for element in reversed(elements):
        text = element.text
        run = len(text.strip()) if text else 0
        linked = heads = prose = furniture = 0
        cards = _cards(element, masses) if len(element) >= _CARDS else frozenset()
        for child in element:
            if tail := child.tail:
                run += len(tail.strip())
            if child in cards:
                listed.add(child)
                continue
            if child in flow:
                below = flow.pop(child)
                run += below[0]
                linked += below[1]
                heads += below[2]
            if child not in boxes and child not in listed:
                mass = masses.get(child, _NOTHING)
                if mass is not _NOTHING:
                    prose += mass.prose
                    furniture += mass.furniture
                    heads += mass.headline_links
        tag = element.tag
        if tag == "a":
            linked, heads = run, run if run >= _LINKED_HEADLINE else 0
        if tag in INLINE:
            flow[element] = (run, linked, heads)
            heads = 0
        else:
            if run - linked >= _PROSE and linked * 3 < run:
                prose += run
            elif linked == 0 and run >= _VERSE and tag in _VERSE_TAGS:
                prose += run // 2
            else:
                furniture += run
        if prose or furniture or heads:
            masses[element] = Mass(prose, furniture, heads)
        if box_kind(tag, named[element]) and element not in guarded:
            boxes.add(element)
    return TextDensity(masses, named, boxes | listed, listed)


def _cards(parent: Element, masses: dict[Element, Mass]) -> frozenset[Element]:
    """The children that are cards: alike, each with a linked headline and little prose."""
    kinds: dict[tuple[str, str], list[Element]] = {}
    for child in parent:
        mass = masses.get(child, _NOTHING)
        if (
            child.tag in _CARD_TAGS
            and mass.headline_links >= _LINKED_HEADLINE
            and mass.prose < _TEASER
        ):
            kinds.setdefault((child.tag, child.get("class", "")), []).append(child)
    return frozenset(c for alike in kinds.values() if len(alike) >= _CARDS for c in alike)
