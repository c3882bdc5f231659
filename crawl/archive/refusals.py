"""The addresses that a crawl refused, and why."""

from __future__ import annotations

from collections.abc import Iterator

from crawl.archive.archive import Archive
from crawl.article import Rejected

# Rows read at a time, so that no lock is held while somebody reads them.
_CHUNK = 500


def refused_pages(archive: Archive, reason: str = "") -> Iterator[Rejected]:
    """Every refused address in the order it was found; those of one reason when it is given."""
    last = 0
    while True:
        rows = archive.database.rows(
            "select rowid, url, reason from pages where state = 'refused' and rowid > ?1"
            " and (?2 = '' or reason = ?2) order by rowid limit ?3",
            (last, reason, _CHUNK),
        )
        yield from (Rejected(url, why) for _, url, why in rows)
        if len(rows) < _CHUNK:
            return
        last = rows[-1][0]
