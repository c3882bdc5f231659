"""What a posting weighs: BM25 from the statistics of all segments of a commit, and recency.

Statistics count deleted documents until a merge drops them, as Whoosh has it. A part of an index
is read as if all else were deleted and merged away: its statistics count what is in it alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import numpy as np

from index.document import Field, Form
from index.engine import BM25_B, BM25_K1, Recency
from index.engines.whoosh.storage.array_file import Array
from index.engines.whoosh.storage.segment import SegmentFile


class CorpusStatistics:
    """What scores need to know of all segments of a commit together.

    `counted` marks the documents of each segment that count; None: all do.
    """

    def __init__(self, files: Sequence[SegmentFile], counted: Sequence[Array | None]) -> None:
        self._files = list(zip(files, counted, strict=True))
        self.documents = sum(
            file.documents if those is None else int(np.count_nonzero(those))
            for file, those in self._files
        )

    def idf(self, field: Field, form: Form, text: str) -> float:
        """`log(N / (n + 1)) + 1`, as `whoosh.scoring` has it."""
        holding = sum(
            _holding(file, those, field, form, file.term(form, text)) for file, those in self._files
        )
        return math.log(max(1, self.documents) / (holding + 1)) + 1

    def average(self, field: Field) -> float:
        """Mean number of tokens of a field."""
        tokens = sum(
            int(file.lengths(field)[slice(None) if those is None else those].sum(dtype=np.int64))
            for file, those in self._files
        )
        return tokens / max(1, self.documents) or 1.0


def _holding(file: SegmentFile, those: Array | None, field: Field, form: Form, term: int) -> int:
    if those is None:
        return file.count(field, form, term)
    return int(np.count_nonzero(those[file.posting_list(field, form, term).docs]))


def norms(lengths: Array, average: float) -> Array:
    """BM25's length part, `k1 (1 - b + b length / average)`, for each document."""
    return (BM25_K1 * (1 - BM25_B + BM25_B * lengths / average)).astype(np.float32)


def saturated(frequencies: Array, norms: Array) -> Array:
    """BM25's `f (k1 + 1) / (f + norm)` (Robertson & Zaragoza 2009, 3.4), 32-bit."""
    many = frequencies.astype(np.float32)
    norms += many
    many *= np.float32(BM25_K1 + 1)
    many /= norms
    return many


def recency_priors(recency: Recency, days: Array) -> Array:
    """`1 + weight half_life / (half_life + age)`; 1 for the undated. See `Recency`."""
    today = date.fromisoformat(recency.today).toordinal()
    age = np.maximum(0, today - days.astype(np.int64))
    prior = 1 + recency.weight * recency.half_life / (recency.half_life + age)
    return np.where(days > 0, prior, 1.0)
