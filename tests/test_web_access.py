"""Host names, origins and headers: who is answered, and who may read the answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.newsroom import ARTICLES, VISIT_ID, application, fill
from tests.other_archives import make_of
from web.access import host_allowed, names

PAGES = ("/", "/search?q=السفير", "/feed?q=السفير", "/opensearch.xml", "/nowhere", "/openapi.json")
READABLE = ("/api/search?q=س", "/api/suggest?q=س", "/api/stats", "/feed?q=س", "/embed.js")


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    """A reader of it, with the settings as they come."""
    return application(folder).test_client()


def opened_to(folder: Path, **settings: str) -> FlaskClient:
    """A reader of an application with settings of its own."""
    app = application(folder)
    app.config.update(settings)
    return app.test_client()


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "localhost.evil.example", "a" * 64 + ".example", "a." * 150, "a..b"),
        *("", ":80", "bad host", "[::1", "é.example", "-a", "x:999999", "search.example@evil", "_"),
        "127.0.0.1.evil.example",
    ],
)
def test_an_unknown_or_malformed_host_is_400_and_repeated_nowhere(
    client: FlaskClient, host: str
) -> None:
    """No page, feed, redirect or description is made under a name that is not ours."""
    for address in PAGES:
        refused = client.get(address, headers={"Host": host})
        assert refused.status_code == 400, address
        assert not host or len(host) < 3 or host not in refused.get_data(as_text=True)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "192.0.2.7"])
def test_this_machine_and_bare_addresses_are_answered(client: FlaskClient, host: str) -> None:
    """No stranger's name resolves to them."""
    assert client.get("/", headers={"Host": host}).status_code == 200


def test_names_of_the_setting_are_answered(folder: Path) -> None:
    """Parted by commas or spaces; a dot before allows what is below; a star allows all."""
    reader = opened_to(folder, BAHITH_HOSTS="search.example, .portal.example")
    for host, status in (
        ("search.example", 200),
        ("SEARCH.example:8443", 200),
        ("news.portal.example", 200),
        ("portal.example", 400),
        ("evilportal.example", 400),
    ):
        assert reader.get("/", headers={"Host": host}).status_code == status, host
    feed = reader.get("/feed?q=السفير", headers={"Host": "search.example"}).get_data(as_text=True)
    assert "http://search.example/feed" in feed
    anyone = opened_to(folder, BAHITH_HOSTS="*")
    assert anyone.get("/", headers={"Host": "any.example"}).status_code == 200
    assert anyone.get("/", headers={"Host": "a..b"}).status_code == 400


@given(st.text(max_size=80), st.sets(st.text(max_size=10)))
def test_whatever_a_host_header_holds_is_judged(host: str, allowed: set[str]) -> None:
    """Yes or no, never an exception; what is allowed is safe to put into an address."""
    if host_allowed(host, names(" ".join(allowed))):
        assert not set(host) & set("/\\@?# \t\r\n\"'<>")


def test_no_other_origin_may_read_unless_it_is_named(folder: Path, client: FlaskClient) -> None:
    """An intranet's archive is not open to whatever page an employee visits."""
    portal = {"Origin": "https://portal.example"}
    for address in READABLE:
        headers = client.get(address, headers=portal).headers
        assert "Access-Control-Allow-Origin" not in headers
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    named = opened_to(folder, BAHITH_ORIGINS="https://portal.example https://b.example")
    for address in READABLE:
        headers = named.get(address, headers=portal).headers
        assert headers["Access-Control-Allow-Origin"] == "https://portal.example"
        assert "Origin" in headers["Vary"]
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        other = named.get(address, headers={"Origin": "https://evil.example"}).headers
        assert "Access-Control-Allow-Origin" not in other
    for address in ("/", "/search?q=س", "/metrics"):
        assert "Access-Control-Allow-Origin" not in named.get(address, headers=portal).headers
    everyone = opened_to(folder, BAHITH_ORIGINS="*").get("/api/stats", headers=portal).headers
    assert everyone["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", ["/", f"/article/{VISIT_ID}", "/api/stats", "/nowhere"])
def test_every_answer_carries_the_headers_that_shut_other_pages_out(
    client: FlaskClient, address: str
) -> None:
    """Content policy, opener and resource policy, no sensors, no sniffing."""
    headers = client.get(address).headers
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_no_public_answer_names_a_path_of_the_server(tmp_path: Path) -> None:
    """Where the index stands is for the log; what to type is for the page."""
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "stranger.txt").touch()
    for folder in (tmp_path, tmp_path / "missing"):
        reader = application(folder).test_client()
        for address in ("/", "/search?q=س", "/api/search?q=س", "/healthz", "/feed", "/api/stats"):
            answer = reader.get(address)
            assert answer.status_code == 503
            assert str(tmp_path) not in answer.get_data(as_text=True), address
        assert "bahith index" in reader.get("/api/search?q=س").get_json()["error"]["message"]


def test_a_damaged_archive_is_an_answer_and_no_trace(tmp_path: Path) -> None:
    """Hits are shown without it; what only it can tell is 503 with a sentence."""
    fill(tmp_path, *ARTICLES)
    reader = application(tmp_path).test_client()
    assert reader.get("/search?q=السفير").status_code == 200
    archive = tmp_path / "articles.db"
    for beside in tmp_path.glob("articles.db-*"):
        beside.unlink()
    with archive.open("r+b") as file:
        size = file.seek(0, 2)
        file.seek(100)
        file.write(b"\xff" * (size - 100))
    reader = application(tmp_path).test_client()
    assert reader.get("/search?q=السفير").status_code == 200
    for address in ("/", f"/article/{VISIT_ID}", "/feed", "/status", "/api/stats", "/healthz"):
        answer = reader.get(address)
        assert answer.status_code in (200, 503), address
        assert str(tmp_path) not in answer.get_data(as_text=True)


def test_hits_are_shown_while_removals_cannot_be_read(tmp_path: Path) -> None:
    """Whether an article was removed is not guessed: its page is 503."""
    fill(tmp_path, *ARTICLES)
    reader = application(tmp_path).test_client()
    assert reader.get(f"/article/{VISIT_ID}").status_code == 200
    make_of("no tombstones", tmp_path / "articles.db")
    assert reader.get("/search?q=السفير").status_code == 200
    assert reader.get(f"/article/{VISIT_ID}").status_code == 503
