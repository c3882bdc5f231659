"""Decompression of answers within bounds: ten kilobytes may unpack to ten gigabytes.

>>> import gzip
>>> unpack(gzip.compress(b"<html>"), "gzip", largest=1000)
b'<html>'
"""

from __future__ import annotations

import zlib

LARGEST_RATIO = 100  # unpacked to packed; real pages stay under 30
MOST_CODINGS = 3  # one inside the other; real answers have one
_RATIO_COUNTS_FROM = 1024 * 1024
# Bytes unpacked at once by Brotli, after which the bounds are looked at.
_STEP = 1 << 20


class BadEncoding(ValueError):
    """A compressed answer that cannot or must not be unpacked; its text is a refusal's reason."""


def unpack(body: bytes, encoding: str, largest: int) -> bytes:
    """The body of an answer without its Content-Encoding, at most `largest` bytes.

    BadEncoding says `truncated`, `too-large`, `bomb` or `unknown-encoding`.
    """
    codings = [part.strip().lower() for part in encoding.split(",") if part.strip()]
    if len(codings) > MOST_CODINGS:
        raise BadEncoding("bomb")
    for name in reversed(codings):
        if name in ("gzip", "x-gzip"):
            body = _inflated(body, 31, largest)
        elif name == "deflate":
            # The standard means zlib; some servers send raw deflate, whose first byte differs.
            body = _inflated(body, 15 if body[:1] == b"\x78" else -15, largest)
        elif name == "br":
            body = _unbrotlied(body, largest)
        elif name != "identity":
            raise BadEncoding("unknown-encoding")
    if len(body) > largest:
        raise BadEncoding("too-large")
    return body


def _unbrotlied(packed: bytes, largest: int) -> bytes:
    """Brotli, which some sites send unasked and web archives keep (the extra `bahith[warc]`)."""
    try:
        import brotli
    except ImportError as error:
        raise BadEncoding("unknown-encoding") from error
    most = min(largest, max(_RATIO_COUNTS_FROM, len(packed) * LARGEST_RATIO))
    machine, whole = brotli.Decompressor(), bytearray()
    try:
        whole += machine.process(packed, output_buffer_limit=_STEP)
        while not machine.is_finished() and len(whole) <= most:
            before = len(whole)
            whole += machine.process(b"", output_buffer_limit=_STEP)
            if len(whole) == before:
                raise BadEncoding("truncated")
    except brotli.error as error:
        raise BadEncoding("damaged") from error
    if len(whole) > most:
        raise BadEncoding("too-large" if most == largest else "bomb")
    return bytes(whole)


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
