"""`/search.csv` and its kin: all hits of a question as a file, sent while it is written.

`/unapi` gives one article as a reference (unAPI 1), which is how Zotero takes a page of results.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from itertools import chain
from xml.etree.ElementTree import Element, SubElement

from flask import Response, abort, request

from searcher import EXPORT_FORMATS, REFERENCE_FORMATS, Record, records
from web.app_state import current_state
from web.errors import error_response
from web.responses import as_xml
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


def unapi() -> Response:
    """An article in a format, or the formats there are; 406 for one that there is not."""
    key, name = request.args.get("id", ""), request.args.get("format", "")
    document = current_state().stored(key) if key else None
    if document and name:
        if name not in REFERENCE_FORMATS:
            abort(406)
        chosen = REFERENCE_FORMATS[name]
        return Response(
            b"".join(chosen.write(iter([Record.of(document)]))), content_type=chosen.content_type
        )
    root = Element("formats", {"id": key} if document else {})
    for one, kind in REFERENCE_FORMATS.items():
        SubElement(root, "format", {"name": one, "type": kind.content_type.partition(";")[0]})
    answer = as_xml(root, "application/xml")
    answer.status_code = 300 if document else 200
    return answer
