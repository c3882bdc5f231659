"""Folding: one line of a list for each story, its copies under it.

The list is the engine's, of which only the first of each story is kept; so a folded page is a piece
of the whole list, whatever its order, and every engine that tells the story of a match can fold.
How many stories there are is told by counting the matches of each.

>>> found = [Match("a", 3.0, "s"), Match("b", 2.0), Match("c", 1.0, "s")]
>>> [match.key for match in first_of_each(found)]
['a', 'b']
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from index import Document, Engine, Filters, Match, Matches, query
from searcher.hits.results import Copy

# The attribute, and the facet, that copies share.
STORY = "story"
# Matches that are asked for beyond a page and a half: of the real articles a third are copies.
SLACK = 10
# Copies that stand under a hit; the others are led to.
COPIES_SHOWN = 5
# Copies that are looked at for one page.
MOST_COPIES = 200


def first_of_each(found: Sequence[Match]) -> list[Match]:
    """The matches without those of whose story another stands before them."""
    first: dict[tuple[str, str], Match] = {}
    for match in found:
        first.setdefault((match.story, "" if match.story else match.key), match)
    return list(first.values())


def stories_among(matches: Matches) -> int:
    """How many stories the matches tell, an article without copies being one."""
    copies = matches.facets.get(STORY, [])
    return matches.total - sum(count for _, count in copies) + len(copies)


def folded(ask: Callable[[int], Matches], offset: int, limit: int) -> Matches:
    """A page of the folded list; `ask` gives so many of the first matches.

    It is asked again for more where a page is not filled, for three times as many.
    """
    wanted = offset + limit
    most = wanted + wanted // 2 + SLACK if limit else 0
    while True:
        matches = ask(most)
        listed = first_of_each(matches.found)
        if len(listed) >= wanted or len(matches.found) < most or matches.partial or not limit:
            return replace(matches, found=tuple(listed[offset:wanted]))
        most *= 3


def copies_of(
    engine: Engine, tree: query.Query, filters: Filters, shown: Sequence[Document]
) -> dict[str, list[Copy]]:
    """For each shown article the matching copies of its story, the earliest first."""
    among = {one.story: one for one in shown if one.story}
    if not among:
        return {}
    narrowed = replace(filters, story=tuple(among))
    found = engine.search(tree, limit=MOST_COPIES, filters=narrowed, sort="oldest").found
    chosen: dict[str, list[str]] = defaultdict(list)
    for match in found:
        keys = chosen[match.story]
        if match.key != among[match.story].key and len(keys) < COPIES_SHOWN:
            keys.append(match.key)
    documents = engine.documents([key for keys in chosen.values() for key in keys])
    copies: dict[str, list[Copy]] = {one.key: [] for one in among.values()}
    for document in documents:
        if document and (one := among.get(document.story)):
            copies[one.key].append(Copy.of(document, one))
    return copies
