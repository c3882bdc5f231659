"""`bahith serve` and `bahith demo` as a user starts them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.newsroom import ARTICLES, fill
from web.serving.server import free_port

BAHITH = [sys.executable, "-m", "bahith"]
HERE = Path(__file__).resolve().parent.parent


@contextmanager
def running(*words: str, cwd: Path, stop: signal.Signals = signal.SIGTERM) -> Iterator[str]:
    """A server command, its address read from its first line; stopped in order."""
    process = subprocess.Popen(
        [*BAHITH, *words],
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(HERE)},
        # Where the tests run under nohup, Ctrl+C is ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stderr is not None
    said = ""
    try:
        for line in process.stderr:
            said += line
            if "serving on " in line:
                break
        assert "serving on " in said, said
        yield said.rpartition("serving on ")[2].strip()
    finally:
        process.send_signal(stop)
        rest = process.communicate(timeout=30)[1]
    assert process.returncode == 0
    assert "Traceback" not in rest


def read(url: str) -> bytes:
    """What a server answers."""
    with urllib.request.urlopen(url, timeout=60) as answer:
        return bytes(answer.read())


def test_serve_answers_and_stops_quietly(tmp_path: Path) -> None:
    """The line on stderr names the address; Ctrl+C ends it without a trace."""
    fill(tmp_path, *ARTICLES)
    options = [
        "--index",
        f"whoosh:{tmp_path / 'index'}",
        "--archive",
        f"{tmp_path / 'articles.db'}",
    ]
    with running("serve", "--port", "0", *options, cwd=tmp_path, stop=signal.SIGINT) as base:
        assert json.loads(read(f"{base}healthz"))["documents"] == len(ARTICLES)
        long_question = quote("السفير " * 1_200)
        assert read(f"{base}search?q={long_question}").startswith(b"<!doctype html>")


def test_serve_starts_before_there_is_an_index(tmp_path: Path) -> None:
    """The page says what to type."""
    with running("serve", "--port", "0", cwd=tmp_path) as base:
        with pytest.raises(urllib.error.HTTPError) as told:
            read(base)
        assert told.value.code == 503
        assert "bahith index" in told.value.read().decode()


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_a_sentence(tmp_path: Path, command: str) -> None:
    """Exit code 2, and the option that helps."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*BAHITH, command, "--port", str(port)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONPATH": str(HERE)},
            timeout=120,
            check=False,
        )
    assert done.returncode == 2
    assert f"port {port} is taken" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_demo_goes_the_whole_way_and_can_be_run_again(tmp_path: Path) -> None:
    """Crawl, index, and a page that finds the invented articles, whose originals answer.

    The second run shows a first search on stdout and leaves nothing double.
    """
    with running("demo", "--port", "0", cwd=tmp_path) as base:
        found = json.loads(read(f"{base}api/search?q={quote('سفراء')}"))
        assert found["total"] > 0
        assert b"<html" in read(found["hits"][0]["url"])
        shows_stories_versions_and_coverage(base)
    done = subprocess.run(
        [*BAHITH, "demo", "--no-serve"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(HERE)},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "السفير" in done.stdout
    assert "demo: indexed" in done.stderr
    assert "53 articles" in done.stderr
    assert "1 changed" in done.stderr


def shows_stories_versions_and_coverage(base: str) -> None:
    """What a newcomer is to see of a demo's pages."""
    front = read(base).decode()
    assert "أبرز الأخبار" in front  # a story of several outlets
    assert "صدى الخليج" in front  # which are called by their names
    folded = json.loads(read(f"{base}api/search?fold=1&q={quote('السفير السلفاني')}"))
    assert {copy["source"] for copy in folded["hits"][0]["copies"]} > {"sada-khalij"}
    (edited,) = json.loads(read(f"{base}api/search?limit=1&q={quote('«انقطاع المياه»')}"))["hits"]
    page = read(f"{base}article/{edited['id']}").decode()
    assert "ما غُيّر فيها" in page
    assert "<b>رقم</b>" in page
    covered = json.loads(read(f"{base}api/coverage?q={quote('السفير السلفاني')}"))
    assert len(covered["questions"][0]["sources"]) == 3


def test_the_demo_finds_a_place_where_its_own_is_taken(tmp_path: Path) -> None:
    """A file called data is in the way: it goes to a temporary folder, and says so."""
    (tmp_path / "data").touch()
    done = subprocess.run(
        [*BAHITH, "demo", "--no-serve"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(HERE), "TMPDIR": str(tmp_path)},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "bahith-demo-" in done.stderr
    assert list(tmp_path.glob("bahith-demo-*/articles.db"))


def test_the_usual_port_is_given_up_when_another_has_it() -> None:
    """A newcomer's first command does not fail because something else listens on port 8000."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port("127.0.0.1", port) == 0
    assert free_port("127.0.0.1", port) == port
