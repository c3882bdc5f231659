"""Law: any row that the archive took can be indexed, searched by its site and printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawl import Archive, Article
from index import build, open_engine
from searcher import Searcher
from tests.newsroom import application, fill

ODD = ["http://[", "http://a]b/", "https://[x]/", "http://a／b/", "http://exa℀mple.org/", "17"]


def test_malformed_addresses_are_indexed_and_printed(tmp_path: Path) -> None:
    """An identifier that only looks like an address costs no run and is never made a link."""
    fill(tmp_path, *(Article(url=url, title="خبر غريب", body="نص") for url in ODD))
    client = application(tmp_path).test_client()
    page = client.get("/search?q=خبر")
    assert page.status_code == 200
    assert 'href="http://[' not in page.text
    for hit in client.get("/api/search?q=خبر").json["hits"]:
        assert client.get(f"/article/{hit['id']}").status_code == 200


@pytest.mark.parametrize(
    "typed",
    ["site:مثال.إختبار", "site:xn--mgbh0fb.xn--kgbechtv", "site:https://www.مثال.إختبار/خبر/1"],
)
def test_a_site_is_found_by_each_of_its_spellings(tmp_path: Path, typed: str) -> None:
    """An Arabic domain is typed in its letters, in punycode or as a whole address."""
    with Archive(tmp_path / "a.db") as archive:
        archive.put(Article(url="http://www.مثال.إختبار/1", title="خبر", body="نص"))
        archive.put(Article(url="https://xn--mgbh0fb.xn--kgbechtv/2", title="خبر", body="نص"))
        archive.put(Article(url="https://example.org/3", title="خبر", body="نص"))
        engine = open_engine(f"whoosh:{tmp_path / 'index'}", create=True)
        build(archive, engine)
        engine.close()
    searcher = Searcher.open(f"whoosh:{tmp_path / 'index'}")
    assert searcher.search(f"خبر {typed}").total == 2
