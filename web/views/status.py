"""`/status`: how the archive and its sources are, for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import NamedTuple, Self

from flask import Response

from crawl import Archive, refusal_sentence, refused_pages
from index import reached
from searcher import Histogram, SearchOptions, histogram
from web.app_state import RequestState, current_state
from web.responses import current_locale, html
from web.results.chart import bar_chart
from web.results.volumes import Volume, volumes, window
from web.search_params import SearchParams

SOURCES = 100
# Refused addresses shown for each reason; `bahith archive refused` lists them all.
ADDRESSES = 5


class RefusalGroup(NamedTuple):
    """A reason in a sentence, how often it was met, and some of the addresses."""

    reason: str
    pages: int
    addresses: list[str]


class ArchiveHealth(NamedTuple):
    """How an archive is: its sources' volumes, its days, what the index lacks, what was refused.

    `refused` counts by reason; `archive` is None where it may not be seen.
    """

    volumes: list[Volume]
    days: Histogram
    behind: int
    last_crawl: str
    refused: Mapping[str, int]
    archive: Archive | None

    @classmethod
    def of(cls, state: RequestState) -> Self:
        """What a request may know of it."""
        searcher = state.searcher()
        newest = state.newest_day()
        since, until = window(newest)
        pairs = (("source", "day"), ("day", "source"))
        options = SearchOptions(limit=0, facets=("day",), crosstabs=pairs)
        found = searcher.browse(replace(options, since=since, until=until))
        rows = found.crosstabs["day", "source"]
        archive = state.archive()
        name, revision = (archive.name, archive.revision) if archive else ("", 0)
        indexed = reached(searcher.engine.checkpoints(), name).revision
        held = archive.stats() if archive else None
        return cls(
            volumes=volumes(found.crosstabs["source", "day"], newest)[:SOURCES],
            days=histogram("day", found.facets["day"], rows, (since, until)),
            behind=max(0, revision - indexed) if archive else 0,
            last_crawl=held.last_crawl if held else "",
            refused=held.refusals if held else {},
            archive=archive,
        )


def status() -> Response:
    """Articles by source and day, volumes out of their band, refusals, crawl and index."""
    state = current_state()
    found = ArchiveHealth.of(state)
    return html(
        "status.html",
        SearchParams(),
        volumes=found.volumes,
        collections=state.shared.outlets.collections,
        chart=bar_chart(found.days, current_locale()),
        documents=state.documents(),
        behind=found.behind,
        updated=state.updated(),
        last_crawl=found.last_crawl,
        refusals=_refusals(found.archive, found.refused) if found.archive else [],
    )


def _refusals(archive: Archive, counts: Mapping[str, int]) -> list[RefusalGroup]:
    language = current_locale().catalog.code
    groups = []
    for reason, count in counts.items():
        some = islice(refused_pages(archive, reason), ADDRESSES)
        told = refusal_sentence(reason, language)
        groups.append(RefusalGroup(told, count, [page.url for page in some]))
    return groups
