"""What a question costs: counted work, the same before and after a commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawl import Archive
from index import Engine, open_engine, query, rebuild
from index.engines.whoosh.searching.segment_reader import SegmentReader
from index.engines.whoosh.storage.term_dict import TermDictionary
from searcher import Searcher, authority
from searcher.expansion import lookup
from tests.newsroom import ARTICLES, WHEAT, fill

QUESTION = "سفير الوزارة في السوق"
FACETS = ("source", "section", "author", "month")


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts the steps that cost: words looked up, lists scored, variants made, names compared."""
    done: Counter[str] = Counter()

    def count(place: Any, name: str, wrap: Callable[[Any], Any] = lambda found: found) -> None:
        found = getattr(place, name)

        def counted(*given: Any, **named: Any) -> Any:
            done[name] += 1
            return found(*given, **named)

        monkeypatch.setattr(place, name, wrap(counted))

    count(TermDictionary, "find")
    count(SegmentReader, "_scored")
    count(lookup.analysis, "variants")
    count(authority, "agency_credited")
    return done


def ask(searcher: Searcher, work: Counter[str]) -> Counter[str]:
    """What it costs to ask the question."""
    work.clear()
    assert searcher.search(QUESTION, facets=FACETS).total
    return Counter(work)


def made_anew(folder: Path) -> None:
    """Build the index again from the same archive: another commit, the same vocabulary."""
    with Archive(folder / "articles.db") as archive:
        engine = open_engine(f"whoosh:{folder / 'index'}", fresh=True)
        rebuild(archive, engine)
        engine.close()


@pytest.mark.parametrize("commit", [made_anew, lambda folder: fill(folder, WHEAT, ARTICLES[0])])
def test_a_question_costs_the_same_before_and_after_a_commit(
    tmp_path: Path, work: Counter[str], commit: Callable[[Path], None]
) -> None:
    """Right after it no more than the very first time; asked again as little as ever."""
    fill(tmp_path, *ARTICLES)
    searcher = Searcher.open(f"whoosh:{tmp_path / 'index'}")
    first, again = ask(searcher, work), ask(searcher, work)
    assert again < first
    generation = searcher.engine.generation()
    commit(tmp_path)
    assert ask(searcher, work) <= first
    assert searcher.engine.generation() >= generation
    assert ask(searcher, work) == again


def test_names_are_compared_once_for_all_states_of_an_index(
    tmp_path: Path, work: Counter[str]
) -> None:
    """Thousands of authors are looked through after a commit, but not read again."""
    fill(tmp_path, *ARTICLES)
    searcher = Searcher.open(f"whoosh:{tmp_path / 'index'}")
    ask(searcher, work)
    made_anew(tmp_path)
    assert ask(searcher, work)["agency_credited"] == 0


def test_counting_makes_no_scores(tmp_path: Path, work: Counter[str]) -> None:
    """Whether surely all words stand somewhere is asked of sets alone."""
    fill(tmp_path, *ARTICLES)
    engine: Engine = open_engine(f"whoosh:{tmp_path / 'index'}")
    words = tuple(
        query.Or((query.Term("body", "exact", text), query.Term("title", "exact", text)))
        for text in ("السوق", "أسعار")
    )
    asked = query.AtLeast(2, words, 0.5)
    work.clear()
    counted = engine.search(query.surely(asked), limit=0).total
    assert work["_scored"] == 0
    assert counted == engine.search(asked).total > 0
