"""Keyed table: for each of some keys the numbers of the terms that have it, ascending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from index.engines.whoosh.storage.array_file import Array, narrow
from index.engines.whoosh.storage.term_dict import Arrays, TermDictionary, dictionary_arrays


def table_arrays(
    name: str, pairs: Iterable[tuple[str, str]], numbers: Mapping[str, int]
) -> dict[str, Array]:
    """The arrays of a table made from (key, term) pairs, each pair once."""
    found = sorted({(key, numbers[term]) for key, term in pairs})
    keys = list(dict.fromkeys(key for key, _ in found))
    rank = {key: place for place, key in enumerate(keys)}
    of_key = np.fromiter((rank[key] for key, _ in found), np.int64, len(found))
    starts = np.searchsorted(of_key, np.arange(len(keys) + 1))
    return {
        **dictionary_arrays(f"{name}.keys", keys),
        f"{name}.places": narrow(starts),
        f"{name}.terms": narrow(np.fromiter((term for _, term in found), np.int64, len(found))),
    }


class KeyedTable:
    """Looks up keys."""

    def __init__(self, arrays: Arrays, name: str) -> None:
        self._arrays, self._name = arrays, name
        self.keys = TermDictionary(arrays, f"{name}.keys")

    def terms(self, key: str) -> Array:
        """The numbers of the terms that have a key."""
        place = self.keys.find(key)
        if place < 0:
            return np.empty(0, np.int64)
        start, stop = self._arrays.array(f"{self._name}.places", place, place + 2).tolist()
        return self._arrays.array(f"{self._name}.terms", start, stop).astype(np.int64)

    def rows(self) -> tuple[Array, Array]:
        """Of every pair the number of its key and that of its term."""
        starts = self._arrays.array(f"{self._name}.places").astype(np.int64)
        keys = np.repeat(np.arange(len(self.keys)), starts[1:] - starts[:-1])
        return keys, self._arrays.array(f"{self._name}.terms").astype(np.int64)
