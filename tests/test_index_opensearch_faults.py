"""The `opensearch:` engine before a node that lacks a part of the index: told, never remembered."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Checkpoint, Document, Unreachable, open_engine
from index.analysis import version
from index.engines.opensearch import client as client_module
from index.engines.opensearch import searching
from index.engines.opensearch.aliases import ABANDONED, ClusterIndex, remove_unused
from index.engines.opensearch.client import Client
from index.engines.opensearch.commit import CommittedState, commit_update
from index.engines.opensearch.compile import compiled, leaves, narrowing
from index.engines.opensearch.mapping import source_of
from index.engines.opensearch.statistics import NO_STATISTICS, Counted, Statistics, Totals
from index.query import Term
from tests.test_law_engines import query

Json = dict[str, Any]
WORD = Term("body", "exact", "السفير")
WHOLE = {"total": 3, "successful": 3, "failed": 0}
LACKING = {"total": 3, "successful": 2, "failed": 0}  # a part without a copy is not "failed"
NOTE = {
    "format": 2,
    "analysis": version(),
    "generation": 4,
    "checkpoints": [["a", 9]],
    "totals": [30, 60, 600],
}


class FakeNode(ThreadingHTTPServer):
    """Answers as one node of a cluster of three: what `shards` says of each search, in turn."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Requests)
        self.shards: list[Json] = [WHOLE]
        self.asked: list[tuple[str, Json]] = []
        self.held: list[str] = ["k1", "k2"]
        self.point = WHOLE
        self.indexes: Json = {}
        self.removed: list[str] = []

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def searches(self) -> list[tuple[str, Json]]:
        """The searches it was asked."""
        return [(path, body) for path, body in self.asked if "/_search" in path]

    def answer(self, path: str, body: Json) -> Json:
        """What it says."""
        if "/_doc/checkpoint" in path:
            place = {"_index": "news-1", "_seq_no": 1, "_primary_term": 1}
            return {"found": True, "_source": {"checkpoint": NOTE}, **place}
        if path == "/news-*":
            return self.indexes
        if "point_in_time" in path:
            return {"pit_id": "p", "_shards": self.point}
        if "_search" not in path:
            return {}
        self.asked.append((path, body))
        shards = self.shards.pop(0) if len(self.shards) > 1 else self.shards[0]
        filters = body.get("aggs", {}).get("held", {}).get("filters", {}).get("filters", {})
        counts = {
            "held": {"buckets": {name: {"doc_count": 7} for name in filters}},
            "values": {"buckets": []},
        }
        hits = [self.hit(key) for key in self.held[: body["size"]]]
        found = {"total": {"value": len(self.held)}, "hits": hits}
        return {"_shards": shards, "timed_out": False, "hits": found, "aggregations": counts}

    def hit(self, key: str) -> Json:
        """An article that was found."""
        source = source_of(Document(key, f"https://a.example/{key}", "خبر", "زار السفير"), 1)
        return {
            "_id": key,
            "_score": 1.0,
            "sort": [key],
            "_source": source,
            "fields": {"key": [key]},
        }


class Requests(BaseHTTPRequestHandler):
    """Hands each request to the node."""

    server: FakeNode

    def respond(self) -> None:
        """Say what the node says."""
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if self.command == "DELETE":
            self.server.removed.append(self.path.strip("/"))
        content = json.dumps(self.server.answer(self.path, json.loads(body or b"{}"))).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = respond

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def node(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeNode]:
    """A node on loopback, and pauses that a test can wait for."""
    monkeypatch.setattr(client_module, "PAUSE", 0.001)
    made = FakeNode()
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def test_a_part_that_comes_back_makes_the_answer_whole(node: FakeNode) -> None:
    """Asked again, another copy answers, and nobody is told of it."""
    node.shards = [LACKING, LACKING, WHOLE]
    client = Client([node.address])
    assert client.search("news", {"size": 1})["_shards"] == WHOLE
    assert client.lacked == 0


def test_what_must_be_whole_is_refused_with_a_part_missing(node: FakeNode) -> None:
    """The cluster is told so too, and what will do in part says that it is one."""
    node.shards = [LACKING]
    client = Client([node.address])
    with pytest.raises(Unreachable, match="_cluster/health"):
        client.search("news", {"size": 1})
    assert "allow_partial_search_results=false" in node.asked[0][0]
    assert client.search("news", {"size": 1}, partly=True)["_shards"] == LACKING
    assert "allow_partial" not in node.asked[-1][0]
    assert client.lacked == 2


def test_counts_of_a_part_are_told_and_not_remembered(node: FakeNode) -> None:
    """The search is partial though its own answer is whole; the next one counts again."""
    engine = open_engine(f"opensearch:{node.address}/news")
    node.shards = [LACKING] * (client_module.AGAIN + 1) + [WHOLE]
    first = engine.search(WORD)
    assert (first.partial, first.total_exact, first.total) == (True, False, 2)
    second = engine.search(WORD)
    assert (second.partial, second.total_exact) == (False, True)
    counted = len(node.searches())
    engine.search(WORD)
    assert len(node.searches()) == counted + 1  # remembered now: the search alone


def test_statistics_remember_what_the_whole_index_told() -> None:
    """And what they gave to one search does not change under it."""
    known = Statistics(Totals(30, 60, 600))

    partial = known.learn(WORD, lambda names: Counted([1] * len(names), whole=False))
    assert (partial.whole, list(partial.frequencies.values())) == (False, [1])
    assert not known.frequencies
    whole = known.learn(WORD, lambda names: Counted([5] * len(names), whole=True))
    assert (whole.whole, list(known.frequencies.values())) == (True, [5])
    known.frequencies.clear()
    assert list(whole.frequencies.values()) == [5]


@pytest.mark.parametrize("lacking", [0, 1, 2])
def test_an_answer_in_pieces_is_partial_when_any_piece_is(
    node: FakeNode, monkeypatch: pytest.MonkeyPatch, lacking: int
) -> None:
    """The first, a later one, or the point in time itself."""
    monkeypatch.setattr(searching, "WINDOW", 2)
    monkeypatch.setattr(searching, "PIECE", 2)
    node.held = ["k1", "k2", "k3"]
    engine = open_engine(f"opensearch:{node.address}/news")
    tries = client_module.AGAIN + 1
    counting, pieces = [WHOLE], [[WHOLE], [WHOLE]]
    if lacking < 2:
        pieces[lacking] = [LACKING] * tries
    else:
        node.point = LACKING
    node.shards = [*counting, *pieces[0], *pieces[1], WHOLE]
    found = engine.search(WORD, limit=3)
    assert (found.partial, found.total_exact) == (True, False)
    assert len(found.found) == 3


def test_words_looked_up_in_a_part_make_the_next_answers_partial(
    node: FakeNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And whoever keeps what was made of them makes it anew: the generation moves on."""
    engine = open_engine(f"opensearch:{node.address}/news")
    before = engine.generation()
    node.shards = [LACKING] * (client_module.AGAIN + 1) + [WHOLE]
    assert engine.vocabulary().frequencies("exact", ["السفير"]) == [0]
    assert engine.generation() > before
    assert engine.search(WORD).partial
    monkeypatch.setattr("index.engines.opensearch.engine.DOUBT", 0.0)
    assert not engine.search(WORD).partial


def test_an_article_that_may_lie_in_a_missing_part_is_not_said_to_be_gone(node: FakeNode) -> None:
    """Its page says that a part is missing, not that there is no such article."""
    engine = open_engine(f"opensearch:{node.address}/news")
    node.shards = [LACKING]
    with pytest.raises(Unreachable, match="no machine that answers"):
        engine.documents(["k9"])


@pytest.mark.parametrize("removed", [(), ("k1",)])
def test_nothing_is_written_on_a_part_of_the_index(
    node: FakeNode, removed: tuple[str, ...]
) -> None:
    """What counts no longer, and what a killed writer left, is looked for in all of it."""
    node.shards = [LACKING]
    place = ClusterIndex(Client([node.address]), "news", 1, 0)
    last = CommittedState(4, (Checkpoint("a", 9),), Totals(30, 60, 600), "news-1", (1, 1))
    with pytest.raises(Unreachable, match="no machine that answers"):
        commit_update(place, last, (), removed, Checkpoint("a", 10))


def test_only_what_nobody_fills_is_removed(node: FakeNode) -> None:
    """What lost the name goes; what was begun lately may be another process's rebuilding."""

    def index(began: int, *aliases: str, owner: str = "news") -> Json:
        return {
            "aliases": {alias: {} for alias in aliases},
            "mappings": {"_meta": {"bahith": owner}},
            "settings": {"index": {"creation_date": str(began)}},
        }

    now = 10 * ABANDONED
    node.indexes = {
        "news-named": index(1, "news", "news-named.writing-x"),
        "news-lost-its-name": index(now - 5),
        "news-being-filled": index(now - 5, "news-being-filled.writing"),
        "news-killed-long-ago": index(now - ABANDONED - 1, "news-killed-long-ago.writing"),
        "news-mine": index(now, "news-mine.writing"),
        "news-archive-1": index(1, owner="news-archive"),
    }
    remove_unused(ClusterIndex(Client([node.address]), "news", 1, 0), "news-mine")
    assert sorted(node.removed) == ["news-killed-long-ago", "news-lost-its-name"]


def clauses(made: object) -> int:
    """The leaves of a compiled query."""
    if isinstance(made, list):
        return sum(map(clauses, made))
    if not isinstance(made, dict):
        return 0
    inner = ((name, part) for name, part in made.items() if name not in ("script", "params"))
    return sum(1 if name in LEAVES else clauses(part) for name, part in inner)


LEAVES = {"term", "span_term", "range", "match_all", "match_none", "match_phrase", "terms"}


@given(st.integers(0, 2**32))
def test_clauses_are_counted_without_making_them(seed: int) -> None:
    """As many as the compiled query has, with scores and as a filter."""
    asked = query(random.Random(seed))
    counted: list[tuple[int, Callable[..., object]]] = [
        (leaves(asked), lambda one: compiled(one, NO_STATISTICS)),
        (leaves(asked, scored=False), narrowing),
    ]
    for number, make in counted:
        assert number == clauses(make(asked))


@given(
    st.sampled_from(["2015-13-01", "20150801", "2015-W32-1", "soon", "0000-00-00", ""]) | st.text()
)
def test_any_date_has_a_day_or_none(date: str) -> None:
    """What is sent of a document has a day that a cluster can read, or no day."""
    source = source_of(Document("k", "u", "خبر", "نص", date), 1)
    if "day" in source:
        assert len(source["day"]) == 10
        assert source["ordinal"] > 0
