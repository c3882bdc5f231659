"""`bahith index`, `analyze` and `stats` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bahith import bahith
from crawl import Archive, Article


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with an archive of three articles."""
    with Archive(tmp_path / "articles.db") as archive:
        for number in range(3):
            archive.put(
                Article(f"https://e.example/{number}", "خبر", "زار السفير المدينة", source="الوطن")
            )
    return tmp_path


def run(place: Path, *arguments: str) -> Result:
    """A command on the archive and index of a folder."""
    where = {
        "BAHITH_ARCHIVE": str(place / "articles.db"),
        "BAHITH_INDEX": f"whoosh:{place / 'index'}",
    }
    return CliRunner().invoke(bahith, arguments, env=where)


def test_index_reports_what_it_did(place: Path) -> None:
    """Once everything, then nothing, then everything again with --rebuild."""
    reports = [run(place, "index", *more, "--json") for more in ((), (), ("--rebuild",))]
    assert [json.loads(report.stdout)["added"] for report in reports] == [3, 0, 3]
    assert "3 documents" in run(place, "index").stdout


def test_how_an_index_is_spread_is_said_of_a_cluster_alone(place: Path) -> None:
    """And once: not in the address as well."""
    for url in (f"whoosh:{place / 'index'}", "opensearch:http://127.0.0.1:9/news?shards=2"):
        result = run(place, "index", "--shards", "3", "--index", url)
        assert result.exit_code == 2
        assert "--shards" in result.stderr
    result = run(place, "index", "--replicas", "0", "--index", "opensearch:http://127.0.0.1:9/news")
    assert "no cluster answers" in result.stderr


def test_index_without_an_archive_says_how_to_fill_one(tmp_path: Path) -> None:
    """And makes no empty archive on the way."""
    result = run(tmp_path, "index")
    assert result.exit_code == 2
    assert "bahith crawl URL" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_stats_counts_archive_and_index(place: Path) -> None:
    """Before and after there is an index, and when it is behind."""
    before = json.loads(run(place, "stats", "--json").stdout)
    assert before["archive"]["articles"] == 3
    assert "bahith index" in before["index"]["missing"]
    run(place, "index")
    with Archive(place / "articles.db") as archive:
        archive.put(Article("https://e.example/9", "خبر", "جديد"))
    after = json.loads(run(place, "stats", "--json").stdout)
    assert after["index"]["documents"] == 3
    assert after["index"]["behind"] == 1
    assert after["index"]["bytes"] > 0
    assert "documents: 3" in run(place, "stats").stdout


def test_a_damaged_index_is_exit_code_2_with_a_command_to_type(place: Path) -> None:
    """And that command repairs it."""
    run(place, "index")
    damaged = next((place / "index").glob("*.arrays"))
    damaged.write_bytes(damaged.read_bytes()[:-1])
    result = run(place, "stats")
    assert result.exit_code == 2
    assert "bahith index --rebuild --index whoosh:" in result.stderr
    assert run(place, "index", "--rebuild").exit_code == 0
    assert run(place, "stats").exit_code == 0


def test_analyze_shows_each_word_with_its_forms(place: Path) -> None:
    """Offsets point into the text as given."""
    text = "قال السَّفير"
    shown = json.loads(run(place, "analyze", text, "--json").stdout)
    assert shown["text"] == text
    for token in shown["tokens"]:
        assert text[token["start"] : token["end"]] == token["word"]
        assert token.keys() == {"start", "end", "word", "exact", "lemma", "why"}
    lines = run(place, "analyze", text).stdout.splitlines()
    assert lines[0].split("\t") == ["start", "end", "word", "exact", "lemma", "why"]
    assert lines[2].split("\t")[2] == "السَّفير"
