"""How well words match as readers mean them: labelled pairs of a query and a sentence.

    python -m benchmarks.matching              every phenomenon's recall and false matches
    python -m benchmarks.matching --errors     and the pairs that go wrong
    python -m benchmarks.matching --halves     and CORE on ten random halves of the word groups

The pairs and their scorer lie beside the checkout and are never part of it; the same figures come
from `score.py --cmd 'bahith explain --batch - --json'`.
"""

from __future__ import annotations

import random
import sys
from functools import cache
from typing import Any

from benchmarks.data import SHARED, scorer
from searcher.explain import explain

MATCHING = SHARED / "matching"
APART = ("keyboard", "latin")
HALVES = 10

Row = tuple[dict[str, Any], bool, str | None, bool | None]


@cache
def rows() -> list[Row]:
    """Each pair with our answer and whether it is right; None for pairs that are not scored."""
    pairs = scorer(MATCHING).load(str(MATCHING / "pairs.dev.jsonl"), "dev")
    found = (explain(pair["query"], pair["text"]) for pair in pairs)
    answers = [(one.match, one.form) for one in found]
    judged: list[Row] = scorer(MATCHING).tally(pairs, answers)
    return judged


def measure() -> dict[str, float]:
    """Recall, false matches and F (0 to 1): of CORE, and of the phenomena that stand apart."""
    figures = {}
    core = [row for row in rows() if row[0]["phenomenon"] not in APART]
    for group in ("core", "name", *APART):
        some = core if group == "core" else [r for r in rows() if r[0]["phenomenon"] == group]
        rates = scorer(MATCHING).rates(some)
        figures |= {f"{group}_recall": rates["recall"], f"{group}_false": rates["fmr"]}
        figures[f"{group}_f"] = rates["F"]
    return figures


def halves() -> list[float]:
    """F of CORE on random halves of the word groups: how much the figure owes to single words."""
    core = [row for row in rows() if row[0]["phenomenon"] not in APART]
    groups = sorted({row[0]["group"] for row in core})
    luck = random.Random(1)
    samples = [set(luck.sample(groups, len(groups) // 2)) for _ in range(HALVES)]
    return [
        scorer(MATCHING).rates([row for row in core if row[0]["group"] in some])["F"]
        for some in samples
    ]


def main(options: list[str]) -> None:
    """Print the figures."""
    scorer(MATCHING).report(rows(), "bahith explain", ci=True)
    if "--halves" in options:
        print("CORE F on halves:", " ".join(f"{100 * f:.1f}" for f in halves()))
    if "--errors" in options:
        for pair, match, form, right in rows():
            if right is False:
                kind = "FALSE" if match else "MISS "
                print(kind, pair["phenomenon"], pair["query"], "→", pair["form"], "| got", form)


if __name__ == "__main__":
    main(sys.argv[1:])
