"""Coverage: bars that count what the list shows, sources that were silent, words of a period."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Checkpoint, CrossCount, Document, open_engine, period_of
from searcher import Searcher, SearchOptions, coverage, histogram, typical_words, unit_between
from searcher.coverage.histogram import MOST_BARS, UNITS, Unit, begin_of, end_of

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)
OPTIONS = SearchOptions()


def searcher_of(*rows: tuple[str, str, str]) -> Searcher:
    """A searcher of articles given as (day, source, text)."""
    engine = open_engine("memory:")
    documents = [
        Document(f"k{number:03}", f"https://a.example/{number}", "خبر", text, day, source=source)
        for number, (day, source, text) in enumerate(rows)
    ]
    engine.update(documents, [], Checkpoint("doc", 1))
    return Searcher(engine)


@given(DAYS, st.sampled_from(UNITS))
def test_a_day_lies_in_the_period_that_begins_and_ends_around_it(day: str, unit: Unit) -> None:
    """And the next period begins on the day after its last, for every day of the calendar."""
    begin = begin_of(unit, day)
    end = end_of(unit, begin)
    assert begin <= day <= end
    assert period_of(unit, begin) == period_of(unit, end) == period_of(unit, day)
    if end < "9999-12-31":
        after = (date.fromisoformat(end) + timedelta(days=1)).isoformat()
        assert begin_of(unit, after) == after


@given(DAYS, DAYS)
@settings(max_examples=50)
def test_a_span_is_shown_in_no_more_bars_than_can_be_hit(one: str, other: str) -> None:
    """The unit is as fine as that allows; centuries are cut at their newest years."""
    first, last = sorted((one, other))
    unit = unit_between(first, last)
    bars = histogram(unit, [(period_of(unit, day), 1) for day in (first, last)]).bars
    assert len(bars) <= MOST_BARS
    assert bars[-1].since <= last <= bars[-1].until
    if unit != "year":
        assert bars[0].since <= first


def test_bars_add_up_to_what_was_counted_with_and_without_a_source() -> None:
    """Articles without a source, and sources beyond the named, are one more series."""
    rows = [CrossCount("2015-08", f"مصدر {n}", 9 - n) for n in range(9)]
    found = histogram("month", [("2015-08", 60)], rows)
    assert found.series == (*(f"مصدر {n}" for n in range(6)), "")
    assert found.bars[0].counts == (9, 8, 7, 6, 5, 4, 21)


def test_a_question_is_counted_by_day_and_source_beside_everything() -> None:
    """Gaps are bars of nothing; who wrote then and not on this is named."""
    searcher = searcher_of(
        ("2015-08-01", "الساحل", "زار السفير المدينة"),
        ("2015-08-03", "الساحل", "عاد السفير"),
        ("2015-08-03", "البريد", "قال السفير كلمة"),
        ("2015-08-02", "الهضبة", "حريق في السوق"),
        ("2015-09-20", "الجبل", "مطر"),
    )
    (found,) = coverage(searcher, ["السفير"], OPTIONS)
    assert [(bar.since, bar.total) for bar in found.histogram.bars] == [
        ("2015-08-01", 1), ("2015-08-02", 0), ("2015-08-03", 2)
    ]  # fmt: skip
    assert found.everything == (1, 1, 2)
    assert found.shares == (1.0, 0.0, 1.0)
    assert dict(found.sources) == {"الساحل": 2, "البريد": 1}
    assert found.silent == (("الهضبة", 1),)
    assert sum(bar.total for bar in found.histogram.bars) == found.results.total


def test_questions_share_one_axis_of_time() -> None:
    """Bars of the same place are of the same days; a question without articles has none."""
    searcher = searcher_of(
        ("2015-08-01", "أ", "زار السفير المدينة"), ("2015-08-04", "أ", "حريق في السوق")
    )
    one, other, nothing = coverage(searcher, ["السفير", "حريق", "زرافة"], OPTIONS)
    days = [bar.since for bar in one.histogram.bars]
    assert days == [bar.since for bar in other.histogram.bars]
    assert [bar.total for bar in other.histogram.bars] == [0, 0, 0, 1]
    assert nothing.results.total == 0
    assert coverage(searcher, ["زرافة"], OPTIONS)[0].histogram.bars == ()


def test_spellings_of_a_source_are_one_series() -> None:
    """As they are one value of the filter."""
    searcher = searcher_of(("2015-08-01", "الرياضة", "السفير"), ("2015-08-01", "رياضة", "السفير"))
    (found,) = coverage(searcher, ["السفير"], OPTIONS)
    assert len(found.histogram.series) == 1
    assert found.histogram.bars[0].counts == (2,)


@pytest.mark.parametrize("since", ["", "2015-08-20"])
def test_words_of_a_question_or_a_period_are_told_from_the_rest(since: str) -> None:
    """In their commonest spelling, without the question's words and those without content."""
    searcher = searcher_of(
        *(("2015-08-20", "أ", f"السفير وقع زلزال في الجبل رقم {n}") for n in range(20)),
        *(("2015-07-01", "أ", f"السفير في سوق القمح رقم {n}") for n in range(20 if since else 0)),
        *(("2015-07-02", "أ", f"مباراة في كرة القدم رقم {n}") for n in range(60)),
    )  # fmt: skip
    found = [one.word for one in typical_words(searcher, "السفير", OPTIONS.but(since=since))]
    assert "زلزال" in found
    assert not {"السفير", "في", "رقم", "سوق"} & set(found)
