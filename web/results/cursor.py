"""Cursor: the place behind a hit of a list, which is found again though articles came or went.

A page number counts from the front: when an article arrives there, page 2 repeats the last hit of
page 1. A cursor names the hit that was given last, and where it stood.

>>> Cursor.of("20.k7"), Cursor.of("k7"), Cursor(20, "k7").text
(Cursor(offset=20, key='k7'), None, '20.k7')
"""

from __future__ import annotations

from typing import NamedTuple, Self

from searcher import Results, Searcher
from web.results.page import ResultsPage, results_page, search
from web.search_params import MOST_HITS, MOST_PAGES, SearchParams

# Hits on either side of its place among which the last one is looked for: more than a newsroom
# writes between two requests of a program.
MOVED = 50
# As far as pages go; who wants all takes a file.
MOST_BEHIND = MOST_HITS * MOST_PAGES


class Cursor(NamedTuple):
    """The hit that was given last, and how many stood up to it."""

    offset: int
    key: str

    @classmethod
    def of(cls, text: str) -> Self | None:
        """Read what `text` wrote; None for anything else."""
        number, _, key = text.partition(".")
        known = number.isascii() and number.isdigit() and len(number) < 7
        return cls(int(number), key) if known and key and int(number) else None

    @property
    def text(self) -> str:
        """The cursor in an address."""
        return f"{self.offset}.{self.key}"


class ListPart(NamedTuple):
    """Some hits of a list with what is counted of all, and how many stand before them."""

    page: ResultsPage
    results: Results
    start: int

    @property
    def cursor(self) -> Cursor | None:
        """The place behind the last of them; None where the list ends."""
        end = self.start + len(self.results.hits)
        more = self.results.hits and end < min(self.results.lines, MOST_BEHIND)
        return Cursor(end, self.results.hits[-1].id) if more else None


def part_of(searcher: Searcher, params: SearchParams, cursor: Cursor | None) -> ListPart:
    """The hits behind a cursor, or those of the page that is asked for."""
    if cursor is None or cursor.offset >= MOST_BEHIND:
        page = results_page(searcher, params)
        return ListPart(page, page.results, params.offset)
    window = params.window(cursor.offset - 1, params.limit + 1)
    page = results_page(searcher, params, hits=window)
    hits = page.results.hits
    if hits and hits[0].id == cursor.key:
        return ListPart(page, page.results.with_hits(hits[1:]), cursor.offset)
    start = _place_behind(searcher, params, cursor)
    moved = search(searcher, params.query, params.window(start, params.limit))
    return ListPart(page, page.results.with_hits(moved.hits), start)


def _place_behind(searcher: Searcher, params: SearchParams, cursor: Cursor) -> int:
    """Where the hits behind a cursor begin now; where they began, if the hit is not there."""
    first = max(0, cursor.offset - MOVED)
    near = search(searcher, params.query, params.window(first, 2 * MOVED)).hits
    places = [first + number for number, hit in enumerate(near, 1) if hit.id == cursor.key]
    return places[0] if places else cursor.offset
