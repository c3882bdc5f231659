"""The archive: nothing doubles, nothing is lost, every change is told once."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from crawl import Archive, ArchiveError, Article, Change, key_of
from tests.other_archives import make_of

STORY = Article(
    url="https://example.org/1",
    title="خبر",
    body="نص أول\nنص ثان",
    date="2024-05-01",
    tags=("أ", "ب"),
)


@pytest.fixture
def archive(tmp_path: Path):
    with Archive(tmp_path / "deep" / "er" / "articles.db") as opened:
        yield opened


def test_what_is_put_comes_back_whole(archive: Archive) -> None:
    """Every field of an article survives the archive, tags included."""
    assert archive.put(STORY) == "new"
    assert archive.get(key_of(STORY.url)) == STORY


def test_putting_twice_never_doubles(archive: Archive) -> None:
    """The same address in another spelling is the same article."""
    archive.put(STORY)
    assert archive.put(STORY) == "same"
    assert archive.put(replace(STORY, url="HTTPS://EXAMPLE.org:443/1#top")) == "changed"
    assert len(archive) == 1


def test_a_replaced_text_is_kept_as_a_version(archive: Archive) -> None:
    """The old text can be read after the new one took its place."""
    archive.put(STORY)
    archive.put(replace(STORY, body="نص مصحح"))
    archive.put(replace(STORY, body="نص مصحح مرتين"))
    versions = archive.versions(key_of(STORY.url))
    assert [v.article.body for v in versions] == [STORY.body, "نص مصحح"]
    assert versions[0].article == STORY


def test_changes_tell_the_latest_state_of_each_key_in_order(archive: Archive) -> None:
    """A mirror that replays the changes since its last revision equals the archive."""
    others = [replace(STORY, url=f"https://example.org/{n}") for n in range(2, 5)]
    for article in [STORY, *others]:
        archive.put(article)
    seen = archive.revision
    archive.put(replace(STORY, title="عنوان آخر"))
    archive.remove(key_of(others[0].url))
    archive.put(others[1])
    changes = list(archive.changes(seen))
    assert [c.revision for c in changes] == [5, 6]
    assert changes[0].article == replace(STORY, title="عنوان آخر")
    assert changes[1] == Change(6, key_of(others[0].url), None, story="")
    assert list(archive.changes(archive.revision)) == []
    assert [c.revision for c in archive.changes(0)] == [3, 4, 5, 6]


def test_an_article_put_again_after_its_removal_is_told_as_there(archive: Archive) -> None:
    """Removal and return leave one change, and the revision still grows."""
    archive.put(STORY)
    assert archive.remove(key_of(STORY.url))
    assert not archive.remove(key_of(STORY.url))
    assert archive.put(STORY) == "new"
    assert list(archive.changes(0)) == [(3, key_of(STORY.url), STORY, "")]


def test_changes_survive_writes_between_two_steps(archive: Archive) -> None:
    """The reader of a long list of changes meets what is written meanwhile at its end."""
    with archive.batch():
        for number in range(1200):
            archive.put(replace(STORY, url=f"https://example.org/{number}"))
    seen = []
    for change in archive.changes(0):
        if change.revision == 3:
            archive.put(replace(STORY, url="https://example.org/1100", title="متأخر"))
        seen.append(change.key)
    assert len(seen) == len(set(seen)) == 1200
    assert seen[-1] == key_of("https://example.org/1100")


def test_a_batch_that_fails_leaves_nothing(archive: Archive) -> None:
    """All of a batch is written, or none of it."""

    def fail_half_way() -> None:
        with archive.batch():
            archive.put(STORY)
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        fail_half_way()
    assert len(archive) == 0
    assert archive.put(STORY) == "new"


def test_each_archive_has_its_own_lasting_name(tmp_path: Path) -> None:
    """An index can tell whether it still mirrors the same archive."""
    with Archive(tmp_path / "a.db") as first, Archive(tmp_path / "b.db") as second:
        name = first.name
        assert name != second.name
    with Archive(tmp_path / "a.db") as again:
        assert again.name == name


def test_threads_share_an_archive(archive: Archive) -> None:
    """The web reads and writes from many threads through one archive."""

    def work(start: int) -> None:
        for number in range(start, start + 50):
            archive.put(replace(STORY, url=f"https://example.org/{number}"))

    threads = [threading.Thread(target=work, args=(start,)) for start in (0, 25, 50, 75)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(archive) == 125
    assert archive.revision == 125


def test_statistics_count_articles_sources_and_days(archive: Archive) -> None:
    """Sources come with the largest first, days are the first and last known."""
    archive.put(replace(STORY, source="ب"))
    archive.put(replace(STORY, url="x", source="أ", date="2023-01-02T10:00:00+03:00"))
    archive.put(replace(STORY, url="y", source="أ", date=""))
    stats = archive.stats()
    assert (stats.articles, stats.sources) == (3, {"أ": 2, "ب": 1})
    assert (stats.first_day, stats.last_day) == ("2023-01-02", "2024-05-01")
    assert stats.bytes > 0


def test_an_open_archive_survives_the_death_of_its_writer(tmp_path: Path) -> None:
    """What `put` returned for is there after the process was killed."""
    path = tmp_path / "a.db"
    program = (
        "import os, sys; from crawl import Archive, Article\n"
        "archive = Archive(sys.argv[1])\n"
        "for n in range(20): archive.put(Article(url=str(n), title='ع', body='ن'))\n"
        "batch = archive.batch(); batch.__enter__()\n"
        "archive.put(Article(url='half', title='ع', body='ن'))\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    with Archive(path) as archive:
        assert len(archive) == 20


def test_a_foreign_database_is_not_touched(tmp_path: Path) -> None:
    """Another program's SQLite file is named and left as it was."""
    path = tmp_path / "other.db"
    make_of("another program", path)
    before = path.read_bytes()
    with pytest.raises(ArchiveError, match=r"another program's database.*--archive"):
        Archive(path)
    assert path.read_bytes() == before


def test_files_that_are_no_archive_are_named(tmp_path: Path) -> None:
    """A text file, a folder and a place under a file each get a sentence."""
    text = tmp_path / "text.db"
    text.write_text("ليس قاعدة بيانات " * 100, encoding="utf-8")
    with pytest.raises(ArchiveError, match="no archive of bahith"):
        Archive(text)
    with pytest.raises(ArchiveError, match="cannot open"):
        Archive(tmp_path)
    with pytest.raises(ArchiveError, match="cannot make the folder"):
        Archive(text / "below" / "a.db")


def test_a_newer_format_asks_for_an_update(tmp_path: Path) -> None:
    """An archive of a later bahith is not opened, only explained."""
    path = tmp_path / "a.db"
    Archive(path).close()
    make_of("a newer bahith", path)
    with pytest.raises(ArchiveError, match="newer bahith"):
        Archive(path)


def test_a_damaged_archive_is_named(tmp_path: Path) -> None:
    """Bytes overwritten in the middle end in a sentence, not in a traceback of SQLite."""
    path = tmp_path / "a.db"
    with Archive(path) as archive, archive.batch():
        for number in range(300):
            archive.put(replace(STORY, url=str(number)))
    raw = bytearray(path.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    path.write_bytes(raw)
    with pytest.raises(ArchiveError, match=r"damaged"), Archive(path) as archive:
        list(archive.changes(0))
