"""An answer's body, unpacked, and what it is.

>>> open_document(b"<!doctype html><p>", {}, largest=1000).kind.value
'page'
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from crawl.text.content_sniffing import REFUSED, Content, sniff
from crawl.text.decompression import BadEncoding, unpack

_GZIP = b"\x1f\x8b"
# What a Content-Type has to mention for the answer to be read; servers call sitemaps many things.
_TEXTS = ("text/", "html", "xml", "json", "gzip", "octet-stream")


class UnpackedBody(NamedTuple):
    """The unpacked bytes of an answer, and what they are: a page or one of the listings."""

    kind: Content
    body: bytes


class NoDocument(Exception):
    """The answer holds nothing to read; its text is a refusal's reason."""


def open_document(body: bytes, headers: Mapping[str, str], *, largest: int) -> UnpackedBody:
    """Unpack an answer (header names in lower case) and recognise it, at most `largest` bytes.

    NoDocument says `truncated`, `damaged`, `too-large`, `bomb`, `unknown-encoding`, `not-html`,
    `pdf` or `empty`.
    """
    content_type = headers.get("content-type", "")
    if not may_be_text(content_type):  # then its body was not even received
        raise NoDocument("pdf" if "pdf" in content_type.lower() else "not-html")
    try:
        plain = unpack(body, headers.get("content-encoding", ""), largest)
        if plain.startswith(_GZIP):  # sitemap.xml.gz is packed whatever its headers say
            plain = unpack(plain, "gzip", largest)
    except BadEncoding as error:
        raise NoDocument(str(error)) from error
    kind = sniff(plain, content_type)
    if kind in REFUSED:
        raise NoDocument(REFUSED[kind])
    return UnpackedBody(kind, plain)


def may_be_text(content_type: str) -> bool:
    """Whether an answer of this Content-Type is worth reading; no type at all may be anything.

    >>> may_be_text("text/html; charset=utf-8"), may_be_text(""), may_be_text("video/mp4")
    (True, True, False)
    """
    return not content_type or any(text in content_type.lower() for text in _TEXTS)
