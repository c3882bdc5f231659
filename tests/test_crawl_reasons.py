"""Reasons of refusal: one table, with a sentence for each that the code can give."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from time import time

import pytest
from click.testing import CliRunner, Result

from bahith import bahith
from crawl.archive.archive import Archive
from crawl.archive.schema import PageState
from crawl.frontier.queue import Frontier
from crawl.frontier.visit import VisitOutcome
from crawl.reasons import REASONS, sentence

# Where a reason is given: what is called with one, and what names of tables hold some.
GIVERS = {"Rejected", "NoDocument", "BadEncoding", "BadRow", "Unreadable", "refuse", "retry"}
TABLES = {"_REASONS", "_FAILURES", "REFUSED", "INTERNAL_ERROR"}
GIVEN_BACK = {"_unwanted", "reject_page", "_notice", "_reason_of"}


def words(node: ast.AST) -> Iterator[str]:
    """The texts that stand in an expression and look like a reason."""
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            text = one.value
            if re.fullmatch(r"[a-z][a-z-]*[a-z]", text):
                yield text


def given(tree: ast.AST) -> Iterator[str]:
    """Every reason that a file can give."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in GIVERS:
                yield from (word for argument in node.args for word in words(argument))
            for keyword in node.keywords:
                if keyword.arg in ("reason", "failure"):
                    yield from words(keyword.value)
        elif isinstance(node, ast.Assign):
            names = {getattr(target, "id", "") for target in node.targets}
            if names & TABLES and isinstance(node.value, ast.Dict):
                yield from (word for value in node.value.values for word in words(value))
            elif names & {"reason", "INTERNAL_ERROR"} and isinstance(node.value, ast.Constant):
                yield from words(node.value)
        elif isinstance(node, ast.FunctionDef) and node.name in GIVEN_BACK:
            for part in ast.walk(node):
                if isinstance(part, ast.Return) and part.value is not None:
                    yield from words(part.value)


def test_every_reason_that_the_code_gives_has_a_sentence(root: Path) -> None:
    """Read out of the source: what is passed as a reason stands in the table."""
    folders = ("extract", "fetch", "frontier", "formats", "text")
    found = {
        word
        for folder in folders
        for file in (root / "crawl" / folder).rglob("*.py")
        for word in given(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert {"robots", "trap", "pdf", "truncated", "offsite"} <= found
    assert not found - REASONS.keys()


@pytest.mark.parametrize("reason", [*REASONS, "http-500", "robots-http-503"])
def test_a_reason_is_told_in_both_languages(reason: str) -> None:
    """A sentence each, without the word itself."""
    english, arabic = sentence(reason), sentence(reason, "ar")
    assert english.isascii()
    assert any("\u0600" < letter < "\u06ff" for letter in arabic)
    assert reason not in (english, arabic)


def test_the_docs_name_every_reason(root: Path) -> None:
    """docs/crawling.md lists the words with their meaning."""
    text = (root / "docs" / "crawling.md").read_text(encoding="utf-8")
    missing = [
        reason for reason, told in REASONS.items() if f"| `{reason}` | {told.en} |" not in text
    ]
    assert not missing


@pytest.fixture
def archive_path(tmp_path: Path) -> Path:
    """An archive whose crawl refused two pages."""
    path = tmp_path / "a.db"
    site, host = "marsa.example", "https://marsa.example"
    with Archive(path) as archive:
        frontier = Frontier(archive.database)
        frontier.adopt(site, host)
        frontier.add(site, [f"{host}/1", f"{host}/2"], depth=1)
        for reason in ("not-arabic", "too-short"):
            visit = frontier.next(site, host, time(), taken=(), max_depth=0)
            assert visit is not None
            frontier.finish(visit, VisitOutcome(PageState.REFUSED, reason))
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(bahith, arguments)


def test_stats_print_refusals_as_sentences(archive_path: Path) -> None:
    """For a person the sentence, for a program the word."""
    arguments = ["stats", "--archive", str(archive_path), "--index", f"whoosh:{archive_path}.i"]
    assert sentence("not-arabic") in run(*arguments).output
    held = json.loads(run(*arguments, "--json").output)
    assert held["archive"]["refusals"] == {"not-arabic": 1, "too-short": 1}


def test_refused_addresses_are_listed_with_their_reason(archive_path: Path) -> None:
    """All of them, or those of one reason; exit code 1 when there are none."""
    command = ["archive", "refused", "--archive", str(archive_path)]
    assert run(*command).output.count("https://marsa.example/") == 2
    one = run(*command, "--reason", "too-short", "--json")
    row = json.loads(one.output)
    assert (row["reason"], row["meaning"]) == ("too-short", sentence("too-short"))
    assert (one.exit_code, run(*command, "--reason", "pdf").exit_code) == (0, 1)
