"""Web archives: WARC and ARC files, and WACZ, which is a ZIP of WARC files.

Read through `warcio` (the extra `bahith[warc]`). Each HTML answer is one article or one reason;
requests, redirects, errors and answers of other kinds are passed over in silence.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any, BinaryIO, cast

from crawl.article import Article, Rejected
from crawl.errors import CrawlError
from crawl.extract import extract
from crawl.formats.compressed import DAMAGE, opened
from crawl.formats.entries import ImportEntry, Unreadable
from crawl.text.content_sniffing import Content, sniff
from crawl.text.decompression import BadEncoding, unpack

LARGEST_PAGE = 32 * 1024 * 1024  # bytes of one answer, packed and unpacked


def read_web_archive(
    stream: io.BufferedReader, languages: Collection[str]
) -> Iterator[ImportEntry]:
    """The articles among the answers that a web archive keeps, numbered as its records are."""
    if not stream.peek(4).startswith(b"PK"):
        yield from _records(stream, languages)
        return
    if not stream.seekable():
        yield ImportEntry(0, Unreadable("unknown-format", "a WACZ cannot be read from a pipe"))
        return
    try:
        with zipfile.ZipFile(stream) as archive:
            names = [n for n in archive.namelist() if n.endswith((".warc", ".warc.gz"))]
            for name in names:
                with archive.open(name) as member:
                    yield from _records(opened(cast(BinaryIO, member)), languages)
            if not names:
                yield ImportEntry(0, Unreadable("unknown-format", "a ZIP file without WARC files"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        yield ImportEntry(0, Unreadable("damaged-file", str(error)[:200]))


def _records(stream: BinaryIO, languages: Collection[str]) -> Iterator[ImportEntry]:
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise CrawlError("reading WARC needs warcio: pip install 'bahith[warc]'") from error
    number = 0
    read = cast(Callable[..., Iterator[Any]], ArchiveIterator)
    try:
        # Not parsed by warcio, which ends at an answer without an address.
        records = read(stream, arc2warc=True, no_record_parse=True)
        for number, record in enumerate(records, 1):
            if record.rec_type == "response":
                yield from (ImportEntry(number, found) for found in _guarded(record, languages))
    except (ArchiveLoadFailed, *DAMAGE, ValueError, AttributeError) as error:
        yield ImportEntry(number + 1, Unreadable("damaged-file", str(error)[:200]))


def _guarded(record: Any, languages: Collection[str]) -> Iterator[Article | Rejected | Unreadable]:
    """What one answer holds; its faults are its own."""
    try:
        yield from _answer(record, languages)
    except BadEncoding as error:
        yield Unreadable(str(error))
    except DAMAGE:
        raise
    except Exception as error:  # one record's fault, whatever it is, is not the others'
        yield Unreadable("internal-error", type(error).__name__)


def _answer(record: Any, languages: Collection[str]) -> Iterator[Article | Rejected | Unreadable]:
    headers = _http_headers(record)
    kind = headers.get_header("Content-Type") or ""
    if headers.get_statuscode() != "200" or (kind and "html" not in kind.lower()):
        return
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    if not url:
        yield Unreadable("no-address")
        return
    body, fetched = _body(record, headers), _fetched(record)
    yield extract(body, url, kind, fetched=fetched, languages=languages)


def _http_headers(record: Any) -> Any:
    """The head of an answer; BadEncoding where it has none."""
    from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

    parser = cast(Callable[[list[str]], Any], StatusAndHeadersParser)(["HTTP/1.0", "HTTP/1.1"])
    try:
        return parser.parse(record.raw_stream)
    except (StatusAndHeadersParserException, EOFError) as error:
        raise BadEncoding("damaged") from error


def _body(record: Any, headers: Any) -> bytes:
    """An answer's bytes by our own unpacking: warcio raises on what it cannot unpack."""
    from warcio.bufferedreaders import ChunkedDataReader

    stream = record.raw_stream
    if (headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
        stream = cast(Callable[[Any], Any], ChunkedDataReader)(stream)
    body: bytes = stream.read(LARGEST_PAGE)
    try:
        return unpack(body, headers.get_header("Content-Encoding") or "", LARGEST_PAGE)
    except BadEncoding:
        if sniff(body) is Content.PAGE:  # some tools unpack the body and keep the header
            return body
        raise


def _fetched(record: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
    except ValueError:
        return None
