"""`/status`: how the archive and its sources are, for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from flask import Response

from crawl import Archive, refusal_sentence, refused_pages
from index import reached
from searcher import SearchOptions, histogram
from web.app_state import current_state
from web.responses import current_locale, html
from web.results.chart import bar_chart
from web.results.volumes import volumes, window
from web.search_params import SearchParams

SOURCES = 100
# Refused addresses shown for each reason; `bahith archive refused` lists them all.
ADDRESSES = 5


class RefusalGroup(NamedTuple):
    """A reason in a sentence, how often it was met, and some of the addresses."""

    reason: str
    pages: int
    addresses: list[str]


def status() -> Response:
    """Articles by source and day, volumes out of their band, refusals, crawl and index."""
    state = current_state()
    searcher = state.searcher()
    newest = state.newest_day()
    since, until = window(newest)
    options = replace(
        SearchOptions(limit=0, facets=("day",), crosstabs=(("source", "day"), ("day", "source"))),
        since=since,
        until=until,
    )
    found = searcher.browse(options)
    days = histogram("day", found.facets["day"], found.crosstabs["day", "source"], (since, until))
    archive = state.archive()
    name, revision = (archive.name, archive.revision) if archive else ("", 0)
    held = archive.stats() if archive else None
    behind = max(0, revision - reached(searcher.engine.checkpoints(), name).revision)
    return html(
        "status.html",
        SearchParams(),
        volumes=volumes(found.crosstabs["source", "day"], newest)[:SOURCES],
        chart=bar_chart(days, current_locale()),
        documents=state.documents(),
        behind=behind if archive else 0,
        updated=state.updated(),
        last_crawl=held.last_crawl if held else "",
        refusals=_refusals(archive, held.refusals) if archive and held else [],
    )


def _refusals(archive: Archive, counts: Mapping[str, int]) -> list[RefusalGroup]:
    language = current_locale().catalog.code
    groups = []
    for reason, count in counts.items():
        some = islice(refused_pages(archive, reason), ADDRESSES)
        told = refusal_sentence(reason, language)
        groups.append(RefusalGroup(told, count, [page.url for page in some]))
    return groups
