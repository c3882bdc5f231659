"""Every example of docs/query.md is asked of the articles that the page itself lists."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Checkpoint, Document, open_engine
from searcher import Searcher

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "query.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(?P<query>.+?)` \| (?P<finds>[\d ∅]+) \|", re.MULTILINE)


def examples() -> Iterator[tuple[str, str]]:
    """The queries of the page, and the ids they find."""
    for row in ROW.finditer(PAGE):
        yield row["query"].replace("\\|", "|"), row["finds"].strip()


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    """The articles of the page in a `memory:` engine."""
    block = re.search(r"```jsonl\n(.+?)```", PAGE, re.DOTALL)
    assert block
    engine = open_engine("memory:")
    rows = [json.loads(line) for line in block[1].splitlines()]
    documents = [Document(key=str(row.pop("id")), **row) for row in rows]
    engine.update(documents, [], Checkpoint("query.md", 1))
    return Searcher(engine)


@pytest.mark.parametrize(("typed", "finds"), list(examples()))
def test_an_example_of_the_page_finds_what_the_page_says(
    searcher: Searcher, typed: str, finds: str
) -> None:
    """The page cannot promise what the search does not do."""
    found = searcher.search(typed)
    assert " ".join(hit.id for hit in found.hits) == finds.replace("∅", ""), found.notes


def test_the_page_has_examples_of_everything() -> None:
    """The pattern that reads the tables still reads them."""
    assert len(list(examples())) > 45
