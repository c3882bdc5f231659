"""The server's sockets: what one client can cost it, and how it stops."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from flask import Flask

from tests.newsroom import ARTICLES, VISIT, application, fill, served
from web.serving import bounds


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """Host and port of a newsroom served as `bahith serve` does."""
    folder = tmp_path_factory.mktemp("newsroom")
    fill(folder, *ARTICLES)
    with served(application(folder)) as address:
        host, _, port = address.removeprefix("http://").partition(":")
        yield host, int(port)


def status_of(place: tuple[str, int], target: str = "/healthz") -> int:
    """What a plain request is answered with."""
    with closing(http.client.HTTPConnection(*place, timeout=30)) as connection:
        connection.request("GET", target)
        return connection.getresponse().status


def sent(place: tuple[str, int], data: bytes) -> bytes:
    """What the server says to some bytes, until it closes."""
    with socket.create_connection(place, timeout=30) as wire:
        wire.sendall(data)
        answer = b""
        while piece := wire.recv(65536):
            answer += piece
    return answer


def test_idle_connections_keep_nobody_out(place: tuple[str, int]) -> None:
    """Three hundred silent visitors, where waitress by itself stops at a hundred."""
    with ExitStack() as idle:
        for _ in range(300):
            idle.enter_context(socket.create_connection(place))
        assert status_of(place) == 200


def test_headers_have_a_bound(place: tuple[str, int]) -> None:
    """64 kB of them are 431; what is below is answered."""
    line = b"GET /search?q=".ljust(bounds.HEADER_BYTES, b"a")
    assert b" 431 " in sent(place, line).split(b"\r\n")[0]
    assert status_of(place, "/search?q=" + "%D8%B3" * 9_000) == 200


def test_a_huge_body_is_refused_before_it_is_read(place: tuple[str, int]) -> None:
    """Its length is enough to say no; nothing of it is written to disk."""
    head = b"POST /search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n"
    assert b" 413 " in sent(place, head).split(b"\r\n")[0]
    chunked = b"POST /search HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert (
        b" 413 " in sent(place, chunked + b"1000\r\n" + b"x" * bounds.BODY_BYTES).split(b"\r\n")[0]
    )


def test_a_request_that_never_becomes_whole_is_let_go(
    place: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A byte now and then does not keep a connection for ever."""
    monkeypatch.setattr(bounds, "PATIENCE", 1)
    with socket.create_connection(place, timeout=30) as wire:
        wire.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        wire.settimeout(0.2)
        for _ in range(60):
            try:
                wire.sendall(b"X: y\r\n")
                if wire.recv(1) == b"":
                    return
            except TimeoutError:
                continue
            except OSError:
                return
    raise AssertionError("it was never let go")


def slow_application(seconds: float) -> Flask:
    """An application whose only page takes its time."""
    app = Flask("slow")

    @app.get("/")
    def page() -> str:
        time.sleep(seconds)
        return "done"

    return app


def test_a_full_queue_refuses_with_a_time_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """503 with Retry-After for those who do not fit, an answer for those who do."""
    monkeypatch.setattr(bounds, "QUEUE", 4)
    with served(slow_application(0.3)) as address:
        place = address.removeprefix("http://").split(":")
        answers: list[http.client.HTTPResponse] = []

        def ask() -> None:
            connection = http.client.HTTPConnection(place[0], int(place[1]), timeout=30)
            connection.request("GET", "/")
            answers.append(connection.getresponse())
            connection.close()

        readers = [threading.Thread(target=ask) for _ in range(40)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
    refused = [answer for answer in answers if answer.status == 503]
    assert len(answers) == 40
    assert refused
    assert len(answers) - len(refused) >= bounds.THREADS
    assert all(answer.headers["Retry-After"] == str(bounds.RETRY_AFTER) for answer in refused)


def test_stopping_finishes_what_is_under_way() -> None:
    """Every request that was being answered when the server is told to stop gets its answer."""
    answers: list[bytes] = []
    readers: list[threading.Thread] = []
    with served(slow_application(0.5)) as address:
        place = address.removeprefix("http://").split(":")
        request = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
        for _ in range(bounds.THREADS):
            ask = threading.Thread(
                target=lambda: answers.append(sent((place[0], int(place[1])), request))
            )
            ask.start()
            readers.append(ask)
        time.sleep(0.2)
    for reader in readers:
        reader.join()
    assert [answer.endswith(b"done") for answer in answers] == [True] * bounds.THREADS


def test_the_limit_of_connections_leaves_files_for_the_index() -> None:
    """The process's own limit is raised where it may be."""
    assert 0 < bounds.connection_limit() <= bounds.CONNECTIONS


def test_an_index_that_is_moved_away_or_replaced_is_noticed(tmp_path: Path) -> None:
    """By name, not by file: a restored backup is served at once, a missing one is told."""
    fill(tmp_path, VISIT)
    other = tmp_path / "other"
    other.mkdir()
    fill(other, *ARTICLES)
    reader = application(tmp_path).test_client()
    assert reader.get("/healthz").get_json()["documents"] == 1
    tag = reader.get("/search?q=السفير").headers["ETag"]
    (tmp_path / "index").rename(tmp_path / "aside")
    assert reader.get("/healthz").status_code == 503
    (other / "index").rename(tmp_path / "index")
    assert reader.get("/healthz").get_json()["documents"] == len(ARTICLES)
    assert reader.get("/search?q=السفير", headers={"If-None-Match": tag}).status_code == 200
    shutil.rmtree(tmp_path / "index")
    assert reader.get("/search?q=السفير").status_code == 503
    (tmp_path / "aside").rename(tmp_path / "index")
    assert reader.get("/healthz").get_json()["documents"] == 1


def test_an_archive_that_is_replaced_is_noticed(tmp_path: Path) -> None:
    """The counts are those of the file that stands there now; none, where none does."""
    fill(tmp_path, VISIT)
    other = tmp_path / "other"
    other.mkdir()
    fill(other, *ARTICLES)
    reader = application(tmp_path).test_client()

    def articles() -> int | None:
        held = reader.get("/api/stats").get_json()["archive"]
        return held and int(held["articles"])

    assert articles() == 1
    for name in ("articles.db-wal", "articles.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    os.replace(other / "articles.db", tmp_path / "articles.db")
    assert articles() == len(ARTICLES)
    (tmp_path / "articles.db").unlink()
    assert articles() is None
