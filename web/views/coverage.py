"""`/coverage`: when and where some questions were written about, beside each other."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Response, request

from searcher import MOST_QUESTIONS, Coverage, TypicalWord, coverage, typical_words
from web.app_state import current_state
from web.responses import as_json, current_locale, html
from web.results.chart import bar_chart, line_chart
from web.results.periods import first_days
from web.search_params import QUERY_LETTERS, SearchParams
from web.views.pages import asked, day_field

# Of each question: more are read by nobody, and an archive may have a thousand sources.
WORDS = 20
SOURCES = 40
SHARES, BESIDE = "share", "side"


class Panel(NamedTuple):
    """A question, its coverage, and the words that are typical of it."""

    params: SearchParams
    coverage: Coverage
    words: list[TypicalWord]


def coverage_page() -> Response:
    """The chart of up to four questions, and for each its sources, the silent ones, its words."""
    state = current_state()
    periods = first_days(state.newest_day())
    params = asked(periods)
    panels = _panels(params)
    by = request.args.get("by")
    shares = by == SHARES
    locale = current_locale()
    compared = [one.coverage for one in panels]
    drawn_as_bars = len(panels) == 1 and not shares
    chart = (
        bar_chart(compared[0].histogram, locale, beside=by == BESIDE)
        if drawn_as_bars
        else line_chart(compared, locale, shares=shares)
    )
    return html(
        "coverage.html",
        panels[0].params,
        asked=[
            *(("q", one.params.query) for one in panels if one.params.query),
            *params.replace(query="").parameters,
            *([("by", by)] if by in (SHARES, BESIDE) else ()),
        ],
        panels=panels,
        chart=chart,
        shares=shares,
        beside=by == BESIDE,
        periods=periods,
        day_field=day_field,
        most_questions=MOST_QUESTIONS,
        most_sources=SOURCES,
    )


def api_coverage() -> Response:
    """The same as values."""
    panels = _panels(SearchParams.of(request.args))
    return as_json({"questions": [_values(one) for one in panels]})


def _panels(params: SearchParams) -> list[Panel]:
    searcher = current_state().searcher()
    options = params.window(0, 0)
    questions = _questions()
    found = coverage(searcher, questions, options)
    return [
        Panel(params.replace(query=text), one, typical_words(searcher, text, options, WORDS))
        for text, one in zip(questions, found, strict=True)
    ]


def _questions() -> list[str]:
    """What was asked: the first few different questions; without any, one for everything."""
    given = (text.strip()[:QUERY_LETTERS] for text in request.args.getlist("q"))
    return list(dict.fromkeys(filter(None, given)))[:MOST_QUESTIONS] or [""]


def _values(panel: Panel) -> dict[str, Any]:
    return panel.coverage.to_json() | {"words": [word._asdict() for word in panel.words]}
