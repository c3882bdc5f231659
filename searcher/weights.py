"""Weights: every number that ranking was tuned with, beside the benchmark that chose it.

All were chosen by `python -m benchmarks.relevance` on halves of its queries, each confirmed on the
other half; `docs/ranking.md` has what each is worth and what it costs.
"""

from __future__ import annotations

from index import Field, Form, Variant, Why

FORM: dict[Form, float] = {"exact": 1.0, "lemma": 0.6}
"""A word found as spelled says more than its dictionary word; a text that has it so gets both."""

FIELD: dict[Field, float] = {"title": 2.0, "body": 1.0}
"""A headline is the article in ten words."""

NEIGHBOURS = 0.5
NEIGHBOUR_SLOP = 1
"""Two words of the query next to each other in the text, in order, or with one between them."""

LEAD = 0.3
LEAD_WORDS = 60
"""An article's first sentences say what it is about."""

MOST = 0.5
"""The share of the plain words that a text may not be without."""

NEAR: frozenset[Why] = frozenset({"exact", "inflected", "broken-plural", "name-variant"})
"""Reasons by which a word of a phrase may stand for another."""


def of(field: Field, variant: Variant) -> float:
    """The boost of a term that a word led to."""
    return FIELD[field] * FORM[variant.form] * variant.weight


def least(words: int) -> int:
    """How many of so many plain words a text must hold.

    >>> [least(n) for n in range(7)]
    [0, 1, 1, 2, 2, 3, 3]
    """
    return -int(-words * MOST // 1)
