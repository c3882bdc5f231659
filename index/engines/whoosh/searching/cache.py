"""Cache of what was computed last, up to a number of bytes; shared by threads."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class ByteCache(Generic[Value]):
    """A cache that drops its older half when it is full.

    Looking up takes no lock and keeps no order of use: a query looks up dozens of terms, and what
    is dropped and wanted again is soon computed again.

    >>> cache = ByteCache[str](2)
    >>> for name in "abc": cache.put(name, name.upper(), 1)
    >>> cache.get("a"), cache.get("c")
    (None, 'C')
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._values: dict[Hashable, tuple[Value, int]] = {}
        self._lock = threading.Lock()

    def get(self, name: Hashable) -> Value | None:
        """The value kept under a name."""
        found = self._values.get(name)
        return found[0] if found is not None else None

    def put(self, name: Hashable, value: Value, size: int) -> None:
        """Keep a value of so many bytes."""
        with self._lock:
            if name in self._values:
                return
            self._values[name] = (value, size)
            self._size += size
            while self._size > self._limit:
                for old in list(self._values)[: len(self._values) // 2 or 1]:
                    self._size -= self._values.pop(old)[1]
