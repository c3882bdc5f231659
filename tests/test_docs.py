"""The documentation is a surface like any other: its commands run and its links lead somewhere."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bahith import COMMANDS, bahith
from crawl.sample.server import serve_sample

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.M | re.S)
PYTHON = re.compile(r"^```python\n(.*?)^```", re.M | re.S)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
# Commands that go on until they are stopped; their own tests start and stop them.
ENDLESS = {"serve", "demo"}
ROW = '{"url": "https://example.org/saved", "title": "خبر محفوظ", "body": "نص الخبر"}\n'
SAVED_PAGE = "<html><head><title>خبر</title></head><body><h1>خبر</h1></body></html>"


def console_lines(page: Path) -> Iterator[str]:
    """The `$ bahith …` lines of a page's console blocks, without their remarks."""
    for block in CONSOLE.findall(page.read_text(encoding="utf-8")):
        for line in block.splitlines():
            if line.startswith("$ bahith "):
                yield re.sub(r"\s{2,}#.*", "", line.removeprefix("$ "))


def commands_with_options() -> Iterator[tuple[str, list[str]]]:
    """Every command's full name and its options' long names."""
    for name in COMMANDS:
        command = bahith.get_command(click.Context(bahith), name)
        assert command is not None
        members = command.commands if isinstance(command, click.Group) else {}
        for words, one in [(name, command), *((f"{name} {sub}", c) for sub, c in members.items())]:
            yield (
                words,
                [
                    option
                    for parameter in one.params
                    if isinstance(parameter, click.Option) and not parameter.hidden
                    for option in parameter.opts
                    if option.startswith("--")
                ],
            )


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if any(console_lines(page))],
    ids=lambda page: page.name,
)
def test_the_commands_of_a_page_run_as_printed(page: Path, tmp_path: Path) -> None:
    """In order, in an empty folder; the example site is the bundled newspaper on loopback."""
    (tmp_path / "articles.jsonl").write_text(ROW, encoding="utf-8")
    (tmp_path / "page.html").write_text(SAVED_PAGE, encoding="utf-8")
    with serve_sample() as base:
        for line in console_lines(page):
            words = shlex.split(line.replace("https://example.org/", base.rstrip("/") + "/"))
            if words[1] in ENDLESS:
                continue
            if words[1] == "crawl":
                words += ["--allow-private", "--delay", "0"]
            done = subprocess.run(
                [sys.executable, "-m", "bahith", *words[1:]],
                cwd=tmp_path,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            assert done.returncode in {0, 1}, f"{line}\n{done.stderr}"
            assert "Traceback" not in done.stderr, f"{line}\n{done.stderr}"


def test_the_python_of_the_readme_runs_as_printed(tmp_path: Path) -> None:
    """What a reader copies into a script prints a hit."""
    (tmp_path / "articles.jsonl").write_text(ROW, encoding="utf-8")
    for words in (["import", "articles.jsonl"], ["index"]):
        subprocess.run([sys.executable, "-m", "bahith", *words], cwd=tmp_path, check=True)
    (block,) = PYTHON.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    done = subprocess.run(
        [sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "https://example.org/saved" in done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """A relative link names a file that is there."""
    text = page.read_text(encoding="utf-8")
    missing = [
        target
        for target in LINK.findall(text)
        if not target.startswith("http") and not (page.parent / target).exists()
    ]
    assert not missing


def test_every_command_and_option_is_documented() -> None:
    """Nothing can be typed that docs/commands.md does not tell."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    missing = [
        f"{name} {option}"
        for name, options in commands_with_options()
        for option in ["", *options]
        if f"`bahith {name}" not in text or (option and f"`{option}" not in text)
    ]
    assert not missing


def test_every_route_is_documented() -> None:
    """A portal's builder finds every address in docs/embedding.md or docs/operations.md."""
    from web import create_app

    text = "".join(
        (ROOT / "docs" / name).read_text(encoding="utf-8")
        for name in ("embedding.md", "operations.md")
    )
    routes = {
        re.sub(r"<(?:\w+:)?(\w+)>", "ID", rule.rule)
        for rule in create_app().url_map.iter_rules()
        if not rule.rule.startswith("/static")
    }
    assert sorted(route for route in routes if route not in text) == []


def test_the_readme_is_short() -> None:
    """A newcomer reads it whole."""
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 150


def test_every_test_that_the_page_of_security_names_is_there() -> None:
    """Files and functions, as they are called today."""
    named = set(
        re.findall(r"`(test_\w+)(?:\.py)?`", (ROOT / "docs" / "security.md").read_text("utf-8"))
    )
    tests = list((ROOT / "tests").glob("test_*.py"))
    written = "".join(file.read_text("utf-8") for file in tests)
    held = {file.stem for file in tests} | set(re.findall(r"^def (test_\w+)", written, re.M))
    assert named
    assert not named - held
