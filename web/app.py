"""create_app: the blueprint as an application of its own, which `bahith serve` runs."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from werkzeug.exceptions import HTTPException

from crawl import setting
from web.access import refuse_unknown_host
from web.blueprint import add_common_headers, blueprint
from web.errors import on_http_error


def create_app(
    index: str | None = None,
    archive: str | Path | None = None,
    *,
    name: str | None = None,
    recency: bool | None = None,
    keys: str | Path | None = None,
    outlets: str | Path | None = None,
) -> Flask:
    """A Flask application that serves an index.

    `index` is a URL such as `whoosh:data/index`, `archive` a path, `name` the title of the pages,
    `recency` whether newer articles are preferred where no reader says otherwise, `keys` the file
    that says who may read what (`bahith keys`), `outlets` the file that says what sources are
    called. What is not given comes from BAHITH_INDEX, BAHITH_ARCHIVE, BAHITH_NAME, BAHITH_RECENCY,
    BAHITH_KEYS, BAHITH_OUTLETS in the environment. Neither index nor archive needs to exist yet:
    until the index does, the pages say what to type.
    """
    app = Flask("web", static_folder=None)
    given = {
        "BAHITH_INDEX": index,
        "BAHITH_ARCHIVE": archive,
        "BAHITH_NAME": name,
        "BAHITH_RECENCY": recency,
        "BAHITH_KEYS": keys,
        "BAHITH_OUTLETS": outlets,
    }
    app.config.update({key: str(value) for key, value in given.items() if value is not None})
    # An application of its own answers to loopback, addresses and the names it is told.
    app.config.setdefault("BAHITH_HOSTS", setting("BAHITH_HOSTS"))
    app.before_request(refuse_unknown_host)
    app.register_blueprint(blueprint)
    # The blueprint answers for its own routes; an address that is no route is the application's.
    app.register_error_handler(HTTPException, on_http_error)
    app.after_request(add_common_headers)
    return app
