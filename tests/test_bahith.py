"""The command line as a whole: commands say how to use them and keep their exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bahith import COMMANDS, bahith
from tests import warm_command

ROWS = [
    {
        "url": "https://example.org/1",
        "title": "السفير في الميناء",
        "body": "زار السفير الميناء أمس.",
        "date": "2015-08-01",
        "source": "الميناء",
    },
    {
        "url": "https://example.org/2",
        "title": "الوزراء يجتمعون",
        "body": "اجتمع وزراء الثقافة.",
        "date": "2015-08-02",
        "source": "الساحل",
    },
]


def run(*words: str, stdin: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run bahith as a user does."""
    done = warm_command.bahith(*words, folder=cwd, given=stdin)
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two articles imported and indexed."""
    folder = tmp_path_factory.mktemp("newsroom")
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
    assert run("import", "-", stdin=lines, cwd=folder).returncode == 0
    done = run("index", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str) -> None:
    """`--help` answers with exit code 0 and shows the command in use."""
    import click

    command = bahith.get_command(click.Context(bahith), name)
    assert command is not None
    text = command.get_help(click.Context(command, info_name=name))
    assert f"bahith {name}" in text


def test_an_unknown_command_is_a_usage_error() -> None:
    """A typing error ends with exit code 2."""
    assert run("serach").returncode == 2


def test_import_index_search_find_the_article(place: Path) -> None:
    """The way from rows to a hit, through four processes."""
    found = run("search", "سفير", "--json", cwd=place)
    answer = json.loads(found.stdout)
    assert found.returncode == 0
    assert answer["total"] == 1
    hit = answer["hits"][0]
    assert hit["url"] == "https://example.org/1"
    start, end = hit["title_marks"][0]
    assert hit["title"][start:end] == "السفير"


def test_finding_nothing_is_exit_code_1(place: Path) -> None:
    """Scripts can tell «nothing» from «broken»."""
    assert run("search", "زرافة", "--json", cwd=place).returncode == 1


def test_a_missing_index_says_what_to_type(tmp_path: Path) -> None:
    """A set-up that is not there is exit code 2 and a sentence with a command in it."""
    told = run("search", "سفير", cwd=tmp_path)
    assert told.returncode == 2
    assert "bahith index" in told.stderr
    assert "Traceback" not in told.stderr


def test_batch_search_answers_every_query(place: Path, tmp_path: Path) -> None:
    """JSON Lines in, JSON Lines out, in order."""
    file = tmp_path / "queries.jsonl"
    file.write_text('{"id": 1, "query": "سفير"}\n{"id": "b", "query": "وزير"}\n', encoding="utf-8")
    done = run("search", "--batch", str(file), "--json", cwd=place)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, "b"]
    assert [answer["hits"][0]["url"] for answer in answers] == [row["url"] for row in ROWS]


def test_batch_explain_answers_every_line(place: Path) -> None:
    """The protocol of the matching benchmark."""
    lines = [
        {"query": "وزير", "text": "اجتمع الوزراء أمس"},
        {"query": "سفير", "text": "اجتمع الوزراء أمس"},
    ]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    done = run("explain", "--batch", "-", "--json", stdin=text, cwd=place)
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["match"], first["form"]) == (True, "الوزراء")
    assert second["match"] is False


def test_indexing_again_changes_only_what_changed(place: Path) -> None:
    """A replaced article is replaced, a second run finds nothing to do."""
    changed = {**ROWS[1], "body": "اجتمع وزراء الزراعة."}
    run("import", "-", stdin=json.dumps(changed, ensure_ascii=False), cwd=place)
    run("index", cwd=place)
    assert run("search", "الزراعة", cwd=place).returncode == 0
    assert run("search", "الثقافة", cwd=place).returncode == 1
    assert json.loads(run("stats", "--json", cwd=place).stdout)["index"]["documents"] == 2


def test_the_front_door_gives_each_name_when_it_is_asked_for() -> None:
    """And loads no more than that name needs."""
    code = (
        "import sys, bahith; assert 'flask' not in sys.modules;"
        "from bahith import Archive, Article, Filters, Searcher, analyze, open_engine;"
        "assert 'flask' not in sys.modules;"
        "from bahith import bahith_blueprint, blueprint, create_app;"
        "print(*(hasattr(bahith, name) for name in bahith.__all__), hasattr(bahith, 'nothing'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True"] * 9 + ["False"]


# What a whole `bahith search` loads and reads is most of what it costs.
NOT_FOR_A_SEARCH = frozenset(
    {
        *("bs4", "csv", "difflib", "email", "flask", "hijridate", "html", "http", "lxml"),
        *("importlib.resources", "ssl", "xml"),
        *("multiprocessing", "random", "rich", "scrapy", "shutil", "sqlite3", "subprocess"),
        *("tempfile", "tomllib", "urllib3", "whoosh", "zipfile"),
        *("index.engines.opensearch", "index.engines.whoosh.writing", "web"),
    }
)


def test_a_search_command_loads_nothing_that_it_does_not_use(place: Path) -> None:
    """Neither libraries of other commands, nor the lists that its mapped tables were made of."""
    code = (
        "import sys, bahith\n"
        "sys.argv = ['bahith', 'search', 'السفير']\n"
        "try:\n    bahith.main()\n"
        "except SystemExit:\n"
        "    from index.analysis.lexicon.proper_names import proper_names\n"
        "    print(*sys.modules, proper_names.cache_info().misses, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=place, capture_output=True, text=True, check=True
    )
    assert "السفير" in done.stdout
    *loaded, lists_read = done.stderr.split()
    assert NOT_FOR_A_SEARCH & set(loaded) == set()
    assert lists_read == "0"


@pytest.mark.parametrize("name", ["web", "index"])
def test_another_package_in_the_way_is_named_in_one_sentence(tmp_path: Path, name: str) -> None:
    """A portal with a folder `web` of its own hears what hides what."""
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").touch()
    done = subprocess.run(
        [sys.executable, "-c", "import bahith"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 1
    assert f"bahith's own package {name} is hidden by another" in done.stderr
