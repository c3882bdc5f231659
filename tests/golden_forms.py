"""Golden forms: some thousand words with the forms that this analysis version gives them.

`python -m tests.golden_forms` writes them anew, after a change of rules that raised
`ANALYSIS_VERSION` (in `index/analysis/analysis_version.py`); to watch another word, append it to
the file and run that. The first line holds the numbers that the forms belong to.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

from index.analysis import forms
from index.analysis.analysis_version import ANALYSIS_VERSION
from index.analysis.expansion.tables import TABLES, TABLES_VERSION
from index.analysis.lexicon.cache import LEXICON_VERSION, PACKAGES

FILE = Path(__file__).with_name("golden_forms.tsv")
TABLES_FILE = Path(__file__).with_name("golden_tables.txt")


def numbers(table_digest: str) -> str:
    """The versions that the forms follow from, and the digest of the lexicon's table."""
    packages = [f"{package}={package_version(package)}" for package in PACKAGES]
    return "\t".join(["#", ANALYSIS_VERSION, f"lexicon-{LEXICON_VERSION}", *packages, table_digest])


def digest(table: dict[str, Any]) -> str:
    """A hash of a lexicon's table, however its entries are ordered."""
    rows = sorted((stem, sorted(entries)) for stem, entries in table.items())
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def golden() -> tuple[str, list[list[str]]]:
    """The first line of the file, and its rows: a word, its exact form, its lemma."""
    first, *rows = FILE.read_text("utf-8").splitlines()
    return first, [row.split("\t") for row in rows]


def tables() -> list[str]:
    """The numbers that derived tables follow from, and the digest of those of the golden forms."""
    rows = [row for row in golden()[1] if row[1]]
    terms = {"exact": sorted({row[1] for row in rows}), "lemma": sorted({row[2] for row in rows})}
    pairs = [(name, sorted(set(rule.pairs(terms[rule.form])))) for name, rule in TABLES.items()]
    made_from = hashlib.sha256(repr((golden(), numbers(""))).encode()).hexdigest()[:16]
    made = hashlib.sha256(repr(pairs).encode()).hexdigest()[:16]
    return [str(TABLES_VERSION), made_from, made]


def _lines() -> Iterator[str]:
    from index.analysis.lexicon.compile import compile_table

    yield numbers(digest(compile_table()))
    for word in dict.fromkeys(row[0] for row in golden()[1]):
        yield "\t".join((word, *forms(word)))


if __name__ == "__main__":
    lines = list(_lines())
    FILE.write_text("\n".join(lines) + "\n", "utf-8")
    TABLES_FILE.write_text(" ".join(tables()) + "\n", "utf-8")
    print(f"{len(lines) - 1} words", file=sys.stderr)
