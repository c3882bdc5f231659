"""Browse: what a reader sees who asks for nothing in particular, filters alone, the newest first.

A question goes to the searcher; no question is no search, so it goes to the engine as `Everything`.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from index import Facet
from index import query as trees
from searcher import Hit, Results, Searcher, lead
from web.search_params import SearchParams


def browse(searcher: Searcher, params: SearchParams, facets: Sequence[Facet]) -> Results:
    """All articles inside the filters; by relevance means newest, as all are equally relevant."""
    began = time.perf_counter()
    matches = searcher.engine.search(
        trees.Everything(),
        limit=params.limit,
        offset=params.offset,
        filters=params,
        sort="oldest" if params.sort == "oldest" else "newest",
        facets=facets,
    )
    documents = searcher.engine.documents([match.key for match in matches.found])
    return Results(
        query="",
        total=matches.total,
        hits=tuple(Hit.of(one, lead(one.body)) for one in documents if one),
        total_exact=matches.total_exact,
        partial=matches.partial,
        took_ms=(time.perf_counter() - began) * 1000,
        facets=matches.facets,
    )
