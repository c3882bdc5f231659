"""Mirroring an archive in an engine: only what is new, changed or gone, a batch at a time.

The engine remembers in the same commit how far it has come, so a build that is killed goes on where
the last whole batch ended, and one that has nothing to do does nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import NamedTuple

from crawl import Archive
from index.document import Document
from index.engine import Checkpoint, Engine
from index.errors import EngineError

Progress = Callable[[int, int], None]
"""Called with (changes done, changes there are at most)."""

# One batch is one commit: large enough that commits cost little, small enough that a kill loses
# seconds (5,000 articles are about 3 s of work).
BATCH = 5_000


class BuildReport(NamedTuple):
    """Articles put (new or changed), keys dropped, and the documents the index holds now."""

    added: int
    removed: int
    documents: int


def build(
    archive: Archive,
    engine: Engine,
    *,
    batch: int = BATCH,
    progress: Progress = lambda _done, _total: None,
) -> BuildReport:
    """Bring an engine up to date with an archive.

    Raises `EngineError` when the engine mirrors another archive.
    """
    start = engine.checkpoint()
    if start.archive not in ("", archive.name):
        raise EngineError(
            "this index was built from another archive. To replace it by this one, type"
            " `bahith index --rebuild` with the same --archive and --index."
        )
    total = max(0, archive.revision - start.revision)
    done = added = removed = 0
    changes = archive.changes(start.revision)
    while portion := list(itertools.islice(changes, batch)):
        # A key comes twice when it changed while we were reading: its last state counts.
        latest = {change.key: change for change in portion}
        documents = [Document.of(c.article) for c in latest.values() if c.article is not None]
        gone = [key for key, change in latest.items() if change.article is None]
        engine.update(documents, gone, Checkpoint(archive.name, portion[-1].revision))
        done, added, removed = done + len(portion), added + len(documents), removed + len(gone)
        progress(done, max(total, done))
    return BuildReport(added, removed, engine.stats().documents)


def rebuild(
    archive: Archive, engine: Engine, *, progress: Progress = lambda _done, _total: None
) -> BuildReport:
    """Fill an engine opened with `fresh=True` at once; the old index serves until then."""
    total = len(archive)
    revision = archive.revision
    added = 0

    def documents() -> Iterator[Document]:
        nonlocal added
        for change in archive.changes(0):
            if change.article is not None and change.revision <= revision:
                added += 1
                yield Document.of(change.article)
                progress(added, max(total, added))

    engine.update(documents(), (), Checkpoint(archive.name, revision))
    return BuildReport(added, 0, engine.stats().documents)
