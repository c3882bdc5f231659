"""`/search.csv` and its kin: all hits of a question as a file, sent while it is written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from itertools import chain

from flask import Response, abort, request

from searcher import EXPORT_FORMATS, records
from web.app_state import current_state
from web.errors import error_response
from web.search_params import SearchParams

# Files that are written at once; eight threads answer readers, and a file may hold one for long.
AT_ONCE = 2
RETRY_AFTER = 5
_free = threading.Semaphore(AT_ONCE)


class Pieces:
    """A file in pieces, which tells once when it is over: sent, failed, or no longer wanted."""

    def __init__(self, pieces: Iterator[bytes], over: Callable[[], None]) -> None:
        self._pieces = pieces
        self._over = [over]

    def __iter__(self) -> Iterator[bytes]:
        """Itself."""
        return self

    def __next__(self) -> bytes:
        """The next piece."""
        try:
            return next(self._pieces)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go; called by the server at the end, also when the reader goes away."""
        while self._over:
            self._over.pop()()


def view_of(name: str) -> Callable[[], Response]:
    """The view of a format."""
    chosen = EXPORT_FORMATS[name]

    def export() -> Response:
        if not chosen.is_available:
            abort(404)
        params = SearchParams.of(request.args)
        searcher = current_state().searcher()
        if not _free.acquire(blocking=False):
            busy = error_response(503)
            busy.headers["Retry-After"] = str(RETRY_AFTER)
            return busy
        pieces = Pieces(chosen.write(records(searcher, params.query, params)), _free.release)
        # The search is done with the first piece: if it fails, it fails before the answer begins.
        whole = chain([next(pieces, b"")], pieces)
        response = Response(whole, content_type=chosen.content_type)
        response.call_on_close(pieces.close)
        response.headers["Content-Disposition"] = f'attachment; filename="bahith.{name}"'
        return response

    return export
