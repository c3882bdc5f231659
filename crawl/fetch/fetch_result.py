"""FetchResult: what a server said to one request, or why it said nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class FetchResult(NamedTuple):
    """Status, headers (names in lower case), packed body, and the seconds it took.

    Status 0 is no answer; then `failure` says why in a word. Header values are decoded as latin-1,
    the one decoding that loses no byte.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    failure: str = ""
