"""Similar articles: of an article's own copies, hidden from it, how many come back?

    python -m benchmarks.similar

All real articles stand in an index that knows no stories. For each of a thousand articles that were
told more than once (`bahith archive duplicates` finds which), the first ten similar articles are
looked at for its copies: how many of them are there, of ten at most, and whether any is. Processor
time in milliseconds.
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.data import read_news
from benchmarks.workload import build
from crawl import Archive, Article, update_stories
from index import Document
from searcher import Searcher, similar

ASKED = 1000
FIRST = 10
SEED = 1


def measure() -> dict[str, float]:
    """The figures that floors.json bounds, with how many articles they are of."""
    documents, stories = told_again()
    copies = {key: set(keys) - {key} for keys in stories for key in keys}
    asked = [one for one in documents if one.key in copies]
    asked = random.Random(SEED).sample(asked, min(ASKED, len(asked)))
    shares, times = [], []
    with tempfile.TemporaryDirectory() as folder:
        searcher = Searcher(build(Path(folder), documents, 1))
        for one in asked:
            began = time.process_time()
            found = {other.key for other in similar(searcher, one, FIRST)}
            times.append(1000 * (time.process_time() - began))
            shares.append(len(found & copies[one.key]) / min(FIRST, len(copies[one.key])))
        searcher.close()
    middle, late = np.percentile(times, (50, 95))
    return {
        "articles": len(documents),
        "told_more_than_once": len(copies),
        "asked": len(asked),
        "copies_in_first_ten": float(np.mean(shares)),
        "any_copy_in_first_ten": float(np.mean([share > 0 for share in shares])),
        "median_ms": float(middle),
        "p95_ms": float(late),
    }


def told_again() -> tuple[list[Document], list[list[str]]]:
    """The real articles without their stories, and the keys of each story."""
    with Archive(":memory:") as archive:
        with archive.batch():
            for row in read_news():
                told = {name: row.get(name, "") for name in ("author", "source", "date")}
                archive.put(Article(url=row["url"], title=row["title"], body=row["body"], **told))
        update_stories(archive)
        changes = (change.article for change in archive.changes(0))
        documents = [Document.of(article) for article in changes if article]
        return documents, [[head, *copies] for head, copies in archive.stories().items()]


def main() -> None:
    """Print the figures."""
    for name, value in measure().items():
        print(f"{name:<24}{value:12.4f}" if value % 1 else f"{name:<24}{value:7.0f}")


if __name__ == "__main__":
    main()
