"""The blueprint: every route in one table, and what all answers have in common.

A portal registers it under any prefix: `app.register_blueprint(blueprint, url_prefix="/news")`.
Where the index and the archive are, what the pages call themselves and what they may load stands in
the application's configuration, under the names of `DEFAULTS`; several indexes in one application
are a `bahith_blueprint` each.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Blueprint, Config, Response, current_app, request
from flask.blueprints import BlueprintSetupState
from werkzeug.exceptions import HTTPException

import web.description.openapi as openapi
import web.errors as errors
import web.views.api as api
import web.views.article as article
import web.views.atom as atom
import web.views.coverage as coverage
import web.views.exports as exports
import web.views.health as health
import web.views.ingest as ingest
import web.views.json_feed as json_feed
import web.views.opensearch as opensearch
import web.views.pages as pages
import web.views.sheet as sheet
import web.views.site_files as site_files
import web.views.status as status
import web.views.widget as widget
from crawl import CrawlError, setting
from index import EngineError, Filters
from searcher import EXPORT_FORMATS, SearchError
from web.access import ANY, allowed_origin, names, refuse_unknown_host
from web.app_state import EXTENSION, Allowed, AppState, current_route
from web.caching import add_cache_headers, not_modified
from web.compression import compress
from web.description.strict import refuse_strictly
from web.errors import WebError
from web.locale.locale import DEFAULT
from web.locale.outlets import OutletNames
from web.query_log import QueryLog
from web.responses import NAME, request_id
from web.rights.authorize import authorize
from web.rights.keys import KeyRights
from web.rights.rate import Rate
from web.route import Route
from web.views.health import count, is_ours, start_clock

ROUTES = (
    Route("/", "home", pages.home, cacheable=True),
    Route("/search", "search", pages.search, cacheable=True),
    Route("/fragment", "fragment", pages.search, cacheable=True, cross_origin=True),
    *(
        Route(
            *(f"/search.{name}", f"search_{name}", exports.view_of(name)),
            cacheable=True,
            cross_origin=True,
        )
        for name in EXPORT_FORMATS
    ),
    Route("/unapi", "unapi", exports.unapi, cross_origin=True),
    Route("/coverage", "coverage", coverage.coverage_page, cacheable=True),
    Route("/sheet", "sheet", sheet.sheet, cacheable=True),
    Route("/status", "status", status.status),
    Route("/help", "help", pages.help_page, cacheable=True),
    Route("/article/<key>", "article", article.article, cacheable=True),
    *(
        Route(f"/api/{path}", f"api_{path.partition('/')[0]}", view, True, True)
        for path, view in (
            ("search", api.search),
            ("coverage", coverage.api_coverage),
            ("suggest", api.suggest),
            ("article/<key>", api.article),
            ("similar/<key>", api.similar_articles),
            ("stats", api.stats),
        )
    ),
    Route(ingest.PATH, "api_articles", ingest.push, method="POST"),
    Route("/openapi.json", "openapi", openapi.openapi, cross_origin=True, public=True),
    Route("/feed", "feed", atom.feed, cacheable=True, cross_origin=True),
    Route("/feed.json", "json_feed", json_feed.json_feed, cacheable=True, cross_origin=True),
    Route("/opensearch.xml", "opensearch", opensearch.opensearch, public=True),
    Route("/embed.js", "embed", widget.embed, cross_origin=True, public=True),
    Route("/favicon.ico", "favicon", site_files.favicon, public=True),
    Route("/robots.txt", "robots", site_files.robots, public=True),
    Route("/healthz", "healthz", health.healthz, public=True),
    Route("/metrics", "metrics", health.metrics),
)

# Nothing from elsewhere, nothing inline: even a hole in the escaping would have nothing to run.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)

DEFAULTS = {
    "BAHITH_INDEX": "whoosh:data/index",
    "BAHITH_ARCHIVE": "data/articles.db",
    "BAHITH_NAME": DEFAULT.text("name"),
    "BAHITH_RECENCY": "",
    "BAHITH_CONTENT_POLICY": CONTENT_POLICY,
    # A portal knows its own names: `create_app`, which is no portal, says otherwise.
    "BAHITH_HOSTS": ANY,
    "BAHITH_ORIGINS": "",
    # Origins whose pages may hold ours in a frame, besides our own.
    "BAHITH_FRAMES": "",
    # A file of keys and so many requests in a time, such as 60/minute; empty: everyone, any number.
    "BAHITH_KEYS": "",
    "BAHITH_RATE": "",
    # A file that questions are noted in, without who asked; empty: they are not.
    "BAHITH_QUERY_LOG": "",
    # A file of outlets (`bahith run`), for what its sources are called; empty: as they stand.
    "BAHITH_OUTLETS": "",
}

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

# What BAHITH_RECENCY may say; anything else leaves it to the question.
RECENCY = {"1": True, "true": True, "0": False, "false": False}


def bahith_blueprint(
    name: str = NAME,
    *,
    index: str | None = None,
    archive: str | Path | None = None,
    title: str = "",
    scope: Filters | None = None,
    allowed: Allowed | None = None,
) -> Blueprint:
    """A blueprint of every route, to be registered under a prefix; one for each index.

    `name` is the blueprint's, `title` what its pages call themselves. `scope` confines all readers
    to some articles. `allowed` says what each reader may see: filters that articles must pass, or
    None for nothing; it is asked once a request, before anything is read. What is not given
    comes from the application's configuration. **Filters without values let everything be seen.**

    >>> archive = bahith_blueprint("sport", scope=Filters(section=("رياضة",)))
    """
    made = Blueprint(
        name,
        "web",
        template_folder="templates",
        static_folder="static",
        static_url_path="/bahith-static",
    )

    def set_up(state: BlueprintSetupState) -> None:
        config = completed(state.app.config)
        keys, log = str(config["BAHITH_KEYS"]), str(config["BAHITH_QUERY_LOG"])
        states = state.app.extensions.setdefault(EXTENSION, {})
        states[f"{state.name_prefix}.{state.name}".lstrip(".")] = AppState(
            index or config["BAHITH_INDEX"],
            Path(archive or config["BAHITH_ARCHIVE"]),
            ROUTES,
            recency=RECENCY.get(str(config["BAHITH_RECENCY"]).lower()),
            title=title,
            fixed=(scope,) if scope else (),
            allowed=allowed or (KeyRights(Path(keys)) if keys else None),
            rate=rate_of(str(config["BAHITH_RATE"])),
            query_log=QueryLog(Path(log)) if log else None,
            outlets=OutletNames.read(str(config["BAHITH_OUTLETS"])),
        )

    made.record(set_up)
    return answering(made)


def answering(made: Blueprint) -> Blueprint:
    """A blueprint with every route, what comes before and after each, and its errors."""
    made.before_request(begin)
    made.after_request(finish)
    for route in ROUTES:
        made.add_url_rule(route.path, route.endpoint, route.view, methods=[route.method])
    for kind, handler in HANDLERS:
        made.register_error_handler(kind, handler)
    return made


def completed(config: Config) -> Config:
    """An application's configuration with the installation's settings and the defaults."""
    for variable, default in DEFAULTS.items():
        config.setdefault(variable, setting(variable, default))
    return config


def rate_of(setting: str) -> Rate | None:
    """What BAHITH_RATE says; None where nothing is limited."""
    try:
        return Rate(setting) if setting else None
    except ValueError as error:
        raise WebError(f"BAHITH_RATE cannot be {setting!r}; write 60/minute.") from error


def begin() -> Response | None:
    """Start the clock; answer at once what is refused, and what the reader already holds."""
    start_clock()
    return refuse_unknown_host() or authorize() or refuse_strictly() or not_modified()


def finish(response: Response) -> Response:
    """Say how long the answer keeps, and count it; what a portal answered for us is its own."""
    if not is_ours():
        return response
    add_cache_headers(response)
    count(response)
    compress(response)
    return add_common_headers(response)


def add_common_headers(response: Response) -> Response:
    """The headers of every answer."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-Id"] = request_id()
    policy = current_app.config["BAHITH_CONTENT_POLICY"]
    if policy:
        response.headers.setdefault("Content-Security-Policy", framed(policy))
    route = current_route()
    if route and route.cross_origin and current_app.config["BAHITH_ORIGINS"]:
        open_to_origins(response)
    return response


def framed(policy: str) -> str:
    """The policy of contents with those who may hold our pages in a frame; it ends with them."""
    others = sorted(names(current_app.config["BAHITH_FRAMES"]))
    return " ".join((policy, *others)) if policy == CONTENT_POLICY else policy


def open_to_origins(response: Response) -> None:
    """Let the pages of BAHITH_ORIGINS read this answer, and load it as a script."""
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.vary.add("Origin")
    origin = allowed_origin(request.headers.get("Origin", ""), current_app.config["BAHITH_ORIGINS"])
    if origin:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "Retry-After, X-Request-Id"
    if origin and request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET"
        response.headers["Access-Control-Allow-Headers"] = "Authorization, X-API-Key, X-Request-Id"
        response.headers["Access-Control-Max-Age"] = "3600"


HANDLERS: tuple[tuple[type[Exception], Callable[..., Any]], ...] = (
    (CrawlError, errors.on_index_unavailable),
    (EngineError, errors.on_index_unavailable),
    (SearchError, errors.on_index_unavailable),
    (HTTPException, errors.on_http_error),
    (Exception, errors.on_unexpected_error),
)

blueprint = bahith_blueprint()
