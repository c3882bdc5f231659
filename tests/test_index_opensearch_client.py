"""The cluster's HTTP client against a loopback server that answers as clusters in trouble do."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from index import EngineError, Unreachable, open_engine
from index.engines.opensearch import client as module
from index.engines.opensearch.bulk import Bulk
from index.engines.opensearch.client import Client, RequestRefused


class Scripted(ThreadingHTTPServer):
    """Gives out its `answers` one after the other, the last one again and again."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[tuple[int, bytes]] = []
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.delay = 0.0

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    """Notes what it was asked."""

    server: Scripted

    def answer(self) -> None:
        """The next answer of the script."""
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.server.asked.append((self.command, self.path, dict(self.headers), body))
        time.sleep(self.server.delay)
        answers = self.server.answers
        status, content = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(status)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = answer

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scripted]:
    """A server with a script, and pauses so short that a test can wait for them."""
    monkeypatch.setattr(module, "PAUSE", 0.001)
    made = Scripted()
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def refusal(kind: str, reason: str) -> bytes:
    """An error as a cluster words it."""
    error = {"root_cause": [{"type": kind, "reason": reason}], "type": kind, "reason": reason}
    return json.dumps({"error": error}).encode()


def test_a_busy_cluster_is_asked_again(server: Scripted) -> None:
    """A 429, a 503 or a node that has just gone, which a second try hides, is hidden."""
    lost = refusal("node_not_connected_exception", "[node3] Node not connected")
    server.answers = [(429, b"{}"), (503, b"{}"), (500, lost), (200, b'{"ok": 1}')]
    assert Client([server.address]).ask("GET", "/x") == {"ok": 1}
    assert len(server.asked) == 4


def test_a_host_that_is_down_is_passed_over(server: Scripted) -> None:
    """One of several hosts is enough."""
    server.answers = [(200, b'{"ok": 1}')]
    client = Client(["http://127.0.0.1:9", server.address, "http://127.0.0.1:9"])
    assert [client.ask("GET", "/x")["ok"] for _ in range(4)] == [1, 1, 1, 1]


def test_what_may_not_be_sent_twice_is_sent_once(server: Scripted) -> None:
    """A commit whose answer was lost may have happened."""
    server.answers = [(503, b"{}")]
    with pytest.raises(EngineError):
        Client([server.address]).ask("PUT", "/x", {}, once=True)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (401, b"Unauthorized", "BAHITH_OPENSEARCH_USER"),
        (403, refusal("security_exception", "no permissions for [write]"), "no permissions"),
        (429, b"{}", "too busy"),
        (403, refusal("cluster_block_exception", "index read-only / allow delete"), "disk is full"),
        (503, refusal("no_shard_available_action_exception", "all shards failed"), "health"),
        (400, refusal("illegal_argument", "script_lang not supported [painless]"), "lang-painless"),
        (400, refusal("mapper", "unknown tokenizer in analysis"), "analysis-common"),
        (400, refusal("odd", "x" * 5000), "odd"),
        (500, b"\xff\x00 not JSON", "500"),
    ],
)
def test_a_refusal_is_a_sentence(server: Scripted, status: int, body: bytes, says: str) -> None:
    """That says what to do, and is not longer than one reads."""
    server.answers = [(status, body)]
    with pytest.raises(EngineError) as told:
        Client([server.address]).ask("GET", "/x")
    assert says in str(told.value)
    assert len(str(told.value)) < 500


def test_nobody_at_the_address_is_a_sentence() -> None:
    """Not a traceback of a library."""
    with pytest.raises(Unreachable, match="no cluster answers"):
        Client(["http://127.0.0.1:9"]).ask("GET", "/")


def test_something_else_at_the_address_is_a_sentence(server: Scripted) -> None:
    """A page that says hello is no cluster."""
    server.answers = [(200, b"<html>hello</html>")]
    with pytest.raises(Unreachable, match="no OpenSearch"):
        Client([server.address]).ask("GET", "/")


def test_secrets_go_to_the_cluster_and_nowhere_else(
    server: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither an error nor an address repeats them."""
    monkeypatch.setenv("BAHITH_OPENSEARCH_USER", "reader")
    monkeypatch.setenv("BAHITH_OPENSEARCH_PASSWORD", "very-secret")
    server.answers = [(401, b"{}")]
    with pytest.raises(RequestRefused) as told:
        Client([server.address]).ask("GET", "/x")
    assert "very-secret" not in str(told.value)
    assert server.asked[0][2]["authorization"].startswith("Basic ")
    monkeypatch.setenv("BAHITH_OPENSEARCH_API_KEY", "key-secret")
    with pytest.raises(RequestRefused) as told:
        Client([server.address]).ask("GET", "/x")
    assert server.asked[-1][2]["authorization"] == "ApiKey key-secret"
    assert "key-secret" not in str(told.value)


def test_nobody_waits_longer_than_told(server: Scripted) -> None:
    """A cluster that hangs costs a search its time and no more."""
    server.answers, server.delay = [(200, b"{}")], 5
    with pytest.raises(TimeoutError):
        Client([server.address]).ask("GET", "/x", end=time.monotonic() + 0.3)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (429, {"reason": "rejected"}),
        (503, {"type": "unavailable_shards_exception", "reason": "primary is not active"}),
        (500, {"type": "node_closed_exception", "reason": "node closed"}),
    ],
)
def test_items_of_a_bulk_that_were_rejected_are_sent_again(
    server: Scripted, monkeypatch: pytest.MonkeyPatch, status: int, error: dict[str, str]
) -> None:
    """A bulk answers 200 with some of its items refused."""
    monkeypatch.setattr("index.engines.opensearch.bulk.PAUSE", 0.001)
    item = {"index": {"_id": "a", "status": 201}}
    busy = {"index": {"_id": "b", "status": status, "error": error}}
    first = json.dumps({"errors": True, "items": [item, busy]}).encode()
    server.answers = [(200, first), (200, b'{"errors": false}')]
    bulk = Bulk(Client([server.address]), "news-1")
    bulk.put("a", {"x": 1})
    bulk.put("b", {"x": "\ud800 ب"})
    bulk.finish()
    assert b'"_id":"a"' in server.asked[0][3]
    assert b'"_id":"a"' not in server.asked[1][3]
    assert '"x":"\ud800 ب"'.encode("utf-8", "surrogatepass") in server.asked[1][3]


def test_an_item_that_is_refused_for_good_ends_the_update(server: Scripted) -> None:
    """With its document's key."""
    bad = {"index": {"_id": "b-7", "status": 400, "error": {"reason": "mapping"}}}
    server.answers = [(200, json.dumps({"errors": True, "items": [bad]}).encode())]
    bulk = Bulk(Client([server.address]), "news-1")
    bulk.put("b-7", {})
    with pytest.raises(EngineError, match="b-7"):
        bulk.finish()


def test_a_writer_whose_alias_was_taken_away_is_told_so(server: Scripted) -> None:
    """And what is not there to be removed is no fault."""
    gone = {"type": "index_not_found_exception", "reason": "no such index"}
    bad = {"index": {"_id": "b", "status": 404, "error": gone}}
    server.answers = [(200, json.dumps({"errors": True, "items": [bad]}).encode())]
    bulk = Bulk(Client([server.address]), "news-1", "news-1.writing-7")
    bulk.put("b", {})
    with pytest.raises(EngineError, match="another process"):
        bulk.finish()
    assert server.asked[0][1].startswith("/news-1.writing-7/_bulk")
    absent = {"delete": {"_id": "c", "status": 404, "result": "not_found"}}
    server.answers = [(200, json.dumps({"errors": True, "items": [absent]}).encode())]
    bulk.delete("c")
    bulk.finish()


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "host:9200",
        "http://host:9200",
        "http://h/UPPER",
        "http://h/a b",
        "http://me:secret@h/news",
    ],
)
def test_an_address_that_names_no_index_is_refused(rest: str) -> None:
    """Before anything is asked of anybody."""
    with pytest.raises(EngineError, match="write opensearch:http") as told:
        open_engine(f"opensearch:{rest}")
    assert "secret" not in str(told.value)
