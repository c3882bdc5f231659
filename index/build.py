"""Mirroring an archive in an engine: only what is new, changed or gone, a batch at a time.

The engine remembers in the same commit how far it has come, so a build that is killed goes on where
the last whole batch ended, and one that has nothing to do does nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from index.document import Document
from index.engine import Checkpoint, Engine, reached
from index.errors import EngineError

if TYPE_CHECKING:  # who only searches needs no archive
    from crawl import Archive, Change

# Called with (changes done, changes there are at most).
Progress = Callable[[int, int], None]

# One batch is one commit: large enough that merging costs little, small enough that a kill loses
# some ten seconds, and that its texts fit in memory (some 100 MB).
BATCH = 20_000


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
    also: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> BuildReport:
    """Bring an engine up to date with an archive.

    Copies are found first, so that each article goes in with its story. Raises `EngineError` when
    the engine mirrors other archives and this is not to be one `also`.
    """
    _find_copies(archive)
    engine.tidy()
    known = engine.checkpoints()
    start = reached(known, archive.name)
    if known and not start.archive and not also:
        raise EngineError(
            "this index was built from another archive. To replace it by this one, type"
            " `bahith index --rebuild` with the same --archive and --index; to let both feed it,"
            " `bahith index --also`."
        )
    total = max(0, archive.revision - start.revision)
    done = added = removed = 0
    changes = archive.changes(start.revision)
    while portion := list(itertools.islice(changes, batch)):
        # A key comes twice when it changed while we were reading: its last state counts.
        latest = {change.key: change for change in portion}
        articles = [c for c in latest.values() if c.article is not None]
        gone = [key for key, change in latest.items() if change.article is None]
        told = partial(_report, progress, done, total)
        documents = _counted(_handed_over(articles), told)
        checkpoint = Checkpoint(archive.name, portion[-1].revision)
        done, added, removed = done + len(portion), added + len(articles), removed + len(gone)
        del portion, latest
        engine.update(documents, gone, checkpoint)
        _report(progress, done, total, 0)
    if not start.archive and not done:  # an empty archive makes an empty index, not a missing one
        engine.update((), (), Checkpoint(archive.name, 0))
    return BuildReport(added, removed, engine.stats().documents)


def rebuild(
    archive: Archive, engine: Engine, *, progress: Progress = lambda _done, _total: None
) -> BuildReport:
    """Fill an engine opened with `fresh=True` at once; the old index serves until then."""
    _find_copies(archive)
    total, revision = len(archive), archive.revision
    changes = archive.changes(0)
    articles = (c for c in changes if c.article is not None and c.revision <= revision)
    documents = _counted(articles, partial(_report, progress, 0, total))
    engine.update(documents, (), Checkpoint(archive.name, revision))
    count = engine.stats().documents
    return BuildReport(count, 0, count)


def _find_copies(archive: Archive) -> None:
    from crawl import update_stories  # loads SQLite, which a process that searches does without

    update_stories(archive)


def _report(progress: Progress, before: int, total: int, now: int) -> None:
    progress(before + now, max(total, before + now))


def _handed_over(articles: list[Change]) -> Iterator[Change]:
    """Each article once, none of them kept: when an engine merges, the memory is its own."""
    articles.reverse()
    while articles:
        yield articles.pop()


def _counted(articles: Iterable[Change], tell: Callable[[int], None]) -> Iterator[Document]:
    """Their documents, saying from time to time how many were taken."""
    for number, change in enumerate(articles, 1):
        if change.article is not None:
            yield Document.of(change.article, change.story)
        if not number % 200:
            tell(number)
