"""Integrity of an archive: what of it cannot be read, or is not what was written.

SQLite checks the file's own structure; each article and each old version has a checksum, so that
a flipped bit in a text is found too.
"""

from __future__ import annotations

from collections.abc import Iterator

from crawl.archive.archive import Archive
from crawl.errors import DamagedArchive
from crawl.identity import key_of

# Faults that SQLite names; a file that has more is damaged all over.
MOST_FAULTS = 100


def check_archive(archive: Archive) -> Iterator[str]:
    """Each fault of an archive as a sentence; none when it is whole."""
    try:
        lines = archive.database.rows(f"pragma integrity_check({MOST_FAULTS})")
        yield from (str(line) for (line,) in lines if line != "ok")
    except DamagedArchive as error:
        yield str(error)
    known = len(archive.damaged)
    for change in archive.changes(0):
        if change.article is not None and key_of(change.article.url) != change.key:
            yield f"{change.article.url} stands under the key of another address"
        try:
            archive.versions(change.key)
        except DamagedArchive:
            yield f"an old version of the article {change.key} is not what was archived"
    yield from archive.damaged[known:]
