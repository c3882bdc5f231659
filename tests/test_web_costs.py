"""What one request can cost: bytes of its answer and searches of the index, for any parameters."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawl import Article
from index import ATTRIBUTE_NAMES
from tests.newsroom import ARTICLES, VISIT_ID, application, fill
from web.search_params import MOST_HITS

TIMES_ITSELF = 40
# An answer is at most so many times as long as its request, and so many bytes besides.
BESIDES = 100_000
# Searches of the engine: one, one a filter that is on, two a word where nothing was found.
MOST_SEARCHES = 60

HEADER_BYTES = 1 << 16

PIECES = ("السفير ", "<&>\"'", "a", "١", "سوق ")
letters = st.text(max_size=300) | st.sampled_from(PIECES).flatmap(
    lambda piece: st.integers(1, 2_000).map(lambda times: (piece * times)[:2_500])
)
NAMES = (
    *ATTRIBUTE_NAMES,
    *("q", "since", "until", "page", "limit", "sort", "recency", "literal", "all_words", "at"),
    *("by", "pick", "month", "last", "find.source", "find.author", "lang", "digits", "months"),
)
names = st.sampled_from(NAMES)
values = letters | st.sampled_from(["2015-08", "1", "0", "50", "newest", "en", "hijri", "week"])
requests = st.lists(st.tuples(names, values), max_size=40)
paths = st.sampled_from(
    [
        "/search",
        "/",
        "/coverage",
        "/sheet",
        "/api/coverage",
        "/help",
        "/feed",
        "/feed.json",
        f"/article/{VISIT_ID}",
    ]
)


class Counting:
    """An engine that counts what is asked of it."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.calls: Counter[str] = Counter()

    def __getattr__(self, name: str) -> Any:
        """The engine's own, counted."""
        self.calls[name] += 1
        return getattr(self.engine, name)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A newsroom, and articles with long names of everything."""
    place: Path = tmp_path_factory.mktemp("newsroom")
    long = [
        Article(
            url=f"https://long.example/{number}",
            title=f"السوق {number} " + "كلمة طويلة " * 200,
            body="السوق " + "جملة من كلمات كثيرة في المقال. " * 100,
            source=f"مصدر {number} " + "س" * 150,
            author=f"كاتب {number} " + "ك" * 150,
            section=f"قسم {number} " + "ق" * 150,
            tags=tuple(f"وسم {tag}" for tag in range(20)),
            date="2015-08-01",
        )
        for number in range(60)
    ]
    fill(place, *ARTICLES, *long)
    return application(place)


def answered(app: Flask, address: str) -> int:
    """The bytes of an answer; the address is sent as it stands."""
    response = app.test_client().get(address)
    assert response.status_code in (200, 302, 404), address[:200]
    return len(response.get_data())


@settings(max_examples=60)
@given(paths, requests)
@example("/search", [("q", "السوق"), ("limit", "100")])
@example("/search", [("q", "السوق " * 400), ("limit", "100")])
@example("/search", [(name, f"قيمة {n}") for name in ATTRIBUTE_NAMES for n in range(20)])
@example("/search", [("q", '"' * 2_000)])
@example("/feed", [("q", "السوق")])
def test_an_answer_is_in_proportion_to_its_request(
    app: Flask, path: str, asked: list[tuple[str, str]]
) -> None:
    """Forty times the request and a hundred kilobytes, however it is written."""
    address = f"{path}?{urlencode(asked, errors='replace')}"[:HEADER_BYTES]
    assert answered(app, address) <= TIMES_ITSELF * len(address) + BESIDES


@pytest.mark.parametrize("letter", ['"', "<", "س", "'", "("])
def test_letters_that_were_not_encoded_are_not_multiplied_either(app: Flask, letter: str) -> None:
    """A client may send them bare; on the page each takes up to six bytes in each place."""
    bare = letter * (2_000 // len(letter.encode()))
    size = answered(app, f"/search?q={quote(bare)}")
    assert size <= TIMES_ITSELF * len(f"/search?q={bare}".encode()) + BESIDES


@settings(max_examples=30)
@given(requests)
@example([("q", "السوق"), *((name, "س") for name in ATTRIBUTE_NAMES), ("since", "2015")])
@example([("q", "«زرافة فيل نمر أسد قرد دب»"), ("literal", "1")])
def test_a_request_searches_a_bounded_number_of_times(
    app: Flask, asked: list[tuple[str, str]]
) -> None:
    """However many parameters it has."""
    searcher = app.extensions["bahith"]["bahith"].searcher(())
    plain = searcher.engine
    counting = searcher.engine = Counting(plain)
    try:
        answered(app, f"/search?{urlencode(asked, errors='replace')}"[:HEADER_BYTES])
    finally:
        searcher.engine = plain
    assert counting.calls["search"] <= MOST_SEARCHES


def test_a_page_shows_no_more_hits_than_it_can_carry(app: Flask) -> None:
    """A hundred for a script, thirty for a page."""
    reader = app.test_client()
    assert len(reader.get("/api/search?q=السوق&limit=1000").get_json()["hits"]) > 30
    page = reader.get(f"/search?q=السوق&limit={MOST_HITS}").get_data(as_text=True)
    assert page.count("<article") == 30


def test_the_first_page_weighs_little(app: Flask) -> None:
    """The front page with all it loads: sixty kilobytes unpacked, nothing from elsewhere."""
    reader = app.test_client()
    page = reader.get("/").get_data(as_text=True)
    loaded = [reader.get(f"/bahith-static/{name}").data for name in ("bahith.css", "bahith.js")]
    assert len(page.encode()) + sum(map(len, loaded)) <= 60_000


def test_a_long_beginning_is_completed_as_far_as_it_counts(app: Flask) -> None:
    """A pasted text in the box costs what a word costs."""
    typed, words = app.test_client().get(f"/api/suggest?q={'س' * 5_000}").get_json()
    assert len(typed) == 200
    assert words == []


@pytest.mark.parametrize(
    "address", ["/search?q=السوق", "/api/search?q=السوق", "/feed?q=السوق", "/"]
)
def test_text_answers_are_packed_for_those_who_take_them(app: Flask, address: str) -> None:
    """The same text in less than half the bytes; caches are told that both exist."""
    reader = app.test_client()
    plain = reader.get(address)
    packed = reader.get(address, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Content-Encoding" not in plain.headers
    assert len(packed.data) < len(plain.data) / 2
    assert len(gzip.decompress(packed.data)) == pytest.approx(len(plain.data), abs=200)


def test_what_is_streamed_or_short_stays_as_it_is(app: Flask) -> None:
    """Files are sent while they are written, health is a line."""
    for address in ("/search.csv?q=السوق", "/healthz"):
        with app.test_client().get(address, headers={"Accept-Encoding": "gzip"}) as answer:
            assert "Content-Encoding" not in answer.headers
