"""`bahith serve --workers N`: several processes behind one socket, as a user starts them."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.newsroom import ARTICLES, application, fill
from tests.test_web_server import read, running
from web.app_state import shared_state
from web.serving.workers import warm_before_forks

ASKED = 12
LONG = 60.0  # seconds that a slow machine may need


def children(of: int) -> list[int]:
    """The processes that a process started."""
    try:
        return [int(pid) for pid in Path(f"/proc/{of}/task/{of}/children").read_text().split()]
    except OSError:  # it has just ended
        return []


def wait_for(found: Callable[[], list[int]]) -> list[int]:
    """The first list of processes that is not empty."""
    end = time.monotonic() + LONG
    while not (some := found()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return some


def crews() -> list[int]:
    """Our processes that mind two workers."""
    return [pid for pid in children(os.getpid()) if len(children(pid)) == 2]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="it reads /proc")
def test_workers_share_a_port_count_together_and_are_replaced(tmp_path: Path) -> None:
    """`/metrics` of each tells the answers of all; one that is killed is missed by nobody."""
    fill(tmp_path, *ARTICLES)
    place = ["--index", f"whoosh:{tmp_path / 'index'}", "--archive", f"{tmp_path / 'articles.db'}"]
    with running("serve", "--port", "0", "--workers", "2", *place, cwd=tmp_path) as base:
        (minder,) = wait_for(crews)
        before = children(minder)
        for _ in range(ASKED):
            assert json.loads(read(f"{base}healthz"))["documents"] == len(ARTICLES)
        os.kill(before[0], signal.SIGKILL)
        wait_for(lambda: crews() if before[0] not in children(minder) else [])
        assert json.loads(read(f"{base}healthz"))["status"] == "ok"
        told = read(f"{base}metrics").decode()
    assert f'bahith_answers_total{{route="healthz",status="200"}} {ASKED + 1}.0' in told
    assert f"bahith_index_documents {len(ARTICLES)}.0" in told


def test_what_is_not_modified_leaves_the_connection_open(tmp_path: Path) -> None:
    """A 304 ends with its headers, and the next question goes the same way."""
    fill(tmp_path, *ARTICLES)
    place = ["--index", f"whoosh:{tmp_path / 'index'}", "--archive", f"{tmp_path / 'articles.db'}"]
    with running("serve", "--port", "0", *place, cwd=tmp_path) as base:
        there = urlsplit(base)
        line = HTTPConnection(str(there.hostname), there.port, timeout=LONG)
        line.request("GET", "/api/search?q=a")
        first = line.getresponse()
        first.read()
        opened = line.sock
        line.request("GET", "/api/search?q=a", headers={"If-None-Match": first.headers["ETag"]})
        second = line.getresponse()
        assert (second.status, second.read()) == (304, b"")
        line.request("GET", "/healthz")
        assert line.getresponse().status == 200
        assert line.sock is opened
        line.close()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A newsroom."""
    place = tmp_path_factory.mktemp("newsroom")
    fill(place, *ARTICLES)
    return application(place)


def test_warming_makes_a_page_but_counts_none_and_opens_nothing_that_a_fork_would_break(
    app: Flask,
) -> None:
    """SQLite must not be carried over a fork, and nobody asked for the page."""
    warm_before_forks(app)
    with app.app_context():
        state = shared_state()
    assert state._searcher is not None
    assert state._archive is None
    assert b"bahith_answers_total{" not in state.metrics.text()


def test_an_answer_tells_where_its_time_went(app: Flask) -> None:
    """`Server-Timing` names the search and the whole of it."""
    header = app.test_client().get("/search?q=السوق").headers["Server-Timing"]
    search, total = map(
        float, re.fullmatch(r"search;dur=([\d.]+), total;dur=([\d.]+)", header).groups()
    )  # type: ignore[union-attr]
    assert 0 < search <= total
    assert "search" not in app.test_client().get("/healthz").headers["Server-Timing"]
