"""Any value in any place of any file of settings is taken, or told in a sentence."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from bahith import bahith
from crawl import CrawlError, read_sites
from crawl.configuration import SETTINGS, config_file
from crawl.extract.site_rules import rule_for
from crawl.settings_file import line_of
from index.analysis.text.word_file import BadWords, parse_words
from index.attributes import ATTRIBUTE_NAMES
from searcher import SearchError
from searcher.monitoring.alert_file import read_alerts
from searcher.settings import read_settings
from web.errors import WebError
from web.rights.keys import KeyFile

TEXTS = st.text(max_size=8) | st.sampled_from(
    ["https://a.example", "a|b", "(", "div:nth(", "\0", "20260101", "\u202e", "mailto:a@b.c", "٣"]
)
PLAIN = st.one_of(
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    TEXTS,
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
SITE = ("urls", "include", "exclude", "max_pages", "max_depth", "delay", "insecure", "title")
ALERT = ("name", "question", "to", "quiet", "since", *ATTRIBUTE_NAMES)


def toml(value: Any) -> str:
    """A value as TOML has it."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value).replace("\x7f", "\\u007f")
        case dict():
            return f"{{{', '.join(f'{toml(key)} = {toml(one)}' for key, one in value.items())}}}"
        case list():
            return f"[{', '.join(map(toml, value))}]"
    return str(value)


def any_of(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """A table with some of these keys, or others, and anything for their values."""
    return st.dictionaries(st.sampled_from(names) | TEXTS, VALUES, max_size=4)


def written(table: dict[str, Any], header: str = "") -> str:
    """A table in a file."""
    return header + "".join(f"{toml(key)} = {toml(value)}\n" for key, value in table.items())


CONFIG = tuple({one.table for one in SETTINGS} | {one.key for one in SETTINGS})
FILES: dict[str, tuple[st.SearchStrategy[str], Callable[[Path], object]]] = {
    "sites": (any_of(SITE).map(lambda t: written(t, "[[site]]\n")), read_sites),
    "sites at all": (any_of(("site", "urls")).map(written), read_sites),
    "alerts": (any_of(ALERT).map(lambda t: written(t, "[[alert]]\n")), read_alerts),
    "mail": (any_of(("host", "port", "from")).map(lambda t: written(t, "[mail]\n")), read_alerts),
    "alerts at all": (any_of(("alert", "mail")).map(written), read_alerts),
    "rules": (
        any_of(("title", "body", "drop")).map(lambda t: written(t, '["a.example"]\n')),
        lambda _: rule_for("https://a.example/"),
    ),
    "rules at all": (any_of(("a.example",)).map(written), lambda _: rule_for("https://a.example/")),
    "settings": (any_of(CONFIG).map(written), lambda _: (config_file(), read_settings())),
    "ranking": (
        any_of(("title", "leads", "exact")).map(lambda t: written(t, "[ranking]\n")),
        lambda _: read_settings(),
    ),
    "keys": (VALUES.map(json.dumps), lambda path: KeyFile(path).listed()),
    "rows of keys": (
        st.lists(any_of(("name", "sha256", "scope", "expires")) | VALUES, max_size=2).map(
            lambda rows: json.dumps({"keys": rows})
        ),
        lambda path: KeyFile(path).listed(),
    ),
}


@pytest.mark.parametrize("kind", FILES)
@settings(max_examples=30)
@given(data=st.data())
def test_any_value_in_a_file_is_taken_or_told_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, kind: str, data: st.DataObject
) -> None:
    """Which names the file; nothing else is ever raised."""
    contents, read = FILES[kind]
    path = tmp_path_factory.getbasetemp() / f"any {kind}"
    path.write_text(data.draw(contents), encoding="utf-8", errors="replace")
    os.utime(path, ns=(0, data.draw(st.integers(1, 2**60))))  # never read from memory
    rule_for.__globals__["_rules"].cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAHITH_SITES", str(path) if kind.startswith("rules") else "")
        patch.setenv("BAHITH_CONFIG", str(path) if kind in ("settings", "ranking") else "")
        said = ""
        try:
            read(path)
        except (CrawlError, SearchError, WebError) as error:
            said = str(error)
        assert len(said) < 2000
        assert "\n" not in said.strip()


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["join", "protect", "synonym", "،", "ا", "\n"])).map(" ".join)
)
def test_any_text_is_words_or_one_error(text: str) -> None:
    """With the number of its line."""
    said = "line"
    try:
        parse_words(text)
    except BadWords as error:
        said = str(error)
    assert "line" in said


def test_a_place_is_found_in_a_file() -> None:
    """The key's line, or that of what it would stand in."""
    text = (
        'a = 1\n[mail]\nhost = "x"\n[[alert]]\nname = "b"\n[[alert]]\n"to" = []\n["c.d"]\ne.f = 1\n'
    )
    assert line_of(text, ("a",)) == 1
    assert line_of(text, ("mail", "host")) == 3
    assert line_of(text, ("alert", 2, "to")) == 7
    assert line_of(text, ("alert", 1, "missing")) == 4
    assert line_of(text, ("c.d", "e", "f")) == 9
    assert line_of(text, ("nowhere",)) == 0


@pytest.mark.parametrize(
    ("variable", "content", "command"),
    [
        ("BAHITH_CONFIG", "[serve]\nrate = [1]\n", ["stats"]),
        ("BAHITH_CONFIG", 'index = "whoosh:a\\u0000b"\n', ["search", "a"]),
        (
            "BAHITH_SITES",
            '["a.example"]\nbody = "a|b"\n',
            ["extract", "-", "--url", "https://a.example/1"],
        ),
        ("", "[[site]]\nurls = [5]\n", ["crawl", "--sites", "FILE"]),
        (
            "",
            '[[site]]\nurls = ["https://a.example"]\ndelay = "x"\n',
            ["run", "FILE", "--rounds", "1"],
        ),
        ("", "[[alert]]\nto = 5\n", ["alerts", "run", "--alerts", "FILE", "--archive", "HERE"]),
        ("", "[5]", ["keys", "list", "--keys", "FILE"]),
    ],
)
def test_a_command_tells_what_is_wrong_in_a_file_and_ends_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, content: str, command: list[str]
) -> None:
    """A sentence on the error stream, no trace."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "file"
    file.write_text(content, encoding="utf-8")
    if variable:
        monkeypatch.setenv(variable, str(file))
    if "HERE" in command:
        CliRunner().invoke(bahith, ["import", "-", "--archive", "here.db"], input="{}")
    typed = [{"FILE": str(file), "HERE": "here.db"}.get(word, word) for word in command]
    done = CliRunner().invoke(bahith, typed, input="<html>")
    assert done.exit_code == 2, (done.output, done.exception)
    assert isinstance(done.exception, SystemExit)
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    "wrong",
    [
        *(("--delay", "nan"), ("--delay", "-1"), ("--delay", "inf"), ("--delay", "x")),
        *(("--per-host", "0"), ("--max-pages", "-1"), ("--max-depth", "-1"), ("--every", "5")),
        *(("--include", "("), ("--contact", "a@b.example\r\nX: y")),
    ],
)
def test_a_wrong_option_of_a_crawl_is_told_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: tuple[str, str]
) -> None:
    """A pause that is no number would be a crawl that hangs."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(bahith, ["crawl", "https://a.example", *wrong])
    assert done.exit_code == 2, done.output
    assert isinstance(done.exception, SystemExit)
    assert "bahith: " in done.stderr or "Error: " in done.stderr
    assert not list(tmp_path.rglob("*.db"))
