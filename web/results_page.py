"""ResultsPage: what the searcher found, its paging, and the filters that could narrow or widen it.

A filter group that is already narrowed is counted as if it were not, so that a reader who chose one
source still sees the others and may add them: one more search of no hits for each such group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from index import ATTRIBUTE_NAMES, ATTRIBUTES, Facet
from searcher import Results, Searcher
from web.locale.formats import day, day_range, month
from web.locale.strings import FACETS, FILTERS, QUICK_RANGES, TEXT
from web.search_params import MOST_PAGES, SearchParams

FACET_NAMES: tuple[Facet, ...] = (*(spec.name for spec in ATTRIBUTES if spec.facet), "month")
# One value of it is no choice: nearly every archive is of one language.
MANY_OR_NONE = ("site", "language")
# Of each group: enough to choose from, few enough to read.
SHOWN_CHOICES = 8
SHOWN_MONTHS = 12
# Under the fold: a filter is for choosing, and a corpus may have thousands of authors.
MOST_CHOICES = 60
# Page numbers on either side of the one that is open.
NEAR_PAGES = 2


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """One value of a filter: its articles, whether it is on, and the question that toggles it.

    `share` is its count as a per cent of the most frequent value's.
    """

    value: str
    label: str
    count: int
    share: int
    chosen: bool
    params: SearchParams


class FacetGroup(NamedTuple):
    """A filter and its choices; those after `shown` are kept under a fold."""

    name: str
    label: str
    choices: tuple[FacetChoice, ...]
    shown: int


class ResultsPage(NamedTuple):
    """The results of a question, its filter groups, and the notes on address and question."""

    params: SearchParams
    results: Results
    groups: tuple[FacetGroup, ...]
    notes: tuple[str, ...]

    @property
    def page_count(self) -> int:
        """How many pages can be turned."""
        return min(-(-self.results.total // self.params.limit), MOST_PAGES)

    @property
    def pages(self) -> list[int]:
        """The page numbers to offer: the first, those around the open one, the last; 0 is a gap."""
        last, here = self.page_count, self.params.page
        near = range(max(1, here - NEAR_PAGES), min(last, here + NEAR_PAGES) + 1)
        offered = sorted({*near, *([1, last] if last else [])})
        listed: list[int] = []
        for number in offered:
            listed += [0, number] if listed and number - listed[-1] > 1 else [number]
        return listed

    @property
    def active(self) -> list[tuple[str, str, SearchParams]]:
        """The filters that are on: (filter, value, the question without it)."""
        params = self.params
        named = [
            (name, value, params.toggled(name, value))
            for name in ATTRIBUTE_NAMES
            for value in getattr(params, name)
        ]
        ends = [
            (end, day(getattr(params, end)), params.replace(**{end: ""}))
            for end in ("since", "until")
            if getattr(params, end)
        ]
        return [(FILTERS[name], value, wider) for name, value, wider in named + ends]


def results_page(
    searcher: Searcher, params: SearchParams, *, facets: Sequence[Facet] = FACET_NAMES
) -> ResultsPage:
    """Search, and count the filters."""
    results = search(searcher, params, facets=facets)
    counts = {name: results.facets.get(name, []) for name in facets}
    for name in facets:
        wider = _without(params, name)
        if wider != params.replace(page=params.page):
            counting = wider.replace(limit=0, sort="relevance")
            counts[name] = search(searcher, counting, facets=(name,)).facets.get(name, [])
    groups = tuple(_group(name, counts[name], params) for name in facets)
    return ResultsPage(
        params,
        results,
        tuple(group for group in groups if _is_choice(group)),
        (*results.notes, *[TEXT["partial"]] * results.partial),
    )


def search(searcher: Searcher, params: SearchParams, *, facets: Sequence[Facet] = ()) -> Results:
    """One search with everything that was asked."""
    if not params.query:
        return searcher.browse(params, facets=facets)
    return searcher.search(params.query, params, facets=facets)


def quick_ranges(params: SearchParams, today: date) -> list[tuple[str, bool, SearchParams]]:
    """The periods that end today: (label, whether it is on, the question narrowed to it)."""
    ranges = []
    for label, days in QUICK_RANGES:
        since = (today - timedelta(days=days)).isoformat()
        on = params.since == since and not params.until
        ranges.append((label, on, params.replace(since=since, until="")))
    return ranges


def _is_choice(group: FacetGroup) -> bool:
    chosen = any(choice.chosen for choice in group.choices)
    return chosen or len(group.choices) > (group.name in MANY_OR_NONE)


def _without(params: SearchParams, name: Facet) -> SearchParams:
    if name == "month":
        return params.replace(page=params.page, since="", until="")
    return params.replace(page=params.page, **{name: ()})


def _group(name: Facet, counts: Sequence[tuple[str, int]], params: SearchParams) -> FacetGroup:
    months = name == "month"
    most = max((count for _, count in counts), default=0)
    shares = [(value, count, 100 * count // most) for value, count in counts]
    choices = _months(shares, params) if months else _values(name, shares, params)
    offered = tuple(c for place, c in enumerate(choices) if place < MOST_CHOICES or c.chosen)
    return FacetGroup(name, FACETS[name], offered, SHOWN_MONTHS if months else SHOWN_CHOICES)


def _values(
    name: Facet, shares: Sequence[tuple[str, int, int]], params: SearchParams
) -> Iterator[FacetChoice]:
    for value, count, share in shares:
        chosen = value in getattr(params, name)
        yield FacetChoice(value, value, count, share, chosen, params.toggled(name, value))


def _months(shares: Sequence[tuple[str, int, int]], params: SearchParams) -> Iterator[FacetChoice]:
    """Newest first; what an import called a date may be none, and then it has no month."""
    for value, count, share in sorted(shares, reverse=True):
        if days := day_range(value):
            chosen = (params.since, params.until) == days
            first, last = ("", "") if chosen else days
            narrowed = params.replace(since=first, until=last)
            yield FacetChoice(value, month(value), count, share, chosen, narrowed)
