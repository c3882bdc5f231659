"""Search options: one way in for Python, the command line and the address line."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import ATTRIBUTES, Checkpoint, Document, Engine, open_engine
from searcher import Searcher, SearchOptions
from searcher.options import MOST_VALUES


def document(number: int, source: str, language: str, tags: Sequence[str]) -> Document:
    """An article that the word سفير finds."""
    return Document(
        key=f"k{number}",
        url=f"https://example.org/{number}",
        title="سفير",
        body="زار السفير المدينة.",
        date=f"2015-08-0{number}",
        source=source,
        language=language,
        tags=tuple(tags),
    )


NEWS = [
    document(1, "صحيفة المثال", "ar", ["دبلوماسية", "زيارات"]),
    document(2, "صحيفة المثال", "ar", ["زيارات"]),
    document(3, "وكالة الساحل", "fr", []),
]


@pytest.fixture(params=["memory:", "whoosh:"])
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Three articles in each engine."""
    place = str(tmp_path_factory.mktemp("index")) if request.param == "whoosh:" else ""
    engine: Engine = open_engine(request.param + place, create=True)
    engine.update(NEWS[:2], [], Checkpoint("doc", 1))
    engine.update(NEWS[2:], [], Checkpoint("doc", 2))
    return Searcher(engine)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("سفير وسم:زيارات", {"k1", "k2"}),
        ("سفير tag:دبلوماسيه", {"k1"}),
        ("سفير -tags:دبلوماسية", {"k2", "k3"}),
        ("سفير لغة:fr", {"k3"}),
        ("سفير lang:AR", {"k1", "k2"}),
        ("سفير language:(fr OR ar)", {"k1", "k2", "k3"}),
    ],
)
def test_every_attribute_can_be_asked_for_in_a_query(
    searcher: Searcher, query: str, found: set[str]
) -> None:
    """Tags and the language as the source is, in either language's names."""
    assert {hit.id for hit in searcher.search(query).hits} == found


def test_every_attribute_is_a_filter_and_a_facet(searcher: Searcher) -> None:
    """An article with several tags is counted under each of them."""
    results = searcher.search("سفير", tags="زيارات", facets=("tags", "language", "source", "site"))
    assert {hit.id for hit in results.hits} == {"k1", "k2"}
    assert results.facets == {
        "tags": [("زيارات", 2), ("دبلوماسية", 1)],
        "language": [("ar", 2)],
        "source": [("صحيفة المثال", 2)],
        "site": [("example.org", 2)],
    }
    assert searcher.search("سفير", language=["fr"]).total == 1
    assert results.to_json()["hits"][0]["tags"] == ["زيارات"] or results.hits[0].id == "k1"


def test_a_stored_article_comes_back_as_it_went_in(searcher: Searcher) -> None:
    """Tags are a tuple again."""
    assert [searcher.document(one.key) for one in NEWS] == NEWS


@pytest.mark.parametrize(
    ("since", "found"),
    [("2/8/2015", 2), ("2015/8/3", 1), ("1436", 3), ("شوال 1436", 3), ("2015-08-03", 1)],
)
def test_a_time_is_read_in_every_way_in(searcher: Searcher, since: str, found: int) -> None:
    """What the command line reads, Python reads."""
    assert searcher.search("سفير", since=since).total == found


def test_what_cannot_be_used_is_said_and_narrows_nothing(searcher: Searcher) -> None:
    """A refused value never empties the page."""
    results = searcher.search("سفير", since="قريبًا", sort="best", facets=["colour"])
    assert results.total == 3
    assert len(results.notes) == 3


def test_ends_that_are_turned_round_are_turned_back() -> None:
    """From the later to the earlier means from the earlier to the later."""
    options = SearchOptions().but(since="2016", until="2015")
    assert (options.since, options.until) == ("2015-12-31", "2016-01-01")


ANYTHING = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=30)
    | st.lists(st.text(max_size=300) | st.integers(), max_size=40)
)  # fmt: skip
NAMES = ["limit", "offset", "since", "until", "sort", "recency", "literal", "facets"]


@given(st.dictionaries(st.sampled_from(NAMES + [one.name for one in ATTRIBUTES]), ANYTHING))
def test_any_values_make_options_within_bounds(changes: dict[str, object]) -> None:
    """Nothing raises; filters and pages keep to what an engine can bear."""
    options = SearchOptions().but(**changes)
    assert 0 <= options.limit < 10**9
    assert 0 <= options.offset < 10**9
    assert options.sort in ("relevance", "newest", "oldest")
    assert all(len(getattr(options, one.name)) <= MOST_VALUES for one in ATTRIBUTES)
    assert options.recency in (None, True, False)
    assert options.literal in (True, False)


def test_an_option_that_is_none_is_a_mistake_of_the_program() -> None:
    """A misspelled keyword is no value from outside."""
    with pytest.raises(TypeError, match="sources"):
        SearchOptions().but(sources="x")
