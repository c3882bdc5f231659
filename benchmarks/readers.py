"""What readers really type: wordings of a time, and pairs of a query and a text.

    python -m benchmarks.readers              the shares that come out right
    python -m benchmarks.readers --errors     and what goes wrong

The cases lie beside the checkout and are never part of it. Their own `score.py` has three figures
more (towns, Latin letters, slips), which need an index of all articles.
"""

from __future__ import annotations

import sys
from datetime import date
from functools import cache
from typing import Any

from benchmarks.data import SHARED, read_rows
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


def measure() -> dict[str, float]:
    """The shares that are right, 0 to 1."""
    found = {
        "dates": dates(),
        "pairs": pairs(),
        "pairs_found": [case for case in pairs() if case[0]["match"]],
        "pairs_left": [case for case in pairs() if not case[0]["match"]],
    }
    return {name: sum(right for _, right in some) / len(some) for name, some in found.items()}


def main() -> None:
    """Print the figures."""
    for name, share in measure().items():
        print(f"{name:12} {share:.3f}")
    if "--errors" in sys.argv:
        for row, right in (*dates(), *pairs()):
            if not right:
                print(row)


if __name__ == "__main__":
    main()
