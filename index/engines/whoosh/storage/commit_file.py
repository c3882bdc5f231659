"""Contents of a commit: which segment files make an index, sealed; and what lies in its directory.

A commit is one file, Whoosh's own table of contents followed by a seal that Whoosh does not read: a
note of what bahith must know, and a checksum over everything before it. A checksum can be made by
anyone, and Whoosh's table is a pickle: nothing here reads it. Segments are taken from the note,
which is JSON, and each value of it is looked at before it is used.
"""

from __future__ import annotations

import json
import os
import re
import struct
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from index.engine import Checkpoint, Checkpoints
from index.engines.whoosh.storage.array_file import VERSION, advice, damaged
from index.engines.whoosh.storage.derived import derived_path
from index.errors import EngineError, ForeignIndex, NoIndex, OutdatedAnalysis

NAME = "MAIN"
_TOC_NAME = re.compile(rf"_{NAME}_([0-9]+)\.toc")
_OURS = re.compile(
    rf"_{NAME}_[0-9]+\.toc(\.new)?|{NAME}_[0-9a-z]+\.(arrays|derived)(\.new)?|{NAME}_WRITELOCK"
)
_SEGMENT_NAME = re.compile(rf"{NAME}_[0-9a-z]{{1,32}}")
_WHOOSHS = {".seg", ".tmp"}  # what Whoosh's own writer puts into a directory
_MAGIC = b"bahithTC"
_SEAL = struct.Struct("<II8s")  # length of the note, crc32 of all before it, magic


class SegmentInfo(NamedTuple):
    """What a commit says of a segment: its name, its documents, and which of them are deleted."""

    name: str
    documents: int
    deleted: frozenset[int] = frozenset()

    @property
    def live(self) -> int:
        """Documents that are not deleted."""
        return self.documents - len(self.deleted)

    def path(self, folder: Path) -> Path:
        """Its file."""
        return folder / f"{self.name}.arrays"


class Contents(NamedTuple):
    """One generation of an index: its segments, and how far it mirrors which archive."""

    generation: int
    segments: tuple[SegmentInfo, ...]
    checkpoints: Checkpoints

    @property
    def checkpoint(self) -> Checkpoint:
        """The last one."""
        return self.checkpoints[-1] if self.checkpoints else Checkpoint("", 0)


NOTHING = Contents(-1, (), ())


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
        path = path_of(folder, generation)
        # A commit may remove it between the two steps; then there is a newer one.
        with suppress(FileNotFoundError):
            return _parsed(path, path.read_bytes(), generation, analysis)
    raise damaged(path_of(folder, generation), "it cannot be opened")


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


def sealed(table: bytes, contents: Contents, analysis: str) -> bytes:
    """A commit's file: Whoosh's table of contents, and our seal behind it."""
    segments = [(one.name, one.documents, sorted(one.deleted)) for one in contents.segments]
    note = json.dumps(
        {
            "format": VERSION,
            "analysis": analysis,
            "checkpoints": contents.checkpoints,
            "segments": segments,
        },
        ensure_ascii=False,
    ).encode()
    body = table + note + struct.pack("<I", len(note))
    return body + struct.pack("<I8s", zlib.crc32(body), _MAGIC)


def path_of(folder: Path, generation: int) -> Path:
    """The file of a commit."""
    return folder / f"_{NAME}_{generation}.toc"


def files(folder: Path, contents: Contents) -> list[Path]:
    """The files that make up a commit."""
    if contents.generation < 0:
        return []
    segments = [segment.path(folder) for segment in contents.segments]
    tables = [path for path in map(derived_path, segments) if path.exists()]
    return [path_of(folder, contents.generation), *segments, *tables]


def remove_unused(folder: Path, contents: Contents) -> None:
    """Delete files of ours that the last commit does not name; readers keep what they have open."""
    used = {path.name for path in files(folder, contents)} | {f"{NAME}_WRITELOCK"}
    for path in folder.iterdir():
        ours = _OURS.fullmatch(path.name) or path.suffix == ".seg"
        if ours and path.name not in used:
            path.unlink(missing_ok=True)


def _parsed(path: Path, data: bytes, generation: int, analysis: str) -> Contents:
    if len(data) < _SEAL.size or data[-8:] != _MAGIC:
        raise _unsealed(path)
    length, checksum, _ = _SEAL.unpack(data[-_SEAL.size :])
    if zlib.crc32(data[:-12]) != checksum:
        raise damaged(path, "its checksum")
    end = len(data) - _SEAL.size
    try:
        note: dict[str, Any] = json.loads(data[max(0, end - length) : end])
        rules = note["format"], note["analysis"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise damaged(path, "its note") from error
    if rules[0] != VERSION:
        raise ForeignIndex(
            f"{path.parent} has format {rules[0]}, this bahith reads format {VERSION}."
            f" {advice(path.parent)}"
        )
    if rules[1] != analysis:
        raise OutdatedAnalysis(
            f"{path.parent} was built by other rules of Arabic than the ones installed now."
            f" {advice(path.parent)}"
        )
    try:
        segments = tuple(_segment(*one) for one in note["segments"])
        told = note["checkpoints"] if "checkpoints" in note else [note["checkpoint"]]  # one, once
        reached = [Checkpoint(str(name), int(revision)) for name, revision in told]
        return Contents(generation, segments, tuple(reached))
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(path, "its note") from error


def _segment(name: str, documents: int, deleted: list[int]) -> SegmentInfo:
    """A segment as the note has it; raises `ValueError` or `TypeError` for what cannot be one."""
    gone = frozenset(map(int, deleted))
    inside = all(0 <= number < documents for number in gone)
    if not _SEGMENT_NAME.fullmatch(name) or documents < 0 or not inside:
        raise ValueError(name)
    return SegmentInfo(name, int(documents), gone)


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
