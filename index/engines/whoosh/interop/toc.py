"""Whoosh's table of contents (TOC): what makes a set of segment files an index, sealed and durable.

A TOC file is Whoosh's own, byte for byte, followed by a seal that Whoosh does not read: what bahith
must know (checkpoint, analysis version) and a checksum over everything before it. It is checked
before anything in it is unpickled. Renaming the TOC into place is the commit; a process killed
before it leaves the last commit in force, and files nobody names, which the next commit removes.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

import json
import os
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import TOC

from index.engine import Checkpoint
from index.engines.whoosh.interop.codec import ArraySegment, schema
from index.engines.whoosh.storage.array_file import VERSION, advice, damaged
from index.errors import EngineError, ForeignIndex, NoIndex, OutdatedAnalysis

NAME = "MAIN"
_TOC_NAME = re.compile(rf"_{NAME}_([0-9]+)\.toc")
_OURS = re.compile(rf"_{NAME}_[0-9]+\.toc(\.new)?|{NAME}_[0-9a-z]+\.arrays|{NAME}_WRITELOCK")
_WHOOSHS = {".seg", ".tmp"}  # what Whoosh's own writer puts into a directory
_MAGIC = b"bahithTC"
_SEAL = struct.Struct("<II8s")  # length of the note, crc32 of all before it, magic


class Contents(NamedTuple):
    """One generation of an index: its segments, and how far it mirrors which archive."""

    generation: int
    segments: tuple[ArraySegment, ...]
    checkpoint: Checkpoint


NOTHING = Contents(-1, (), Checkpoint("", 0))


def changed(folder: str) -> int:
    """When something in a directory last changed, in nanoseconds; 0 where there is none."""
    try:
        return os.stat(folder).st_mtime_ns
    except OSError:
        return 0


def latest_generation(folder: Path) -> int:
    """The number of the last commit; -1 where there is none."""
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return -1
    return max((int(m[1]) for m in map(_TOC_NAME.fullmatch, names) if m), default=-1)


def read_contents(folder: Path, analysis: str) -> Contents:
    """The last commit. Raises `NoIndex`, `ForeignIndex`, `CorruptIndex`, `OutdatedAnalysis`."""
    for _ in range(10):
        generation = latest_generation(folder)
        if generation < 0:
            raise _nothing_here(folder)
        path = folder / f"_{NAME}_{generation}.toc"
        # A commit may remove it between the two steps; then there is a newer one.
        with suppress(FileNotFoundError):
            return _parsed(path, path.read_bytes(), generation, analysis)
    raise damaged(folder / f"_{NAME}_{generation}.toc", "it cannot be opened")


def refuse_foreign(folder: Path) -> None:
    """Raise `ForeignIndex` when a place holds anything that bahith did not put there."""
    if folder.exists() and not folder.is_dir():
        raise ForeignIndex(f"{folder} is a file, not the directory of an index. Name another.")
    mixed = any(folder.glob("*.arrays"))  # Whoosh's own writer was used on an index of ours
    for path in sorted(folder.glob("*")):
        if not (_OURS.fullmatch(path.name) or (mixed and path.suffix in _WHOOSHS)):
            raise ForeignIndex(
                f"{folder} holds something that is not bahith's ({path.name}). Name an empty or a"
                " new directory: bahith index --index whoosh:PATH"
            )


def write_contents(folder: Path, contents: Contents, analysis: str) -> None:
    """Commit: after this returns, readers see the new generation and a power cut cannot undo it."""
    memory = RamStorage()
    TOC(schema(), list(contents.segments), contents.generation).write(memory, NAME)
    name = TOC._filename(NAME, contents.generation)
    with memory.open_file(name) as file:
        table = file.read()
    note = json.dumps(
        {"format": VERSION, "analysis": analysis, "checkpoint": contents.checkpoint},
        ensure_ascii=False,
    ).encode()
    body = bytes(table) + note + struct.pack("<I", len(note))
    temporary = folder / f"{name}.new"
    with temporary.open("wb") as file:
        file.write(body + struct.pack("<I8s", zlib.crc32(body), _MAGIC))
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder)  # the segment files' names, before something points to them
    os.replace(temporary, folder / name)
    sync_folder(folder)


def files(folder: Path, contents: Contents) -> list[Path]:
    """The files that make up a commit."""
    if contents.generation < 0:
        return []
    segments = [segment.path(folder) for segment in contents.segments]
    return [folder / f"_{NAME}_{contents.generation}.toc", *segments]


def remove_unused(folder: Path, contents: Contents) -> None:
    """Delete files of ours that the last commit does not name; readers keep what they have open."""
    used = {path.name for path in files(folder, contents)} | {f"{NAME}_WRITELOCK"}
    for path in folder.iterdir():
        ours = _OURS.fullmatch(path.name) or path.suffix == ".seg"
        if ours and path.name not in used:
            path.unlink(missing_ok=True)


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


def _parsed(path: Path, data: bytes, generation: int, analysis: str) -> Contents:
    if len(data) < _SEAL.size or data[-8:] != _MAGIC:
        raise _unsealed(path)
    length, checksum, _ = _SEAL.unpack(data[-_SEAL.size :])
    if zlib.crc32(data[:-12]) != checksum:
        raise damaged(path, "its checksum")
    end = len(data) - _SEAL.size
    note = json.loads(data[end - length : end])
    if note["format"] != VERSION:
        raise ForeignIndex(
            f"{path.parent} has format {note['format']}, this bahith reads format {VERSION}."
            f" {advice(path.parent)}"
        )
    if note["analysis"] != analysis:
        raise OutdatedAnalysis(
            f"{path.parent} was built by other rules of Arabic than the ones installed now."
            f" {advice(path.parent)}"
        )
    memory = RamStorage()
    memory.files[path.name] = data[: end - length]
    segments = tuple(TOC.read(memory, NAME, generation).segments)
    if not all(isinstance(segment, ArraySegment) for segment in segments):
        raise ForeignIndex(f"{path.parent} holds segments of another codec. {advice(path.parent)}")
    return Contents(generation, segments, Checkpoint(*note["checkpoint"]))


def _unsealed(path: Path) -> EngineError:
    """A TOC without our seal is Whoosh's own if a segment of Whoosh's codec stands beside it."""
    whooshs = any(path.parent.glob("*.seg"))
    if whooshs and any(path.parent.glob("*.arrays")):
        return ForeignIndex(
            f"{path.parent} was written to by Whoosh's own writer. {advice(path.parent)}"
        )
    if whooshs:
        return ForeignIndex(
            f"{path.parent} is a Whoosh index that bahith did not make. Name another directory:"
            " bahith index --index whoosh:PATH"
        )
    return damaged(path, "its seal is missing")


def _nothing_here(folder: Path) -> EngineError:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        try:
            refuse_foreign(folder)
        except ForeignIndex as error:
            return error
    return NoIndex(f"there is no index at {folder}. Make it: bahith index --index whoosh:{folder}")
