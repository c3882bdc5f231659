"""Where the measuring data is, and how to read it."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, `.xz` or plain."""
    opening = lzma.open if path.suffix == ".xz" else open
    with opening(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_news(limit: int | None = None) -> Iterator[dict[str, Any]]:
    """The real articles, as import rows."""
    for number, row in enumerate(read_rows(SHARED / "news.jsonl.xz")):
        if limit is not None and number >= limit:
            return
        yield row
