"""Corrections: are damaged queries understood, and clean ones left alone?

    python -m benchmarks.corrections            every figure; builds the index where there is none
    python -m benchmarks.corrections --worst    prints the queries that stay lost

Three words of a headline are damaged in one of ten ways (`benchmarks.damage`), a hundred queries a
way; *found* counts those whose article is among the first ten, *or offered* those too where it is
so for the query that was offered. Whole headlines are typed on the wrong layout. A thousand clean
queries must not be rewritten; nor must such of which no article holds all words: headlines asked of
articles without titles, and questions (some of which are misspelled). The time is the processor's,
of searching minus what the query takes as it stands; the first correction is that of a process that
has searched once.
"""

from __future__ import annotations

import argparse
import html
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from benchmarks import relevance
from benchmarks.damage import KINDS, layout
from benchmarks.data import SHARED, read_news, read_rows
from crawl.formats.jsonl import to_article
from index import Checkpoint, Document, EngineError, analysis, open_engine
from searcher import Results, Searcher

QUERIES = 100
HEADLINES = 40
CLEAN = 1_000
UNANSWERED = 500
SEED = 14


class Asked(NamedTuple):
    """A query as typed and the address of its article."""

    query: str
    url: str


class Figures(NamedTuple):
    """How many queries were answered, how many with the help of what was offered, and which not."""

    found: int
    offered: int
    lost: list[str]


def measure() -> dict[str, float]:
    """The figures that `benchmarks/floors.json` bounds."""
    searcher = opened()
    figures = {kind: float(damaged(searcher, kind).found) for kind in KINDS}
    figures["headlines"] = float(headlines(searcher).found)
    changed, offered = clean(searcher)
    figures |= {"clean_changed": float(len(changed)), "clean_offered": float(len(offered))}
    changed, offered = unanswered()
    return {**figures, "unanswered_changed": float(len(changed))}


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("--worst", action="store_true", help="print what stays lost")
    options.add_argument("--only", default="", help="one kind of damage")
    options.add_argument("--first", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.first:
        print(f"{1000 * first(asked.first):.0f}")
        return
    searcher = opened()
    lost = []
    for kind in [asked.only] if asked.only else KINDS:
        figures = damaged(searcher, kind)
        lost += figures.lost
        print(f"{kind:14} {figures.found:3} found, {figures.offered:3} or offered", flush=True)
    if not asked.only:
        figures = headlines(searcher)
        lost += figures.lost
        print(f"{'headlines':14} {figures.found:3} found of {HEADLINES} on the wrong layout")
        for name, count, (changed, offered) in (
            ("clean", CLEAN, clean(searcher)),
            ("unanswered", UNANSWERED, unanswered()),
        ):
            lost += [*changed, *offered]
            print(f"{name:14} {count - len(changed)} of {count} as typed, {len(offered)} offers")
        times(searcher)
    print(*(lost if asked.worst else []), sep="\n")


def damaged(searcher: Searcher, kind: str) -> Figures:
    """What becomes of the damaged queries of one kind."""
    return answered(searcher, list(damaged_queries(kind)))


def damaged_queries(kind: str) -> Iterator[Asked]:
    """A hundred queries of three words with one kind of damage."""
    chance = random.Random(f"{SEED} {kind}")
    left = QUERIES
    for query, url in sample("title3", 5 * QUERIES):
        if left and (typed := KINDS[kind](query, chance)):
            left -= 1
            yield Asked(typed, url)


def headlines(searcher: Searcher) -> Figures:
    """What becomes of whole headlines typed on the wrong layout."""
    chance = random.Random(SEED)
    return answered(
        searcher, [Asked(layout(query, chance), url) for query, url in sample("title", HEADLINES)]
    )


def clean(searcher: Searcher) -> tuple[list[str], list[str]]:
    """The clean queries that were rewritten, and those to which something was offered."""
    return rewritten(searcher, sample("title", CLEAN // 2) + sample("title3", CLEAN // 2))


def unanswered() -> tuple[list[str], list[str]]:
    """The same of queries of which few articles hold all words."""
    searcher = Searcher(relevance.opened(), timeout=60)
    return rewritten(searcher, sample("title3", UNANSWERED // 2) + sample("qa", UNANSWERED // 2))


def rewritten(searcher: Searcher, queries: list[Asked]) -> tuple[list[str], list[str]]:
    """The queries that were rewritten, and those to which something was offered."""
    changed, offered = [], []
    for query, _ in queries:
        suggestion = searcher.search(query, limit=1).suggestion
        if suggestion and suggestion.applied:
            changed.append(f"changed: {query} → {suggestion.query}")
        elif suggestion:
            offered.append(f"offered: {query} → {suggestion.query}")
    return changed, offered


def times(searcher: Searcher) -> None:
    """Print what a correction costs."""
    later = sorted(1000 * cost(searcher, asked.query) for kind in KINDS for asked in some(kind))
    most = quantiles(later, n=20)[-1]
    print(f"a correction: median {median(later):.1f} ms, 95 % under {most:.1f} ms")
    for kind in ("deletion", "joined", "layout", "latin"):
        command = [sys.executable, "-m", "benchmarks.corrections", "--first", kind]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        print(f"the first of a process ({kind}): {out.strip()} ms")


def first(kind: str) -> float:
    """Seconds of the first correction of this process, a search before it."""
    searcher = opened()
    searcher.search(sample("title", 1)[0].query)
    return cost(searcher, next(damaged_queries(kind)).query)


def some(kind: str) -> Iterator[Asked]:
    """A few queries that `first` has not asked."""
    queries = list(damaged_queries(kind))
    yield from queries[-20:]


def cost(searcher: Searcher, query: str) -> float:
    """Seconds that a query takes for being corrected: the search without that comes first."""
    began = time.process_time()
    searcher.search(query, literal=True)
    literal = time.process_time()
    searcher.search(query)
    return time.process_time() - literal - (literal - began)


def answered(searcher: Searcher, queries: list[Asked]) -> Figures:
    """Count the queries whose article is among the first ten."""
    found = offered = 0
    lost = []
    for query, url in queries:
        results = searcher.search(query)
        if holds(results, url):
            found += 1
            offered += 1
            continue
        suggestion = results.suggestion
        if suggestion and not suggestion.applied and holds(searcher.search(suggestion.query), url):
            offered += 1
        lost.append(f"lost: {query} ({results.total}) → {suggestion}")
    return Figures(found, offered, lost)


def opened() -> Searcher:
    """A searcher that does not give up on a busy machine."""
    return Searcher.open(f"whoosh:{built()}", timeout=60)


def holds(results: Results, url: str) -> bool:
    """Whether an article is among the hits."""
    return any(hit.url == url for hit in results.hits)


@cache
def sample(name: str, count: int) -> list[Asked]:
    """Some queries of a set of the relevance data, always the same."""
    rows = [row for row in read_rows(SHARED / "queries.jsonl") if row["set"] == name]
    chosen = random.Random(SEED).sample(rows, count)
    return [Asked(html.unescape(row["query"]), row["url"]) for row in chosen]


def built() -> Path:
    """The index of the real articles, titles included; made where there is none."""
    place = Path(tempfile.gettempdir()) / f"bahith-news-{analysis.version()[:12]}"
    try:
        open_engine(f"whoosh:{place}").close()
    except EngineError:
        engine = open_engine(f"whoosh:{place}", create=True, fresh=True)
        documents = (Document.of(to_article(row)) for row in read_news())
        engine.update(documents, [], Checkpoint("news", 1))
        engine.close()
    return place


if __name__ == "__main__":
    main()
