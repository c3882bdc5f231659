"""What a crawl must not be led to: private addresses, bombs, endless spaces of addresses.

Pages are written by strangers. A link to `http://192.168.0.1/`, a name that resolves to 127.0.0.1,
ten kilobytes that unpack to ten gigabytes, a calendar with a page for every day since the year 1:
each is recognised here, by functions that touch no network.

>>> is_private("127.0.0.1"), is_private("localhost"), is_private("192.0.2.7"), is_private("a.org")
(True, True, True, False)
"""

from __future__ import annotations

import ipaddress
import re
import zlib
from collections import Counter

from crawl.urls import split_web

MOST_SEGMENTS = 24
LARGEST_RATIO = 100  # unpacked to packed; real pages stay under 30
_RATIO_COUNTS_FROM = 1024 * 1024
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".home.arpa")

# What the end of a path says is no page. Feeds and sitemaps (.xml, .rss, .gz) are pages here.
_ENDINGS = """
    jpg jpeg png gif webp avif svg ico bmp tif tiff mp3 m4a ogg wav aac mp4 m4v webm avi mov wmv flv
    mkv 3gp pdf doc docx xls xlsx ppt pptx zip rar 7z tar bz2 exe apk dmg iso css js json woff woff2
    ttf eot otf swf torrent epub map
"""
_NOT_PAGES = frozenset(_ENDINGS.split())
_NUMBER = re.compile(r"\d+")
_HEX = re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b", re.IGNORECASE)


# What a Content-Type has to mention for the answer to be read; servers call sitemaps many things.
_TEXTS = ("text/", "html", "xml", "gzip", "octet-stream")


class BadEncoding(ValueError):
    """A compressed answer that cannot or must not be unpacked; its text is a refusal's reason."""


def is_private(host: str) -> bool:
    """Whether a host is named or numbered as part of this machine or its own network.

    Other names have to be resolved first; `is_private` of the number then decides.
    """
    bare = host.strip("[]").rstrip(".").lower()
    try:
        number = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return bare == "localhost" or bare.endswith(_LOCAL_NAMES)
    mapped = getattr(number, "ipv4_mapped", None) or number
    return not mapped.is_global or mapped.is_multicast


def is_page(url: str) -> bool:
    """Whether an address may be a page: on the web, not a picture, no path that eats its tail.

    >>> is_page("https://a.org/1.html"), is_page("https://a.org/1.JPG"), is_page("https://a.org/a/a/a/")
    (True, False, False)
    """
    parts = split_web(url)
    if parts is None:
        return False
    path = parts.path
    ending = path.rpartition("/")[2].rpartition(".")[2].lower()
    return (
        ending not in _NOT_PAGES and path.count("/") <= MOST_SEGMENTS and not _eats_its_tail(path)
    )


def _eats_its_tail(path: str) -> bool:
    """Whether a name stands three times in a path: the mark of a broken relative link."""
    names = Counter(name for name in path.split("/") if name and not name.isdigit())
    return any(count > 2 for count in names.values())


def may_be_text(content_type: str) -> bool:
    """Whether an answer of this Content-Type is worth reading; no type at all may be anything.

    >>> may_be_text("text/html; charset=utf-8"), may_be_text(""), may_be_text("video/mp4")
    (True, True, False)
    """
    return not content_type or any(text in content_type.lower() for text in _TEXTS)


def shape_of(url: str) -> str:
    """An address with its numbers left out: what the pages of one template share.

    >>> shape_of("https://a.org/calendar/2026/11?day=3&view=week")
    '/calendar/0/0?day&view'
    """
    parts = split_web(url)
    if parts is None:
        return ""
    names = sorted({field.partition("=")[0] for field in parts.query.split("&") if field})
    path = _NUMBER.sub("0", _HEX.sub("0", parts.path))
    return path + ("?" + "&".join(names) if names else "")


def unpack(body: bytes, encoding: str, largest: int) -> bytes:
    """The body of an answer without its Content-Encoding, at most `largest` bytes.

    BadEncoding says `truncated`, `too-large`, `bomb` or `unknown-encoding`.
    """
    for name in reversed([part.strip().lower() for part in encoding.split(",") if part.strip()]):
        if name in ("gzip", "x-gzip"):
            body = _inflated(body, 31, largest)
        elif name == "deflate":
            # The standard means zlib; some servers send raw deflate, whose first byte differs.
            body = _inflated(body, 15 if body[:1] == b"\x78" else -15, largest)
        elif name != "identity":
            raise BadEncoding("unknown-encoding")
    if len(body) > largest:
        raise BadEncoding("too-large")
    return body


def _inflated(packed: bytes, window: int, largest: int) -> bytes:
    if not packed:
        return b""
    most = min(largest, max(_RATIO_COUNTS_FROM, len(packed) * LARGEST_RATIO))
    machine = zlib.decompressobj(window)
    try:
        whole = machine.decompress(packed, most + 1)
    except zlib.error as error:
        raise BadEncoding("damaged") from error
    if len(whole) > most:
        raise BadEncoding("too-large" if most == largest else "bomb")
    if not machine.eof:
        raise BadEncoding("truncated")
    return whole
