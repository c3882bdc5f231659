"""A number means one thing: the same totals under every sort, whole answers before the others."""

from __future__ import annotations

from typing import get_args

import pytest

from index import Checkpoint, Document, Sort, open_engine
from searcher import Results, Searcher

TEXTS = [
    "وزير الخارجية الإيطالي يصل",
    "وزير الداخلية الإيطالي يغادر",
    "وزير الخارجية المصري يصرح",
    "وزير الخارجية الإيطالي يعود",
    "الخارجية تعلق",
    "وزير الخارجية الفرنسي في روما",
    "لا شيء هنا",
]
QUERY = "وزير الخارجية الإيطالي"


@pytest.fixture(scope="module", params=["memory:", "whoosh:"])
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Seven articles, a day each."""
    place = str(tmp_path_factory.mktemp("index")) if request.param == "whoosh:" else ""
    engine = open_engine(request.param + place, create=True)
    documents = [
        Document(f"k{n}", f"https://example.org/{n}", text, f"{text}.", f"2015-08-0{n + 1}")
        for n, text in enumerate(TEXTS)
    ]
    engine.update(documents, [], Checkpoint("doc", 1))
    return Searcher(engine)


def ids(results: Results) -> list[str]:
    """The hits of a page."""
    return [hit.id for hit in results.hits]


@pytest.mark.parametrize("query", [QUERY, "وزير الإيطالي", "الخارجية", "زلزال", "وزير OR الداخلية"])
def test_every_sort_tells_the_same_totals_and_facets(searcher: Searcher, query: str) -> None:
    """What is found does not depend on how it is ordered."""
    found = [
        searcher.search(query, sort=sort, facets=("month", "site"), limit=2)
        for sort in get_args(Sort)
    ]
    assert len({(one.total, one.total_whole) for one in found}) == 1
    assert found[0].facets == found[1].facets == found[2].facets
    assert sum(count for _, count in found[0].facets["month"]) == found[0].total


def test_by_date_whole_answers_stand_before_the_others(searcher: Searcher) -> None:
    """A rule divides them: two hold every word, four lack one."""
    found = searcher.search(QUERY, sort="newest")
    assert ids(found)[:2] == ["k3", "k0"]
    assert ids(found)[2:] == ["k5", "k4", "k2", "k1"]
    assert (found.total, found.total_whole, found.divided_at) == (6, 2, 2)
    assert all(bool(hit.missing) == (place >= 2) for place, hit in enumerate(found.hits))


@pytest.mark.parametrize("sort", get_args(Sort))
def test_pages_follow_each_other_across_the_rule(searcher: Searcher, sort: Sort) -> None:
    """No hit twice, none left out, the rule on one page only."""
    pages = [searcher.search(QUERY, sort=sort, limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    everything = searcher.search(QUERY, sort=sort)
    assert [key for page in pages for key in ids(page)] == ids(everything)
    assert {page.total for page in pages} == {6}
    assert [page.divided_at for page in pages] == [None, 0, None, None]


@pytest.mark.parametrize("sort", get_args(Sort))
def test_all_words_can_be_asked_for(searcher: Searcher, sort: Sort) -> None:
    """A switch leaves out what lacks a word."""
    found = searcher.search(QUERY, sort=sort, all_words=True)
    assert set(ids(found)) == {"k0", "k3"}
    assert found.total == found.total_whole == 2
    assert found.divided_at is None


def test_the_totals_are_told_in_json(searcher: Searcher) -> None:
    """Scripts see what readers see."""
    told = searcher.search(QUERY, sort="oldest").to_json()
    assert (told["total"], told["total_whole"], told["divided_at"]) == (6, 2, 2)
