"""Do the stories hold the copies of an article, and nothing else?

    python -m benchmarks.duplicates

Real articles, any of which may head a story; some get up to four copies within two days, edited as
papers edit agencies' stories: the lead cut, an agency's line added, paragraphs in another order, a
fifth of the sentences dropped, or several of these. All other articles stand beside them, so that
notices made from one template are told apart or not. B-cubed precision, recall and F1 (Bagga,
Baldwin 1998) are of the edited families alone, so that the many articles without copies do not
flatter them.

Among real articles are real copies, which nobody has labelled. Those that an exact count, without
signatures, finds to share three fifths of the shorter one's runs of five words with the head of a
family are left out; what shares less counts as an error, though some of it tells the same event.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np

from benchmarks.data import read_news
from crawl import Archive, Article, key_of
from crawl.archive.stories import update_stories

FAMILIES = 1500
FEWEST_SENTENCES = 5
FEWEST_WORDS = 60
SAME_TEXT = 0.6
LATEST = 2  # days after its article that a copy may appear
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


def same_texts(texts: list[str]) -> dict[int, list[int]]:
    """Of each text those that are its real copies, by an exact count of shared runs."""
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
    found: dict[int, list[int]] = defaultdict(list)
    for (one, other), count in shared.items():
        if count >= SAME_TEXT * min(sizes[one], sizes[other]):
            found[one].append(other)
            found[other].append(one)
    return found


def families() -> tuple[list[Article], list[int]]:
    """All articles, and the number of the family that each belongs to; -1: none."""
    dice = random.Random(2026)
    rows = list({row["body"]: row for row in read_news()}.values())
    dice.shuffle(rows)
    copies = same_texts([row["body"] for row in rows])
    made: dict[int, list[Article]] = {}
    out: set[int] = set()
    for place, row in enumerate(rows):
        body = row["body"]
        sentences = [part for part in _SENTENCE.split(body) if part.strip()]
        short = len(sentences) < FEWEST_SENTENCES or len(body.split()) < FEWEST_WORDS
        if len(made) == FAMILIES or short or place in out:
            continue
        out.update(copies[place])
        made[place] = [
            _edited(f"{row['url']}#{number}", sentences, row["date"], dice)
            for number in range(dice.randint(1, 4))
        ]
    articles, labels = [], []
    for place, row in enumerate(rows):
        if place not in out or place in made:
            family = [Article(url=row["url"], title="", body=row["body"], date=row["date"])]
            family += made.get(place, ())
            articles += family
            labels += [place if place in made else -1] * len(family)
    return articles, labels


def _edited(url: str, sentences: list[str], day: str, dice: random.Random) -> Article:
    for edit in dice.sample(EDITS, dice.randint(1, 3)):
        sentences = edit(sentences, dice)
    later = date.fromisoformat(day[:10]) + timedelta(days=dice.randint(0, LATEST))
    return Article(url=url, title="", body="\n".join(sentences), date=later.isoformat())


def b_cubed(found: Sequence[str], labels: Sequence[int]) -> dict[str, float]:
    """B-cubed of the labelled items: how much of each one's cluster is its family, and back."""
    clusters, sizes = Counter(found), Counter(labels)
    together: dict[str, Counter[int]] = defaultdict(Counter)
    for cluster, label in zip(found, labels, strict=True):
        together[cluster][label] += 1
    items = [(c, label) for c, label in zip(found, labels, strict=True) if label >= 0]
    precision = sum(together[c][label] / clusters[c] for c, label in items) / len(items)
    recall = sum(together[c][label] / sizes[label] for c, label in items) / len(items)
    f1 = 2 * precision * recall / (precision + recall)
    return {"precision": precision, "recall": recall, "f1": f1}


def clustered(articles: list[Article]) -> list[str]:
    """For each article, the first of its story."""
    with Archive(":memory:") as archive:
        with archive.batch():
            for article in articles:
                archive.put(article)
        began = time.process_time()
        update_stories(archive)
        print(f"stories found in {time.process_time() - began:.1f} s of processor time")
        first = {key: head for head, keys in archive.stories().items() for key in keys}
    keys = [key_of(article.url) for article in articles]
    return [first.get(key, key) for key in keys]


def measure() -> dict[str, float]:
    """The figures that floors.json bounds."""
    articles, labels = families()
    in_families = [label for label in labels if label >= 0]
    print(f"{len(articles)} articles, {len(in_families)} in {len(set(in_families))} families")
    return b_cubed(clustered(articles), labels)


def main() -> None:
    """Print the figures."""
    for name, value in measure().items():
        print(f"{name:<10}{value:.4f}")


if __name__ == "__main__":
    main()
