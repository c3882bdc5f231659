"""Kept: the arrays used last, up to a number of bytes; shared by threads."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable

from index.engines.whoosh.layout import Array


class Kept:
    """A cache of arrays that forgets the one not used for longest when it is full.

    >>> import numpy as np
    >>> kept = Kept(16)
    >>> for name in "abc": kept.keep(name, np.zeros(1))
    >>> kept.get("a") is None, kept.get("c") is None
    (True, False)
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._arrays: OrderedDict[Hashable, Array] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: Hashable) -> Array | None:
        """The array kept under a name."""
        with self._lock:
            found = self._arrays.get(name)
            if found is not None:
                self._arrays.move_to_end(name)
            return found

    def keep(self, name: Hashable, array: Array) -> None:
        """Keep an array, if it fits."""
        with self._lock:
            if name in self._arrays or array.nbytes > self._limit:
                return
            self._arrays[name] = array
            self._size += array.nbytes
            while self._size > self._limit:
                self._size -= self._arrays.popitem(last=False)[1].nbytes
