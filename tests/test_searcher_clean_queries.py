"""Clean queries stay as they were typed, even where no article holds all their words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from crawl import Article
from crawl.extract import extract
from crawl.sample.server import SAMPLE, answer
from index import Checkpoint, Document, open_engine
from searcher import Searcher

BASE = "http://paper.example"


ROWS = [json.loads(line) for line in (SAMPLE / "articles.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def untitled(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """The sample newspaper without its headlines, so that many of them are in no article."""
    paths = [row["path"] for row in ROWS]
    pages = (extract(answer(path, BASE).content, BASE + path) for path in paths)
    articles = [replace(page, title="") for page in pages if isinstance(page, Article)]
    assert len(articles) > 30
    engine = open_engine(f"whoosh:{tmp_path_factory.mktemp('untitled')}", create=True)
    engine.update(map(Document.of, articles), [], Checkpoint("sample", 1))
    return Searcher(engine)


def asked() -> Iterator[str]:
    """Every headline, and every two and three words of it that stand side by side."""
    for row in ROWS:
        words = row["title"].split()
        yield row["title"]
        for size in (2, 3):
            yield from (" ".join(words[i : i + size]) for i in range(0, len(words) - 1, size))


def test_no_clean_query_is_rewritten(untitled: Searcher) -> None:
    """Names that no article has and words that dictionaries know are what was meant."""
    queries = list(asked())
    assert len(queries) > 150
    found = {query: untitled.search(query, limit=1) for query in queries}
    assert any(one.total_whole == 0 for one in found.values())
    changed = {
        query: one.suggestion.query
        for query, one in found.items()
        if one.suggestion and one.suggestion.applied
    }
    assert changed == {}
