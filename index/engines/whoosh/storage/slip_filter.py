"""Slip filter: which terms can lie within a few slips of another, told by their letters alone.

A term's signature has two bits for each of 32 classes of letters: one of them is there, and more
than one. A slip changes at most two bits (a letter for another) or one (a letter too many or too
few), and swapping neighbours none; so terms whose signatures differ by more are passed over, a few
nanoseconds each, and the rest is compared letter by letter. (Tables of deletions, as in SymSpell,
answer in one look but would be ten times as large as the terms; filtering by signature is Kahveci &
Singh's frequency distance, "An efficient index structure for string databases", 2001.)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.engines.whoosh.storage.array_file import Array, narrow
from index.engines.whoosh.storage.term_dict import Arrays

_CLASSES = 32
# Letters of the longest term there is (a law of tokens).
LONGEST = 64

_AT_ONCE = 1 << 15  # terms; their counts of letters are 1 MB


def signatures(terms: Sequence[str]) -> Array:
    """The signature of each term, 64 bits.

    >>> bits = signatures(["سفير", "سفر", "سفسر"])
    >>> [int(np.bitwise_count(bits[0] ^ other)) for other in bits[1:]]
    [1, 2]
    """
    found = [_signatures(terms[at : at + _AT_ONCE]) for at in range(0, len(terms), _AT_ONCE)]
    return np.concatenate(found) if found else np.empty(0, np.uint64)


def _signatures(terms: Sequence[str]) -> Array:
    letters = np.frombuffer("".join(terms).encode("utf-32-le", "surrogatepass"), np.uint32)
    of_term = np.repeat(np.arange(len(terms)), list(map(len, terms)))
    cells = of_term * _CLASSES + letters % _CLASSES
    counts = np.bincount(cells, minlength=len(terms) * _CLASSES).reshape(-1, _CLASSES)
    bits = np.concatenate((counts > 0, counts > 1), axis=1)
    packed: Array = np.packbits(bits, axis=1, bitorder="little").view("<u8").ravel()
    return packed


def filter_arrays(terms: Sequence[str]) -> dict[str, Array]:
    """The arrays of a filter: terms and signatures by length, and where each length begins."""
    lengths = np.minimum(list(map(len, terms)), LONGEST) if terms else np.empty(0, np.int64)
    order = np.argsort(lengths, kind="stable")
    return {
        "slips.lengths": narrow(np.searchsorted(lengths[order], np.arange(LONGEST + 2))),
        "slips.terms": narrow(order),
        "slips.signatures": signatures(terms)[order],
    }


def candidates(arrays: Arrays, term: str, slips: int) -> Array:
    """The numbers of the terms that may lie within so many slips of one."""
    own = signatures([term])[0]
    starts = arrays.array("slips.lengths").astype(np.int64)
    found = []
    for length in range(max(1, len(term) - slips), min(LONGEST, len(term) + slips) + 1):
        start, stop = int(starts[length]), int(starts[length + 1])
        differing = np.bitwise_count(arrays.array("slips.signatures", start, stop) ^ own)
        # So many letters too many or too few cost one bit each, every other slip at most two.
        near = np.flatnonzero(differing <= 2 * slips - abs(length - len(term)))
        found.append(arrays.array("slips.terms", start, stop)[near].astype(np.int64))
    return np.concatenate(found) if found else np.empty(0, np.int64)
