"""WarcWriter: what a crawl fetched, as WARC files that can be extracted again in ten years."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from crawl.errors import CrawlError
from crawl.fetch.fetch_result import FetchResult

# Headers of the connection, which say nothing of the body as it is written.
_DROPPED = frozenset(["transfer-encoding", "connection", "keep-alive"])


class WarcWriter:
    """Appends each answer of a run to one `.warc.gz` file in a folder; nothing before the first."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        self._writer: Any = None

    def write(self, url: str, result: FetchResult) -> None:
        """Append an answer as the server packed it; CrawlError where it cannot be written."""
        from warcio.statusandheaders import StatusAndHeaders

        if result.status == 0:
            return
        headers = [(n.title(), v) for n, v in result.headers.items() if n not in _DROPPED]
        known = result.status in HTTPStatus._value2member_map_
        phrase = HTTPStatus(result.status).phrase if known else "Unknown"
        head: Any = StatusAndHeaders(f"{result.status} {phrase}", headers, protocol="HTTP/1.1")  # type: ignore[no-untyped-call]
        try:
            writer = self._writer = self._writer or self._opened()
            body = io.BytesIO(result.body)
            record = writer.create_warc_record(url, "response", payload=body, http_headers=head)
            writer.write_record(record)
            writer.out.flush()
        except OSError as error:
            raise CrawlError(
                f"cannot write into {self._folder}: {error.strerror}; choose another --warc"
            ) from error

    def _opened(self) -> Any:
        try:
            from warcio.warcwriter import WARCWriter
        except ImportError as error:
            raise CrawlError("--warc needs warcio: pip install 'bahith[warc]'") from error
        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"bahith-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.warc.gz"
        return WARCWriter((self._folder / name).open("xb"), gzip=True)  # type: ignore[no-untyped-call]
