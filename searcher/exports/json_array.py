"""JSON: an array of records, one a line, so that a script can read it whole or line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from searcher.exports.records import Record


def as_json(found: Iterator[Record]) -> Iterator[bytes]:
    """An array of objects with the columns of the other formats."""
    opening = "[\n"
    for record in found:
        line = json.dumps(record._asdict(), ensure_ascii=False)
        yield (opening + line).encode("utf-8", "replace")
        opening = ",\n"
    yield b"[]\n" if opening == "[\n" else b"\n]\n"
