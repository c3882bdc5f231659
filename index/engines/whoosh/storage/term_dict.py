"""Term dictionary: ascending distinct strings in arrays, found by a search of two levels.

Every 64th string is a head; heads are read at once, and the block behind one when it is asked for.
Strings are compared as UTF-8 bytes, which is the order of their letters' numbers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

import numpy as np

from index.engines.whoosh.storage.array_file import Array, narrow
from index.engines.whoosh.storage.doc_sets import runs

BLOCK = 64


class Arrays(Protocol):
    """Named arrays, of a file or in memory."""

    def array(self, name: str, start: int = 0, stop: int | None = None) -> Array:
        """The values from `start` to `stop` of an array."""
        ...

    def runs_checked(self, name: str, starts: Array, sizes: Array) -> Array:
        """A whole array, for those who read no more of it than some runs."""
        ...

    def count(self, name: str) -> int:
        """Number of values of an array."""
        ...


class MemoryArrays:
    """Named arrays that no file holds yet."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        self._arrays = arrays

    def array(self, name: str, start: int = 0, stop: int | None = None) -> Array:
        """See `Arrays.array`."""
        return self._arrays[name][start:stop]

    def runs_checked(self, name: str, starts: Array, sizes: Array) -> Array:
        """See `Arrays.runs_checked`."""
        del starts, sizes
        return self._arrays[name]

    def count(self, name: str) -> int:
        """See `Arrays.count`."""
        return len(self._arrays[name])


def dictionary_arrays(name: str, strings: Sequence[str]) -> dict[str, Array]:
    """The arrays of a dictionary; no string holds a line end."""
    data = np.frombuffer(_lines(strings), np.uint8)
    starts = np.concatenate(([0], np.flatnonzero(data == ord("\n")) + 1))
    return {
        f"{name}.text": data,
        f"{name}.starts": narrow(starts),
        f"{name}.heads": np.frombuffer(_lines(strings[::BLOCK]), np.uint8),
    }


class TermDictionary:
    """Strings by their numbers, and their numbers by strings or beginnings."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._arrays, self._name = arrays, name
        self._size = arrays.count(f"{name}.starts") - 1

    def __len__(self) -> int:
        return self._size

    def find(self, text: str) -> int:
        """The number of a string; -1 when it is not there.

        >>> TermDictionary(MemoryArrays(dictionary_arrays("t", ["a", "c"])), "t").find("c")
        1
        """
        wanted = _encoded(text)
        if b"\n" in wanted:
            return -1
        first, lines = self._block(wanted)
        # Sought as bytes: parting the block into its strings would take several times as long.
        at = (b"\n" + lines).find(b"\n" + wanted + b"\n")
        return first + lines.count(b"\n", 0, at) if at >= 0 else -1

    def beginning(self, prefix: str) -> tuple[int, int]:
        """The numbers of the strings that begin so: from the first to before the second.

        >>> arrays = MemoryArrays(dictionary_arrays("t", ["a", "ca", "cb"]))
        >>> TermDictionary(arrays, "t").beginning("c")
        (1, 3)
        """
        low = _encoded(prefix)
        return self._place(low), self._place(low + b"\xff")  # no byte of UTF-8 is so large

    def texts(self, numbers: Array) -> list[str]:
        """The strings of some numbers, in their order."""
        if not len(numbers):
            return []
        first, last = int(numbers.min()), int(numbers.max()) + 1
        # A few among many: as wide as the numbers lie apart, no more than a view is taken.
        bounds = self._arrays.array(f"{self._name}.starts", first, last + 1)
        starts = bounds[numbers - first].astype(np.int64)
        sizes = bounds[numbers - first + 1].astype(np.int64) - starts
        data = self._arrays.runs_checked(f"{self._name}.text", starts, sizes)[runs(starts, sizes)]
        return data.tobytes().decode("utf-8", "surrogatepass").split("\n")[:-1]

    def all(self) -> list[str]:
        """All strings."""
        return self.texts(np.arange(self._size))

    @cached_property
    def _heads(self) -> list[bytes]:
        return self._arrays.array(f"{self._name}.heads").tobytes().split(b"\n")[:-1]

    def _place(self, wanted: bytes) -> int:
        first, lines = self._block(wanted)
        return first + bisect_left(lines.split(b"\n")[:-1], wanted)

    def _block(self, wanted: bytes) -> tuple[int, bytes]:
        """The number of the first string among which one would be, and these, each with its end."""
        first = max(0, bisect_right(self._heads, wanted) - 1) * BLOCK
        last = min(first + BLOCK, self._size)
        ends = self._arrays.array(f"{self._name}.starts", first, last + 1)
        block = self._arrays.array(f"{self._name}.text", int(ends[0]), int(ends[-1]))
        return first, block.tobytes()


def _lines(strings: Sequence[str]) -> bytes:
    return _encoded("".join(f"{text}\n" for text in strings))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
