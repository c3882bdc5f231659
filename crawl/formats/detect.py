"""The formats an import reads: each turns a stream of bytes into entries.

compressed (gzip, xz, bzip2)  → whatever is inside
WARC/1.0 …                    → crawl.formats.warc
{"url": …} a line             → rows
<rss  <feed                   → crawl.discovery.feeds: the entries' own text
<!doctype html>  <html …      → one saved page, through crawl.extract
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from crawl.article import Article, Rejected
from crawl.formats.jsonl import parse_row
from crawl.text.content_sniffing import Content, sniff

LARGEST_PAGE = 32 * 1024 * 1024  # bytes of one saved page or feed; news pages have under 2 MB
_SNIFFED = 65_536  # bytes that tell the format

# What browsers write when they save a page: <!-- saved from url=(0027)https://example.org/a -->
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(\S+) -->")


class Entry(NamedTuple):
    """One place of a file and what was found there: an article, or a sentence why not."""

    place: int
    found: Article | str


Reader = Callable[[BinaryIO, str, str], Iterator[Entry]]


def read_entries(stream: BinaryIO, name: str, url: str = "") -> Iterator[Entry]:
    """The entries of an open file, whatever its format; never raises for what the file holds.

    `name` is what messages call the file, `url` the address of a saved page if it is known.
    """
    plain = _plain(stream)
    try:
        head = plain.peek(_SNIFFED).removeprefix(b"\xef\xbb\xbf").lstrip()
    except (OSError, EOFError, lzma.LZMAError, zlib.error):
        yield Entry(0, "the compressed file is damaged at its beginning")
        return
    if not head:
        yield Entry(0, "the file is empty")
        return
    for recognises, read in _FORMATS:
        if recognises(head):
            yield from read(cast(BinaryIO, plain), name, url)
            return
    yield Entry(0, "neither JSON Lines, nor HTML, nor a feed, nor WARC")


def _plain(stream: BinaryIO) -> io.BufferedReader:
    """The stream without its compression."""
    buffered = stream if isinstance(stream, io.BufferedReader) else _buffered(stream)
    head = buffered.peek(6)[:6]
    if head.startswith(b"\x1f\x8b"):
        return _buffered(gzip.GzipFile(fileobj=buffered))
    if head.startswith(b"\xfd7zXZ\x00"):
        return _buffered(lzma.LZMAFile(buffered))
    if head.startswith(b"BZh"):
        return _buffered(bz2.BZ2File(buffered))
    return buffered


def _buffered(stream: object) -> io.BufferedReader:
    return io.BufferedReader(cast(io.RawIOBase, stream), 1 << 16)


def read_rows(stream: BinaryIO, name: str, url: str) -> Iterator[Entry]:
    """JSON Lines: an article a line; blank lines are passed over."""
    del name, url
    number = 0
    try:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield Entry(number, _row(line))
    except (OSError, EOFError, lzma.LZMAError, zlib.error):
        yield Entry(number + 1, "the compressed file is damaged from here on")


def _row(line: bytes) -> Article | str:
    try:
        return parse_row(line)
    except ValueError as error:
        return str(error)


def read_page(stream: BinaryIO, name: str, url: str) -> Iterator[Entry]:
    """One saved page; its address is the one given, or the one it names, or the file's own."""
    from crawl.extract import extract  # loads lxml, which an import of rows can do without

    html = stream.read(LARGEST_PAGE + 1)
    if len(html) > LARGEST_PAGE:
        yield Entry(0, "larger than any article page (32 MB)")
        return
    saved_from = _SAVED_FROM.search(html, 0, _SNIFFED)
    known = url or (saved_from[1].decode("ascii", "replace") if saved_from else "")
    match extract(html, known or Path(name).absolute().as_uri()):
        case Rejected(reason=reason):
            yield Entry(0, reason)
        case article:
            own = known or article.canonical or article.url
            yield Entry(0, replace(article, url=own))


def read_feed_file(stream: BinaryIO, name: str, url: str) -> Iterator[Entry]:
    """A feed's entries, with the text that they carry."""
    from crawl.discovery.feeds import read_feed  # loads lxml

    del name
    feed = read_feed(stream.read(LARGEST_PAGE), url=url)
    if feed is None:
        yield Entry(0, "XML, but no RSS or Atom feed")
        return
    yield from (Entry(number, entry) for number, entry in enumerate(feed.entries, 1))
    if feed.nameless:
        yield Entry(0, f"entries without an address: {feed.nameless}")


def read_warc_file(stream: BinaryIO, name: str, url: str) -> Iterator[Entry]:
    """The articles among the answers that a WARC keeps."""
    from crawl.formats.warc import read_warc  # loads warcio, an extra

    del name, url
    yield from (Entry(number, found) for number, found in read_warc(stream))


def _is_rows(head: bytes) -> bool:
    return head.startswith(b"{") and sniff(head) is not Content.JSON_FEED


def _is_warc(head: bytes) -> bool:
    return head.startswith(b"WARC/")


def _is_feed(head: bytes) -> bool:
    return sniff(head) in (Content.FEED, Content.JSON_FEED)


def _is_page(head: bytes) -> bool:
    return sniff(head) is Content.PAGE


_FORMATS: tuple[tuple[Callable[[bytes], bool], Reader], ...] = (
    (_is_warc, read_warc_file),
    (_is_rows, read_rows),
    (_is_feed, read_feed_file),
    (_is_page, read_page),
)
