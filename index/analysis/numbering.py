"""Numbering of texts: each new one gets the next number, and all of them their alphabetical rank.

>>> numbering = Numbering()
>>> [numbering[text] for text in ("ب", "أ", "ب")]
[0, 1, 0]
>>> texts, ranks = numbering.ascending()
>>> texts, ranks.tolist()
(['أ', 'ب'], [1, 0])
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ranks = npt.NDArray[np.int64]


class Numbering(dict[str, int]):
    """Texts by the number that each got when it was first asked for."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number

    def ascending(self) -> tuple[list[str], Ranks]:
        """The texts in order, and for each number the place of its text there."""
        texts = sorted(self)
        ranks = np.empty(len(texts), dtype=np.int64)
        ranks[np.fromiter(map(self.__getitem__, texts), np.int64, len(texts))] = np.arange(
            len(texts)
        )
        return texts, ranks
