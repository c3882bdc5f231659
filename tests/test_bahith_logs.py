"""Logs: quiet or verbose wherever it is said, plain or JSON lines, naming no reader."""

from __future__ import annotations

import ast
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bahith import COMMANDS, LOUDNESS, bahith
from crawl import logs
from tests.newsroom import ARTICLES, fill
from tests.warm_command import bahith as typed


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive and its index."""
    folder = tmp_path_factory.mktemp("full")
    fill(folder, *ARTICLES)
    return folder


def commands(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """A command and all below it."""
    yield name, command
    for one in command.commands.values() if isinstance(command, click.Group) else ():
        yield from commands(f"{name} {one.name}", one)


def test_every_command_takes_quiet_and_verbose_once() -> None:
    """Subcommands too, however often they are looked up."""
    for name in [*COMMANDS, *COMMANDS]:
        command = bahith.get_command(click.Context(bahith), name)
        assert command
        for full_name, one in commands(name, command):
            assert [one.params.count(option) for option in LOUDNESS] == [1, 1], full_name


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("index",), 0, ["indexing: "]),
        (("index", "--quiet"), 0, []),
        (("--quiet", "index"), 0, []),
        (
            ("--verbose", "index"),
            0,
            ["INFO in logs: log.level is verbose", "indexing"],
        ),
        (("index", "--verbose"), 0, ["INFO in logs: log.level is verbose"]),
        (("index", "--verbose", "--verbose"), 0, ["log.level is debug"]),
        (("--quiet", "index", "--verbose"), 2, ["--quiet and --verbose contradict each other"]),
        (("--quiet", "index", "--shards", "2"), 2, ["bahith: "]),
        (("index", "--shards", "2", "--quiet"), 2, ["bahith: "]),
    ],
)
def test_quiet_silences_progress_and_nothing_else(
    full: Path, tmp_path: Path, words: tuple[str, ...], code: int, told: list[str]
) -> None:
    """Before the command or behind it; results and complaints are told all the same."""
    places = ("--archive", "articles.db", "--index", f"whoosh:{tmp_path}/index")
    done = typed(*words, *places, folder=full)
    said = done.stderr.decode()
    assert done.returncode == code, said
    assert bool(said) == bool(told), said
    assert [one for one in told if one not in said] == []
    assert done.stdout.decode().startswith("added") == (code == 0)


def test_as_json_every_line_of_the_log_is_an_object(tmp_path: Path) -> None:
    """Progress, complaints and libraries' lines, from the process that crawls too."""
    (tmp_path / "bahith.toml").write_text('[log]\nformat = "json"\n')
    outlets = tmp_path / "outlets.toml"
    outlets.write_text('[[site]]\nurls = ["http://127.0.0.1:1/"]\n')
    crawl = ("crawl", "http://127.0.0.1:1/", "--allow-private", "--delay", "0", "--verbose")
    run = ("run", "outlets.toml", "--rounds", "1", "--allow-private", "--delay", "0")
    lines = []
    for words in (crawl, run, ("index", "--shards", "2", "--index", "memory:")):
        done = typed(*words, folder=tmp_path)
        lines += done.stderr.decode().splitlines()
        lines += done.stdout.decode().splitlines() if words == run else []
    rows = [json.loads(line) for line in lines]
    assert all({"time", "level", "logger", "message"} <= row.keys() for row in rows)
    loggers = {row["logger"] for row in rows}
    assert {"bahith", "crawl.logs"} < loggers
    assert any(one.startswith("scrapy.") for one in loggers)
    assert any(row["message"].startswith("round 1: ") for row in rows)


def test_nothing_but_a_search_s_own_lines_goes_past_the_log(root: Path) -> None:
    """Standard error is the log's: a line written beside it is never an object, nor ever quiet."""
    past = set()
    for package in ("crawl", "index", "searcher", "web"):
        for path in (root / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("echo"):
                    named = {one.arg: ast.unparse(one.value) for one in node.keywords}
                    if named.get("err") == "True" and named.get("nl") != "False":  # no bar's
                        past.add(path.relative_to(root).as_posix())
    assert past == {"searcher/terminal.py"}


@pytest.mark.parametrize(
    ("words", "given", "said"),
    [
        (("import", "-"), b'{"url": "1", "title": "x"}\n{broken', "broken JSON"),
        (("extract", "-"), b"%PDF-1.7 x", "PDF"),
        (("archive", "history", "https://a.example/"), b"", "holds no"),
        (("archive", "export"), b"", "0 articles"),
        (("search", "--batch", "-", "--json"), b"{}", "expected"),
    ],
)
def test_what_a_command_complains_of_is_an_object_too(
    full: Path, tmp_path: Path, words: tuple[str, ...], given: bytes, said: str
) -> None:
    """Not only what takes long."""
    told = {"BAHITH_LOG_FORMAT": "json", "BAHITH_INDEX": f"whoosh:{full / 'index'}"}
    done = typed(*words, folder=tmp_path, given=given, environment=told)
    rows = [json.loads(line) for line in done.stderr.splitlines()]
    assert any(said in row["message"] for row in rows)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("BAHITH_LOG_FORMAT", "jsn", "'jsn' is none; did you mean json?"),
        ("BAHITH_LOG_LEVEL", "loud", "quiet, normal, verbose, debug"),
    ],
)
def test_a_format_or_level_that_is_none_is_refused(
    tmp_path: Path, variable: str, value: str, said: str
) -> None:
    """By every command, before any work."""
    done = typed("analyze", "سفير", folder=tmp_path, environment={variable: value})
    assert (done.returncode, said in done.stderr.decode()) == (2, True), done.stderr.decode()


@given(text=st.text(max_size=80), trace=st.booleans())
def test_any_message_is_one_line_of_json(text: str, trace: bool) -> None:
    """Whatever a page or a reader wrote into it."""
    error = ValueError(text)
    caught = (ValueError, error, None) if trace else None
    record = logging.LogRecord("web", logging.ERROR, "a.py", 1, "%s", (text,), caught)
    line = logs.JsonFormatter().format(record)
    assert "\n" not in line
    row = json.loads(line)
    assert row["message"] == text or " connected " in text
    assert ("trace" in row) == trace


@pytest.mark.parametrize("formatter", [logs.PlainFormatter(), logs.JsonFormatter()])
@pytest.mark.parametrize("address", ["192.0.2.7:50000", "('2001:db8::7', 50000, 0, 0)"])
def test_a_line_of_the_server_names_no_reader(formatter: logging.Formatter, address: str) -> None:
    """Whose connection failed is nobody's business."""
    said = f"closing channel <waitress.channel.HTTPChannel connected {address} at 0x7f> (error)"
    record = logging.LogRecord("waitress", logging.ERROR, "a.py", 1, said, None, None)
    line = formatter.format(record)
    assert "connected … at 0x7f> (error)" in line
    assert address not in line
