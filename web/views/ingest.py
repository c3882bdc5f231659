"""Articles that a portal sends: `POST /api/articles`, JSON Lines, with a key that writes.

All lines are kept or none; the answer comes when they are on disk, the index follows within
seconds. What a key may not see it may not write either.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict

from flask import Flask, Request, Response, abort, current_app, request

from crawl import (
    Archive,
    ArchiveError,
    BadLine,
    PushedRow,
    held_instead,
    keep_pushed,
    read_pushed,
    refusal_sentence,
)
from index import Document
from web.app_state import EXTENSION, AppState, current_state, shared_state
from web.errors import told_error
from web.responses import as_json, current_locale
from web.rights.keys import KeyRights

PATH = "/api/articles"
# Of all lines together; a thousand articles take some four million.
MOST_BYTES = 8_000_000
RETRY_AFTER = 5  # seconds
# One request writes at a time: those that wait for the archive leave the threads to readers.
_one = threading.Lock()


def push() -> Response:
    """Keep the articles of this request's lines: how many were new, changed, the same, removed."""
    if not may_write(shared_state(), request):
        abort(403)
    if request.headers.get("Content-Encoding", "identity") != "identity":
        abort(415)
    request.max_content_length = MOST_BYTES
    rows = read_pushed(request.get_data(cache=False))
    if isinstance(rows, BadLine):
        return refused(rows)
    if not _one.acquire(blocking=False):
        return busy()
    try:
        return kept(rows)
    except ArchiveError as error:
        current_app.logger.warning("%s", error)
        return busy()
    finally:
        _one.release()


def kept(rows: Sequence[PushedRow]) -> Response:
    """Put articles into the archive, unless one of them is outside what their sender may see."""
    state = shared_state()
    with closing(Archive(state.archive_path)) as archive, archive.batch():
        outside = next((row for row in rows if not _is_inside(archive, row)), None)
        if outside:
            return refused(BadLine(outside.line, "out-of-scope"))
        report = keep_pushed(archive, rows)
    if report.new or report.changed:
        state.indexing.ask()
    return as_json(asdict(report), status=202)


def may_write(state: AppState, asking: Request) -> bool:
    """Whether a request may send articles to a blueprint; where there are no keys, nobody may."""
    return isinstance(state.allowed, KeyRights) and state.allowed.may_write(asking)


def someone_may_write(app: Flask, asking: Request) -> bool:
    """Whether any blueprint of an application would take articles with this request's headers."""
    states = app.extensions.get(EXTENSION, {}).values()
    return any(may_write(state, asking) for state in states)


def catch_up(app: Flask) -> None:
    """Have indexed what was sent before this process began, where articles may be sent at all."""
    for state in app.extensions.get(EXTENSION, {}).values():
        if isinstance(state.allowed, KeyRights) and state.allowed.any_writes():
            state.indexing.ask()


def refused(line: BadLine) -> Response:
    """400 with the line; 413 where there are too many, 403 where this key may not write it."""
    status = {"too-many-rows": 413, "out-of-scope": 403}.get(line.reason, 400)
    locale = current_locale()
    said = refusal_sentence(line.reason, "ar" if locale.catalog.code == "ar" else "en")
    detail = f" ({line.detail})" if line.detail else ""
    message = locale.text("error_line", str(line.number), f"{said}{detail}")
    return told_error(status, message, line=line.number, reason=line.reason)


def busy() -> Response:
    """503: another one writes to the archive, or it cannot be written."""
    answer = told_error(503, current_locale().text("ingest_busy"))
    answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


def _is_inside(archive: Archive, row: PushedRow) -> bool:
    """Whether an article, and the one it would replace, is inside what the sender may see."""
    scopes = current_state().scopes or ()
    held = held_instead(archive, row) if scopes else None
    touched = [Document.of(one) for one in (row.article, held) if one]
    return all(scope.passes(document) for scope in scopes for document in touched)
