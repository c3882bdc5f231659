"""Near-duplicates: whether two texts tell one story in the same words.

Agencies' stories run in many papers with the lead cut, a line added, paragraphs moved, sentences
dropped. Two texts are copies when they share enough of their runs of three words (the Jaccard index
of the two sets) and do not contradict each other: notices made from one template (condolences,
weather, executions) share as much, but each has words and numbers that the other lacks, in the same
places. What one text has more than the other speaks against nothing: it was cut or added.

Pairs worth comparing are found by bottom-k sketches (Cohen, Kaplan: Summarizing Data using Bottom-k
Sketches, 2007): the smallest numbers among a text's runs, of which copies share many. The words are
made comparable by a few lines of our own: the analysis stands to our right.

>>> one = fingerprint("زار السفير الروسي المدينة أمس والتقى رئيس بلديتها وأعضاء مجلسها " * 3)
>>> one is not None and likeness(one, one)
1.0
"""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from crawl.text.letters import bare_letters, without_marks
from crawl.text_cache import remembered

Numbers = npt.NDArray[np.uint32]

# Words of a run; 2 joins weather reports, 4 loses copies with many small edits.
RUN = 3
# Numbers of a sketch: of two that share a third of their runs, all but a few share ten of them.
SKETCH = 64
# A shorter text cannot tell.
FEWEST_WORDS = 25
# The share of common runs from which two texts are copies, and the part of the shorter one's words
# that may be contradicted: benchmarks/duplicates.py prints precision and recall around them.
ALIKE = 0.35
CONTRADICTED = 0.1
# So many words does a number count: of two sums, days or ages only one is right.
NUMBER_WEIGHT = 3

_WORD = re.compile(r"\w+")
# وبالمدينة → مدينة: who copies changes conjunctions and articles freely.
_PREFIX = re.compile(r"[وف]?[بلك]?(?:ال)?(?=\w{3})")
_FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_PLACES: npt.NDArray[np.uint64] = np.array(_FACTORS, dtype=np.uint64)


class Fingerprint(NamedTuple):
    """A text for comparing: ascending numbers of its runs, of its words, of those with digits."""

    runs: Numbers
    words: Numbers
    numerals: Numbers


def fingerprint(text: str) -> Fingerprint | None:
    """The fingerprint of a text; None when it has too few words to tell."""
    words = _WORD.findall(bare_letters(without_marks(text)).lower())
    if len(words) < FEWEST_WORDS:
        return None
    distinct = set(map(_bare, words))
    return Fingerprint(
        _runs(words),
        _numbers(distinct),
        _numbers({w for w in distinct if not w.isalpha() and any(map(str.isdigit, w))}),
    )


def sketch(text: str) -> Numbers | None:
    """The smallest numbers of a text's runs, at most SKETCH; None when it has too few words."""
    words = _WORD.findall(bare_letters(without_marks(text)).lower())
    return _runs(words)[:SKETCH] if len(words) >= FEWEST_WORDS else None


def likeness(one: Fingerprint, other: Fingerprint) -> float:
    """The share of common runs of two copies; 0 for what is none."""
    common = len(np.intersect1d(one.runs, other.runs, assume_unique=True))
    share = common / (len(one.runs) + len(other.runs) - common)
    return share if share >= ALIKE and contradiction(one, other) <= CONTRADICTED else 0.0


def contradiction(one: Fingerprint, other: Fingerprint) -> float:
    """How much each of two texts has that the other lacks, as part of the shorter one's words."""
    lacking = min(_lacking(one, other), _lacking(other, one))
    return lacking / min(len(one.words), len(other.words))


def _lacking(one: Fingerprint, other: Fingerprint) -> int:
    """The weight of the words that the other text lacks."""
    words = len(np.setdiff1d(one.words, other.words, assume_unique=True))
    numerals = len(np.setdiff1d(one.numerals, other.numerals, assume_unique=True))
    return words + (NUMBER_WEIGHT - 1) * numerals


def _runs(words: list[str]) -> Numbers:
    numbers = np.array(list(map(_number, words)), dtype=np.uint64)
    count = len(numbers) - RUN + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for place, factor in enumerate(_PLACES):
        mixed += numbers[place : place + count] * factor
    mixed ^= mixed >> np.uint64(29)
    mixed *= _PLACES[1]
    return _ascending((mixed >> np.uint64(32)).astype(np.uint32))


def _numbers(words: set[str]) -> Numbers:
    return _ascending(np.array(list(map(_number, words)), dtype=np.uint32))


def _ascending(numbers: Numbers) -> Numbers:
    """Each number once. (`np.unique` hashes first, which takes many times as long here.)"""
    numbers.sort()
    new = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
    return numbers[new]


@remembered(1 << 16)
def _bare(word: str) -> str:
    """A word without what copyists change in front of it."""
    return _PREFIX.sub("", word, count=1)


@remembered(1 << 16)
def _number(word: str) -> int:
    """A number for a word, the same in every run (`hash` is not)."""
    return zlib.crc32(word.encode("utf-8", "replace"))
