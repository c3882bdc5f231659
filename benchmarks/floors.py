"""Fail when a quality figure has sunk below its floor.

    python -m benchmarks.floors            all groups of floors.json
    python -m benchmarks.floors matching   one

A group is a module of this folder with a function `measure() -> dict[str, float]`; floors.json
gives each figure's bound as `{"at_least": x}` or `{"at_most": x}`. Never a time: machines are
shared and noisy.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

from benchmarks.data import SHARED

FLOORS = Path(__file__).with_name("floors.json")


def broken(group: str, floors: dict[str, dict[str, float]]) -> list[str]:
    """Measure a group, print each figure beside its bound; a sentence for each that fails."""
    figures = importlib.import_module(f"benchmarks.{group}").measure()
    failures = []
    for name, bound in floors.items():
        value = figures[name]
        holds = value >= bound.get("at_least", value) and value <= bound.get("at_most", value)
        print(f"{'ok  ' if holds else 'FAIL'} {group}.{name} = {value:.4f}  {bound}", flush=True)
        if not holds:
            failures.append(f"{group}.{name} is {value:.4f}, and floors.json says {bound}")
    return failures


def main(wanted: list[str]) -> int:
    """Check the wanted groups, or all; 0 when every floor holds or nothing can be measured."""
    if not SHARED.is_dir():
        print("no measuring data at ../shared/data: floors are not checked")
        return 0
    groups = json.loads(FLOORS.read_text(encoding="utf-8"))
    failures = [failure for group in wanted or groups for failure in broken(group, groups[group])]
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
