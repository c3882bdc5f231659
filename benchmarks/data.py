"""Where the measuring data is, and how to read it."""

from __future__ import annotations

import importlib.util
import json
import lzma
from collections.abc import Iterator
from functools import cache
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


@cache
def scorer(folder: Path) -> Any:
    """The scorer that lies with the data of a folder, as a module."""
    spec = importlib.util.spec_from_file_location(f"{folder.name}_score", folder / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
