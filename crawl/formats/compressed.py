"""Files packed by gzip, xz or bzip2, told by their first bytes, as plain streams."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from typing import BinaryIO, cast

# What reading a damaged or cut file raises.
DAMAGE = (OSError, EOFError, lzma.LZMAError, zlib.error)
_BUFFER = 1 << 16


def opened(stream: BinaryIO) -> io.BufferedReader:
    """The stream without its compression; what damage raises is raised when it is reached."""
    buffered = stream if isinstance(stream, io.BufferedReader) else _buffered(stream)
    head = buffered.peek(6)[:6]
    if head.startswith(b"\x1f\x8b"):
        return _buffered(gzip.GzipFile(fileobj=buffered))
    if head.startswith(b"\xfd7zXZ\x00"):
        return _buffered(lzma.LZMAFile(buffered))
    if head.startswith(b"BZh"):
        return _buffered(bz2.BZ2File(buffered))
    return buffered


def _buffered(stream: object) -> io.BufferedReader:
    return io.BufferedReader(cast(io.RawIOBase, stream), _BUFFER)
