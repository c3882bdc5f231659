"""Ranking: does a headline find its article, three words of it, a question its paragraph?

    python -m benchmarks.relevance              every figure, what each feature is worth and costs
    python -m benchmarks.relevance --every 5    the same on a fifth of the queries
    python -m benchmarks.relevance --sloppy     what it costs to type without care

19,711 documents, titles withheld, so that a headline must be answered by its article's text.
MRR@10, share of queries whose right answer is first, recall among the first 100. A feature's gain
is measured alone on top of the words; all figures also on the even and the odd queries apart. Its
cost stands beside it in queries per second of processor time, once of the engine alone and once
from the typed text to the keys, next to plain BM25 over the same two forms. Lucene 9.9's
ArabicAnalyzer with BM25 has MRR@10 0.643, 0.352, 0.765.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean, median
from typing import Any, NamedTuple

from benchmarks.data import SHARED, read_news, read_rows
from crawl import key_of
from crawl.formats.jsonl import to_article
from index import (
    FIELDS,
    Checkpoint,
    Document,
    Engine,
    EngineError,
    Matches,
    analysis,
    open_engine,
    query,
)
from searcher.expansion.lookup import Lookup
from searcher.expansion.weights import USUAL
from searcher.options import SearchOptions
from searcher.relaxation import find_matches

SETS = ("title", "title3", "qa")
# A feature and the weights that switch it off.
FEATURES: dict[str, dict[str, object]] = {
    "coordination": {"coordination": ()},
    "stop words": {"stopword": 0.0},
    "neighbours": {"neighbours": 0.0},
    "leads": {"leads": ()},
}

# What writers in a hurry do to every word.
HABITS: dict[str, Callable[[str], str]] = {
    "hamza off": lambda text: re.sub("[أإآ]", "ا", text),
    "ه for ة": lambda text: re.sub(r"ة\b", "ه", text),
    "ى for ي": lambda text: re.sub(r"ي\b", "ى", text),
}

Queries = dict[str, list[tuple[str, str]]]
Ask = Callable[[str, int], list[str]]


class Figures(NamedTuple):
    """What a set of queries came to."""

    mrr: float
    first: float
    recall: float
    even: float
    odd: float


def measure() -> dict[str, float]:
    """The figures that `benchmarks/floors.json` bounds."""
    ask = ours(opened())
    return {f"{name}_mrr": scored(ask, items).mrr for name, items in queries(1).items()}


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    options.add_argument("--every", type=int, default=1, help="take one query in so many")
    options.add_argument("--sloppy", action="store_true", help="hamza off, ه for ة, ى for ي")
    chosen = options.parse_args()
    asked = queries(chosen.every)
    engine = opened()
    if chosen.sloppy:
        print_sloppy(ours(engine), asked)
        return
    print(f"{engine.stats().documents} documents; MRR@10 (first, recall@100) [even, odd queries]")
    for name, items in asked.items():
        found = scored(ours(engine), items)
        print(
            f"{name:8}{found.mrr:.4f} ({found.first:.3f}, {found.recall:.3f})"
            f" [{found.even:.4f}, {found.odd:.4f}]",
            flush=True,
        )
    print("\nMRR@10, queries/s of the engine (and from typed text to keys), beside plain BM25")
    print(f"{'':24}{''.join(f'{name:>46}' for name in SETS)}   mean MRR@10")
    clocked = Clocked(engine)
    for label, ask in rows(clocked):
        print_row(label, ask, asked, clocked)


def print_sloppy(ask: Ask, asked: Queries) -> None:
    """Print MRR@10 of what is typed with care, and what each careless habit takes from it."""
    print(f"{'':16}{''.join(f'{habit:>16}' for habit in HABITS)}")
    for name, items in asked.items():
        careful = scored(ask, items, limit=10).mrr
        costs = []
        for write in HABITS.values():
            typed = [(write(text), right) for text, right in items]
            costs.append(scored(ask, typed, limit=10).mrr - careful)
        cells = "".join(f"{cost:>+16.4f}" for cost in costs)
        print(f"{name:8}{careful:8.4f}{cells}", flush=True)


class Clocked:
    """An engine that knows for how much processor time it has searched."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.spent = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def search(self, *asked: Any, **how: Any) -> Matches:
        began = time.process_time()
        found = self._engine.search(*asked, **how)
        self.spent += time.process_time() - began
        return found


def rows(engine: Engine) -> Iterator[tuple[str, Ask]]:
    """A label and a way to ask for each line of the second table."""
    every = list(FEATURES)
    yield "plain BM25, two forms", plain(engine)
    yield "words", ours(engine, every)
    for name in every:
        yield f"words + {name}", ours(engine, [other for other in every if other != name])
    yield "everything", ours(engine)


def print_row(label: str, ask: Ask, asked: Queries, engine: Clocked) -> None:
    """MRR@10 and speeds of each set, and how many times the time of plain BM25 that takes."""
    cells, figures = [], []
    for items in asked.values():
        figures.append(scored(ask, items, limit=10).mrr)
        sample = [typed for typed, _ in items[:: max(1, len(items) // 200)]]
        mine, base = costs(ask, plain(engine), sample, engine)
        speeds = f"{1 / mine[0]:5.0f}/s {mine[0] / base[0]:.2f}x"
        whole = f"({1 / mine[1]:.0f}/s {mine[1] / base[1]:.2f}x)"
        cells.append(f"{figures[-1]:.4f} {speeds} {whole}")
    print(f"{label:24}{''.join(f'{cell:>46}' for cell in cells)}   {mean(figures):.4f}", flush=True)


def costs(ask: Ask, base: Ask, sample: list[str], engine: Clocked) -> tuple[list[float], ...]:
    """Seconds a query in the engine and in all, of a way to ask and of another beside it.

    The two take turns, so that a busy machine is busy for both; medians of seven rounds, after one
    in which the words are looked up.
    """
    rounds: dict[Ask, list[tuple[float, float]]] = {ask: [], base: []}
    for _ in range(8):
        for way, times in rounds.items():
            engine.spent, began = 0.0, time.process_time()
            for typed in sample:
                way(typed, 10)
            times.append((engine.spent, time.process_time() - began))
    return tuple(
        [median(spent) / len(sample) for spent in zip(*times[1:], strict=True)]
        for times in rounds.values()
    )


def ours(engine: Engine, off: Sequence[str] = ()) -> Ask:
    """Ask as `bahith search` does, without some features."""
    changes = {name: value for each in off for name, value in FEATURES[each].items()}
    lookup = Lookup(engine.vocabulary(), replace(USUAL, **changes))  # type: ignore[arg-type]

    def ask(typed: str, limit: int) -> list[str]:
        found = find_matches(typed, SearchOptions(limit=limit), engine, lookup)
        return [match.key for match in found.matches.found]

    return ask


def plain(engine: Engine) -> Ask:
    """Ask for any of the words, each in both fields under its two forms."""

    def ask(typed: str, limit: int) -> list[str]:
        words = analysis.columns(typed)
        terms = [
            query.Term(field, form, text, USUAL.field(field) * USUAL.form(form))
            for field in FIELDS
            for form, texts in (("exact", words.exact), ("lemma", words.lemma))
            for text in dict.fromkeys(texts)
        ]
        return [match.key for match in engine.search(query.Or(tuple(terms)), limit=limit).found]

    return ask


def scored(ask: Ask, items: list[tuple[str, str]], limit: int = 100) -> Figures:
    """Ask every query and look where its one right answer stands."""
    ranks = []
    for typed, right in items:
        found = ask(typed, limit)
        ranks.append(found.index(right) + 1 if right in found else limit + 1)
    scores = [1 / rank if rank <= 10 else 0.0 for rank in ranks]
    return Figures(
        mean(scores),
        mean(rank == 1 for rank in ranks),
        mean(rank <= limit for rank in ranks),
        mean(scores[::2]),
        mean(scores[1::2]),
    )


def queries(every: int) -> Queries:
    """The queries of each set, each with the key of its right answer."""
    found: Queries = {name: [] for name in SETS}
    for row in read_rows(SHARED / "queries.jsonl"):
        found[row["set"]].append((row["query"], key_of(row["url"])))
    return {name: items[::every] for name, items in found.items()}


def opened() -> Engine:
    """The index of the paragraphs and the articles without titles; built where there is none."""
    place = Path(tempfile.gettempdir()) / f"bahith-relevance-{analysis.version()[:12]}"
    try:
        return open_engine(f"whoosh:{place}")
    except EngineError:
        engine = open_engine(f"whoosh:{place}", create=True, fresh=True)
        engine.update(documents(), [], Checkpoint("relevance", 1))
        return engine


def documents() -> Iterator[Document]:
    """What is searched."""
    for rows_of in (read_news(), read_rows(SHARED / "paragraphs.jsonl")):
        for row in rows_of:
            yield Document.of(to_article({**row, "title": ""}))


if __name__ == "__main__":
    main()
