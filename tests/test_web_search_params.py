"""Search parameters: an address is read back as it was meant, and nothing in it is an error."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from index import ATTRIBUTE_NAMES
from searcher.options import MOST_LETTERS, MOST_VALUES
from web.search_params import (
    MOST_HITS,
    MOST_PAGES,
    QUERY_LETTERS,
    SearchParams,
)

words = st.text(max_size=30).map(str.strip)
values = st.lists(words.filter(bool), max_size=3, unique=True).map(tuple)
# Years up to 1500 are of the Hijra.
days = st.dates(min_value=date(1900, 1, 1)).map(lambda day: day.isoformat())
periods = st.lists(days, min_size=2, max_size=2).map(sorted)


@st.composite
def questions(draw: st.DrawFn) -> SearchParams:
    """Anything a reader may ask for."""
    since, until = draw(periods)
    return SearchParams(
        query=draw(words),
        source=draw(values),
        section=draw(values),
        author=draw(values),
        site=draw(values),
        since=draw(st.sampled_from(["", since])),
        until=draw(st.sampled_from(["", until])),
        sort=draw(st.sampled_from(["relevance", "newest", "oldest"])),
        recency=draw(st.sampled_from([None, True, False])),
        literal=draw(st.booleans()),
        limit=draw(st.integers(1, MOST_HITS)),
        page=draw(st.integers(1, MOST_PAGES)),
    )


@given(questions())
def test_an_address_says_what_was_asked_and_is_read_back(params: SearchParams) -> None:
    """Every link of the page leads to the very question it was made for."""
    assert SearchParams.of(MultiDict(params.arguments())) == params
    assert SearchParams.of(MultiDict(params.parameters)) == params


@given(st.dictionaries(st.sampled_from(["q", "page", "limit", "since", "sort", "recency"]), words))
def test_whatever_a_stranger_writes_is_a_question(said: dict[str, str]) -> None:
    """Out of bounds is brought within them, nonsense is left out."""
    params = SearchParams.of(MultiDict(said))
    assert len(params.query) <= QUERY_LETTERS
    assert 1 <= params.page <= MOST_PAGES
    assert 1 <= params.limit <= MOST_HITS
    assert params.sort in ("relevance", "newest", "oldest")


@given(questions(), words.filter(bool))
def test_a_filter_taken_twice_is_as_it_was(params: SearchParams, value: str) -> None:
    """A click on a filter is undone by a second one, and begins at the first page."""
    once = params.toggled("source", value)
    assert once.page == 1
    assert sorted(once.toggled("source", value).source) == sorted(params.source)


@pytest.mark.parametrize(
    ("since", "day"),
    [("1436", "2014-10-25"), ("2015/6/1", "2015-06-01"), ("رمضان 1436", "2015-06-18")],
)
def test_a_time_in_an_address_is_read_as_in_a_query(since: str, day: str) -> None:
    """One reader of times for all of them."""
    assert SearchParams.of(MultiDict({"q": "سفير", "since": since})).since == day


def test_a_time_in_an_address_that_is_none_is_told() -> None:
    """It never vanishes silently."""
    params = SearchParams.of(MultiDict({"q": "سفير", "until": "قريبًا"}))
    assert not params.until
    assert params.notes


@given(
    st.sampled_from(ATTRIBUTE_NAMES),
    st.lists(st.text(min_size=1, max_size=2 * MOST_LETTERS).filter(str.strip), max_size=60),
)
def test_a_filter_takes_twenty_values_of_two_hundred_letters(name: str, given: list[str]) -> None:
    """What is left out is told in a note; what is taken is what was given, in its order."""
    params = SearchParams.of(MultiDict([(name, value) for value in given]))
    taken = getattr(params, name)
    usable = list(dict.fromkeys(value for value in given if len(value) <= MOST_LETTERS))
    assert list(taken) == usable[:MOST_VALUES]
    assert bool(params.notes) == (set(taken) != set(given))
