"""For whoever runs the server: is it well, and what has it done (Prometheus text format)."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from flask import Response, abort, g, request
from prometheus_client import CONTENT_TYPE_LATEST

from index import EngineError
from web.app_state import current_state, shared_state
from web.errors import commands
from web.metrics import Metrics
from web.responses import as_json
from web.results.volumes import Level
from web.views.status import ArchiveHealth

# A volume in the words of a monitor.
LEVELS: dict[Level, int] = {"low": -1, "usual": 0, "high": 1}


def start_clock() -> None:
    """Remember when this request came."""
    g.bahith_start = time.perf_counter()


def searched(milliseconds: float) -> None:
    """Remember what the search of this request took."""
    g.bahith_search_ms = milliseconds


def is_ours() -> bool:
    """Whether this request came to us: a portal may have answered it first, as a login does."""
    return "bahith_start" in g


def count(response: Response) -> None:
    """Count an answer and its time."""
    metrics = shared_state().metrics
    route = (request.endpoint or "").rpartition(".")[2]
    metrics.answers.labels(route, str(response.status_code)).inc()
    seconds = time.perf_counter() - g.bahith_start
    metrics.seconds.labels(route).observe(seconds)
    # Server-Timing (W3C): where an answer's milliseconds went, for the reader's own tools.
    parts = {"search": g.get("bahith_search_ms", 0.0), "total": seconds * 1000}
    response.headers["Server-Timing"] = ", ".join(
        f"{name};dur={milliseconds:.1f}" for name, milliseconds in parts.items() if milliseconds
    )


def healthz() -> Response:
    """200 when searches can be answered, 503 with the reason when not."""
    told: dict[str, object] = {"status": "ok"}
    try:
        if (state := shared_state()).allowed:  # the number is for those who may see all
            state.searcher(())
        else:
            told["documents"] = current_state().documents()
    except EngineError as error:
        reason = " ".join((type(error).__name__, *commands(error)))
        return as_json({"status": "unavailable", "reason": reason}, status=503)
    return as_json(told)


def tell_of_sources(told: Metrics, found: ArchiveHealth) -> None:
    """The numbers of `/status` as gauges, so that a monitor can wake somebody."""
    told.behind.set(found.behind)
    for reason, pages in found.refused.items():
        told.refused.labels(reason).set(pages)
    for one in found.volumes:
        newest = datetime.fromisoformat(one.newest).replace(tzinfo=UTC)
        told.newest.labels(one.source).set(newest.timestamp())
        told.last_day.labels(one.source).set(one.last)
        told.usual_day.labels(one.source).set(one.usual)
        told.out_of_band.labels(one.source).set(LEVELS[one.level])


def metrics() -> Response:
    """The counters, for Prometheus to collect."""
    state = current_state()
    if state.shared.allowed and state.narrowed:
        abort(404)  # they count what others ask, and all articles
    try:
        state.metrics.documents.set(state.documents())
        tell_of_sources(state.metrics, ArchiveHealth.of(state))
    except EngineError:
        state.metrics.documents.set(0)
    return Response(state.metrics.text(), content_type=CONTENT_TYPE_LATEST)
