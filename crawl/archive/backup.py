"""Copies of an archive: made while it is written to, and put in another's place.

A copy is SQLite's own online backup: what stood there at one moment, whoever writes meanwhile.
"""

from __future__ import annotations

import os
from pathlib import Path

from crawl.archive.archive import Archive
from crawl.archive.database import Database, exclusively
from crawl.errors import CrawlError


def copy_archive(archive: Archive, path: Path) -> None:
    """Write all of an archive, as it is at this moment, into a new file."""
    archive.database.copy_to(path)


def replace_archive(path: Path, copy: Path) -> None:
    """Put a copy in the place of an archive, in one step; readers notice at their next request.

    No crawl may be under way. A damaged archive is replaced like any other.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with exclusively(path):
        if path.exists():
            _empty_log(path)
        # A log that is left from the old file would be taken for the new one's.
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        os.replace(copy, path)


def _empty_log(path: Path) -> None:
    try:
        database = Database(path)
    except CrawlError:
        return
    try:
        (blocked, _, _) = database.rows("pragma wal_checkpoint(truncate)")[0]
    finally:
        database.close()
    if blocked:
        raise CrawlError(f"another program writes to the archive {path}; wait until it ends")
