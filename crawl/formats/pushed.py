"""Pushed articles: JSON Lines that a portal sends, kept all together or not at all.

Rows are those of `bahith import`. Who sends them by program can send them again, so that one broken
line refuses all of them, with its number; sending the same twice changes nothing.

>>> read_pushed(b'{"url": "17", "title": "a"}\\n\\n{"url": "18"}')
BadLine(number=3, reason='no-text', detail='')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from crawl.archive.archive import Archive
from crawl.article import Article
from crawl.formats.jsonl import BadRow, parse_row
from crawl.identity import key_of

# Articles that are sent at a time: one transaction, well below a second.
MOST_ROWS = 1_000


class BadLine(NamedTuple):
    """The first line that cannot be kept, from 1, and why: one of `crawl.reasons`."""

    number: int
    reason: str
    detail: str = ""


class PushedRow(NamedTuple):
    """An article, and the line it stands in."""

    line: int
    article: Article


@dataclass(slots=True)
class PushReport:
    """What became of the articles that were sent; `removed` names the lines of those that stay out.

    They were removed for good: no crawl, import or push brings them back.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    removed: list[int] = field(default_factory=list)


def read_pushed(content: bytes) -> list[PushedRow] | BadLine:
    """The articles of some lines, blank ones left out, or the first line that is none."""
    rows: list[PushedRow] = []
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        if len(rows) == MOST_ROWS:
            return BadLine(number, "too-many-rows")
        try:
            rows.append(PushedRow(number, parse_row(line)))
        except BadRow as error:
            return BadLine(number, error.reason, error.detail)
    return rows


def keep_pushed(archive: Archive, rows: Sequence[PushedRow]) -> PushReport:
    """Put articles into the archive; all of them are on disk when this ends, or none is."""
    report = PushReport()
    with archive.batch():
        for row in rows:
            outcome = archive.put(row.article)
            if outcome == "removed":
                report.removed.append(row.line)
            else:
                setattr(report, outcome, getattr(report, outcome) + 1)
    return report


def held_instead(archive: Archive, row: PushedRow) -> Article | None:
    """The article that a row would replace; None where there is none that can be read."""
    return archive.peek(key_of(row.article.url))
