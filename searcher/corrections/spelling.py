"""Spelling: the nearest words of an index for one that it does not hold."""

from __future__ import annotations

import math

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index import Vocabulary, fold

_SHORTEST = 4
_CANDIDATES = 20


def nearest(typed: str, vocabulary: Vocabulary) -> list[tuple[str, float]]:
    """Words of the index one slip away (two in long words), the likeliest first, with 0 to 1.

    A slip is a letter too many, too few, wrong, or two in the wrong order; frequent words win.
    """
    word = fold(typed)
    if len(word) < _SHORTEST or not word.isalpha():
        return []
    slips = 1 if len(word) < 7 else 2
    found = process.extract(
        word, vocabulary.terms("exact"), scorer=OSA.distance, score_cutoff=slips, limit=_CANDIDATES
    )
    scored = [
        (term, _score(word, term, int(distance), vocabulary.frequency("exact", term)))
        for term, distance, _ in found
    ]
    return sorted(scored, key=lambda one: -one[1])


def _score(word: str, term: str, slips: int, frequency: int) -> float:
    first = 1.0 if word[0] == term[0] else 0.6
    often = math.log1p(frequency) / (5 + math.log1p(frequency))
    return first * often * 0.8**slips
