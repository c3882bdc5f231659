"""WARC: the web archives' own format, read through `warcio` (the extra `bahith[warc]`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

from crawl.article import Article, Rejected
from crawl.errors import CrawlError
from crawl.extract import extract

LARGEST_PAGE = 32 * 1024 * 1024


def read_warc(stream: BinaryIO) -> Iterator[tuple[int, Article | str]]:
    """Each HTML answer of a WARC as its record's number and its article, or why it is none.

    Requests, redirects, errors and answers of other kinds are passed over in silence.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise CrawlError("reading WARC needs warcio: pip install 'bahith[warc]'") from error
    number, read = 0, cast(Callable[[BinaryIO], Iterator[Any]], ArchiveIterator)
    try:
        for number, record in enumerate(read(stream), 1):
            if record.rec_type == "response" and record.http_headers:
                yield from ((number, found) for found in _answer(record))
    except (ArchiveLoadFailed, EOFError, OSError) as error:
        yield number + 1, f"the WARC file is damaged from here on ({error})"


def _answer(record: Any) -> Iterator[Article | str]:
    kind = record.http_headers.get_header("Content-Type", "")
    if record.http_headers.get_statuscode() != "200" or "html" not in kind:
        return
    url = record.rec_headers.get_header("WARC-Target-URI", "").strip("<>")
    found = extract(record.content_stream().read(LARGEST_PAGE), url, kind)
    yield found.reason if isinstance(found, Rejected) else found
