"""Histogram: matches by period and source, in bars as wide as the time they span asks.

>>> rows = [CrossCount("2015-08-01", "أ", 2), CrossCount("2015-08-03", "ب", 1)]
>>> found = histogram("day", [("2015-08-01", 2), ("2015-08-03", 3)], rows)
>>> found.series, [(bar.since, bar.counts) for bar in found.bars]
(('أ', 'ب', ''), [('2015-08-01', (2, 0, 0)), ('2015-08-02', (0, 0, 0)), ('2015-08-03', (0, 1, 2))])
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from index import CrossCount, period_of

Unit = Literal["day", "week", "month", "year"]
UNITS: tuple[Unit, ...] = ("day", "week", "month", "year")
# Two months of days: more bars are thinner than a finger or a cursor can hit.
MOST_BARS = 62
# Sources told apart by colour; the rest are one.
MOST_SERIES = 6
# The name of the series of all other sources.
OTHERS = ""


class Bar(NamedTuple):
    """A period, ISO days both included, and its count in each series."""

    since: str
    until: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Articles of the period."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars in the order of time without gaps, and the names of their series."""

    unit: Unit = "day"
    series: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()

    @property
    def most(self) -> int:
        """The highest bar."""
        return max((bar.total for bar in self.bars), default=0)


def unit_between(first: str, last: str) -> Unit:
    """The finest unit in which a span of days makes no more than `MOST_BARS` bars.

    >>> unit_between("2015-08-01", "2015-08-18"), unit_between("2010-01-01", "2015-08-18")
    ('day', 'year')
    """
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    for unit, width in (("day", 1), ("week", 7), ("month", 30)):
        if days <= width * (MOST_BARS - 1):
            return unit  # type: ignore[return-value]
    return "year"


def histogram(
    unit: Unit,
    counts: Sequence[tuple[str, int]],
    rows: Sequence[CrossCount] = (),
    span: tuple[str, str] | None = None,
) -> Histogram:
    """The bars of counts by period, of which `rows` tell the sources; the newest `MOST_BARS`.

    `span`: the first and last day to show; those of the counts if none are named.
    """
    span = span or span_of(counts)
    if span is None:
        return Histogram(unit)
    named = _most_frequent(rows)
    told = {(row.first, row.second): row.matches for row in rows if row.second in named}
    totals = dict(counts)
    bars = []
    for begin in list(periods(unit, *span))[-MOST_BARS:]:
        period = period_of(unit, begin)
        by_source = [told.get((period, source), 0) for source in named]
        others = totals.get(period, 0) - sum(by_source)
        bars.append(Bar(begin, end_of(unit, begin), (*by_source, others)))
    if any(bar.counts[-1] for bar in bars):
        return Histogram(unit, (*named, OTHERS), tuple(bars))
    return Histogram(unit, named, tuple(bar._replace(counts=bar.counts[:-1]) for bar in bars))


def span_of(counts: Sequence[tuple[str, int]]) -> tuple[str, str] | None:
    """The first and the last of the periods that were counted; None where there is none."""
    when = [period for period, _ in counts]
    return (min(when), max(when)) if when else None


def periods(unit: Unit, first: str, last: str) -> Iterator[str]:
    """The first days of the periods from one to another, each a day or a beginning of one.

    >>> list(periods("month", "2015-11", "2016-01"))
    ['2015-11-01', '2015-12-01', '2016-01-01']
    """
    day, end = begin_of(unit, first), begin_of(unit, last)
    while day <= end:
        yield day
        following = date.fromisoformat(end_of(unit, day)).toordinal() + 1
        if following > date.max.toordinal():
            return
        day = date.fromordinal(following).isoformat()


def begin_of(unit: Unit, when: str) -> str:
    """The first day of the period in which a day, or the beginning of one, lies."""
    whole = when + "-01-01"[len(when) - len("2015-01-01") :] if len(when) < 10 else when
    period = period_of(unit, whole)
    return period + "-01-01"[len(period) - len("2015-01-01") :] if len(period) < 10 else period


def end_of(unit: Unit, begin: str) -> str:
    """The last day of a period that begins on a day.

    >>> [end_of(unit, "2016-02-01") for unit in UNITS]
    ['2016-02-01', '2016-02-06', '2016-02-29', '2016-12-31']
    """
    day = date.fromisoformat(begin)
    match unit:
        case "day":
            return begin
        case "week":
            last = min(day.toordinal() - day.toordinal() % 7 + 6, date.max.toordinal())
            return date.fromordinal(last).isoformat()
        case "month":
            following = day.replace(day=28) + timedelta(days=4) if day < _LAST else None
            ends = following.replace(day=1) - timedelta(days=1) if following else date.max
            return ends.isoformat()
        case "year":
            return f"{begin[:4]}-12-31"


_LAST = date(9999, 12, 1)


def _most_frequent(rows: Sequence[CrossCount]) -> tuple[str, ...]:
    totals: Counter[str] = Counter()
    for _, source, number in rows:
        totals[source] += number
    ranked = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    return tuple(name for name, _ in ranked[:MOST_SERIES])
