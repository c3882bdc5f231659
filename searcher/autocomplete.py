"""Autocomplete: how the last word of a query may go on, while it is typed.

Words are weighed by how often they follow the word before in headlines, and by how many articles
hold them at all; spellings of one word are offered once, as most papers write it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from index import analysis, cut, fold
from index.analysis import TermCount
from searcher.expansion.lookup import Lookup, openings

# Letters of what was typed so far; nobody finishes the last word of more.
MOST_LETTERS = 200
# Terms that are asked for of each way to write the beginning: stop words are among them.
MOST_OF_ONE_KIND = 40
# Letters of a beginning; one is enough where headlines tell what follows the word before.
SHORTEST = 2
# Articles that a headline counts in which a word follows the one before: next to a name, what
# papers write behind it comes before any frequent word.
FOLLOWS = 200.0


def suggest(typed: str, lookup: Lookup, limit: int) -> list[str]:
    """The query with its last word finished, the likeliest words first."""
    if len(typed) > MOST_LETTERS:
        return []
    starts, ends = cut(typed)
    if not starts or ends[-1] < len(typed):
        return []
    begun = fold(typed[starts[-1] : ends[-1]])
    before = fold(typed[starts[-2] : ends[-2]]) if len(starts) > 1 else ""
    head = typed[: starts[-1]]
    return [head + term for term in _finished(before, begun, lookup)][:limit]


def _finished(before: str, begun: str, lookup: Lookup) -> list[str]:
    """The words that begin so, each in its commonest spelling, the likeliest first."""
    likely: dict[str, float] = {}
    often: dict[str, int] = {}
    for one in _behind(before, begun, lookup):
        likely[one.text] = likely.get(one.text, 0.0) + FOLLOWS * one.frequency
    if len(begun) >= SHORTEST:
        for one in _beginning(begun, lookup):
            often[one.text] = one.frequency
    new = [text for text in likely if text not in often]
    often.update(zip(new, lookup.vocabulary.frequencies("exact", new), strict=True))
    words: dict[str, list[str]] = {}
    for text in often:
        if analysis.loose(text) not in _stopwords():
            words.setdefault(analysis.loose(text), []).append(text)
    weight = {
        max(some, key=often.__getitem__): sum(likely.get(one, 0.0) + often[one] for one in some)
        for some in words.values()
    }
    return sorted(weight, key=lambda text: (-weight[text], text))


@cache
def _stopwords() -> frozenset[str]:
    """The stop words however their hamza is typed: الى."""
    return frozenset(map(analysis.loose, analysis.STOPWORDS))


def _behind(before: str, begun: str, lookup: Lookup) -> Iterator[TermCount]:
    """What follows the word before in headlines, however its alef and ة are typed."""
    for first in openings(before) if before else ():
        for opening in openings(begun):
            yield from lookup.vocabulary.followers(first, opening, MOST_OF_ONE_KIND)


def _beginning(begun: str, lookup: Lookup) -> Iterator[TermCount]:
    for opening in openings(begun):
        yield from lookup.vocabulary.beginning("exact", opening, MOST_OF_ONE_KIND)
