"""The analysis version: a number that changes with the forms, and only with them."""

from __future__ import annotations

from index.analysis import forms, version
from index.analysis.analysis_version import ANALYSIS_VERSION
from tests import golden_forms


def test_golden_forms_change_only_with_the_analysis_version() -> None:
    """An index made before a rule changed must not be searched after it as if nothing had."""
    first, rows = golden_forms.golden()
    if golden_forms.numbers("").split("\t")[3:-1] != first.split("\t")[3:-1]:
        return  # other dictionaries are installed: their versions are part of the analysis version
    changed = [
        f"{word}: {exact} {lemma}, now {now[0]} {now[1]}"
        for word, exact, lemma in rows
        if (now := forms(word)) != (exact, lemma)
    ]
    assert not changed, "raise ANALYSIS_VERSION, run python -m tests.golden_forms\n" + "\n".join(
        changed
    )
    assert first.split("\t")[1:3] == golden_forms.numbers("").split("\t")[1:3], (
        "run python -m tests.golden_forms"
    )


def test_the_version_names_the_rules_by_their_number() -> None:
    """Not by a hash of source files: a docstring mended orders nobody to build an index again."""
    assert version().startswith(ANALYSIS_VERSION + "-")
