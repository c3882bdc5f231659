"""Articles that a portal sends: kept whole or not at all, and found within seconds."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from bahith import bahith
from crawl import Archive, key_of
from crawl.formats.pushed import MOST_ROWS
from tests.newsroom import VISIT, WHEAT, fill, served
from web import bahith_blueprint, create_app
from web.app_state import EXTENSION
from web.indexing import Indexing
from web.views import ingest

FIRST = {"url": "https://portal.example/1", "title": "جسر جديد", "body": "افتُتح الجسر أمس."}
SECOND = {"url": "https://portal.example/2", "title": "طريق", "body": "رُصف الطريق."}


class Desk:
    """A server with keys over an archive, and what was asked of its indexing."""

    def __init__(self, folder: Path) -> None:
        fill(folder, VISIT, WHEAT)
        self.folder = folder
        self.keys = folder / "keys.json"
        self.writer = self.key("portal", "--write")
        self.app = create_app(f"whoosh:{folder / 'index'}", folder / "articles.db", keys=self.keys)
        self.client: FlaskClient = self.app.test_client()

    def key(self, *words: str) -> str:
        """A new key."""
        typed = ["keys", "add", *words, "--keys", str(self.keys)]
        return CliRunner().invoke(bahith, typed).stdout.strip()

    def push(self, *rows: object, key: str = "", **more: Any) -> TestResponse:
        """Send rows, text as it is."""
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        sent = {"Authorization": f"Bearer {key or self.writer}"} | more.pop("headers", {})
        return self.client.post("/api/articles", data="\n".join(lines), headers=sent, **more)

    def held(self, url: str) -> str:
        """The title that the archive has for an address; empty for none."""
        with Archive(self.folder / "articles.db") as archive:
            found = archive.get(key_of(url))
            return found.title if found else ""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose index stays as it is."""
    monkeypatch.setattr(Indexing, "ask", lambda self: asked.append(self))
    asked.clear()
    return Desk(tmp_path)


asked: list[Indexing] = []


def test_what_is_sent_is_kept_and_sending_it_again_changes_nothing(desk: Desk) -> None:
    """New, changed and the same are counted; an old text becomes a version; nothing is lost."""
    answer = desk.push(FIRST, "", SECOND)
    assert (answer.status_code, answer.json) == (202, report(new=2))
    assert desk.held(FIRST["url"]) == "جسر جديد"
    assert desk.push(FIRST, SECOND).json == report(same=2)
    assert len(asked) == 1, "nothing new, nothing to index"
    assert desk.push(FIRST | {"title": "جسر"}, SECOND).json == report(changed=1, same=1)
    assert desk.held(FIRST["url"]) == "جسر"
    with Archive(desk.folder / "articles.db") as archive:
        assert len(archive.versions(key_of(FIRST["url"]))) == 1
    assert desk.push().json == report()


def report(**counts: int) -> dict[str, object]:
    """An answer."""
    return {"new": 0, "changed": 0, "same": 0, "removed": []} | counts


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{", "bad-json"),
        ("[]", "bad-row"),
        ({"title": "t", "body": "b"}, "no-url"),
        ({"url": "x"}, "no-text"),
        ({"url": "x", "body": {}}, "not-text"),
        ("[" * 100_000, "too-deep"),
    ],
)
def test_a_broken_line_refuses_all_and_is_named(desk: Desk, bad: object, reason: str) -> None:
    """400 with its number, its reason for programs, a sentence in the language that was asked."""
    answer = desk.push(FIRST, SECOND, bad)
    told = answer.json["error"]
    assert answer.status_code == told["status"] == 400
    assert (told["line"], told["reason"]) == (3, reason)
    assert "السطر" in told["message"]
    assert desk.held(FIRST["url"]) == ""
    in_english = desk.push(bad, query_string={"lang": "en"}).json["error"]["message"]
    assert "Nothing was kept. Line" in in_english


@given(content=st.binary(max_size=200))
def test_whatever_is_sent_is_kept_or_refused_by_its_line(content: bytes) -> None:
    """Never another error."""
    found = ingest.read_pushed(content)
    if isinstance(found, ingest.BadLine):
        assert 1 <= found.number <= content.count(b"\n") + 1
        assert ingest.refusal_sentence(found.reason) != found.reason


def test_too_many_lines_or_bytes_are_413(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the first line too many, and nothing kept."""
    rows = [FIRST | {"url": f"https://portal.example/{n}"} for n in range(MOST_ROWS + 1)]
    answer = desk.push(*rows)
    assert answer.status_code == 413
    assert answer.json["error"]["line"] == MOST_ROWS + 1
    assert desk.held(FIRST["url"]) == ""
    assert desk.push(*rows[:-1]).json == report(new=MOST_ROWS)
    monkeypatch.setattr(ingest, "MOST_BYTES", 100)
    too_large = desk.push(FIRST)
    assert (too_large.status_code, too_large.json["error"]["code"]) == (413, "too-large")
    assert desk.push(FIRST, headers={"Content-Encoding": "gzip"}).status_code == 415


def test_only_a_key_that_writes_writes(desk: Desk) -> None:
    """Unknown and expired ones are 401, others 403; a browser's remembered password is none."""
    reader = desk.key("reader")
    expired = desk.key("old", "--write", "--expires", "2020-01-31")
    assert desk.push(FIRST, key=reader).status_code == 403
    for none in (expired, "bahith_unknown"):
        answer = desk.push(FIRST, key=none)
        assert answer.status_code == 401
        assert "مفتاح" in answer.json["error"]["message"]
    asked_by_browser = desk.client.post("/api/articles", data="", auth=("any", desk.writer))
    assert asked_by_browser.status_code == 403
    assert desk.client.get("/api/stats", auth=("any", desk.writer)).status_code == 200
    assert desk.held(FIRST["url"]) == ""
    got = desk.client.get("/api/articles", headers={"X-API-Key": desk.writer})
    assert got.status_code == 405
    assert got.headers["Allow"] == "OPTIONS, POST"


@pytest.mark.parametrize("guard", ["none", "portal"])
def test_without_keys_nobody_writes(tmp_path: Path, guard: str) -> None:
    """Neither where everyone may read, nor where a portal's login decides."""
    from flask import Flask

    from index import Filters

    app = Flask("portal")
    allowed = {"allowed": lambda _: Filters()} if guard == "portal" else {}
    app.register_blueprint(bahith_blueprint(archive=tmp_path / "a.db", **allowed))
    answer = app.test_client().post("/api/articles", data=json.dumps(FIRST))
    assert answer.status_code == 403
    assert not (tmp_path / "a.db").exists()


def test_a_key_writes_only_what_it_may_see(desk: Desk) -> None:
    """Neither a row outside its scope, nor over an article outside; the line is named."""
    coast = desk.key("coast", "--source", "الساحل", "--write")
    inside = FIRST | {"source": "الساحل"}
    answer = desk.push(inside, SECOND | {"source": "الوطن"}, key=coast)
    assert answer.status_code == 403
    assert (answer.json["error"]["line"], answer.json["error"]["reason"]) == (2, "out-of-scope")
    assert desk.held(FIRST["url"]) == ""
    assert desk.push(inside | {"url": VISIT.url}, key=coast).status_code == 403
    assert desk.held(VISIT.url) == VISIT.title
    over_its_own = desk.push(inside, inside | {"url": WHEAT.url, "title": "قمح"}, key=coast)
    assert over_its_own.json == report(new=1, changed=1)


def test_what_was_removed_for_good_stays_out_and_is_told(desk: Desk) -> None:
    """The rest is kept."""
    place = ["--archive", str(desk.folder / "articles.db")]
    done = CliRunner().invoke(bahith, ["archive", "remove", VISIT.url, *place])
    assert done.exit_code == 0, done.output
    answer = desk.push(FIRST, SECOND | {"url": VISIT.url})
    assert answer.json == report(new=1) | {"removed": [2]}
    assert desk.held(VISIT.url) == ""


def test_an_archive_that_others_write_is_503_with_a_time_to_come_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One request waits for it; those beside it are told at once, and readers are answered."""
    monkeypatch.setattr("crawl.archive.database.WAIT_SECONDS", 0)
    with Archive(desk.folder / "articles.db") as archive, archive.batch():
        answer = desk.push(FIRST)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
    assert desk.push(FIRST).json == report(new=1)
    with ingest._one:
        assert desk.push(SECOND).status_code == 503
        sent = {"X-API-Key": desk.writer}
        assert desk.client.get("/search?q=سفير", headers=sent).status_code == 200


@pytest.fixture(scope="module")
def served_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, str]]:
    """A desk on a real port."""
    made = Desk(tmp_path_factory.mktemp("served"))
    with served(made.app) as address:
        yield made, address.removeprefix("http://")


def posted(place: str, body: bytes, key: str, **headers: str) -> tuple[int, Any]:
    """What a server says to a body."""
    with closing(http.client.HTTPConnection(place, timeout=60)) as connection:
        sent = {"Authorization": f"Bearer {key}", **headers}
        connection.request("POST", "/api/articles", body, sent)
        answer = connection.getresponse()
        text = answer.read()
        is_json = "json" in answer.headers.get("Content-Type", "")
        return answer.status, json.loads(text) if is_json else text


def test_what_is_sent_to_a_server_is_found_by_itself(served_desk: tuple[Desk, str]) -> None:
    """More than other requests' 4 kB, by a real socket; nobody types `bahith index`."""
    desk, place = served_desk
    long = FIRST | {"body": "افتُتح الجسر أمس. " * 1000}
    status, told = posted(place, json.dumps(long, ensure_ascii=False).encode(), desk.writer)
    assert (status, told["new"]) == (202, 1)
    sent = {"X-API-Key": desk.writer}
    end = time.monotonic() + 120
    while desk.client.get("/api/search?q=الجسر", headers=sent).json["total"] != 1:
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_large_body_of_who_may_not_write_is_read_and_forgotten(
    served_desk: tuple[Desk, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal arrives whole, whatever the length; of nobody more than the bound is read."""
    _, place = served_desk
    status, told = posted(place, b"x" * 3_000_000, "bahith_unknown")
    assert (status, told["error"]["code"]) == (401, "unauthorized")
    monkeypatch.setattr(ingest, "MOST_BYTES", 10_000)
    assert posted(place, b"x" * 10_001, "bahith_unknown")[0] == 413


def test_what_was_sent_before_a_server_began_is_indexed_when_it_does(desk: Desk) -> None:
    """A process may die between the archive and the index."""
    ingest.catch_up(desk.app)
    assert [*asked] == [desk.app.extensions[EXTENSION]["bahith"].indexing]
    asked.clear()
    ingest.catch_up(create_app(f"whoosh:{desk.folder / 'index'}", desk.folder / "articles.db"))
    assert not asked, "where nobody may write, a server indexes nothing"


def test_an_index_that_cannot_be_written_is_tried_again_and_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The pause doubles, up to a bound; what the command says stands in the log."""
    (tmp_path / "articles.db").touch()
    pauses: list[float] = []

    def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 4:
            (tmp_path / "articles.db").unlink()

    monkeypatch.setattr("web.indexing.time", SimpleNamespace(sleep=sleep))
    monkeypatch.setattr(
        "web.indexing._COMMAND", ("-S", "-c", "import sys; sys.exit('another process writes')")
    )
    indexing = Indexing("whoosh:index", tmp_path / "articles.db")
    indexing.ask()
    end = time.monotonic() + 60
    while (tmp_path / "articles.db").exists():
        assert time.monotonic() < end
        time.sleep(0.02)
    assert pauses == [0.5, 2.0, 4.0, 8.0]
    told = [record.message for record in caplog.records]
    assert told == ["articles that were sent are not indexed yet: another process writes"]
