"""ArrayMatcher: a posting list as Whoosh's query evaluation walks it; see `readers`."""

# mypy: allow-untyped-calls

from __future__ import annotations

from typing import Any

import numpy as np
from whoosh.matching.mcore import LeafMatcher, ReadTooFar
from whoosh.query.spans import Span

from index.engines.whoosh.storage.array_file import Array


class ArrayMatcher(LeafMatcher):
    """A posting list as Whoosh's query evaluation walks it, one document at a time."""

    def __init__(
        self,
        term: tuple[str, bytes],
        docs: Array,
        frequencies: Array,
        places: Array,
        format_: Any,
        scorer: Any,
    ) -> None:
        self._term = term
        self._lists = (docs, frequencies, places)
        self._docs: list[int] = docs.tolist()
        self._frequencies: list[int] = frequencies.tolist()
        self._ends = np.cumsum(frequencies, dtype=np.int64)
        self._i = 0
        self.format = format_
        self.scorer = scorer

    def copy(self) -> ArrayMatcher:
        """Another walker at the same place."""
        twin = ArrayMatcher(self._term, *self._lists, self.format, self.scorer)
        twin._i = self._i
        return twin

    def reset(self) -> None:
        """Back to the first document."""
        self._i = 0

    def is_active(self) -> bool:
        """Whether there is a document here."""
        return self._i < len(self._docs)

    def id(self) -> int:
        """The document."""
        return self._docs[self._i]

    def weight(self) -> float:
        """How often the term stands in it."""
        return float(self._frequencies[self._i])

    def next(self) -> None:
        """Go on by one."""
        if not self.is_active():
            raise ReadTooFar
        self._i += 1

    def skip_to(self, targetid: int) -> None:
        """Go on to the first document that is not before this one."""
        if not self.is_active():
            raise ReadTooFar
        self._i = max(self._i, int(np.searchsorted(self._lists[0], targetid)))

    def supports_block_quality(self) -> bool:
        """No: Whoosh then looks at every posting, which is what we want to be compared with."""
        return False

    def value(self) -> Any:
        """The positions in Whoosh's encoding."""
        return self.format.encode(self._positions()) if hasattr(self.format, "encode") else b""

    def value_as(self, astype: str) -> Any:
        """The posting as Whoosh asks for it."""
        values = {"positions": self._positions, "frequency": self.weight, "weight": self.weight}
        return values[astype]() if astype in values else super().value_as(astype)

    def spans(self) -> list[Span]:
        """The positions as spans."""
        return [Span(place) for place in self._positions()]

    def _positions(self) -> list[int]:
        end = int(self._ends[self._i])
        places: list[int] = self._lists[2][end - self._frequencies[self._i] : end].tolist()
        return places
