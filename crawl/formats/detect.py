"""The formats an import reads: each turns a stream of bytes into entries.

compressed (gzip, xz, bzip2)  → whatever is inside
WARC/1.0 …  filedesc: …  PK   → crawl.formats.warc: web archives, WARC, ARC and WACZ
{"url": …} a line             → crawl.formats.jsonl: rows
anything else                 → one document, as crawl.text.content_sniffing tells: a page through
                                crawl.extract, a feed's entries with their own text
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from crawl.article import Article, Rejected
from crawl.formats.compressed import DAMAGE, opened
from crawl.formats.entries import ImportEntry, Unreadable
from crawl.formats.jsonl import BadRow, parse_row
from crawl.text.content_sniffing import REFUSED, Content, sniff

# Bytes of one saved page or feed; news pages have under 2 MB.
LARGEST_DOCUMENT = 32 * 1024 * 1024
LONGEST_ROW = 32 * 1024 * 1024  # bytes of one line; a line of articles has under 1 MB
_HEAD = 4096  # bytes that tell rows and web archives from documents

# What browsers write when they save a page: <!-- saved from url=(0027)https://example.org/a -->
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d{1,9}\)(\S{1,4096}) -->")
_SAVED_WINDOW = 8192
_WEB_ARCHIVES = (b"WARC/", b"filedesc:", b"PK\x03\x04")


def read_entries(
    stream: BinaryIO, name: str, url: str = "", languages: Collection[str] = ("ar",)
) -> Iterator[ImportEntry]:
    """The entries of an open file, whatever its format; never raises for what the file holds.

    `name` is what messages call the file, `url` the address of a saved page if it is known.
    Saved pages in other `languages` are refused.
    """
    place = 0
    try:
        for entry in _entries(stream, name, url, languages):
            yield entry
            place = entry.place
    except DAMAGE as error:
        yield ImportEntry(place + 1, Unreadable("damaged-file", str(error)[:200]))


def _entries(
    stream: BinaryIO, name: str, url: str, languages: Collection[str]
) -> Iterator[ImportEntry]:
    plain = opened(stream)
    head = plain.peek(_HEAD).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(_WEB_ARCHIVES):
        from crawl.formats.warc import read_web_archive  # loads warcio, an extra, and lxml

        return read_web_archive(plain, languages)
    if head.startswith(b"{") and sniff(head) is not Content.JSON_FEED:
        return _rows(plain)
    return _document(plain.read(LARGEST_DOCUMENT + 1), name, url, languages)


def _rows(stream: BinaryIO) -> Iterator[ImportEntry]:
    """JSON Lines: an article a line; blank lines are passed over."""
    number = 0
    while line := stream.readline(LONGEST_ROW):
        number += 1
        if len(line) == LONGEST_ROW and not line.endswith(b"\n"):
            while len(line) == LONGEST_ROW and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_ROW)
            yield ImportEntry(number, Unreadable("too-long"))
        elif line.strip():
            yield _row(number, line)


def _row(number: int, line: bytes) -> ImportEntry:
    try:
        return ImportEntry(number, parse_row(line))
    except BadRow as error:
        return ImportEntry(number, Unreadable(error.reason, error.detail))
    except Exception as error:  # one row's fault, whatever it is, is not the others'
        return ImportEntry(number, Unreadable("internal-error", type(error).__name__))


def _document(
    content: bytes, name: str, url: str, languages: Collection[str]
) -> Iterator[ImportEntry]:
    if len(content) > LARGEST_DOCUMENT:
        yield ImportEntry(0, Unreadable("too-large"))
        return
    match sniff(content):
        case Content.PAGE:
            yield ImportEntry(0, _page(content, name, url, languages))
        case Content.FEED | Content.JSON_FEED:
            yield from _feed(content, url)
        case Content.SITEMAP | Content.ADDRESSES:
            yield ImportEntry(0, Unreadable("sitemap"))
        case Content.NOTHING:
            yield ImportEntry(0, Unreadable("unknown-format"))
        case Content.EMPTY:
            yield ImportEntry(0, Unreadable("empty-file"))
        case kind:
            yield ImportEntry(0, Unreadable(REFUSED[kind]))


def _page(content: bytes, name: str, url: str, languages: Collection[str]) -> Article | Rejected:
    """One saved page; its address is the one given, or the one it names, or the file's own."""
    from crawl.extract import extract  # loads lxml, which an import of rows can do without

    saved_from = _SAVED_FROM.search(content, 0, _SAVED_WINDOW)
    known = url or (saved_from[1].decode("ascii", "replace") if saved_from else "")
    found = extract(content, known or Path(name).absolute().as_uri(), languages=languages)
    if isinstance(found, Rejected):
        return found
    return replace(found, url=known or found.canonical or found.url)


def _feed(content: bytes, url: str) -> Iterator[ImportEntry]:
    """A feed's entries, with the text that they carry."""
    from crawl.discovery.feeds import read_feed  # loads lxml

    feed = read_feed(content, url=url)
    if feed is None:
        yield ImportEntry(0, Unreadable("unknown-format"))
        return
    yield from (ImportEntry(number, entry) for number, entry in enumerate(feed.entries, 1))
    if feed.nameless:
        yield ImportEntry(0, Unreadable("no-address", f"{feed.nameless} of them"))
