"""The commands as a user types them: results on stdout, the rest on stderr, telling exit codes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from crawl import Archive
from crawl.reasons import sentence
from crawl.sample.server import answer
from tests import warm_command
from tests.hostile_server import HostileServer, article, listing

Row = dict[str, Any]
ROWS = '{"url": "1", "title": "أول", "body": "نص"}\n{"url": "2", "title": "=ثان", "body": ""}\n'


def bahith(
    *arguments: str, folder: Path, given: str | bytes = b""
) -> subprocess.CompletedProcess[str]:
    """Run one command in a folder of its own."""
    done = warm_command.bahith(*arguments, folder=folder, given=given)
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def test_import_counts_and_ends_with_0(tmp_path: Path) -> None:
    """Rows from standard input land in data/articles.db of the folder one stands in."""
    done = bahith("import", "-", "--json", folder=tmp_path, given=ROWS)
    assert (done.returncode, json.loads(done.stdout)["added"]) == (0, 2)
    with Archive(tmp_path / "data" / "articles.db") as archive:
        assert len(archive) == 2


def test_import_names_broken_lines_and_ends_with_1(tmp_path: Path) -> None:
    """File, line and reason on stderr; the good ones are in."""
    (tmp_path / "r.jsonl").write_text(ROWS + "{broken\n", encoding="utf-8")
    done = bahith("import", "r.jsonl", folder=tmp_path)
    assert done.returncode == 1
    assert "r.jsonl:3: broken JSON" in done.stderr
    assert done.stdout.startswith("2 added")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import", "absent.jsonl"], "no file"),
        (["import", "-", "--archive", "/dev/null/x/a.db"], "cannot make the folder"),
        (["crawl", "ftp://example.org"], "no http or https address"),
        (["crawl"], "type one"),
        (["crawl", "https://example.org", "--include", "("], "broken"),
        (["crawl", "https://example.org", "--every", "often"], "15m"),
        (["crawl", "--sites", "absent.toml"], "cannot read the sites of"),
        (["extract", "absent.html"], "cannot read"),
        (["archive", "export", "--output", "/dev/null/x"], "cannot write"),
    ],
)
def test_wrong_use_ends_with_2_and_a_sentence(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    """What cannot be done is said in one sentence."""
    done = bahith(*arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_crawl_prints_a_report_and_ends_with_0(tmp_path: Path) -> None:
    """As a table, or as one JSON object with the same counts."""
    with HostileServer() as server:
        server.articles(5)
        fast = [server.url, "--delay", "0", "--allow-private"]
        table = bahith("crawl", *fast, folder=tmp_path)
        assert (table.returncode, "5 new" in table.stdout) == (0, True)
        report = json.loads(bahith("crawl", *fast, "--json", folder=tmp_path).stdout)
    assert (report["new"], report["refused"].get("not-found", 0)) == (0, 0)


def test_crawl_of_an_unreachable_site_ends_with_1(tmp_path: Path) -> None:
    """The address and what to do stand on stderr."""
    done = bahith("crawl", "http://127.0.0.1:9", folder=tmp_path)
    assert done.returncode == 1
    assert "add --allow-private" in done.stderr


def test_a_sites_file_crawls_many_outlets(tmp_path: Path) -> None:
    """Each outlet keeps its own rules."""
    with HostileServer() as one, HostileServer() as other:
        one.articles(6)
        other.articles(6)
        (tmp_path / "sites.toml").write_text(
            f'[[site]]\nurls = ["{one.url}"]\nexclude = ["/news/[0-3]"]\n'
            f'[[site]]\nurls = ["{other.url}"]\nmax_pages = 4\n',
            encoding="utf-8",
        )
        fast = ["--delay", "0", "--allow-private", "--json"]
        done = bahith("crawl", "--sites", "sites.toml", *fast, folder=tmp_path)
        assert len(other.asked) <= 6  # robots.txt and sitemap.xml beside four pages
    report = json.loads(done.stdout)
    assert 2 < report["new"] <= 5


@pytest.mark.parametrize(
    ("content", "words"),
    [("", "names no site"), ("[[site]]", "urls"), ('[[site]]\nurls = ["x"]', "no http"),
     ('[[site]]\nurls = ["https://a.org"]\nspeed = 3', "no key speed"), ("[[", "cannot be read")],
)  # fmt: skip
def test_a_wrong_sites_file_is_explained(tmp_path: Path, content: str, words: str) -> None:
    """Which table is wrong, and what."""
    (tmp_path / "sites.toml").write_text(content, encoding="utf-8")
    done = bahith("crawl", "--sites", "sites.toml", folder=tmp_path)
    assert (done.returncode, words in done.stderr) == (2, True)


@contextmanager
def every(server: HostileServer, folder: Path, pause: str) -> Iterator[Iterator[Row]]:
    """The reports of a crawl that goes on until the block is left."""
    command = [sys.executable, "-m", "bahith", "crawl", server.url, "--delay", "0"]
    running = subprocess.Popen(
        [*command, "--allow-private", "--every", pause, "--json"],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    try:
        yield map(json.loads, running.stdout)
    finally:
        running.terminate()
        running.wait(timeout=30)
        running.stdout.close()


def test_every_goes_on_until_it_is_stopped(tmp_path: Path) -> None:
    """Round after round, each asking only what is due, also when it is started anew."""
    with HostileServer() as server:
        server.articles(2)
        with every(server, tmp_path, "0.1s") as reports:
            first = next(reports)
            server.pages["/"] = listing(["/fresh.html"])
            server.pages["/fresh.html"] = article("fresh")
            second = next(reports)
        with every(server, tmp_path, "0.1s") as reports:
            third = next(reports)
    assert [report["new"] for report in (first, second, third)] == [2, 0, 0]
    assert [report["pages"] for report in (second, third)] == [0, 0]  # nothing is due so soon


def test_extract_prints_one_object(tmp_path: Path) -> None:
    """The article of a page, unknown fields null; or why there is none, and exit code 1."""
    page = answer("/local/rescue.html", "https://example.org").content
    done = bahith("extract", "-", "--url", "https://example.org/1", folder=tmp_path, given=page)
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert {"url", "title", "body", "date", "author", "source", "section", "language"} <= set(found)
    assert found["url"] == "https://example.org/1"
    for given, reason in ((b"\x89PNG\x00\x01", "not-html"), (b"%PDF-1.7\n", "pdf")):
        done = bahith("extract", "-", folder=tmp_path, given=given)
        assert (done.returncode, json.loads(done.stdout)["rejected"]) == (1, reason)
        assert done.stderr.splitlines() == [f"-: {sentence(reason)}"]
    done = bahith("extract", "-", "--explain", folder=tmp_path, given=page)
    assert {"title", "body", "date"} <= set(json.loads(done.stdout)["why"])


def test_history_shows_every_version(tmp_path: Path) -> None:
    """Old texts first, the present one last."""
    bahith("import", "-", folder=tmp_path, given='{"url": "1", "title": "قديم", "body": "أ"}')
    bahith("import", "-", folder=tmp_path, given='{"url": "1", "title": "جديد", "body": "ب"}')
    done = bahith("archive", "history", "1", "--json", folder=tmp_path)
    versions = [json.loads(line) for line in done.stdout.splitlines()]
    assert [v["title"] for v in versions] == ["قديم", "جديد"]
    assert versions[0]["until"]
    assert versions[1]["until"] is None
    assert "قديم" in bahith("archive", "history", "1", folder=tmp_path).stdout
    assert bahith("archive", "history", "absent", folder=tmp_path).returncode == 1


def test_an_export_is_imported_back_unchanged(tmp_path: Path) -> None:
    """JSON Lines carry every field."""
    bahith("import", "-", folder=tmp_path, given=ROWS)
    bahith("archive", "export", "--output", "out.jsonl", folder=tmp_path)
    again = bahith("import", "out.jsonl", "--json", folder=tmp_path)
    assert json.loads(again.stdout)["same"] == 2


def test_a_csv_export_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    """One line of names, a byte order mark, and no cell that is a formula."""
    bahith("import", "-", folder=tmp_path, given=ROWS)
    done = bahith("archive", "export", "--format", "csv", folder=tmp_path)
    assert done.stdout.startswith("\ufeffurl,title,body")
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    assert [row["title"] for row in rows] == ["أول", "'=ثان"]
