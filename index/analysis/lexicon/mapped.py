"""Mapped lexicon: tables of strings in one file, of which a process reads only what it asks for.

A table is looked up by a hash of its key (open addressing: Knuth, The Art of Computer Programming,
vol. 3, 6.4), so opening one costs nothing and asking for a word touches a few pages. Rows are lines
of text: whatever a file holds, reading it runs nothing. Whoever reads hundreds of thousands of
words loads a table whole, for a look-up then costs a tenth.

    bahithLX  length of the directory (8 bytes)  directory  arrays and texts, each at 8 bytes

The directory is JSON: {"size": bytes of all, "sections": {name: [first byte, bytes]}}.
"""

import json
import mmap
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Generic, TypeVar
from zlib import crc32

_MAGIC = b"bahithLX"
# Raised with every change of this layout.
FORMAT = 1

_ALIGNED = 8
# Keys whose answers are kept, among them many that are no words: 4 MB at most.
_REMEMBERED = 1 << 15

Row = TypeVar("Row")


def packed(tables: Mapping[str, Mapping[str, Sequence[str]]]) -> bytes:
    """The file of some tables, each with lines of text by key."""
    sections: dict[str, bytes] = {}
    for name, rows in tables.items():
        sections |= {f"{name}.{part}": data for part, data in _table(rows).items()}
    places: dict[str, tuple[int, int]] = {}
    at = 0
    for name, data in sections.items():
        places[name] = at, len(data)
        at += len(data) + -len(data) % _ALIGNED
    directory = json.dumps({"size": at, "sections": places}).encode()
    directory += b" " * (-len(directory) % _ALIGNED)
    body = b"".join(data + bytes(-len(data) % _ALIGNED) for data in sections.values())
    return _MAGIC + len(directory).to_bytes(8, "little") + directory + body


def _table(rows: Mapping[str, Sequence[str]]) -> dict[str, bytes]:
    keys = [key.encode() for key in rows]
    texts = ["\n".join(lines).encode() for lines in rows.values()]
    slots = array("I", bytes(4 << max(1, (2 * len(keys)).bit_length())))
    last = len(slots) - 1
    for number, key in enumerate(keys, 1):
        slot = crc32(key) & last
        while slots[slot]:
            slot = (slot + 1) & last
        slots[slot] = number
    return {
        "slots": slots.tobytes(),
        "key_ends": array("I", accumulate(map(len, keys))).tobytes(),
        "keys": b"".join(keys),
        "row_ends": array("I", accumulate(map(len, texts))).tobytes(),
        "rows": b"".join(texts),
    }


class LexiconFile:
    """An opened file. Raises `ValueError` for what is none, `OSError` where it cannot be read."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        if data[:8] != _MAGIC:
            raise ValueError("no lexicon")
        body = 16 + int.from_bytes(data[8:16], "little")
        directory = json.loads(data[16:body])
        if body + directory["size"] != len(data):
            raise ValueError("a lexicon that was cut off")
        self._body = memoryview(data)[body:]
        self._sections: dict[str, list[int]] = directory["sections"]

    @classmethod
    def open(cls, path: Path) -> "LexiconFile":
        """The file at a path, mapped into memory."""
        with path.open("rb") as file:
            return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

    def section(self, name: str) -> memoryview:
        """The bytes of a section."""
        first, size = self._sections[name]
        return self._body[first : first + size]


class MappedTable(Generic[Row]):
    """Rows by key, made of their lines when they are asked for."""

    def __init__(self, file: LexiconFile, name: str, row: Callable[[Sequence[str]], Row]) -> None:
        self._row = row
        self._slots = file.section(f"{name}.slots").cast("I")
        self._key_ends = file.section(f"{name}.key_ends").cast("I")
        self._keys = file.section(f"{name}.keys")
        self._row_ends = file.section(f"{name}.row_ends").cast("I")
        self._rows = file.section(f"{name}.rows")
        self._known: dict[str, Row | None] = {}
        self._loaded = False

    def __len__(self) -> int:
        return len(self._key_ends)

    def get(self, key: str) -> Row | None:
        """The row of a key, or None."""
        found = self._known.get(key)
        if found is None and key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[key] = self._find(key.encode("utf-8", "surrogatepass"))
        return found

    def items(self) -> Iterator[tuple[str, Row]]:
        """All keys with their rows."""
        keys, rows = self._keys.tobytes(), self._rows.tobytes()
        key_at = row_at = 0
        for key_end, row_end in zip(self._key_ends, self._row_ends, strict=True):
            lines = rows[row_at:row_end].decode().split("\n")
            yield keys[key_at:key_end].decode(), self._row(lines)
            key_at, row_at = key_end, row_end

    def load(self) -> None:
        """Read the whole table, for who will ask for most of it."""
        if not self._loaded:
            self._loaded = True
            self.get = dict(self.items()).get  # type: ignore[method-assign, assignment]
            self._known.clear()

    def _find(self, key: bytes) -> Row | None:
        last = len(self._slots) - 1
        slot = crc32(key) & last
        while number := self._slots[slot]:
            if self._keys[_start(self._key_ends, number) : self._key_ends[number - 1]] == key:
                start = _start(self._row_ends, number)
                text = bytes(self._rows[start : self._row_ends[number - 1]]).decode()
                return self._row(text.split("\n"))
            slot = (slot + 1) & last
        return None


def _start(ends: memoryview, number: int) -> int:
    """Where the bytes of the string of a number, counted from one, begin."""
    return int(ends[number - 2]) if number > 1 else 0


def lines(rows: Iterable[Sequence[object]]) -> list[str]:
    """Rows of plain values as lines, the values parted by tabs."""
    return ["\t".join(map(str, row)) for row in rows]
