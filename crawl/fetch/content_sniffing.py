"""What an answer holds: a page, or a listing (sitemap or feed); told by its content.

Headers are evidence, not truth: feeds come as text/html, pages as nothing at all. Only what looks
like neither is judged by its Content-Type.

>>> open_document(b"<!doctype html><p>", {}, expects_listing=False, largest=1000).is_listing
False
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from crawl.fetch.decompression import BadEncoding, unpack

_XML = (b"<?xml", b"<urlset", b"<sitemapindex", b"<rss", b"<feed", b"<rdf", b"<!--")
_HTML = (b"<html", b"<!doctype html", b"<body")
_GZIP = b"\x1f\x8b"
_SNIFFED = 2048
# What a Content-Type has to mention for the answer to be read; servers call sitemaps many things.
_TEXTS = ("text/", "html", "xml", "gzip", "octet-stream")


class Document(NamedTuple):
    """The unpacked bytes of an answer, and which of the two it is."""

    is_listing: bool
    body: bytes


class NoDocument(Exception):
    """The answer holds nothing to read; its text is a refusal's reason."""


def open_document(
    body: bytes, headers: Mapping[str, str], *, expects_listing: bool, largest: int
) -> Document:
    """Unpack an answer (header names in lower case) and recognise it, at most `largest` bytes.

    NoDocument says `truncated`, `damaged`, `too-large`, `bomb`, `unknown-encoding`, `not-html` or
    `empty`. What is expected to be a listing may also be a plain list of addresses.
    """
    try:
        plain = unpack(body, headers.get("content-encoding", ""), largest)
        if plain.startswith(_GZIP):  # sitemap.xml.gz is packed whatever its headers say
            plain = unpack(plain, "gzip", largest)
    except BadEncoding as error:
        raise NoDocument(str(error)) from error
    kind = headers.get("content-type", "").lower()
    if not may_be_text(kind):
        raise NoDocument("not-html")
    head = plain[:_SNIFFED].lstrip().lower()
    if not head:
        raise NoDocument("empty")
    is_html = any(mark in head for mark in _HTML)
    if not is_html and (expects_listing or head.startswith(_XML)):
        return Document(True, plain)
    if is_html or "html" in kind:
        return Document(False, plain)
    raise NoDocument("not-html")


def may_be_text(content_type: str) -> bool:
    """Whether an answer of this Content-Type is worth reading; no type at all may be anything.

    >>> may_be_text("text/html; charset=utf-8"), may_be_text(""), may_be_text("video/mp4")
    (True, True, False)
    """
    return not content_type or any(text in content_type.lower() for text in _TEXTS)
