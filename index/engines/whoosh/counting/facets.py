"""Facets and cross tabulations: how many matches have each value, and each pair of values.

A segment has one number a document for each facet; counting is adding up these numbers, or of two
facets their combination. Only the values that occur become text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import itemgetter

import numpy as np

from index.engine import CrossCount, Facet, FacetPair
from index.engines.whoosh.searching.segment_reader import SegmentReader
from index.engines.whoosh.storage.array_file import Array

# A table of so many cells for each match is cleared and read sooner than the matches are sorted.
CELLS = 8

# Segments and the documents of each that match.
Found = Sequence[tuple[SegmentReader, Array]]


def count_facets(facets: Sequence[Facet], found: Found) -> dict[Facet, list[tuple[str, int]]]:
    """For each facet its values and counts over all matches, most frequent first, then by value."""
    return {facet: _counted(facet, found) for facet in facets}


def count_crosstabs(pairs: Sequence[FacetPair], found: Found) -> dict[FacetPair, list[CrossCount]]:
    """For each pair of facets the pairs of values that occur, by first and second value."""
    return {pair: _crossed(pair, found) for pair in pairs}


def _counted(facet: Facet, found: Found) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for reader, docs in found:
        values, codes = reader.coded(facet)
        for held, number in _tally(codes[docs], len(values)):
            for value in values[held]:
                counts[value] += number
    return sorted(sorted(counts.items()), key=itemgetter(1), reverse=True)


def _crossed(pair: FacetPair, found: Found) -> list[CrossCount]:
    counts: Counter[tuple[str, str]] = Counter()
    for reader, docs in found:
        (rows, row_codes), (columns, column_codes) = map(reader.coded, pair)
        width = len(columns)
        cells = row_codes[docs].astype(np.int64) * width + column_codes[docs]
        for cell, number in _tally(cells, len(rows) * width):
            row, column = divmod(cell, width)
            for first in rows[row]:
                for second in columns[column]:
                    counts[first, second] += number
    return [CrossCount(*values, number) for values, number in sorted(counts.items())]


def _tally(codes: Array, kinds: int) -> Iterator[tuple[int, int]]:
    """The numbers that occur, and how often."""
    if kinds <= CELLS * len(codes):
        counts = np.bincount(codes, minlength=kinds)
        held = np.flatnonzero(counts)
        yield from zip(held.tolist(), counts[held].tolist(), strict=True)
    else:
        numbers, counts = np.unique(codes, return_counts=True)
        yield from zip(numbers.tolist(), counts.tolist(), strict=True)
