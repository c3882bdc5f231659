"""Charts: bars and lines over time as the paths of an SVG, in units of its view box.

Time runs as the page reads: from right to left on an Arabic one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from searcher import Coverage, Histogram
from web.locale.catalog import Direction
from web.locale.locale import Locale

HEIGHT = 60
STEP = 10
GAP = 2


class Column(NamedTuple):
    """A period of a chart: what a form sends to narrow to it, its name, its counts a series."""

    span: str
    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Articles of the period."""
        return sum(self.counts)


class Chart(NamedTuple):
    """A drawing so many units wide: a path for each series, and what stands under it.

    `top`: what its height stands for.
    """

    width: int
    top: str
    paths: tuple[str, ...]
    series: tuple[str, ...]
    columns: tuple[Column, ...]


def bar_chart(found: Histogram, locale: Locale, *, beside: bool = False) -> Chart | None:
    """Bars of a colour for each source, stacked or `beside` each other.

    None where one period or none would be drawn.
    """
    if len(found.bars) < 2 or not found.most:
        return None
    width = STEP * len(found.bars)
    most = max(max(bar.counts) for bar in found.bars) if beside else found.most
    share = (STEP - GAP) / len(found.series) if beside else STEP - GAP
    pieces: list[list[str]] = [[] for _ in found.series]
    for place, bar in enumerate(found.bars):
        left, below = _left(place, width, locale.catalog.direction) + GAP / 2, 0
        for series, count in enumerate(bar.counts):
            x = left + share * _turn(series, found, locale) if beside else left
            if count:
                top = HEIGHT - HEIGHT * (below + count) / most
                size = HEIGHT * count / most
                pieces[series].append(f"M{x:.4g} {top:.1f}h{share:.3g}v{size:.1f}h-{share:.3g}z")
                below += 0 if beside else count
    paths = tuple(map("".join, pieces))
    return Chart(width, locale.number(most), paths, found.series, columns([found], locale))


def _turn(series: int, found: Histogram, locale: Locale) -> int:
    """The place of a series inside its period: the first one stands where reading begins."""
    return series if locale.catalog.direction == "ltr" else len(found.series) - 1 - series


def line_chart(found: Sequence[Coverage], locale: Locale, *, shares: bool) -> Chart | None:
    """A line for each question; `shares`: as a part of all articles of the period."""
    values = [
        one.shares if shares else tuple(float(bar.total) for bar in one.histogram.bars)
        for one in found
    ]
    most = max((value for line in values for value in line), default=0.0)
    if not most or len(values[0]) < 2:
        return None
    width = STEP * len(values[0])
    paths = tuple(_line(line, most, width, locale.catalog.direction) for line in values)
    names = tuple(one.results.query for one in found)
    top = locale.number(100 * most, 1) + "%" if shares else locale.number(most)
    return Chart(width, top, paths, names, columns([one.histogram for one in found], locale))


def columns(found: Sequence[Histogram], locale: Locale) -> tuple[Column, ...]:
    """The periods of some histograms over one time; of one alone its series are told apart."""
    rows = []
    for bars in zip(*(one.bars for one in found), strict=True):
        counts = bars[0].counts if len(found) == 1 else tuple(bar.total for bar in bars)
        since, until = bars[0].since, bars[0].until
        span = since if since == until else f"{since}..{until}"
        rows.append(Column(span, _name(found[0].unit, since, locale), counts))
    return tuple(rows)


def _name(unit: str, since: str, locale: Locale) -> str:
    match unit:
        case "month":
            return locale.month(since[:7])
        case "year":
            return locale.written(since[:4])
        case "week":
            return locale.text("chart_week", locale.day(since))
        case _:
            return locale.day(since)


def _left(place: int, width: int, direction: Direction) -> int:
    return STEP * place if direction == "ltr" else width - STEP * (place + 1)


def _line(values: Sequence[float], most: float, width: int, direction: Direction) -> str:
    """A band around a line, since a stroke would be squeezed with the drawing."""
    points = [
        (_left(place, width, direction) + STEP / 2, HEIGHT - (HEIGHT - 2) * value / most - 1)
        for place, value in enumerate(values)
    ]
    pieces = (f"M{x:g} {y:.1f}L{nx:g} {ny:.1f}" for (x, y), (nx, ny) in pairwise(points))
    return "".join(pieces)
