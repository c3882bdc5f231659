"""Backup and restore: whole whatever happens meanwhile, and a rebuild that costs no answer."""

from __future__ import annotations

import json
import os
import resource
import signal
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bahith import bahith
from crawl import Archive, Article
from index import build, open_engine
from index.engines.whoosh import last_commit
from tests.newsroom import ARTICLES, VISIT_ID, application, fill


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A newsroom with all articles indexed."""
    place = tmp_path / "newsroom"
    place.mkdir()
    fill(place, *ARTICLES)
    return place


def typed(folder: Path, *words: str) -> Result:
    """A command over the archive and the index of a folder."""
    places = {
        "BAHITH_ARCHIVE": str(folder / "articles.db"),
        "BAHITH_INDEX": f"whoosh:{folder / 'index'}",
    }
    return CliRunner(env=places).invoke(bahith, words)


def extra(number: int) -> Article:
    """One more article."""
    return Article(f"https://more.example/{number}", f"خبر رقم {number}", "نص الخبر عن فيضان")


def test_a_backup_comes_back_whole(folder: Path, tmp_path: Path) -> None:
    """Elsewhere, and over what was lost; the index needs no build."""
    done = typed(folder, "backup", str(tmp_path / "kept"), "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["articles"] == len(ARTICLES)
    linked = next((tmp_path / "kept" / "index").glob("*.arrays"))
    assert linked.stat().st_nlink == 2
    other = tmp_path / "other"
    assert typed(other, "restore", str(tmp_path / "kept")).exit_code == 0
    assert typed(other, "check").exit_code == 0
    assert typed(other, "search", "السفير").exit_code == 0
    assert typed(other, "index").stdout.startswith("added 0, removed 0")


def test_a_backup_is_of_one_moment_while_others_write(folder: Path, tmp_path: Path) -> None:
    """Crawl and index go on; each backup passes its check, and articles are never fewer."""
    stop = threading.Event()

    def write() -> None:
        with Archive(folder / "articles.db") as archive:
            engine = open_engine(f"whoosh:{folder / 'index'}")
            number = 0
            while not stop.is_set():
                for _ in range(5):
                    number += 1
                    archive.put(extra(number))
                build(archive, engine)
            engine.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = []
        for number in range(4):
            done = typed(folder, "backup", str(tmp_path / f"kept{number % 2}"), "--json")
            assert done.exit_code == 0, done.output
            counts.append(json.loads(done.stdout)["articles"])
    finally:
        stop.set()
        writer.join()
    assert counts == sorted(counts)
    assert counts[-1] > len(ARTICLES)
    assert typed(tmp_path / "back", "restore", str(tmp_path / "kept1")).exit_code == 0
    assert typed(tmp_path / "back", "check").exit_code == 0
    assert typed(tmp_path / "back", "index").exit_code == 0


def test_a_full_disk_leaves_the_earlier_backup_whole(folder: Path, tmp_path: Path) -> None:
    """Exit code 2 with a sentence; nothing half made stays beside it."""
    kept = tmp_path / "kept"
    assert typed(folder, "backup", str(kept)).exit_code == 0
    before = {path: path.read_bytes() for path in kept.rglob("*") if path.is_file()}
    fill(folder, *(extra(number) for number in range(200)))
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, most[1]))
    try:
        done = typed(folder, "backup", str(kept))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
        signal.signal(signal.SIGXFSZ, ignored)
    assert done.exit_code == 2
    assert done.stderr.startswith("bahith: ")
    assert {path: path.read_bytes() for path in kept.rglob("*") if path.is_file()} == before
    assert sorted(os.listdir(tmp_path)) == ["kept", "newsroom"]


def test_nothing_is_replaced_that_was_not_named(folder: Path, tmp_path: Path) -> None:
    """Neither a stranger's folder by a backup, nor an archive by a restore without --replace."""
    stranger = tmp_path / "photos"
    stranger.mkdir()
    (stranger / "one.jpg").touch()
    assert typed(folder, "backup", str(stranger)).exit_code == 2
    assert (stranger / "one.jpg").exists()
    assert typed(folder, "restore", str(stranger), "--replace").exit_code == 2
    typed(folder, "backup", str(tmp_path / "kept"))
    fill(folder, extra(1))
    done = typed(folder, "restore", str(tmp_path / "kept"))
    assert (done.exit_code, "--replace" in done.stderr) == (2, True)
    reader = application(folder).test_client()
    assert reader.get("/api/search?q=فيضان").json["total"] == 1
    assert typed(folder, "restore", str(tmp_path / "kept"), "--replace").exit_code == 0
    assert reader.get("/api/search?q=فيضان").json["total"] == 0
    assert reader.get(f"/article/{VISIT_ID}").status_code == 200
    assert reader.get("/api/stats").json["archive"]["articles"] == len(ARTICLES)
    assert typed(folder, "check").exit_code == 0


def test_check_finds_a_flipped_byte_of_the_index(folder: Path, tmp_path: Path) -> None:
    """Wherever it is; and a backup of a damaged index is none."""
    (file,) = (folder / "index").glob("*.arrays")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    done = typed(folder, "check", "--json")
    assert done.exit_code == 1
    assert "is damaged" in json.loads(done.stdout)["index"][0]
    assert typed(folder, "backup", str(tmp_path / "kept")).exit_code == 2
    assert not (tmp_path / "kept").exists()


def test_a_rebuild_costs_no_reader_an_answer(folder: Path) -> None:
    """Pages and API under load, while the index is made anew three times."""
    app = application(folder)
    stop, wrong, asked = threading.Event(), [], []

    def read() -> None:
        reader = app.test_client()
        while not stop.is_set():
            for address in ("/search?q=السفير", "/api/search?q=سوق", f"/article/{VISIT_ID}"):
                status = reader.get(address).status_code
                asked.append(address)
                if status != 200:
                    wrong.append((address, status))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for one in readers:
        one.start()
    for _ in range(3):
        assert typed(folder, "index", "--rebuild").exit_code == 0
    stop.set()
    for one in readers:
        one.join()
    assert wrong == []
    assert asked


def test_an_old_process_goes_on_when_newer_rules_rebuild_its_index(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It serves what it has open; one that starts then is told what to type."""
    reader = application(folder).test_client()
    assert reader.get("/api/search?q=السفير").json["total"] == 3
    newer = "index.engines.whoosh.writing.index_writer.version"
    monkeypatch.setattr(newer, lambda: "rules of tomorrow")
    typed(folder, "index", "--rebuild")  # which, being of today, cannot read it back
    assert last_commit.version() != "rules of tomorrow"
    assert reader.get("/api/search?q=السفير").json["total"] == 3
    assert reader.get(f"/article/{VISIT_ID}").status_code == 200
    assert application(folder).test_client().get("/search?q=السفير").status_code == 503
