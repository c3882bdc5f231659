"""HTTP caching: an answer stays true until the index changes or the day does.

The tag of an answer (RFC 9110 §8.8.3) is made from what decides it, not from its bytes, so that a
reader who already has it is told so before anything is searched. Tags do not outlive the process: a
new version of the code may write the same answer differently. Where a reader may not see all there
is no tag, since it would tell that something changed unseen, and nobody keeps the answer.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date

from flask import Response, g, request

from index import EngineError
from web.app_state import current_route, current_state, shared_state

YEAR = 365 * 24 * 3600

_PROCESS = secrets.token_hex(8)


def etag() -> str:
    """The tag that an answer to this request has now."""
    parts = (
        _PROCESS,
        shared_state().revision(),
        date.today().isoformat(),
        request.host,
        request.full_path,
    )
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()


def not_modified() -> Response | None:
    """304 when the reader holds what we would answer; None to go on.

    The tag is taken here, before the search: if a commit comes between, the answer is newer than
    its tag and is asked for again, never older than it and kept.
    """
    if not _cacheable():
        return None
    try:
        g.bahith_etag = etag()
    except EngineError:
        return None
    return Response(status=304) if request.if_none_match.contains_weak(g.bahith_etag) else None


def add_cache_headers(response: Response) -> None:
    """How long an answer may be kept: to be asked again each time, but cheaply."""
    if (request.endpoint or "").endswith(".static") and "v" in request.args:
        # The address holds a digest of the file: another content has another address.
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        return
    if "Cache-Control" in response.headers:
        return
    if not is_public() and current_state().narrowed:
        response.headers["Cache-Control"] = "private, no-store"
        return
    if "bahith_etag" in g and response.status_code in (200, 304):
        response.set_etag(g.bahith_etag, weak=True)
        guarded = shared_state().allowed is not None and not is_public()
        response.headers["Cache-Control"] = "private, no-cache" if guarded else "no-cache"
    elif response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"


def _cacheable() -> bool:
    route = current_route()
    return route is not None and route.cacheable and not current_state().narrowed


def is_public() -> bool:
    """Whether this request's answer tells of no article: a script, a style, a description."""
    route = current_route()
    return route.public if route else (request.endpoint or "").endswith(".static")
