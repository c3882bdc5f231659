"""One search: the request made, the answer read, and whether it is whole.

An answer that lacks a part of the index after it was asked for again is told as partial, and so is
one whose scores were made from counts that lack a part.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from index.engine import (
    Facet,
    FacetPair,
    Filters,
    HeldTerms,
    Match,
    Matches,
    Recency,
    Sort,
)
from index.engines.opensearch.client import Client, Json, lacks
from index.engines.opensearch.commit import CommittedState
from index.engines.opensearch.compile import Dsl, compiled, leaves, narrowing, with_recency
from index.engines.opensearch.counting import (
    HeldRequest,
    facet_aggregations,
    facet_counts,
    held_aggregation,
    held_counts,
    read_crosstab,
)
from index.engines.opensearch.limits import fitted
from index.engines.opensearch.mapping import keyword
from index.engines.opensearch.statistics import Counted, Name, Statistics
from index.query import Dates, Query

# The last place that a cluster gives out at once; beyond, its answer is read in pieces.
WINDOW = 10_000

PIECE = 5_000
# Seconds that an answer may be late after the time given to the cluster, which looks rarely.
MARGIN = 0.5

_ORDERS: dict[Sort, list[Json]] = {
    "relevance": [{"_score": "desc"}, {"day": {"order": "desc", "missing": "_last"}}],
    "newest": [{"day": {"order": "desc", "missing": "_last"}}, {"_score": "desc"}],
    "oldest": [{"day": {"order": "asc", "missing": "_last"}}, {"_score": "desc"}],
}


class SearchRequest(NamedTuple):
    """The arguments of `Engine.search`; `end` is a moment on the monotonic clock, or None."""

    query: Query
    limit: int
    offset: int
    filters: Filters
    sort: Sort
    recency: Recency | None
    facets: tuple[Facet, ...]
    crosstabs: tuple[FacetPair, ...]
    end: float | None


def search(
    client: Client, contents: CommittedState, known: Statistics, asking: SearchRequest
) -> Matches:
    """See `Engine.search`."""
    query = fitted(asking.query, leaves)
    cut = query is not asking.query
    asking = asking._replace(query=query)
    try:
        known = known.learn(query, lambda names: count(client, contents, names, asking.end))
        body = _body(contents, known, asking)
        if asking.offset + asking.limit > WINDOW:
            found = _read_in_pieces(client, contents, body, asking)
        else:
            answer = _answer(client, contents.behind, body, asking.end)
            found = _matches([answer], answer["hits"]["hits"], asking)
        if asking.crosstabs:
            found = _crossed(found, client, contents, body, asking)
    except TimeoutError:
        return Matches(0, (), total_exact=False, partial=True)
    whole = known.whole and not cut
    return found if whole else replace(found, partial=True, total_exact=False)


def held_terms(client: Client, contents: CommittedState, asking: HeldRequest) -> HeldTerms:
    """See `Engine.held_terms`."""
    query = fitted(asking.query, leaves)
    narrowed = [narrowing(query), *contents.counting, *filtering(asking.filters)]
    body: Json = {
        "size": 0,
        "query": {"bool": {"filter": narrowed}},
        "track_total_hits": True,
        "aggs": held_aggregation(asking),
    }
    try:
        answer = _answer(client, contents.behind, body, asking.end)
    except TimeoutError:
        return HeldTerms(0, (), partial=True)
    partial = lacks(answer) or query is not asking.query
    total: int = answer["hits"]["total"]["value"]
    return HeldTerms(total, held_counts(answer["aggregations"]), partial)


def _crossed(
    found: Matches, client: Client, contents: CommittedState, body: Json, asking: SearchRequest
) -> Matches:
    """The matches with the cross tabulations of all that the request finds."""
    lacking = False

    def ask(aggregations: Json) -> Json:
        nonlocal lacking
        counted = {"size": 0, "query": body["query"], "aggs": aggregations}
        answer = _answer(client, contents.behind, counted, asking.end)
        lacking |= lacks(answer)
        return dict(answer["aggregations"])

    crosstabs = {pair: read_crosstab(pair, ask) for pair in asking.crosstabs}
    return replace(found, crosstabs=crosstabs, partial=found.partial or lacking)


def count(
    client: Client, contents: CommittedState, names: Sequence[Name], end: float | None
) -> Counted:
    """In how many of the documents that count each term stands in its field."""
    filters = {
        str(number): {"term": {f"{field}.{form}": text}}
        for number, (field, form, text) in enumerate(names)
    }
    body: Json = {
        "size": 0,
        "query": {"bool": {"filter": contents.counting}},
        "aggs": {"held": {"filters": {"filters": filters}}},
    }
    answer = _answer(client, contents.behind, body, end)
    buckets = answer["aggregations"]["held"]["buckets"]
    counts = [buckets[str(number)]["doc_count"] for number in range(len(names))]
    return Counted(counts, not lacks(answer))


def _body(contents: CommittedState, known: Statistics, asking: SearchRequest) -> Json:
    """The request of a search."""
    scored = compiled(asking.query, known) if asking.limit else narrowing(asking.query)
    if asking.recency and asking.limit:
        today = date.fromisoformat(asking.recency.today).toordinal()
        scored = with_recency(scored, asking.recency, today)
    narrowed = [*contents.counting, *filtering(asking.filters)]
    body: Json = {
        "query": {"bool": {"must": [scored], "filter": narrowed}},
        "from": asking.offset if asking.limit else 0,
        "size": asking.limit,
        "sort": [*_ORDERS[asking.sort], {"key": "asc"}],
        "track_scores": True,
        "track_total_hits": True,
        "_source": False,
        "docvalue_fields": ["key", "story"],
        "aggs": facet_aggregations(asking.facets),
    }
    if asking.end is not None:
        body["timeout"] = f"{max(1, int((asking.end - time.monotonic()) * 1000))}ms"
    return body


def filtering(filters: Filters) -> Iterator[Dsl]:
    """Filters in the cluster's language."""
    for name, accepted in filters.accepted.items():
        yield {"terms": {name: sorted(map(keyword, accepted))}}
    if filters.since or filters.until:
        yield narrowing(Dates(filters.since, filters.until))


def _answer(client: Client, index: str, body: Json, end: float | None) -> Json:
    return client.search(index, body, end=None if end is None else end + MARGIN, partly=True)


def _matches(answers: Sequence[Json], hits: Sequence[Json], asking: SearchRequest) -> Matches:
    """These hits; the first of the answers they came in has the counts."""
    first = answers[0]
    partial = any(lacks(answer) or answer["timed_out"] for answer in answers)
    return Matches(
        total=first["hits"]["total"]["value"],
        found=tuple(map(_match, hits)),
        total_exact=not partial,
        partial=partial,
        facets={
            facet: facet_counts(facet, first["aggregations"][facet]) for facet in asking.facets
        },
    )


def _match(hit: Json) -> Match:
    held = hit["fields"]
    return Match(held["key"][0], hit["_score"] or 0.0, held.get("story", [""])[0])


def _read_in_pieces(
    client: Client, contents: CommittedState, body: Json, asking: SearchRequest
) -> Matches:
    """A page beyond the window: all before it is read, at a point in time that stays."""
    path = f"/{contents.behind}/_search/point_in_time?keep_alive=2m"
    opened = client.ask("POST", path, end=asking.end)
    pit = {"id": opened["pit_id"], "keep_alive": "2m"}
    answers: list[Json] = []
    wanted = asking.offset + asking.limit
    piece = body | {"pit": pit, "from": 0}
    try:
        while wanted > 0:
            piece["size"] = min(PIECE, wanted)
            answers.append(_answer(client, "", piece, asking.end))
            some = answers[-1]["hits"]["hits"]
            if len(some) < piece["size"]:
                break
            wanted -= len(some)
            piece |= {"search_after": some[-1]["sort"], "aggs": {}}
    finally:
        client.ask("DELETE", "/_search/point_in_time", {"pit_id": [pit["id"]]}, missing={})
    hits = [hit for answer in answers for hit in answer["hits"]["hits"]]
    found = _matches(answers, hits[asking.offset :], asking)
    return replace(found, partial=True, total_exact=False) if lacks(opened) else found
