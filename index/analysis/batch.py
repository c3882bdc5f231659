"""The words of many texts at once, as numbers: what an index is made from.

The same words and forms as `columns` gives text by text. A newspaper writes few different words
many times over, so what stands between white space is numbered first, with one look-up for each;
only a new one is cut and analysed, and arrays of numbers do the rest.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from itertools import chain, compress
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from index.analysis.lemmatizer import FORMS
from index.analysis.lexicon.cache import load_whole, no_collection
from index.analysis.numbering import Numbering
from index.analysis.text.tokenizer import is_sewn, pieces

# What `benchmarks.speed` indexes has 360,000 different runs; remembering as many is 80 MB.
_REMEMBERED = 200_000
# Words from which on loading the lexicon takes less time than looking words up in its file.
_MANY = 200_000

Numbers = npt.NDArray[Any]


class Coded(NamedTuple):
    """The different forms of some words, ascending, and for each word the place of its form."""

    terms: list[str]
    codes: Numbers


class Numbered(NamedTuple):
    """How many words each text has, and the forms of all words, text after text."""

    sizes: Numbers
    exact: Coded
    lemma: Coded


class Wordbook:
    """The words of texts by number, those met before without cutting and analysing them again.

    >>> found = Wordbook().numbered(["السفير والسفير", "", "زار السفير"])
    >>> found.sizes.tolist(), found.lemma.terms, found.lemma.codes.tolist()
    ([2, 0, 2], ['زار', 'سفير'], [1, 1, 0, 1])
    """

    def __init__(self) -> None:
        self._runs = _Runs()
        self._words = 0

    @no_collection()  # looking for cycles is a tenth of analysing new words, and there are none
    def numbered(self, texts: Iterable[str]) -> Numbered:
        """The words of some texts with their forms."""
        if len(self._runs) > _REMEMBERED:
            self._runs = _Runs()
        pieces_of = [text.split() for text in texts]  # white space is in no word
        sizes = np.fromiter(map(len, pieces_of), np.int64, len(pieces_of))
        self._words += int(sizes.sum())
        if self._words > _MANY:
            load_whole()
        written = chain.from_iterable(pieces_of)
        run = np.fromiter(map(self._runs.__getitem__, written), np.int64, int(sizes.sum()))
        starts = np.array(self._runs.starts, dtype=np.int64)
        counts = np.diff(starts)[run]
        before = _sums(counts)  # words before each run
        words = np.repeat(starts[run] - before[:-1], counts) + np.arange(before[-1])
        return Numbered(
            np.diff(before[_sums(sizes)]),
            _coded(self._runs.exact, self._runs.exact_codes, words),
            _coded(self._runs.lemma, self._runs.lemma_codes, words),
        )


class _Runs(dict[str, int]):
    """Numbers what stands between white space; run n's words are from `starts[n]` on."""

    def __init__(self) -> None:
        self.starts = array("I", [0])
        self.exact, self.lemma = Numbering(), Numbering()
        self.exact_codes, self.lemma_codes = array("I"), array("I")

    def __missing__(self, run: str) -> int:
        number = self[run] = len(self)
        # Most are a word and nothing else; the rest is cut, which costs ten times as much.
        for word in (run,) if run.isalpha() and not is_sewn(run) else pieces(run)[0]:
            exact, lemma, _, _ = FORMS[word]
            if exact:  # not marks without a letter
                self.exact_codes.append(self.exact[exact])
                self.lemma_codes.append(self.lemma[lemma])
        self.starts.append(len(self.exact_codes))
        return number


def _coded(numbers: Mapping[str, int], codes: array[int], words: Numbers) -> Coded:
    """The forms of some words: `codes` has the number of each known word's form."""
    found = np.array(codes, dtype=np.uint32)[words]
    used = np.zeros(len(numbers), dtype=bool)
    used[found] = True
    terms = sorted(compress(numbers, used.tolist()))
    ranks = np.empty(len(numbers), dtype=np.uint32)
    ranks[np.fromiter(map(numbers.__getitem__, terms), np.int64, len(terms))] = np.arange(
        len(terms)
    )
    return Coded(terms, ranks[found])


def _sums(counts: Numbers) -> Numbers:
    """The sum of all counts before each, and of all."""
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
