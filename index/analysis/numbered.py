"""The words of many texts at once, as numbers: what an index is made from.

The same words and forms as `columns` gives text by text. A newspaper writes few different words
many times over, so what stands between white space is numbered first, with one look-up for each;
cutting and analysing is done once for each different one, and arrays of numbers do the rest.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from index.analysis.lemmas import FORMS
from index.analysis.tokens import pieces

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


def numbered(texts: Iterable[str]) -> Numbered:
    """The words of some texts with their forms.

    >>> found = numbered(["السفير والسفير", "", "زار السفير"])
    >>> found.sizes.tolist(), found.lemma.terms, found.lemma.codes.tolist()
    ([2, 0, 2], ['زار', 'سفير'], [1, 1, 0, 1])
    """
    runs = [text.split() for text in texts]  # white space is in no word
    written = list(chain.from_iterable(runs))
    different = {run: number for number, run in enumerate(dict.fromkeys(written))}
    run = np.fromiter(map(different.__getitem__, written), np.int64, len(written))
    exact, lemma, ends = _forms(different)
    starts = np.concatenate(([0], ends))
    counts = np.diff(starts)[run]
    before = np.concatenate(([0], np.cumsum(counts)))  # words before each run
    words = np.repeat(starts[run] - before[:-1], counts) + np.arange(before[-1])
    bounds = np.fromiter(accumulate(map(len, runs), initial=0), np.int64, len(runs) + 1)
    return Numbered(np.diff(before[bounds]), _coded(exact, words), _coded(lemma, words))


def _forms(runs: Iterable[str]) -> tuple[list[str], list[str], Numbers]:
    """The exact forms and lemmas of the words in some runs, and where each run's words end."""
    exact, lemma, ends = [], [], []
    for run in runs:
        # Most are a word and nothing else; the rest is cut, which costs ten times as much.
        for word in (run,) if run.isalpha() else pieces(run)[0]:
            one, other, _ = FORMS[word]
            if one:  # not marks without a letter
                exact.append(one)
                lemma.append(other)
        ends.append(len(exact))
    return exact, lemma, np.array(ends, dtype=np.int64)


def _coded(forms: Sequence[str], words: Numbers) -> Coded:
    terms = sorted(set(forms))
    ranks = {text: rank for rank, text in enumerate(terms)}
    return Coded(terms, np.fromiter(map(ranks.__getitem__, forms), np.uint32, len(forms))[words])
