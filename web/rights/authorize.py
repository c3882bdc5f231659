"""Authorisation: the scopes of a request, decided once, before anything is read for it.

A route that is not marked public is guarded, and `current_state()` gives a request without decided
scopes nothing: what somebody adds and forgets answers 401.
"""

from __future__ import annotations

from flask import Response, g, request

from index import Filters
from web.app_state import plain, shared_state
from web.caching import is_public
from web.errors import error_response
from web.rights.keys import KeyRights, digest_of, secret_of

EVERYTHING = Filters()


def authorize() -> Response | None:
    """Decide what this request may see; the refusal where that is nothing, or comes too often."""
    state = shared_state()
    if state.allowed is None:
        g.bahith_scopes = state.fixed
    if is_public() or request.method == "OPTIONS":  # a preflight carries no key
        return None
    scope = state.allowed(request) if state.allowed else EVERYTHING
    if state.rate and (seconds := state.rate.wait(_who(scope))):
        busy = error_response(429)
        busy.headers["Retry-After"] = str(seconds)
        return busy
    if scope is None:
        return _unauthorized()
    narrowing = plain(scope)
    g.bahith_scopes = state.fixed if narrowing == EVERYTHING else (*state.fixed, narrowing)
    return None


def _who(scope: Filters | None) -> str:
    """Whose requests are counted together: a valid key's, else an address's."""
    keyed = scope is not None and isinstance(shared_state().allowed, KeyRights)
    return digest_of(secret_of(request)) if keyed else request.remote_addr or ""


def _unauthorized() -> Response:
    """401, the same for an unknown key as for one that has expired."""
    refused = error_response(401)
    if isinstance(shared_state().allowed, KeyRights):
        # A browser asks its reader for the key of a page, and leaves a script's request alone.
        scheme = "Bearer" if "/api/" in request.path else "Basic"
        refused.headers["WWW-Authenticate"] = f'{scheme} realm="bahith"'
    return refused
