"""Commit: a table of contents that Whoosh can read, sealed and renamed into place.

Renaming it is the commit; a process killed before it leaves the last commit in force, and files
that nobody names, which the next commit removes.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC

from index.engines.whoosh.interop.codec import ArraySegment, schema
from index.engines.whoosh.storage.commit_file import NAME, Contents, path_of, sealed
from index.errors import EngineError


def new_segment_name() -> str:
    """A name that no other segment has, as Whoosh makes it."""
    return f"{ArraySegment(NAME).segment_id()}"


def write_contents(folder: Path, contents: Contents, analysis: str) -> None:
    """Commit: after this returns, readers see the new generation and a power cut cannot undo it."""
    path = path_of(folder, contents.generation)
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("wb") as file:
        file.write(sealed(_table(contents), contents, analysis))
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder)  # the segment files' names, before something points to them
    os.replace(temporary, path)
    sync_folder(folder)


def _table(contents: Contents) -> bytes:
    """Whoosh's own table of contents."""
    memory = RamStorage()
    segments = [ArraySegment.of(one) for one in contents.segments]
    TOC(schema(), segments, contents.generation).write(memory, NAME)
    with memory.open_file(TOC._filename(NAME, contents.generation)) as file:
        return bytes(file.read())


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Whoosh's own write lock, held; released by the system when the process dies."""
    lock = FileStorage(str(folder)).lock(f"{NAME}_WRITELOCK")
    if not lock.acquire():
        raise EngineError(f"another process is writing to {folder}. Wait until it ends.")
    try:
        yield
    finally:
        lock.release()


def sync_folder(folder: Path) -> None:
    """Make the names in a directory durable (on POSIX; elsewhere there is no way to ask)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
