"""Freshness: an answer stays true until the index changes or the day does.

The tag of an answer (RFC 9110 §8.8.3) is made from what decides it, not from its bytes, so that a
reader who already has it is told so before anything is searched. Tags do not outlive the process: a
new version of the code may write the same answer differently.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date

from flask import Response, request

from index import EngineError
from web.app_state import current_site

# Answers that only the index, the address and the day decide.
STEADY = frozenset(
    {"home", "search", "article", "feed", "api_search", "api_suggest", "api_article", "api_stats"}
)

YEAR = 365 * 24 * 3600

_PROCESS = secrets.token_hex(8)


def tag() -> str:
    """The tag that an answer to this request has now."""
    revision = current_site().revision()
    parts = (
        _PROCESS,
        revision.archive,
        str(revision.revision),
        date.today().isoformat(),
        request.host,
        request.full_path,
    )
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()


def answered_before() -> Response | None:
    """304 when the reader holds what we would answer; None to go on."""
    if _endpoint() not in STEADY or not request.if_none_match:
        return None
    try:
        current = tag()
    except EngineError:
        return None
    return Response(status=304) if request.if_none_match.contains_weak(current) else None


def stamp(response: Response) -> None:
    """Tell how long an answer may be kept: to be asked again each time, but cheaply."""
    if _endpoint() == "static" and "v" in request.args:
        # The address holds a digest of the file: another content has another address.
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        return
    if "Cache-Control" in response.headers:
        return
    if _endpoint() in STEADY and response.status_code in (200, 304):
        response.set_etag(tag(), weak=True)
        response.headers["Cache-Control"] = "no-cache"
    elif response.status_code >= 400:
        response.headers["Cache-Control"] = "no-store"


def _endpoint() -> str:
    return (request.endpoint or "").rpartition(".")[2]
