"""Coverage: a question's articles over time and by source, beside all articles of that time.

Two searches a question: one that tells the span of its days, one that counts in the unit the span
asks for; and one of all articles, which several questions share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from searcher.coverage.histogram import (
    Histogram,
    Unit,
    histogram,
    span_of,
    unit_between,
)
from searcher.hits.results import Results
from searcher.options import SearchOptions
from searcher.search import Searcher

# Lines that one chart can tell apart.
MOST_QUESTIONS = 4


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was written on a question.

    `everything`: for each bar all articles of the period, whatever they are about; `sources` with
    their counts, the most frequent first; `silent`: sources that wrote in that time and not on
    this, with how many articles they wrote.
    """

    results: Results
    histogram: Histogram
    everything: tuple[int, ...]
    sources: tuple[tuple[str, int], ...]
    silent: tuple[tuple[str, int], ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """For each bar the share of all articles, 0 to 1."""
        pairs = zip(self.histogram.bars, self.everything, strict=True)
        return tuple(bar.total / most if most else 0.0 for bar, most in pairs)

    def to_json(self) -> dict[str, Any]:
        """The object of `/api/coverage` for a question."""
        bars = zip(self.histogram.bars, self.everything, strict=True)
        return {
            "query": self.results.query,
            "total": self.results.total,
            "total_exact": self.results.total_exact,
            "unit": self.histogram.unit,
            "series": list(self.histogram.series),
            "bars": [
                {
                    "since": bar.since,
                    "until": bar.until,
                    "count": bar.total,
                    "counts": list(bar.counts),
                    "everything": everything,
                }
                for bar, everything in bars
            ],
            "sources": [list(pair) for pair in self.sources],
            "silent": [list(pair) for pair in self.silent],
        }


def coverage(
    searcher: Searcher, texts: Sequence[str], options: SearchOptions
) -> tuple[Coverage, ...]:
    """The coverage of some questions, all over one span of time in one unit."""
    asking = replace(options, limit=0, offset=0, sort="relevance", facets=("day",))
    days = [ask(searcher, text, asking).facets["day"] for text in texts]
    spans = [span for counts in days if (span := span_of(counts))]
    if not spans:
        found = [ask(searcher, text, replace(asking, facets=("source",))) for text in texts]
        return tuple(
            Coverage(one, Histogram(), (), tuple(one.facets["source"]), ()) for one in found
        )
    span = min(first for first, _ in spans), max(last for _, last in spans)
    unit = unit_between(*span)
    counting = replace(asking, facets=(unit, "source"), crosstabs=((unit, "source"),))
    outside = {"since": options.since or span[0], "until": options.until or span[1]}
    everyone = searcher.browse(replace(counting, crosstabs=(), **outside))  # type: ignore[arg-type]
    everything = tuple(bar.total for bar in histogram(unit, everyone.facets[unit], (), span).bars)
    return tuple(
        _covered(ask(searcher, text, counting), unit, span, everyone, everything) for text in texts
    )


def over_time(searcher: Searcher, text: str, options: SearchOptions) -> Histogram:
    """The histogram of a question alone, over the days of what it finds."""
    asking = replace(options, limit=0, offset=0, sort="relevance", facets=("day",))
    span = span_of(ask(searcher, text, asking).facets["day"])
    if span is None:
        return Histogram()
    unit = unit_between(*span)
    counting = replace(asking, facets=(unit,), crosstabs=((unit, "source"),))
    found = ask(searcher, text, counting)
    return histogram(unit, found.facets[unit], found.crosstabs[unit, "source"], span)


def ask(searcher: Searcher, text: str, options: SearchOptions) -> Results:
    """The results of a question; of everything where none is asked."""
    return searcher.search(text, options) if text.strip() else searcher.browse(options)


def _covered(
    results: Results,
    unit: Unit,
    span: tuple[str, str],
    everyone: Results,
    everything: tuple[int, ...],
) -> Coverage:
    found = histogram(unit, results.facets[unit], results.crosstabs[unit, "source"], span)
    sources = tuple(results.facets["source"])
    held = {source for source, _ in sources}
    silent = tuple(pair for pair in everyone.facets["source"] if pair[0] not in held)
    return Coverage(results, found, everything, sources, silent)
