"""Spelling: the nearest words of an index for one that it does not hold."""

from __future__ import annotations

import math

from index import Vocabulary, fold
from index.analysis import NearTerm

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
    found = vocabulary.near(word, slips, _CANDIDATES)
    scored = [(one.text, _score(word, one)) for one in found]
    return sorted(scored, key=lambda one: -one[1])


def _score(word: str, near: NearTerm) -> float:
    first = 1.0 if word[0] == near.text[0] else 0.6
    often = math.log1p(near.frequency) / (5 + math.log1p(near.frequency))
    return first * often * 0.8**near.slips
