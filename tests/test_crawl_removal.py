"""Removal for good: no byte is left, and nothing brings it back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from bahith import bahith
from crawl import Archive, Article, import_files, key_of
from crawl.archive.removal import remove_for_good
from crawl.archive.stories import update_stories
from crawl.archive.tombstones import LEFT_OUT, redaction_of, without
from tests.hostile_server import article as page_of
from tests.hostile_server import listing
from tests.newsroom import ARTICLES, VISIT, VISIT_ID, WHEAT, application, fill
from tests.offline_crawl import OfflineCrawl
from tests.other_archives import make_of

NAME = "هذا سر لا يبقى"
SECRET = Article(
    url="https://news.example/secret",
    title=f"خبر فيه {NAME}",
    body=f"قال المتحدث إن {NAME} في أي مكان، ثم زاد كلاما آخر لا بأس به عن الميناء. " * 5,
    date="2015-08-01",
    source="بريد المرسى",
    tags=(NAME,),
)
KEY = key_of(SECRET.url)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A newsroom whose archive and index hold the secret, in two versions."""
    with Archive(tmp_path / "articles.db") as archive:
        archive.put(SECRET)
    fill(tmp_path, *ARTICLES, Article(SECRET.url, SECRET.title, SECRET.body + "زيادة " + NAME))
    with Archive(tmp_path / "articles.db") as archive:
        update_stories(archive)
    return tmp_path


def typed(folder: Path, *words: str) -> Result:
    """A command over the newsroom."""
    places = {
        "BAHITH_ARCHIVE": str(folder / "articles.db"),
        "BAHITH_INDEX": f"whoosh:{folder / 'index'}",
    }
    return CliRunner(env=places).invoke(bahith, words)


def holds(folder: Path, text: str) -> bool:
    """Whether any file of the archive holds a text."""
    return any(text.encode() in path.read_bytes() for path in folder.glob("articles.db*"))


def test_no_byte_of_a_removed_article_is_left(folder: Path) -> None:
    """Neither in the archive and its log, nor, once it is rebuilt, in the index."""
    before = set((folder / "index").glob("*.arrays"))
    assert holds(folder, NAME)
    done = typed(folder, "archive", "remove", SECRET.url, "--reason", "لأن صاحبه طلب")
    assert (done.exit_code, done.stdout.strip()) == (0, f"{SECRET.url}\tremoved")
    assert not holds(folder, NAME)
    with Archive(folder / "articles.db") as archive:
        assert archive.get(KEY) is None
        assert archive.versions(KEY) == []
        assert VISIT_ID in archive
        assert not archive.vanished(KEY)
        assert not archive.database.value("select sketch from stories where key = ?", (KEY,))
    assert typed(folder, "index").exit_code == 0
    assert typed(folder, "search", "سر").exit_code == 1
    assert typed(folder, "index", "--rebuild").exit_code == 0
    after = set((folder / "index").iterdir())
    assert not before & after
    assert typed(folder, "check").exit_code == 0


def test_what_was_removed_comes_back_by_no_way(folder: Path, tmp_path: Path) -> None:
    """Not by an import, nor under another address that names it as its own."""
    typed(folder, "archive", "remove", SECRET.url)
    rows = [
        {"url": SECRET.url, "title": "خبر", "body": "نص"},
        {"url": VISIT.url + "?x=1", "title": "خبر", "body": "نص", "canonical": SECRET.url},
        {"url": "https://news.example/other", "title": "خبر آخر", "body": "نص آخر"},
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with Archive(folder / "articles.db") as archive:
        report = import_files([file], archive)
        assert report.reasons["removed"] >= 1
        assert KEY not in archive
        assert archive.put(Article("https://a.example/", "خبر", "نص", canonical=SECRET.url)) == (
            "removed"
        )
        assert archive.put(SECRET) == "removed"
    listed = typed(folder, "archive", "removed", "--json")
    assert json.loads(listed.stdout)["url"] == SECRET.url
    assert typed(folder, "archive", "removed", "--allow", SECRET.url).exit_code == 0
    assert typed(folder, "archive", "removed").exit_code == 1
    with Archive(folder / "articles.db") as archive:
        assert archive.put(SECRET) == "new"


def test_a_crawl_obeys_a_tombstone_and_reports_it(archive: Archive) -> None:
    """The page is there, and stays out."""
    paper = OfflineCrawl(archive)
    paper.pages["/"] = listing(["/1.html", "/2.html"])
    paper.pages["/1.html"], paper.pages["/2.html"] = page_of(1), page_of(2)
    assert paper.run().new == 2
    remove_for_good(archive, paper.url + "/1.html")
    assert len(archive) == 1
    paper.now += 10 * 24 * 3600
    report = paper.run(refetch=True)
    assert report.refused["removed"] == 1
    assert len(archive) == 1


def test_a_text_is_left_out_of_an_article_and_its_versions(folder: Path) -> None:
    """No byte of it stays, and the same page brings it back neither as new nor as changed."""
    done = typed(folder, "archive", "remove", SECRET.url, "--redact", NAME, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["places"] > 10
    assert not holds(folder, NAME)
    with Archive(folder / "articles.db") as archive:
        present = archive.get(KEY)
        assert present is not None
        assert LEFT_OUT in present.title
        assert all(NAME not in one.article.body for one in archive.versions(KEY))
        again = Article(SECRET.url, SECRET.title, SECRET.body + "زيادة " + NAME)
        assert archive.put(again) == "same"
    assert not holds(folder, NAME)
    assert typed(folder, "index").exit_code == 0
    assert NAME not in typed(folder, "search", "خبر", "--json").stdout


@given(st.text("اب ج", max_size=40), st.text("اب ج", min_size=2, max_size=4))
def test_whatever_is_left_out_stands_nowhere_else(text: str, part: str) -> None:
    """Of texts that overlap too, but where leaving one out makes another."""
    found = without(text, [redaction_of(part)])
    assert part not in found
    assert found.replace(LEFT_OUT, part).count(part) >= text.count(part)


def test_what_cannot_be_removed_is_said(folder: Path) -> None:
    """Exit codes and sentences; what was never held stays out all the same."""
    done = typed(folder, "archive", "remove", "https://news.example/unknown")
    assert (done.exit_code, "stays out" in done.stdout) == (1, True)
    assert typed(folder, "archive", "remove", WHEAT.url, "--redact", " ").exit_code == 2
    missing = CliRunner().invoke(
        bahith, ["archive", "remove", "u", "--archive", str(folder / "none.db")]
    )
    assert missing.exit_code == 2
    assert not (folder / "none.db").exists()


def test_its_page_is_gone_at_once(folder: Path) -> None:
    """410 before the index was built again, also for who holds the page already."""
    reader = application(folder).test_client()
    got = reader.get(f"/article/{KEY}")
    assert got.status_code == 200
    typed(folder, "archive", "remove", SECRET.url)
    held = {"If-None-Match": got.headers["ETag"]}
    assert reader.get(f"/article/{KEY}", headers=held).status_code == 410
    gone = reader.get(f"/api/article/{KEY}")
    assert gone.status_code == gone.json["error"]["status"] == 410
    assert reader.get("/article/none").status_code == 404


def test_an_archive_from_before_there_were_tombstones_is_opened(tmp_path: Path) -> None:
    """It gets the tables that it lacks."""
    place = tmp_path / "old.db"
    with Archive(place) as archive:
        archive.put(VISIT)
    make_of("no tombstones", place)
    with Archive(place) as archive:
        assert not archive.is_removed(VISIT_ID)
        assert archive.put(VISIT) == "same"
