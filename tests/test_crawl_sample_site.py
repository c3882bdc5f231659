"""The sample newspaper's server answers as a real site does, and only with what is the site's."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import pytest

from crawl.sample.server import SAMPLE, SITE, answer, serve_sample

BASE = "http://paper.example"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The newspaper, served."""
    with serve_sample() as base:
        yield base


def fetch(url: str, **headers: str) -> HTTPResponse:
    """One answer over the wire."""
    response = urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10)
    assert isinstance(response, HTTPResponse)
    return response


def test_the_server_puts_its_own_address_into_what_it_serves(site: str) -> None:
    """Absolute addresses lead back to the server, whatever port it got."""
    with fetch(site + "/sitemap.xml") as response:
        body = response.read().decode()
        assert response.headers["Content-Type"] == "application/xml"
    assert f"<loc>{site}/local/rescue.html</loc>" in body
    assert "{{BASE}}" not in body


def test_an_address_in_arabic_is_answered(site: str) -> None:
    """A percent-encoded Arabic path finds its file."""
    rows = map(json.loads, (SAMPLE / "articles.jsonl").read_text("utf-8").splitlines())
    path = next(row["path"] for row in rows if "%" in row["path"])
    with fetch(site + path + "?utm_source=front") as response:
        assert response.status == 200
        assert "مهرجان النوارس" in response.read().decode()


def test_an_unknown_page_is_a_404_in_arabic(site: str) -> None:
    """A missing page says so, in the status and to the reader."""
    with pytest.raises(urllib.error.HTTPError) as caught:
        fetch(site + "/local/nothing.html")
    assert caught.value.code == 404
    assert "لم نجد هذه الصفحة" in caught.value.read().decode()


def test_a_section_without_its_slash_is_redirected(site: str) -> None:
    """/local leads to /local/, as on a real server."""
    with fetch(site + "/local") as response:
        assert response.geturl() == site + "/local/"
    assert answer("//local", BASE).location == BASE + "/local/"


def test_an_unchanged_page_is_not_sent_again(site: str) -> None:
    """The entity tag of the first answer earns a 304 on the second."""
    with fetch(site + "/about.html") as response:
        etag = response.headers["ETag"]
    with pytest.raises(urllib.error.HTTPError) as caught:
        fetch(site + "/about.html", **{"If-None-Match": etag})
    assert caught.value.code == 304


@pytest.mark.parametrize(
    "target",
    ["/../sample_site.py", "/%2e%2e/articles.jsonl", "/%00", "/" + "a" * 5000, "//nowhere/"],
)
def test_no_request_leaves_the_site(target: str) -> None:
    """A path that climbs out, or that no file could have, is simply not found."""
    assert answer(target, BASE).status == 404


def test_the_sample_lies_in_the_package() -> None:
    """The files are found beside the module, so an installed wheel serves them too."""
    assert SITE.parent == SAMPLE == Path(answer.__code__.co_filename).resolve().parent
