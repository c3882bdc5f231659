"""The archive as files for other programs: JSON Lines and CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import IO

from crawl.archive.archive import Archive
from crawl.article import Article
from crawl.formats.jsonl import to_row


def export_rows(archive: Archive, stream: IO[str]) -> int:
    """Write each article as a JSON line that `bahith import` reads back whole; how many."""
    lines = (json.dumps(to_row(article), ensure_ascii=False) for article in _articles(archive))
    return sum(bool(stream.write(f"{line}\n")) for line in lines)


def export_table(archive: Archive, stream: IO[str]) -> int:
    """Write a CSV table with a line of names; how many articles.

    A byte order mark comes first: without it spreadsheets read Arabic as Latin letters.
    """
    names = [field.name for field in fields(Article)]
    stream.write("\ufeff")
    table = csv.writer(stream)
    table.writerow(names)
    rows = ([_cell(getattr(article, name)) for name in names] for article in _articles(archive))
    return sum(bool(table.writerow(row)) for row in rows)


EXPORTS: dict[str, Callable[[Archive, IO[str]], int]] = {"jsonl": export_rows, "csv": export_table}


def _articles(archive: Archive) -> Iterator[Article]:
    return (change.article for change in archive.changes(0) if change.article is not None)


def _cell(value: str | tuple[str, ...]) -> str:
    text = value if isinstance(value, str) else "، ".join(value)
    # A page's text must not become a formula in somebody's spreadsheet.
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
