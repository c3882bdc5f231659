"""Made articles whose vocabulary grows as real ones' does: Heaps' law, with Zipf's frequencies.

    python -m benchmarks.vocabulary --times 10      how many different words there come to be

Sentences of real articles are shuffled, so that syntax, lengths and frequent words stay; that alone
would add no word, however many are made. The share of words that a text has for the first time is
the share of those that stand in it once (Good 1953), so exactly these give way: each time one is
met it becomes a word drawn from a tail without end, whose frequencies fall by Zipf's law with the
exponent 1 / β that belongs to Heaps' law n^β (Lü, Zhang & Zhou 2010). Such a word is the beginning
of one real word with the end of another, so that lengths, prefixes and endings stay Arabic.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from benchmarks.workload import SEED, news, shuffled
from index import Document

WORD = re.compile(r"\w+")


class Tail:
    """Words without end, the first the most frequent."""

    def __init__(self, documents: Sequence[Document]) -> None:
        counts: Counter[str] = Counter()
        half = 0
        for number, document in enumerate(documents):
            if number == len(documents) // 2:
                half = len(counts)
            counts.update(words_of(document))
        self.beta = math.log2(len(counts) / half)
        self.known = len(counts)
        self.once = frozenset(word for word, count in counts.items() if count == 1)
        chance = random.Random(SEED)
        known = sorted(word for word, count in counts.items() if count > 1 and len(word) > 2)
        self._beginnings = chance.sample(known, len(known))
        self._ends = chance.sample(known, len(known))

    def word(self, chance: random.Random) -> str:
        """One drawn by its frequency."""
        # The rank r has a probability like (q + r) ** (-1 / β) (Mandelbrot): a Lomax draw, cut to
        # whole numbers. Its first words are as rare as the last of the real ones, so q is these.
        rank = int(self.known * (chance.random() ** (-self.beta / (1 - self.beta)) - 1))
        other, one = divmod(rank, len(self._beginnings))
        first = self._beginnings[one]
        second = self._ends[(one + other) % len(self._ends)]
        return first[: (len(first) + 1) // 2] + second[len(second) // 2 :]


def grown(documents: Sequence[Document], times: int) -> Iterator[Document]:
    """So many times the articles, whose words that stand once in the real ones are new words."""
    tail, chance = Tail(documents), random.Random(SEED)

    def renewed(found: re.Match[str]) -> str:
        return tail.word(chance) if found[0] in tail.once else found[0]

    for document in shuffled(documents, times):
        yield replace(
            document,
            title=WORD.sub(renewed, document.title),
            body=WORD.sub(renewed, document.body),
        )


def words_of(document: Document) -> list[str]:
    """The words of a document as they stand."""
    return WORD.findall(f"{document.title}\n{document.body}")


def main() -> None:
    """Print the words and different words of real articles, and of made ones as they grow."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, help="so many of the real articles")
    parser.add_argument("--times", type=int, default=10)
    chosen = parser.parse_args()
    documents = news(chosen.articles)
    real = set(chain.from_iterable(map(words_of, documents)))
    print(f"real: {len(documents)} articles, {len(real)} different words")
    beta = Tail(documents).beta
    seen: set[str] = set()
    for number, document in enumerate(grown(documents, chosen.times), 1):
        seen.update(words_of(document))
        if number % len(documents) == 0:
            times = number // len(documents)
            expected = len(real) * times**beta
            print(f"{times} times: {len(seen)}, by Heaps' law (β {beta:.2f}) {expected:.0f}")


if __name__ == "__main__":
    main()
