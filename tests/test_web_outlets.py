"""Outlets have names in two languages, shown wherever a source is, and kept out of the data."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from crawl import CrawlError, Site, key_of
from tests.newsroom import ARTICLES, VISIT, WHEAT, fill
from web import create_app
from web.locale.outlets import OutletNames

OUTLETS = """
[[site]]
urls = ["https://news.example/"]
sources = ["بريد المرسى"]
title = "جريدة المرسى"
title_en = "Marsa Post"
country = "لبنان"
group = "صحف"

[[site]]
urls = ["https://coast.example/"]
sources = ["الساحل"]
title_en = "The Coast"
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A newsroom whose outlets are named."""
    folder = tmp_path_factory.mktemp("outlets")
    fill(folder, *ARTICLES)
    names = folder / "outlets.toml"
    names.write_text(OUTLETS, encoding="utf-8")
    app = create_app(f"whoosh:{folder / 'index'}", folder / "articles.db", outlets=names)
    return app.test_client()


@pytest.mark.parametrize(
    "address",
    ["/", "/search?q=السفير", "/coverage?q=السفير", "/status", f"/article/{key_of(VISIT.url)}"],
)
def test_a_page_calls_sources_by_their_names(client: FlaskClient, address: str) -> None:
    """In the language of the page; links and forms still say what the archive holds."""
    arabic = client.get(address).text
    assert "<bdi>جريدة المرسى</bdi>" in arabic
    assert "<bdi>بريد المرسى</bdi>" not in arabic
    english = client.get(f"{address}{'&' if '?' in address else '?'}lang=en").text
    assert "<bdi>Marsa Post</bdi>" in english
    assert "<bdi>جريدة المرسى</bdi>" not in english


def test_a_name_in_one_language_serves_both(client: FlaskClient) -> None:
    """And an outlet without any stands as the archive has it."""
    page = client.get(f"/article/{key_of(WHEAT.url)}").text
    assert "<bdi>The Coast</bdi>" in page
    assert "<bdi>Harbour Post</bdi>" in client.get("/search?q=harbour").text


def test_the_status_page_says_of_which_group_and_country_a_source_is(client: FlaskClient) -> None:
    """As the file of outlets has it; its host goes by the same."""
    page = client.get("/status").text
    assert "<bdi>صحف</bdi>" in page
    assert "<bdi>لبنان</bdi>" in page
    names = OutletNames.of([Site(("https://a.example/",), group="صحف", country="لبنان")])
    assert names.collections == {"a.example": ("صحف", "لبنان")}
    assert names.shown("a.example", "ar") == "a.example"


def test_a_filter_is_found_by_the_name_that_is_shown(client: FlaskClient) -> None:
    """And by the one that is held; its value is the latter."""
    for looked_for in ("جريدة", "بريد"):
        page = client.get(f"/search?q=السفير&find.source={looked_for}").text
        assert 'name="source" value="بريد المرسى"' in page
        assert 'name="source" value="الساحل"' not in page


def test_files_and_the_api_keep_what_the_archive_holds(client: FlaskClient) -> None:
    """A name may change; what was collected does not."""
    hits = client.get("/api/search?q=السفير").get_json()["hits"]
    assert "بريد المرسى" in [hit["source"] for hit in hits]
    assert "بريد المرسى" in client.get("/search.csv?q=السفير").text


def test_a_wrong_file_of_outlets_is_said_before_anything_is_served(tmp_path: Path) -> None:
    """With the place and what is wrong there."""
    names = tmp_path / "outlets.toml"
    names.write_text('[[site]]\nurls = ["https://news.example/"]\nsources = "one"\n')
    with pytest.raises(CrawlError, match=r"line 3: site\.sources is a list of texts"):
        create_app("memory:", tmp_path / "articles.db", outlets=names)
