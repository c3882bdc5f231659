"""Keyed table: for each of some keys the numbers of the terms that have it, ascending."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping

import numpy as np

from index.analysis.numbering import Numbering
from index.engines.whoosh.storage.array_file import Array, narrow
from index.engines.whoosh.storage.term_dict import Arrays, TermDictionary, dictionary_arrays


def table_arrays(
    name: str, pairs: Iterable[tuple[str, str]], numbers: Mapping[str, int]
) -> dict[str, Array]:
    """The arrays of a table made from (key, term) pairs, each pair once."""
    met, of_key, of_term = Numbering(), array("I"), array("I")
    for key, term in pairs:
        of_key.append(met[key])
        of_term.append(numbers[term])
    keys, ranks = met.ascending()
    # Two numbers of a pair in one: a set of a million tuples would take a hundred times the memory.
    found = np.unique(ranks[_numbers(of_key)] << 32 | _numbers(of_term))
    return {
        **dictionary_arrays(f"{name}.keys", keys),
        f"{name}.places": narrow(np.searchsorted(found >> 32, np.arange(len(keys) + 1))),
        f"{name}.terms": narrow(found & 0xFFFFFFFF),
    }


def _numbers(values: array[int]) -> Array:
    return np.array(values, dtype=np.int64)


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
