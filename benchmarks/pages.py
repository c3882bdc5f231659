"""How well pages become articles: pages with gold, damaged and re-encoded ones, other pages.

    python -m benchmarks.pages             every figure, with the pages that lose most
    python -m benchmarks.pages --speed     and pages per second beside trafilatura, in the same run

The pages and their scorer lie beside the checkout and are never part of it. A page that is refused
counts as an empty article. Besides the figures on all pages, those on two halves of the sites are
printed: a rule that helps one half only fits its pages, not the web.
"""

from __future__ import annotations

import json
import statistics
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.data import SHARED, scorer
from crawl import Article
from crawl.extract import extract

PAGES = SHARED / "pages"
SWEEP = SHARED / "sweep.tar.xz"
PASSES = 5

Fields = dict[str, str]


def ours(content: bytes, url: str) -> Fields:
    """What the scorer asks for: empty for a refused page."""
    outcome = extract(content, url)
    if not isinstance(outcome, Article):
        return {}
    fields = {"title": outcome.title, "body": outcome.body}
    return fields | {"date": outcome.date, "author": outcome.author}


def theirs(content: bytes, url: str) -> Fields:
    """trafilatura with its settings for precision."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(content, url=url or None, favor_precision=True)
    if found is None:
        return {}
    known = found.as_dict()
    fields = {"title": known["title"], "body": known["text"]}
    return fields | {"date": known["date"], "author": known["author"]}


def measure() -> dict[str, float]:
    """Every quality figure, for floors.json."""
    articles, rows = _summary("article")
    damaged, _ = _summary("damaged")
    negatives = scorer(PAGES).load("negative")
    taken = [row["id"] for row, _, page in negatives if ours(page, row["url"])]
    pages = scorer(PAGES).load("article") + scorer(PAGES).load("damaged")
    return {
        "body_precision": articles["P"],
        "body_recall": articles["R"],
        "body_f1": articles["F1"],
        "body_f1_worst_tenth": statistics.mean(sorted(r["f1"] for r in rows)[: len(rows) // 10]),
        "title_exact": articles["title_exact"],
        "date_right": articles["date_acc"],
        "date_wrong": articles["date_wrong"],
        "author_right": articles["author_acc"],
        "author_false": articles["false_author"],
        "damaged_f1": damaged["F1"],
        "articles_refused": statistics.mean(not ours(p, r["url"]) for r, _, p in pages),
        "others_refused": 1 - len(taken) / len(negatives),
        "variants_equal": statistics.mean(map(_is_equal, scorer(PAGES).load("variant"))),
        "sweep_crashes": sum(1 for page, url in read_sweep() if _crashes(page, url)),
    }


def _summary(kind: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    pages = scorer(PAGES).load(kind)
    outcomes, errors, _ = scorer(PAGES).evaluate(ours, pages)
    summary, rows = scorer(PAGES).summarise(kind, pages, outcomes, errors, None)
    return summary, rows


def _is_equal(variant: tuple[dict[str, Any], dict[str, Any], bytes]) -> bool:
    """Whether a page re-encoded in windows-1256 gives what the same page in UTF-8 gives.

    The page is compared with itself and not with the page its row names: two rows name another.
    """
    row, _, page = variant
    return ours(page, row["url"]) == ours(page.decode(row["decode_as"]).encode(), row["url"])


def read_sweep() -> Iterator[tuple[bytes, str]]:
    """Real pages of all kinds, without gold."""
    with tarfile.open(SWEEP) as archive:
        files = {member.name: archive.extractfile(member) for member in archive if member.isfile()}
        listing = files["sweep/manifest.jsonl"]
        assert listing
        for row in map(json.loads, listing.read().splitlines()):
            page = files[f"sweep/{row['id']}.html"]
            assert page
            yield page.read(), row["url"]


def _crashes(page: bytes, url: str) -> bool:
    try:
        extract(page, url)
    except Exception as error:
        print(f"crash on {url}: {error!r}", file=sys.stderr)
        return True
    return False


def pages_per_second(*extractors: Callable[[bytes, str], Fields]) -> list[float]:
    """The middle of a few passes over the article pages, the extractors taking turns."""
    pages = scorer(PAGES).load("article")
    times: list[list[float]] = [[] for _ in extractors]
    for _ in range(PASSES):
        for taken, extractor in zip(times, extractors, strict=True):
            start = time.perf_counter()
            for row, _, page in pages:
                extractor(page, row["url"])
            taken.append(time.perf_counter() - start)
    return [len(pages) / statistics.median(taken) for taken in times]


def main(arguments: list[str]) -> int:
    """Print every figure; 0 unless a page crashed."""
    figures = measure()
    for name, value in figures.items():
        print(f"{name:22} {value:.4f}")
    _, rows = _summary("article")
    for half in (0, 1):
        values = [row["f1"] for row in rows if sum(map(ord, row["site"])) % 2 == half]
        print(f"body_f1, half {half + 1:<7} {statistics.mean(values):.4f}  ({len(values)} sites)")
    for row in sorted(rows, key=lambda row: row["f1"])[:5]:
        print(f"  {row['id']} {row['site']:24} P {row['p']:.2f} R {row['r']:.2f}")
    if "--speed" in arguments:
        our, their = pages_per_second(ours, theirs)
        print(f"pages/second: bahith {our:.1f}, trafilatura {their:.1f}: {our / their:.2f} times")
    return 1 if figures["sweep_crashes"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
