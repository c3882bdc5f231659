"""One real article is found first among many, by each way to ask for it."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawl import Article
from index import Checkpoint, Document, open_engine
from searcher import Searcher


def documents(lines: Iterator[str]) -> Iterator[Document]:
    """Import rows as documents."""
    for line in lines:
        row = json.loads(line)
        yield Document.of(Article(row["url"], row["title"], row["body"], row.get("date", "")))


@pytest.fixture(scope="module")
def searcher(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """The article beside fifteen hundred others, in an index on disk."""
    engine = open_engine(f"whoosh:{tmp_path_factory.mktemp('ambassador')}", create=True)
    with lzma.open(shared_data / "news.jsonl.xz", "rt", encoding="utf-8") as lines:
        others = list(documents(line for line, _ in zip(lines, range(1500), strict=False)))
    with (shared_data / "ambassador.jsonl").open(encoding="utf-8") as lines:
        engine.update([*others, *documents(lines)], [], Checkpoint("test", 1))
    found = Searcher(engine)
    yield found
    found.close()


@pytest.mark.parametrize(
    "query",
    ["السفير الروسي في الجزائر", "سفير روسيا بالجزائر", "هروب داعش إلى ليبيا", "بيليايف"],
)
def test_the_ambassador_is_found_first(searcher: Searcher, query: str) -> None:
    """By the headline, by other words for it, by what he said, by his name."""
    assert searcher.search(query).hits[0].url == "https://example.org/ambassador"
