"""`bahith search`, as a reader and as a script use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bahith import bahith
from index import Checkpoint, Document, open_engine


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An index on disk with two articles."""
    url = f"whoosh:{tmp_path_factory.mktemp('commands') / 'index'}"
    engine = open_engine(url, create=True)
    articles = [
        Document("1", "https://example.org/1", "السفير", "زار السفير المدينة.", "2015-08-01"),
        Document("2", "https://example.org/2", "", "عاد السفراء.", "2015-09-01", source="وكالة"),
    ]
    engine.update(articles, [], Checkpoint("test", 1))
    engine.close()
    return url


def run(place: str, *arguments: str, typed: str | None = None) -> Result:
    """Run `bahith search` on the index."""
    return CliRunner().invoke(bahith, ["search", "--index", place, *arguments], input=typed)


def test_a_reader_sees_title_date_passage_and_address(place: str) -> None:
    """Results alone on stdout; how many there were on stderr."""
    result = run(place, "السفير")
    assert result.exit_code == 0
    assert "1. السفير" in result.stdout
    assert "زار السفير المدينة." in result.stdout
    assert "https://example.org/1" in result.stdout
    assert "نتيجة" in result.stderr


def test_a_script_reads_one_json_object(place: str) -> None:
    """With --json nothing else is on stdout."""
    found = json.loads(run(place, "السفير", "--json", "--limit", "1").stdout)
    assert found["total"] == 2
    assert len(found["hits"]) == 1


def test_options_narrow_and_sort(place: str) -> None:
    """By date, by source, newest first."""
    newest = json.loads(run(place, "سفير", "--json", "--sort", "newest").stdout)
    assert [hit["id"] for hit in newest["hits"]] == ["2", "1"]
    early = json.loads(run(place, "سفير", "--json", "--until", "2015-08").stdout)
    assert [hit["id"] for hit in early["hits"]] == ["1"]
    agency = json.loads(run(place, "سفير", "--json", "--source", "وكالة").stdout)
    assert [hit["id"] for hit in agency["hits"]] == ["2"]


def test_a_batch_answers_line_by_line_and_names_the_broken_one(place: str) -> None:
    """In order, the rest unharmed, exit code 1 at the end."""
    lines = '{"id": 7, "query": "السفير"}\nnot json\n{"id": 8, "query": "زلزال"}\n[1]\n'
    result = run(place, "--batch", "-", "--json", typed=lines)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [7, None, 8, None]
    assert answers[0]["hits"][0].keys() == {"url", "score"}
    assert "line 2" in result.stderr
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["زلزال"], 1),
        (["؟"], 1),
        ([], 2),
        (["سفير", "--since", "قريبًا"], 2),
        (["سفير", "--sort", "best"], 2),
        (["سفير", "--index", "whoosh:/nowhere/at/all"], 2),
    ],
)
def test_exit_codes_say_what_happened(place: str, arguments: list[str], code: int) -> None:
    """0 found, 1 nothing found, 2 a wrong call or no index."""
    assert run(place, *arguments).exit_code == code


def test_a_missing_index_says_what_to_type(place: str, tmp_path: Path) -> None:
    """One sentence, no stack trace."""
    result = run(place, "سفير", "--index", f"whoosh:{tmp_path / 'none'}")
    assert "bahith index" in result.stderr
