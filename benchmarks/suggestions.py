"""Suggestions: after how many letters of a word is it among the eight that are offered?

    python -m benchmarks.suggestions            on the index of the real articles
    python -m benchmarks.suggestions --worst    prints what is never offered

A thousand real headlines are typed up to one of their words, and that letter by letter until a
suggestion is right, in whatever spelling papers write most. *Saved* is the share of the words'
letters that need not be typed. The headlines are of those that the index has learned from, so that
the figures tell of changes rather than of new headlines. Beside them the processor's time for a
suggestion, each asked once.
"""

from __future__ import annotations

import random
import sys
import time
from functools import cache
from statistics import mean, median, quantiles
from typing import NamedTuple

from benchmarks.corrections import opened, sample
from index import analysis, cut, fold
from searcher import Searcher

HEADLINES = 1_000
SHOWN = 8
# Letters of a word that anybody would rather choose than type.
SHORTEST = 4

SEED = 14


class Typed(NamedTuple):
    """A word of a headline, what stands before it, and after how many letters it was offered."""

    before: str
    word: str
    letters: int

    @property
    def saved(self) -> float:
        """The share of the word that need not be typed."""
        return 1 - self.letters / len(self.word)


def measure() -> dict[str, float]:
    """The figures that `benchmarks/floors.json` bounds."""
    found, _ = typed()
    return {
        "saved": mean(one.saved for one in found),
        "within_three": mean(one.letters <= 3 for one in found),
        "never": mean(one.letters == len(one.word) for one in found),
    }


def main() -> None:
    """Print the figures."""
    found, times = typed()
    for name, share in measure().items():
        print(f"{name:14} {share:.3f}")
    most = quantiles(times, n=20)[-1]
    print(f"a suggestion: median {median(times):.1f} ms, 95 % under {most:.1f} ms")
    if "--worst" in sys.argv:
        print(*(f"{one.before}{one.word}" for one in found if not one.saved), sep="\n")


@cache
def typed() -> tuple[list[Typed], list[float]]:
    """Each headline's word as it was typed, and the milliseconds of each suggestion."""
    searcher, chance = opened(), random.Random(SEED)
    found: list[Typed] = []
    times: list[float] = []
    for headline, _ in sample("title", HEADLINES):
        places = [
            (start, end)
            for start, end in zip(*cut(headline), strict=True)
            if end - start >= SHORTEST and not analysis.is_stopword(fold(headline[start:end]))
        ]
        if places:
            start, end = chance.choice(places)
            found.append(_typed(headline[:start], headline[start:end], searcher, times))
    return found, times


def _typed(before: str, word: str, searcher: Searcher, times: list[float]) -> Typed:
    wanted = analysis.loose(fold(word))
    for letters in range(1, len(word)):
        began = time.process_time()
        offered = searcher.suggest(before + word[:letters], SHOWN)
        times.append(1000 * (time.process_time() - began))
        if any(analysis.loose(fold(one[len(before) :])) == wanted for one in offered):
            return Typed(before, word, letters)
    return Typed(before, word, len(word))


if __name__ == "__main__":
    main()
