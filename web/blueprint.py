"""The blueprint: every route in one table, and what all answers have in common.

A portal registers it under any prefix: `app.register_blueprint(blueprint, url_prefix="/news")`.
Where the index and the archive are, what the pages call themselves and what they may load stands in
the application's configuration, under the names of `DEFAULTS`.
"""

from __future__ import annotations

import os
from pathlib import Path

from flask import Blueprint, Response, current_app, request
from flask.blueprints import BlueprintSetupState
from werkzeug.exceptions import HTTPException

import web.errors as errors
import web.views.api as api
import web.views.atom as feeds
import web.views.health as health
import web.views.openapi as describe
import web.views.pages as views
import web.views.widget as widget
from crawl import CrawlError
from index import EngineError
from searcher import SearchError
from web.app_state import EXTENSION, Site
from web.caching import answered_before, stamp
from web.locale.strings import TEXT
from web.responses import NAME
from web.views.health import count, is_ours, start_clock

ROUTES = (
    ("/", "home", views.home),
    ("/search", "search", views.search),
    ("/article/<key>", "article", views.article),
    ("/api/search", "api_search", api.search),
    ("/api/suggest", "api_suggest", api.suggest),
    ("/api/article/<key>", "api_article", api.article),
    ("/api/stats", "api_stats", api.stats),
    ("/openapi.json", "openapi", describe.openapi),
    ("/feed", "feed", feeds.feed),
    ("/opensearch.xml", "opensearch", describe.opensearch),
    ("/embed.js", "embed", widget.embed),
    ("/healthz", "healthz", health.healthz),
    ("/metrics", "metrics", health.metrics),
)

# Nothing from elsewhere, nothing inline: even a hole in the escaping would have nothing to run.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)

DEFAULTS = {
    "BAHITH_INDEX": "whoosh:data/index",
    "BAHITH_ARCHIVE": "data/articles.db",
    "BAHITH_NAME": TEXT["name"],
    "BAHITH_RECENCY": "",
    "BAHITH_CONTENT_POLICY": CONTENT_POLICY,
}

# What BAHITH_RECENCY may say; anything else leaves it to the question.
RECENCY = {"1": True, "true": True, "0": False, "false": False}

# What pages of other origins may read: public data, and no cookie is ever looked at.
OPEN_TO_ALL = ("api_search", "api_suggest", "api_article", "api_stats", "openapi", "embed", "feed")

blueprint = Blueprint(
    NAME,
    "web",
    template_folder="templates",
    static_folder="static",
    static_url_path="/bahith-static",
)


@blueprint.record_once
def set_up(state: BlueprintSetupState) -> None:
    """Complete the configuration: the application's own, the environment's, the default."""
    config = state.app.config
    for name, default in DEFAULTS.items():
        config.setdefault(name, os.environ.get(name, default))
    state.app.extensions[EXTENSION] = Site(
        config["BAHITH_INDEX"],
        Path(config["BAHITH_ARCHIVE"]),
        recency=RECENCY.get(str(config["BAHITH_RECENCY"]).lower()),
    )


@blueprint.before_request
def begin() -> Response | None:
    """Start the clock; answer at once where the reader already holds the answer."""
    start_clock()
    return answered_before()


@blueprint.after_request
def finish(response: Response) -> Response:
    """Say how long the answer keeps, and count it; what a portal answered for us is its own."""
    if not is_ours():
        return response
    stamp(response)
    count(response)
    return dress(response)


def dress(response: Response) -> Response:
    """The headers of every answer."""
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    policy = current_app.config["BAHITH_CONTENT_POLICY"]
    if policy:
        headers.setdefault("Content-Security-Policy", policy)
    if (request.endpoint or "").rpartition(".")[2] in OPEN_TO_ALL:
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


for path, endpoint, view in ROUTES:
    blueprint.add_url_rule(path, endpoint, view)

for kind, handler in (
    (CrawlError, errors.on_broken_set_up),
    (EngineError, errors.on_broken_set_up),
    (SearchError, errors.on_broken_set_up),
    (HTTPException, errors.on_http_error),
    (Exception, errors.on_surprise),
):
    blueprint.register_error_handler(kind, handler)
