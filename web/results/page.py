"""ResultsPage: what the searcher found, its paging, and the filters that could narrow or widen it.

A filter that is on is counted as if it were not, so that a reader who chose one source still sees
the others and may add them: one more search of no hits for each such filter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from index import ATTRIBUTE_NAMES, Facet
from searcher import Results, Searcher, SearchOptions
from web.results.facets import FACET_NAMES, Counts, FacetGroup, facet_groups
from web.search_params import MOST_PAGES, SearchParams

# Page numbers on either side of the one that is open.
NEAR_PAGES = 2
# Filters that can be taken off one by one: each such link repeats the question.
MOST_ACTIVE = 8


class ResultsPage(NamedTuple):
    """The results of a question, its counts by facet, the most frequent first, and its filters."""

    params: SearchParams
    results: Results
    counts: Mapping[Facet, Counts]
    groups: tuple[FacetGroup, ...]

    @property
    def page_count(self) -> int:
        """How many pages can be turned."""
        limit = self.params.limit
        return min(-(-self.results.lines // limit), MOST_PAGES) if limit else 0

    @property
    def is_cut(self) -> bool:
        """Whether this is the last page that is shown, and not the last that there would be."""
        shown = self.params.page * self.params.limit
        return self.params.page == MOST_PAGES and self.results.lines > shown

    @property
    def numbers(self) -> list[int]:
        """The page numbers to offer: the first, those around the open one, the last; 0 is a gap.

        None for a long question, which each of them would repeat: next and previous do.
        """
        if self.params.is_long:
            return []
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
            (end, getattr(params, end), params.replace(**{end: ""}))
            for end in ("since", "until")
            if getattr(params, end)
        ]
        return named + ends

    @property
    def active_shown(self) -> list[tuple[str, str, SearchParams]]:
        """Those that can be taken off by a link; none for a long question."""
        return [] if self.params.is_long else self.active[:MOST_ACTIVE]


def results_page(
    searcher: Searcher,
    params: SearchParams,
    *,
    facets: Sequence[Facet] = FACET_NAMES,
    wanted: Mapping[str, str] | None = None,
    outlet: Callable[[str], str] = str,
    hits: SearchOptions | None = None,
) -> ResultsPage:
    """Search, and count the filters; for the others see `facet_groups`.

    `hits`: the same options with another part of the list, in place of the page.
    """
    results = search(searcher, params.query, hits or params, facets=facets)
    counts = {name: results.facets.get(name, []) for name in facets}
    for name in facets:
        wider = _without(params, name)
        if wider != params.replace(page=params.page):
            counting = wider.replace(limit=0, sort="relevance")
            counts[name] = search(searcher, params.query, counting, facets=(name,)).facets.get(
                name, []
            )
    return ResultsPage(params, results, counts, facet_groups(counts, params, wanted or {}, outlet))


def search(
    searcher: Searcher, query: str, options: SearchOptions, *, facets: Sequence[Facet] = ()
) -> Results:
    """One search with everything that was asked."""
    if not query:
        return searcher.browse(options, facets=facets)
    return searcher.search(query, options, facets=facets)


def _without(params: SearchParams, name: Facet) -> SearchParams:
    if name not in ATTRIBUTE_NAMES:
        return params.replace(page=params.page, since="", until="")
    return params.replace(page=params.page, **{name: ()})
