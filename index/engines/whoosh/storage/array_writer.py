"""ArrayWriter: writes a file of arrays, once, a checksum for every block; see `array_file`."""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from index.engines.whoosh.storage.array_file import ALIGNMENT, BLOCK, TAIL, Array, Section, head


class ArrayWriter:
    """Writes a file of arrays; a file that was not closed well is no such file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("xb")
        self._sections: dict[str, Section] = {}
        self._checksums: list[int] = []
        self._block = 0  # bytes in the unfinished block
        self._checksum = 0  # and their crc32
        self._write(head())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._finish()
        self._file.close()
        if kind is not None:
            self.path.unlink(missing_ok=True)

    def add(self, name: str, values: Array) -> None:
        """Write one array."""
        self.add_pieces(name, values.dtype, (values,))

    def add_pieces(self, name: str, dtype: np.dtype[Any], pieces: Iterable[Array]) -> None:
        """Write one array that comes in pieces of a type."""
        self._write(bytes(-self._file.tell() % ALIGNMENT))
        offset, values = self._file.tell(), 0
        for piece in pieces:
            self._write(np.ascontiguousarray(piece).view(np.uint8).data if piece.size else b"")
            values += piece.size
        self._sections[name] = Section(dtype.str, offset, values)

    def _write(self, data: bytes | memoryview) -> None:
        view = memoryview(data)
        self._file.write(view)
        while len(view):
            piece = view[: BLOCK - self._block]
            self._checksum = zlib.crc32(piece, self._checksum)
            self._block += len(piece)
            view = view[len(piece) :]
            if self._block == BLOCK:
                self._end_block()

    def _end_block(self) -> None:
        self._checksums.append(self._checksum)
        self._block = self._checksum = 0

    def _finish(self) -> None:
        """Checksums, directory and tail; then wait until the disk has it all."""
        if self._block:
            self._end_block()
        directory = json.dumps(
            {"sections": self._sections, "data": self._file.tell(), "checksums": self._checksums},
            separators=(",", ":"),
        ).encode()
        offset = self._file.tell()
        tail = struct.pack(
            "<QIIQ",
            *(offset, len(directory), zlib.crc32(directory)),
            offset + len(directory) + TAIL.size,
        )
        self._file.write(directory + tail + struct.pack("<I", zlib.crc32(tail)))
        self._file.flush()
        os.fsync(self._file.fileno())
