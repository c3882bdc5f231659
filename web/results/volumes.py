"""Volumes: how much each source wrote lately, and whether its last whole day is out of its band.

Counts of days scatter as Poisson's do: three times the root of the usual count on either side is
the band, and what lies outside is told as high or low.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import Literal, NamedTuple

from crawl.text.calendars import back
from index import CrossCount

# Days that tell what is usual: four of each day of the week.
WINDOW = 28

BAND = 3.0

Level = Literal["usual", "high", "low"]


class Volume(NamedTuple):
    """A source: the day of its newest article in the window, its last whole day and usual day."""

    source: str
    newest: str
    last: int
    usual: float
    total: int

    @property
    def level(self) -> Level:
        """Where the last whole day lies.

        >>> [Volume("", "", last, 16.0, 0).level for last in (2, 16, 40)]
        ['low', 'usual', 'high']
        """
        width = BAND * max(self.usual, 1.0) ** 0.5
        if self.last > self.usual + width:
            return "high"
        return "low" if self.last < self.usual - width else "usual"


def window(newest: date) -> tuple[str, str]:
    """The first and last day of the window that ends with the archive's newest day."""
    return back(newest, WINDOW - 1).isoformat(), newest.isoformat()


def volumes(rows: Sequence[CrossCount], newest: date) -> list[Volume]:
    """The volumes of sources by counts of (source, day), the largest first.

    The newest day may be under way: the one before it is judged.
    """
    by_source: dict[str, dict[str, int]] = defaultdict(dict)
    for source, day, count in rows:
        by_source[source][day] = count
    judged = back(newest, 1)
    before = [back(judged, n).isoformat() for n in range(1, WINDOW - 1)]
    found = [
        Volume(
            source,
            max(days),
            days.get(judged.isoformat(), 0),
            float(median(days.get(day, 0) for day in before)),
            sum(days.values()),
        )
        for source, days in by_source.items()
    ]
    return sorted(found, key=lambda one: (-one.total, one.source))
