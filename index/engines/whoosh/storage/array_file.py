"""Array file: named arrays, written once, mapped into memory, every byte under a checksum.

This is the container of a segment; what the arrays mean is `segment`'s business. The layout, byte
by byte, is in docs/engines.md. A reader gets arrays over the mapped file (no copy). The checksum of
a 64 KiB block is verified the first time something inside it is read, so opening costs the same for
a large file as for a small one, and a damaged byte is never part of an answer.
"""

from __future__ import annotations

import json
import mmap
import os
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from index.errors import CorruptIndex, ForeignIndex

Array = npt.NDArray[Any]

MAGIC = b"bahithWA"  # Whoosh, arrays
VERSION = 3
ALIGNMENT = 64  # a cache line
BLOCK = 1 << 16
_HEAD = struct.Struct("<8sII")  # magic, version, crc32 of the two
# Directory offset, length, crc32; file length; crc32 of these.
TAIL = struct.Struct("<QIIQI")


_PLAIN = re.compile(r"[<|][biufS][0-9]{1,4}").fullmatch


class Section(NamedTuple):
    """Where an array stands: its type in numpy's notation, first byte, and number of values."""

    dtype: str
    offset: int
    values: int


class ArrayFile:
    """A mapped file of arrays. Raises `CorruptIndex` for whatever is not as it was written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            self.size = os.fstat(file.fileno()).st_size
            if self.size < _HEAD.size + TAIL.size:
                raise self.damaged("cut off")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._check_head()
        self._whole: dict[str, tuple[Array, int, int]] = {}
        self._sections, self._checksums, self._data = self._directory()
        self._seen = bytearray(len(self._checksums))

    def __contains__(self, name: str) -> bool:
        return name in self._sections

    def names(self) -> list[str]:
        """The names of all arrays, in the order of the file."""
        return list(self._sections)

    def count(self, name: str) -> int:
        """Number of values of an array."""
        return self._sections[name].values

    def array(self, name: str, start: int = 0, stop: int | None = None) -> Array:
        """The values from `start` to `stop` of an array, checked, over the mapped file."""
        whole, offset, width = self._whole.get(name) or self._mapped(name)
        stop = len(whole) if stop is None else stop
        first, last = offset + start * width, offset + stop * width
        if self._seen.find(0, first // BLOCK, -(-last // BLOCK)) >= 0:
            self._check(first, last)
        return whole[start:stop]

    def runs_checked(self, name: str, starts: Array, sizes: Array) -> Array:
        """A whole array of which some runs, none longer than a block, are checked."""
        whole, offset, width = self._whole.get(name) or self._mapped(name)
        first = (offset + starts * width) // BLOCK
        last = (offset + (starts + sizes) * width - 1) // BLOCK
        for block in set(first.tolist()).union(last.tolist()):
            self._check(block * BLOCK, (block + 1) * BLOCK)
        return whole

    def _mapped(self, name: str) -> tuple[Array, int, int]:
        """A whole array, unchecked, its first byte and the width of its values; made once."""
        dtype, offset, count = self._sections[name]
        whole: Array = np.frombuffer(self._map, dtype, count, offset)
        self._whole[name] = whole, offset, whole.itemsize
        return self._whole[name]

    def unchecked(self, name: str) -> Array:
        """A whole array, for those who read only what `array` has given, and so checked, before."""
        return (self._whole.get(name) or self._mapped(name))[0]

    def bytes(self, name: str, start: int = 0, stop: int | None = None) -> bytes:
        """A copy of a piece of an array of bytes."""
        return self.array(name, start, stop).tobytes()

    def faults(self) -> Iterator[str]:
        """Each block that is not as it was written, as a sentence; reads the whole file."""
        for block in range(len(self._checksums)):
            try:
                self._check(block * BLOCK, (block + 1) * BLOCK)
            except CorruptIndex as error:
                yield str(error)

    def damaged(self, what: str) -> CorruptIndex:
        """The error for this file."""
        return damaged(self.path, what)

    def _check(self, start: int, stop: int) -> None:
        first, last = start // BLOCK, -(-stop // BLOCK)
        block = self._seen.find(0, first, last)
        while block >= 0:
            data = memoryview(self._map)[block * BLOCK : min((block + 1) * BLOCK, self._data)]
            if zlib.crc32(data) != self._checksums[block]:
                raise self.damaged(f"block {block}")
            self._seen[block] = 1
            block = self._seen.find(0, block, last)

    def _check_head(self) -> None:
        magic, version, checksum = _HEAD.unpack_from(self._map, 0)
        if zlib.crc32(self._map[: _HEAD.size - 4]) != checksum or magic != MAGIC:
            raise self.damaged("its first bytes")
        if version != VERSION:
            raise ForeignIndex(
                f"{self.path} has format {version}, this bahith reads format {VERSION}."
                f" {advice(self.path.parent)}"
            )

    def _directory(self) -> tuple[dict[str, Section], list[int], int]:
        """The sections, the blocks' checksums, and how many bytes they are of."""
        tail = self._map[self.size - TAIL.size :]
        offset, length, checksum, size, own = TAIL.unpack(tail)
        if zlib.crc32(tail[:-4]) != own or size != self.size:
            raise self.damaged("its last bytes")
        raw = self._map[offset : offset + length]
        if zlib.crc32(raw) != checksum:
            raise self.damaged("its directory")
        try:
            directory = json.loads(raw)
            sections = {str(k): Section(*at) for k, at in directory["sections"].items()}
            data, checksums = int(directory["data"]), list(map(int, directory["checksums"]))
            inside = all(_lies_inside(section, data) for section in sections.values())
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise self.damaged("its directory") from error
        if not inside or not 0 <= data <= offset or len(checksums) != -(-data // BLOCK):
            raise self.damaged("its directory")
        return sections, checksums, data


def _lies_inside(section: Section, data: int) -> bool:
    """Whether an array is of plain numbers or bytes and lies where arrays are.

    The checksums say that a file is whole, not who made it: a directory can claim anything.
    """
    dtype, offset, values = section
    if not _PLAIN(dtype) or type(offset) is not int or type(values) is not int:
        return False
    return offset >= 0 <= values and offset + values * np.dtype(dtype).itemsize <= data


def damaged(path: Path, what: str) -> CorruptIndex:
    """The error for a damaged file, with what to type."""
    return CorruptIndex(f"{path} is damaged ({what}). {advice(path.parent)}")


def advice(folder: Path) -> str:
    """What to type to get a good index again."""
    return f"Make the index again: bahith index --rebuild --index whoosh:{folder}"


def narrow(values: Array) -> Array:
    """The same whole numbers in the smallest unsigned type that holds them.

    >>> narrow(np.array([1, 300])).dtype
    dtype('uint16')
    """
    return values.astype(np.min_scalar_type(int(values.max())) if values.size else np.uint8)


def narrowest(largest: int) -> np.dtype[Any]:
    """The smallest unsigned type for numbers up to `largest`.

    >>> narrowest(65535)
    dtype('uint16')
    """
    return np.min_scalar_type(largest)


def head() -> bytes:
    start = struct.pack("<8sI", MAGIC, VERSION)
    return start + struct.pack("<I", zlib.crc32(start))
