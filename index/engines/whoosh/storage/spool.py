"""Spool: an array that grows in a temporary file and is read back as it was written."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np

from index.engines.whoosh.storage.array_file import Array

_PIECE = 1 << 18  # values read back at a time


class Spool:
    """One array of a type; what is appended is converted to it."""

    def __init__(self, file: IO[bytes], dtype: np.dtype[Any]) -> None:
        self.dtype = dtype
        self._file = file

    def append(self, values: Array) -> None:
        """Write values behind those that are there."""
        self._file.write(np.ascontiguousarray(values, dtype=self.dtype).data)

    def pieces(self) -> Iterator[Array]:
        """All values, some at a time."""
        self._file.seek(0)
        while piece := self._file.read(_PIECE * self.dtype.itemsize):
            yield np.frombuffer(piece, self.dtype)


@contextmanager
def spools(folder: Path, types: Sequence[np.dtype[Any]]) -> Iterator[tuple[Spool, ...]]:
    """Spools of some types in a folder, which are gone when the block ends."""
    with ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile(dir=folder)) for _ in types]
        yield tuple(Spool(file, dtype) for file, dtype in zip(files, types, strict=True))
