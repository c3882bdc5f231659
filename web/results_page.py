"""Answer: what the searcher found for an `Asked`, with the filters that could narrow or widen it.

A filter group that is already narrowed is counted as if it were not, so that a reader who chose one
source still sees the others and may add them: one more search of no hits for each such group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from index import Facet
from searcher import Results, Searcher
from web.browse import browse
from web.locale.formats import day, day_range, month
from web.locale.strings import FACETS, FILTERS, QUICK_RANGES, TEXT
from web.search_params import MOST_PAGES, Asked

FACET_NAMES: tuple[Facet, ...] = ("source", "section", "author", "month")
# Of each group: enough to choose from, few enough to read.
SHOWN_CHOICES = 8
SHOWN_MONTHS = 12
# Under the fold: a filter is for choosing, and a corpus may have thousands of authors.
MOST_CHOICES = 60
# Page numbers on either side of the one that is open.
NEAR_PAGES = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: its articles, whether it is on, and the question that toggles it.

    `share` is its count as a per cent of the most frequent value's.
    """

    value: str
    label: str
    count: int
    share: int
    chosen: bool
    asked: Asked


class Group(NamedTuple):
    """A filter and its choices; those after `shown` are kept under a fold."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    shown: int


class Answer(NamedTuple):
    """The results of a question, its filter groups, and the notes on address and question."""

    asked: Asked
    results: Results
    groups: tuple[Group, ...]
    notes: tuple[str, ...]

    @property
    def page_count(self) -> int:
        """How many pages can be turned."""
        return min(-(-self.results.total // self.asked.limit), MOST_PAGES)

    @property
    def pages(self) -> list[int]:
        """The page numbers to offer: the first, those around the open one, the last; 0 is a gap."""
        last, here = self.page_count, self.asked.page
        near = range(max(1, here - NEAR_PAGES), min(last, here + NEAR_PAGES) + 1)
        offered = sorted({*near, *([1, last] if last else [])})
        listed: list[int] = []
        for number in offered:
            listed += [0, number] if listed and number - listed[-1] > 1 else [number]
        return listed

    @property
    def active(self) -> list[tuple[str, str, Asked]]:
        """The filters that are on: (filter, value, the question without it)."""
        asked = self.asked
        named = [
            (name, value, asked.toggled(name, value))
            for name in ("source", "section", "author", "site")
            for value in getattr(asked, name)
        ]
        ends = [
            (end, day(getattr(asked, end)), asked.but(**{end: ""}))
            for end in ("since", "until")
            if getattr(asked, end)
        ]
        return [(FILTERS[name], value, wider) for name, value, wider in named + ends]


def answer(searcher: Searcher, asked: Asked, *, facets: Sequence[Facet] = FACET_NAMES) -> Answer:
    """Search, and count the filters."""
    results = search(searcher, asked, facets=facets)
    counts = {name: results.facets.get(name, []) for name in facets}
    for name in facets:
        wider = _without(asked, name)
        if wider != asked.but(page=asked.page):
            counting = wider.but(limit=0, sort="relevance")
            counts[name] = search(searcher, counting, facets=(name,)).facets.get(name, [])
    groups = tuple(_group(name, counts[name], asked) for name in facets)
    return Answer(
        asked,
        results,
        tuple(group for group in groups if group.choices),
        (*asked.notes, *results.notes, *[TEXT["partial"]] * results.partial),
    )


def search(searcher: Searcher, asked: Asked, *, facets: Sequence[Facet] = ()) -> Results:
    """One search with everything that was asked."""
    if not asked.query:
        return browse(searcher, asked, facets)
    return searcher.search(
        asked.query,
        limit=asked.limit,
        offset=asked.offset,
        source=asked.source,
        author=asked.author,
        section=asked.section,
        site=asked.site,
        since=asked.since,
        until=asked.until,
        sort=asked.sort,
        facets=facets,
        recency=asked.recency,
        literal=asked.literal,
    )


def quick_ranges(asked: Asked, today: date) -> list[tuple[str, bool, Asked]]:
    """The periods that end today: (label, whether it is on, the question narrowed to it)."""
    ranges = []
    for label, days in QUICK_RANGES:
        since = (today - timedelta(days=days)).isoformat()
        on = asked.since == since and not asked.until
        ranges.append((label, on, asked.but(since=since, until="")))
    return ranges


def _without(asked: Asked, name: Facet) -> Asked:
    if name == "month":
        return asked.but(page=asked.page, since="", until="")
    return asked.but(page=asked.page, **{name: ()})


def _group(name: Facet, counts: Sequence[tuple[str, int]], asked: Asked) -> Group:
    months = name == "month"
    most = max((count for _, count in counts), default=0)
    shares = [(value, count, 100 * count // most) for value, count in counts]
    choices = _months(shares, asked) if months else _values(name, shares, asked)
    offered = tuple(c for place, c in enumerate(choices) if place < MOST_CHOICES or c.chosen)
    return Group(name, FACETS[name], offered, SHOWN_MONTHS if months else SHOWN_CHOICES)


def _values(name: Facet, shares: Sequence[tuple[str, int, int]], asked: Asked) -> Iterator[Choice]:
    for value, count, share in shares:
        chosen = value in getattr(asked, name)
        yield Choice(value, value, count, share, chosen, asked.toggled(name, value))


def _months(shares: Sequence[tuple[str, int, int]], asked: Asked) -> Iterator[Choice]:
    """Newest first; what an import called a date may be none, and then it has no month."""
    for value, count, share in sorted(shares, reverse=True):
        if days := day_range(value):
            chosen = (asked.since, asked.until) == days
            first, last = ("", "") if chosen else days
            narrowed = asked.but(since=first, until=last)
            yield Choice(value, month(value), count, share, chosen, narrowed)
