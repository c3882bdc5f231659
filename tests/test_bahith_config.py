"""One configuration: options over the environment over the file; a query log that names nobody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from bahith import bahith
from crawl import CrawlError, default_of, in_force, read_tables, setting
from crawl.configuration import SETTINGS
from tests.newsroom import ARTICLES, fill
from web import create_app
from web.query_log import QueryLog, asked_queries

FILE = """
archive = "from-file.db"
[serve]
hosts = ["one.example", "two.example"]
recency = true
[ranking]
title = 3.0
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with nothing set."""
    monkeypatch.chdir(tmp_path)
    for one in (*(each.variable for each in SETTINGS), "BAHITH_CONFIG"):
        monkeypatch.delenv(one, raising=False)
    return tmp_path


def typed(*words: str) -> Result:
    """A command as it is typed here."""
    return CliRunner().invoke(bahith, words)


def test_options_go_before_the_environment_and_that_before_the_file(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing archive tells which one was looked for."""
    assert "data/articles.db" in typed("stats").stderr
    (here / "bahith.toml").write_text(FILE, encoding="utf-8")
    assert "from-file.db" in typed("stats").stderr
    monkeypatch.setenv("BAHITH_ARCHIVE", "from-environment.db")
    assert "from-environment.db" in typed("stats").stderr
    assert "from-option.db" in typed("stats", "--archive", "from-option.db").stderr


def test_config_prints_what_is_in_force_and_whence(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every setting, those of ranking too."""
    (here / "bahith.toml").write_text(FILE, encoding="utf-8")
    monkeypatch.setenv("BAHITH_RATE", "60/minute")
    done = typed("config", "--json")
    assert done.exit_code == 0
    rows = {row["name"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert {one.name for one in SETTINGS} <= rows.keys()
    assert rows["archive"]["value"] == "from-file.db"
    assert rows["archive"]["origin"] == "file bahith.toml"
    assert rows["serve.rate"]["origin"] == "environment BAHITH_RATE"
    assert rows["serve.hosts"]["value"] == "one.example two.example"
    assert rows["index"] == {"name": "index", "value": "whoosh:data/index", "origin": "default"}
    assert rows["ranking.title"]["value"] == "3.0"
    assert rows["ranking.title"]["origin"] == "file"
    assert "serve.recency\t1\tfile bahith.toml" in typed("config").stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[serve]\nhost = 'a'\n", "serve.hosts"),
        ("archiv = 'a'\n", "did you mean archive?"),
        ("[server]\nhosts = 'a'\n", "serve.hosts"),
        ("zzz = 1\n", "there are archive"),
        (
            "archive = 1\n",
            "line 1: archive is a text",
        ),
        ("archive = [1]\n", "not [1]"),
        ("archive = \n", "cannot be read as TOML"),
    ],
)
def test_what_is_no_setting_is_refused_by_every_command(here: Path, text: str, said: str) -> None:
    """With the nearest that is, and exit code 2."""
    (here / "ours.toml").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAHITH_CONFIG", "ours.toml")
        done = typed("analyze", "سفير")
        assert (done.exit_code, said in done.stderr) == (2, True), done.stderr
    patch = pytest.MonkeyPatch()
    patch.setenv("BAHITH_CONFIG", "")  # --config sets it, and is undone with it
    try:
        assert typed("--config", "none.toml", "analyze", "سفير").exit_code == 2
    finally:
        patch.undo()


def test_an_application_reads_the_file_too(here: Path) -> None:
    """What `bahith serve` does, any WSGI server does."""
    fill(here, *ARTICLES)
    text = (
        'index = "whoosh:index"\narchive = "articles.db"\n'
        '[serve]\nname = "مكتبتي"\nhosts = "a.example"\n'
    )
    (here / "bahith.toml").write_text(text, encoding="utf-8")
    reader = create_app().test_client()
    assert "مكتبتي" in reader.get("/", headers={"Host": "a.example"}).text
    assert reader.get("/", headers={"Host": "b.example"}).status_code == 400
    assert setting("BAHITH_NAME") == "مكتبتي"
    assert default_of("BAHITH_KEYS")() is None


@given(st.binary(max_size=60))
def test_any_file_is_settings_or_one_error(tmp_path: Path, content: bytes) -> None:
    """Whatever stands in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAHITH_CONFIG", str(tmp_path / "any.toml"))
        (tmp_path / "any.toml").write_bytes(content)
        try:
            read_tables()
            list(in_force())
        except CrawlError:
            return


def test_questions_are_noted_where_it_is_wanted_and_name_nobody(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question, its total and its correction; no page turned, no address, no key."""
    fill(here, *ARTICLES)
    log = here / "log" / "queries.jsonl"
    places = ("whoosh:index", "articles.db")
    create_app(*places).test_client().get("/search?q=السفير")
    assert not log.exists()
    monkeypatch.setenv("BAHITH_QUERY_LOG", str(log))
    reader = create_app(*places).test_client()
    headers = {"X-Forwarded-For": "192.0.2.7", "User-Agent": "ours", "X-API-Key": "secret"}
    for address in ("/search?q=السفير", "/api/search?q=السفير", "/search?q=سوق&page=2", "/search"):
        reader.get(address, headers=headers)
    reader.get("/search?q=hgstdv")
    reader.get("/search?q=قققققق")
    told = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [one["query"] for one in told] == ["السفير", "السفير", "hgstdv", "قققققق"]
    assert all(one.keys() == {"minute", "query", "total", "corrected"} for one in told)
    assert typed("queries").stdout.splitlines()[0] == "2\t3\tالسفير\t"
    assert typed("queries", "--unanswered").stdout == "1\t0\tقققققق\t\n"
    assert json.loads(typed("queries", "--corrected", "--json").stdout)["corrected"] == "السفير"
    assert typed("queries", "--log", "none.jsonl").exit_code == 2


def test_a_log_that_another_process_set_aside_is_not_set_aside_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that was set aside is lost to a second worker."""
    log = QueryLog(tmp_path / "queries.jsonl")
    monkeypatch.setattr("web.query_log.MOST_BYTES", 10)
    monkeypatch.setattr("web.query_log.fcntl.flock", lambda *_: log.path.rename(tmp_path / "moved"))
    log._append(b"a line of many letters")
    assert not (tmp_path / "queries.jsonl.1").exists()
    monkeypatch.undo()
    monkeypatch.setattr("web.query_log.MOST_BYTES", 10)
    log._append(b"another line of letters")
    assert (tmp_path / "queries.jsonl.1").read_bytes() == b"another line of letters"


def test_a_log_that_cannot_be_written_costs_no_answer(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told to the operator once."""
    fill(here, *ARTICLES)
    (here / "file").touch()
    monkeypatch.setenv("BAHITH_QUERY_LOG", str(here / "file" / "queries.jsonl"))
    reader = create_app("whoosh:index", "articles.db").test_client()
    assert reader.get("/search?q=السفير").status_code == 200


@given(st.lists(st.binary(max_size=30) | st.just(b'{"query": "a", "total": 1}'), max_size=5))
def test_any_lines_are_read_as_questions_or_passed_over(lines: list[bytes]) -> None:
    """A log that was cut short tells what it holds."""
    found = asked_queries(lines)
    assert sum(one.times for one in found if one.query == "a") == lines.count(
        b'{"query": "a", "total": 1}'
    )
