"""Damage in the archive is found, costs itself alone, and is told; what may be read is read."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bahith import bahith
from crawl import Archive, ArchiveError, Article, DamagedArchive, check_archive, key_of
from index import build, open_engine

COUNT = 120


def made(number: int) -> Article:
    body = f"نص رقم {number} " + "كلمة " * 60
    return Article(url=f"https://paper.example/{number}", title=f"خبر {number}", body=body)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An archive of many articles and some old versions, closed."""
    path = tmp_path / "data" / "articles.db"
    with Archive(path) as archive, archive.batch():
        for number in range(COUNT):
            archive.put(made(number))
        for number in range(5):
            archive.put(Article(url=made(number).url, title="بدل", body="نص آخر"))
    return path


def flip(path: Path, place: int, bit: int = 0) -> None:
    """Turn one bit of a file."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1 << bit
    path.write_bytes(content)


def readable(path: Path) -> tuple[dict[str, Article], list[str]]:
    """What an export of an archive holds, and what it names as damaged."""
    with Archive(path) as archive:
        held = {c.article.url: c.article for c in archive.changes(0) if c.article}
        return held, list(archive.damaged)


def test_a_whole_archive_has_no_fault(file: Path) -> None:
    """Nothing is reported where nothing is wrong."""
    with Archive(file) as archive:
        assert list(check_archive(archive)) == []


def test_a_flipped_bit_never_gives_another_text(file: Path) -> None:
    """Wherever it stands: each article is what was archived, or left out and named."""
    expected, _ = readable(file)
    whole = file.read_bytes()
    dice = random.Random(2026)
    found = 0
    for _ in range(60):
        place = dice.randrange(4096, len(whole))  # the first page says what the file is
        file.write_bytes(whole)
        flip(file, place, dice.randrange(8))
        try:
            held, damaged = readable(file)
        except ArchiveError:
            found += 1
            continue
        assert all(expected.get(url) == article for url, article in held.items())
        assert len(held) + len(damaged) >= COUNT or damaged or len(held) == COUNT
        found += bool(damaged)
    assert found > 10


def test_damage_in_the_names_of_tables_is_told_as_damage(file: Path) -> None:
    """SQLite repeats them in its sentences, whatever bytes they have become."""
    content = file.read_bytes()
    content = content.replace(b"articles_digest", b"\xee" * len("articles_digest"))
    file.write_bytes(content.replace(b"CREATE INDEX", b"XREATE INDEX"))
    with pytest.raises(ArchiveError, match="damaged"):
        readable(file)


def test_a_damaged_row_costs_itself_alone(file: Path) -> None:
    """An export goes on behind it, a check names it, and a new text heals it."""
    place = file.read_bytes().index("نص رقم 77 ".encode())
    flip(file, place + 20)
    held, damaged = readable(file)
    assert (len(held), len(damaged)) == (COUNT - 1, 1)
    assert made(77).url not in held
    with Archive(file) as archive:
        assert len(list(check_archive(archive))) == 1
        with pytest.raises(DamagedArchive):
            archive.get(key_of(made(77).url))
        archive.put(made(77))
        assert list(check_archive(archive)) == []


def test_a_damaged_page_costs_its_own_articles(file: Path) -> None:
    """The rest of the archive is read past a page of noise."""
    place = file.read_bytes().index("نص رقم 77 ".encode()) // 4096 * 4096
    content = bytearray(file.read_bytes())
    content[place : place + 4096] = random.Random(1).randbytes(4096)
    file.write_bytes(content)
    held, damaged = readable(file)
    assert COUNT - 15 < len(held) < COUNT
    assert len(held) + len(damaged) == COUNT


def test_a_damaged_version_is_named(file: Path) -> None:
    """Old texts are checked as well."""
    with Archive(file) as archive:
        before = archive.versions(key_of(made(3).url))[0].article
    assert before == made(3)
    content = file.read_bytes()
    flip(file, content.index(b'"title": "' + "خبر 3".encode()) + 10)
    with Archive(file) as archive:
        assert any("old version" in fault for fault in check_archive(archive))


def run(file: Path, *words: str) -> Result:
    """A command over an archive and the index beside it."""
    places = {"BAHITH_ARCHIVE": str(file), "BAHITH_INDEX": f"whoosh:{file.parent / 'index'}"}
    return CliRunner(env=places).invoke(bahith, words)


def test_check_and_export_tell_damage(file: Path) -> None:
    """Exit code 1 and a line for each fault; the index is held against the archive."""
    assert run(file, "index").exit_code == 0
    done = run(file, "check", "--json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"archive": [], "index": []})
    flip(file, file.read_bytes().index("نص رقم 77 ".encode()) + 20)
    done = run(file, "check")
    assert (done.exit_code, "77" in done.stdout) == (1, True)
    done = run(file, "archive", "export")
    assert (done.exit_code, len(done.stdout.splitlines())) == (1, COUNT - 1)
    assert "left out, damaged" in done.stderr
    assert "left out, damaged" in run(file, "index", "--rebuild").stderr
    file.unlink()
    with Archive(file) as archive:
        archive.put(made(1))
    assert "another archive" in run(file, "check").stdout


@pytest.fixture
def locked(file: Path) -> Iterator[Path]:
    """The archive in a folder in which this process may not write."""
    folder = Path(tempfile.mkdtemp())
    shutil.copy(file, folder / "a.db")
    (folder / "a.db").chmod(0o444)
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:  # to whom no mode applies
        os.seteuid(65534)
    try:
        yield folder / "a.db"
    finally:
        os.seteuid(user)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_read_only_archive_can_be_read(locked: Path) -> None:
    """Counted, exported, its history shown; what would write is refused with a sentence."""
    with Archive(locked) as archive:
        assert archive.stats().articles == COUNT
        assert len(list(archive.changes(0))) == COUNT
        assert len(archive.versions(key_of(made(1).url))) == 1
        assert list(check_archive(archive)) == []
        with pytest.raises(ArchiveError, match="for writing"):
            archive.put(made(999))
    assert [file.name for file in locked.parent.iterdir()] == ["a.db"]


@pytest.fixture
def indexed_once(file: Path) -> None:
    """What indexing loads is loaded before this process may read less."""
    with Archive(file) as archive:
        build(archive, open_engine("memory:", create=True))


@pytest.mark.usefixtures("indexed_once")
def test_a_read_only_archive_can_be_indexed(locked: Path) -> None:
    """Its copies stay those that it knows."""
    with Archive(locked) as archive:
        assert build(archive, open_engine("memory:", create=True)).documents == COUNT


@pytest.mark.parametrize(
    "words", [("stats",), ("archive", "export"), ("archive", "history", made(1).url), ("check",)]
)
def test_commands_that_read_need_no_right_to_write(locked: Path, words: tuple[str, ...]) -> None:
    """`stats`, `export`, `history` and `check` of an archive on a read-only disk."""
    done = run(locked, *words)
    assert done.exit_code == 0, done.output
    assert done.stdout
    assert [file.name for file in locked.parent.iterdir()] == ["a.db"]


def fill(file: Path, kept: list[int]) -> None:
    """Put articles, each in a transaction of its own, and note those that were kept."""
    with Archive(file) as archive:
        for number in range(1, 5000):
            archive.put(made(number))
            kept.append(number)


@pytest.mark.parametrize("room", [64, 300, 900])
def test_a_full_disk_is_told_and_costs_nothing_that_was_kept(tmp_path: Path, room: int) -> None:
    """The sentence says what happened; what was put before is whole, and the next run goes on."""
    file = tmp_path / "a.db"
    with Archive(file) as archive:
        archive.put(made(0))
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room * 1024, most[1]))
    kept = [0]
    try:
        with pytest.raises(ArchiveError, match=r"no space is left|the disk failed"):
            fill(file, kept)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
        signal.signal(signal.SIGXFSZ, before)
    with Archive(file) as archive:
        assert {made(number).url for number in kept} <= {
            change.article.url for change in archive.changes(0) if change.article
        }
        assert list(check_archive(archive)) == []
        assert archive.put(made(9999)) == "new"
