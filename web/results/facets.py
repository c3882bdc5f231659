"""Facet groups: the values of each filter with their counts, ready to be ticked.

A group shows its most frequent values, those that are chosen, and, where the reader looks for one
(`find.source=…`), those whose letters hold what was written, however their hamza is typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from crawl.text.letters import bare_letters
from index import ATTRIBUTES, Facet
from searcher import MOST_LETTERS
from web.search_params import SearchParams

FACET_NAMES: tuple[Facet, ...] = (
    *(spec.name for spec in ATTRIBUTES if spec.facet and spec.offered),
    "month",
)
# One value of these is no choice: nearly every archive is of one language.
_CHOICE_OF_TWO = ("site", "language")
# Of each group: enough to choose from, few enough to read.
SHOWN_CHOICES = 8
SHOWN_MONTHS = 12
# Under the fold; a corpus may have thousands of authors, and a box finds the others.
MOST_FOLDED = 12

Counts = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """One value of a filter: its articles, their share of the most in per cent, if it is on."""

    value: str
    count: int
    share: int
    chosen: bool


class FacetGroup(NamedTuple):
    """A filter: choices in sight, those under a fold, how many there are, what was looked for."""

    name: Facet
    shown: tuple[FacetChoice, ...]
    folded: tuple[FacetChoice, ...]
    total: int
    wanted: str

    @property
    def choices(self) -> tuple[FacetChoice, ...]:
        """All that are offered."""
        return self.shown + self.folded


def facet_groups(
    counts: Mapping[Facet, Counts],
    params: SearchParams,
    wanted: Mapping[str, str],
    outlet: Callable[[str], str] = str,
) -> tuple[FacetGroup, ...]:
    """The groups that offer a choice.

    `wanted`: by filter, what its values should hold; `outlet`: what readers call a source.
    """
    groups = [
        _months(pairs, params)
        if name == "month"
        else _values(name, pairs, params, wanted.get(name, ""), outlet if name == "source" else str)
        for name, pairs in counts.items()
        if name in FACET_NAMES
    ]
    return tuple(group for group in groups if _offers_a_choice(group))


def _offers_a_choice(group: FacetGroup) -> bool:
    chosen = any(choice.chosen for choice in group.choices)
    return bool(chosen or group.wanted) or len(group.choices) > (group.name in _CHOICE_OF_TWO)


def _values(
    name: Facet,
    counts: Counts,
    params: SearchParams,
    look_for: str,
    called: Callable[[str], str],
) -> FacetGroup:
    on: tuple[str, ...] = getattr(params, name)
    letters = bare_letters(look_for)
    most = max((count for _, count in counts), default=0) or 1
    shown: list[FacetChoice] = []
    folded: list[FacetChoice] = []
    for value, count in [*counts, *_uncounted(on, counts)]:
        chosen = value in on
        # What is too long to be asked for is not offered.
        if not chosen and (
            len(value) > MOST_LETTERS
            or (letters and letters not in bare_letters(f"{value} {called(value)}"))
        ):
            continue
        if chosen or len(shown) < SHOWN_CHOICES:
            shown.append(FacetChoice(value, count, 100 * count // most, chosen))
        elif len(folded) < MOST_FOLDED:
            folded.append(FacetChoice(value, count, 100 * count // most, chosen))
        elif not on:
            break
    return FacetGroup(name, tuple(shown), tuple(folded), len(counts), look_for)


def _uncounted(on: Sequence[str], counts: Counts) -> list[tuple[str, int]]:
    """The values that are on and that no article of the answer has."""
    held = {value for value, _ in counts} if on else set()
    return [(value, 0) for value in on if value not in held]


def _months(counts: Counts, params: SearchParams) -> FacetGroup:
    """Newest first; what an import called a date may be none, and then it has no month."""
    most = max((count for _, count in counts), default=0)
    choices = tuple(
        FacetChoice(value, count, 100 * count // most, params.month == value)
        for value, count in sorted(counts, reverse=True)
        if len(value) == len("2015-08")
    )
    return FacetGroup("month", choices[:SHOWN_MONTHS], (), len(choices), "")
