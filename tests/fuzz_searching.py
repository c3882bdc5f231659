"""Fuzzing of what readers type and programs ask: everything is answered, within bounds.

See `tests/fuzz_pages.py` for how it is run.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from index import Checkpoint, Document, open_engine
from searcher import Searcher
from tests.newsroom import ARTICLES, application, fill

SIGNS = "\"«»()[]:*~^?=-+|&!٫،؛/\\'`‘’…".strip()
WORDS = [
    "السفير",
    "الروسي",
    "سفير",
    "OR",
    "AND",
    "NOT",
    "ليس",
    "او",
    "قرب/5",
    "عنوان:",
    "مصدر:",
    "source:",
    "site:",
    "date:2015",
    "2015-08-01",
    "من",
    "الى",
    "hgstdv",
    "alsafir",
    "UN",
    "رمضان",
    "1436",
    "آخر",
    "اليوم",
    "=سفير",
    "سف*",
    "~1",
    "^3",
    "«السفير",
    "الروسي»",
    '"وزير"',
]
QUERIES = st.lists(
    st.sampled_from(WORDS) | st.text(max_size=12) | st.sampled_from(list(SIGNS)), max_size=25
).map(" ".join)
NAMES = [
    "q",
    "page",
    "source",
    "author",
    "section",
    "site",
    "language",
    "tags",
    "since",
    "until",
    "sort",
    "lang",
    "limit",
    "fold",
]
PATHS = ["/", "/search", "/api/search", "/api/suggest", "/feed", "/opensearch.xml", "/embed.js"]
# An answer is at most so many times as long as its request, and `MOST_BYTES` besides.
MOST_OF_ITSELF = 40

MOST_BYTES = 100_000


@pytest.fixture(scope="module")
def searcher() -> Iterator[Searcher]:
    """A searcher over a few articles."""
    engine = open_engine("memory:")
    texts = [(one.title, one.body) for one in ARTICLES[:12]]
    documents = [
        Document(f"{n}", f"https://a.example/{n}", *text, "2015-08-01")
        for n, text in enumerate(texts)
    ]
    engine.update(documents, (), Checkpoint("a", 1))
    yield Searcher(engine)
    engine.close()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A program that reads a newsroom."""
    folder = tmp_path_factory.mktemp("newsroom")
    fill(folder, *ARTICLES)
    return application(folder).test_client()


@given(query=QUERIES)
def fuzz_any_query_is_answered(searcher: Searcher, query: str) -> None:
    """With hits whose marks lie inside their texts, in order."""
    found = searcher.search(query, limit=5)
    assert found.total >= len(found.hits)
    for hit in found.hits:
        end = 0
        for start, stop in hit.snippet.marks:
            assert end <= start < stop <= len(hit.excerpt)
            end = stop


@given(
    path=st.sampled_from(PATHS),
    asked=st.lists(st.tuples(st.sampled_from(NAMES), QUERIES | st.text(max_size=60)), max_size=12),
)
def fuzz_any_request_is_answered(
    client: FlaskClient, path: str, asked: list[tuple[str, str]]
) -> None:
    """Never with a fault of ours, and never with a page out of all proportion to the request."""
    line = "&".join(f"{name}={quote(value, errors='replace')}" for name, value in asked)
    answer = client.get(f"{path}?{line}")
    assert answer.status_code < 500
    assert len(answer.data) <= MOST_OF_ITSELF * len(line) + MOST_BYTES
