"""FetchResult: what a server said to one request, or why it said nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote_from_bytes


class FetchResult(NamedTuple):
    """Status, headers (names in lower case), packed body, and the seconds it took.

    Status 0 is no answer; then `failure` says why in a word. Header values are decoded as latin-1,
    the one decoding that loses no byte; but see `spelled` for Location.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    failure: str = ""


def spelled(location: bytes) -> str:
    """An address in a header: UTF-8 as its letters, bytes of another charset percent-encoded.

    >>> spelled("/خبر".encode()), spelled("/خبر".encode("cp1256"))
    ('/خبر', '/%CE%C8%D1')
    """
    try:
        return location.decode("utf-8")
    except UnicodeDecodeError:
        kept = bytes(range(0x21, 0x7F)).decode("ascii")
        return quote_from_bytes(location, safe=kept)
