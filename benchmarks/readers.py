"""What readers really type: wordings of a time, pairs of a query and a text, names, slips.

    python -m benchmarks.readers              the shares that come out right; some minutes
    python -m benchmarks.readers --errors     and what goes wrong

The cases lie beside the checkout and are never part of it. What towns, names in Latin letters and
slips find is told by the `score.py` that lies with them, on the index of all real articles.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date
from functools import cache
from typing import Any

from benchmarks.corrections import opened
from benchmarks.data import SHARED, read_news, read_rows, scorer
from searcher import explain, read_dates

READERS = SHARED / "readers"

Case = tuple[dict[str, Any], bool]


@cache
def dates() -> list[Case]:
    """Each wording of a time, and whether it names the right days (any, where none are told)."""
    cases = []
    for row in read_rows(READERS / "dates.jsonl"):
        found = read_dates(row["text"], date.fromisoformat(row["today"]))
        right = found is not None and row["since"] in (None, found[0])
        cases.append((row, right and row["until"] in (None, found and found[1])))
    return cases


@cache
def pairs() -> list[Case]:
    """Each pair, and whether the text is found where it should be, and only there."""
    rows = list(read_rows(READERS / "pairs.jsonl"))
    return [(row, explain(row["query"], row["text"]).match == row["match"]) for row in rows]


def in_the_news(*, errors: bool = False) -> dict[str, float]:
    """What names of towns, names in Latin letters and slips find among the real articles."""
    judge, searcher = scorer(READERS), opened()
    rows = list(read_news())
    raw = [f"{row['title']}\n{row['body']}" for row in rows]
    texts = {row["url"]: judge.plain(text) for row, text in zip(rows, raw, strict=True)}
    asked = Namespace(cases=READERS, raw=raw, texts=texts, worst=errors)
    towns = judge.towns(asked, searcher)
    right, wrong, names = judge.latin(asked, searcher)
    slips = judge.slips(asked, searcher).values()
    return {
        "towns_purity": towns["purity"],
        "towns_impure": float(towns["under"]),
        "towns_found": towns["found"],
        "latin_right": right / names,
        "latin_wrong": wrong / names,
        "slips": sum(good for good, _ in slips) / sum(count for _, count in slips),
    }


def measure(*, errors: bool = False) -> dict[str, float]:
    """The shares that are right, 0 to 1, and how many towns find much else."""
    found = {
        "dates": dates(),
        "pairs": pairs(),
        "pairs_found": [case for case in pairs() if case[0]["match"]],
        "pairs_left": [case for case in pairs() if not case[0]["match"]],
    }
    shares = {name: sum(right for _, right in some) / len(some) for name, some in found.items()}
    return {**shares, **in_the_news(errors=errors)}


def main() -> None:
    """Print the figures."""
    errors = "--errors" in sys.argv
    for name, share in measure(errors=errors).items():
        print(f"{name:12} {share:.3f}")
    for row, right in (*dates(), *pairs()) if errors else ():
        if not right:
            print(row)


if __name__ == "__main__":
    main()
