"""Do the clusters hold the copies of a story, and nothing else?

    python -m benchmarks.duplicates

Real articles; some get up to four copies, edited as papers edit agencies' stories: the lead cut, an
agency's line added, paragraphs in another order, a fifth of the sentences dropped, or several of
these. All other articles stand beside them. B-cubed precision, recall and F1 (Bagga, Baldwin 1998)
are of the edited families alone, so that the many articles without copies do not flatter them.

Among real articles are real copies, which nobody has labelled. So families are made of articles
that stand alone: an exact count, without signatures, finds no other article that shares a tenth of
their runs of five words. The figures «as it comes» make families of any article and count every
true copy as an error: they are a lower bound.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.data import read_news
from crawl.archive.near_duplicates import group, signature

FAMILIES = 1500
FEWEST_SENTENCES = 5
FEWEST_WORDS = 60
_SENTENCE = re.compile(r"(?<=[.!؟])\s+|\n+")
_AGENCIES = (
    "(وكالات) - ",
    "واس - ",
    "رويترز: ",
    "قالت وكالة الأنباء في تقرير لها من العاصمة اليوم: ",
)


def lead_cut(sentences: list[str], dice: random.Random) -> list[str]:
    """Without its first sentence."""
    del dice
    return sentences[1:]


def agency_added(sentences: list[str], dice: random.Random) -> list[str]:
    """With an agency's name before, and its line after."""
    return [dice.choice(_AGENCIES) + sentences[0], *sentences[1:], "جميع الحقوق محفوظة للوكالة."]


def reordered(sentences: list[str], dice: random.Random) -> list[str]:
    """Paragraphs of two sentences in another order."""
    paragraphs = [sentences[start : start + 2] for start in range(0, len(sentences), 2)]
    dice.shuffle(paragraphs)
    return [sentence for paragraph in paragraphs for sentence in paragraph]


def thinned(sentences: list[str], dice: random.Random) -> list[str]:
    """A fifth of the sentences dropped."""
    count = max(1, round(len(sentences) * 0.8))
    kept = sorted(dice.sample(range(len(sentences)), count))
    return [sentences[place] for place in kept]


EDITS: tuple[Callable[[list[str], random.Random], list[str]], ...] = (
    lead_cut,
    agency_added,
    reordered,
    thinned,
)


def alone(texts: list[str]) -> list[bool]:
    """Of each text, whether no other shares a tenth of the shorter one's runs of five words."""
    sizes, runs, owners = [], [], []
    for row, text in enumerate(texts):
        words = text.split()
        own = {hash(tuple(words[start : start + 5])) for start in range(len(words) - 4)}
        sizes.append(len(own))
        runs.append(np.fromiter(own, np.int64, len(own)))
        owners.append(np.full(len(own), row, np.int64))
    run, owner = np.concatenate(runs), np.concatenate(owners)
    order = np.argsort(run, kind="stable")
    run, owner = run[order], owner[order]
    shared: Counter[tuple[int, int]] = Counter()
    for step in range(1, 20):  # a run that stands in more articles is a formula, not a copy
        same = run[step:] == run[:-step]
        shared.update(zip(owner[:-step][same].tolist(), owner[step:][same].tolist(), strict=True))
    stands = [True] * len(texts)
    for (one, other), count in shared.items():
        if count >= 0.1 * min(sizes[one], sizes[other]):
            stands[one] = stands[other] = False
    return stands


def families(*, standing_alone: bool) -> tuple[list[str], list[int]]:
    """All texts, and the number of the family that each belongs to; -1: none."""
    dice = random.Random(2026)
    bodies = sorted({row["body"] for row in read_news()})
    dice.shuffle(bodies)
    suits = alone(bodies) if standing_alone else [True] * len(bodies)
    texts, labels, made = list(bodies), [-1] * len(bodies), 0
    for place, body in enumerate(bodies):
        sentences = [part for part in _SENTENCE.split(body) if part.strip()]
        short = len(sentences) < FEWEST_SENTENCES or len(body.split()) < FEWEST_WORDS
        if made == FAMILIES or short or not suits[place]:
            continue
        labels[place] = made
        for _ in range(dice.randint(1, 4)):
            edited = sentences
            for edit in dice.sample(EDITS, dice.randint(1, 3)):
                edited = edit(edited, dice)
            texts.append("\n".join(edited))
            labels.append(made)
        made += 1
    return texts, labels


def b_cubed(found: Sequence[int], labels: Sequence[int]) -> dict[str, float]:
    """B-cubed of the labelled items: how much of each one's cluster is its family, and back."""
    clusters, sizes = Counter(found), Counter(labels)
    together: dict[int, Counter[int]] = defaultdict(Counter)
    for cluster, label in zip(found, labels, strict=True):
        together[cluster][label] += 1
    items = [(c, label) for c, label in zip(found, labels, strict=True) if label >= 0]
    precision = sum(together[c][label] / clusters[c] for c, label in items) / len(items)
    recall = sum(together[c][label] / sizes[label] for c, label in items) / len(items)
    f1 = 2 * precision * recall / (precision + recall)
    return {"precision": precision, "recall": recall, "f1": f1}


def clustered(texts: list[str]) -> list[int]:
    """For each text, the first one of its cluster."""
    signed = [(row, s) for row, s in enumerate(map(signature, texts)) if s is not None]
    found = list(range(len(texts)))
    for (row, _), root in zip(signed, group(np.array([s for _, s in signed])), strict=True):
        found[row] = signed[root][0]
    return found


def measure() -> dict[str, float]:
    """The figures that floors.json bounds."""
    texts, labels = families(standing_alone=True)
    began = time.perf_counter()
    figures = b_cubed(clustered(texts), labels)
    count = sum(label >= 0 for label in labels)
    print(
        f"{len(texts)} texts, {count} in {max(labels) + 1} families, "
        f"clustered in {time.perf_counter() - began:.1f} s"
    )
    return figures


def main() -> None:
    """Print both sets of figures."""
    for name, value in measure().items():
        print(f"{name:<10}{value:.4f}")
    texts, labels = families(standing_alone=False)
    print("as it comes, true copies counted as errors:")
    for name, value in b_cubed(clustered(texts), labels).items():
        print(f"{name:<10}{value:.4f}")


if __name__ == "__main__":
    main()
