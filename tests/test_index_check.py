"""`bahith check`: damage anywhere in an index, and any disagreement with its archive, is named."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from crawl import Archive, Article, key_of
from index import Checkpoint, Document, build, open_engine
from index.check import check_index


def made(number: int, body: str = "") -> Article:
    """The article of a number."""
    text = body or f"نص رقم {number} " + "كلمة " * 40
    return Article(f"https://a.example/{number}", f"خبر {number}", text, date="2015-08-01")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An archive of sixty articles and its index of two segments."""
    with Archive(tmp_path / "articles.db") as archive:
        engine = open_engine(url(tmp_path), create=True)
        for some in (range(50), range(50, 60)):
            with archive.batch():
                for number in some:
                    archive.put(made(number))
            build(archive, engine)
        engine.close()
    return tmp_path


def url(place: Path) -> str:
    """The index of a folder."""
    return f"whoosh:{place / 'index'}"


def faults(place: Path) -> list[str]:
    """What is found."""
    with Archive(place / "articles.db") as archive:
        return list(check_index(archive, url(place)))


def test_a_whole_index_has_no_fault_also_when_it_is_behind(place: Path) -> None:
    """What is new, changed or gone since the last `bahith index` is no disagreement."""
    assert faults(place) == []
    with Archive(place / "articles.db") as archive:
        archive.put(made(3, "نص جديد"))
        archive.put(made(99))
        archive.remove(key_of(made(4).url))
    assert faults(place) == []
    with Archive(place / "articles.db") as archive:
        build(archive, open_engine(url(place)))
    assert faults(place) == []


def test_a_flipped_bit_anywhere_is_named(place: Path) -> None:
    """Also in what no search would have read: every block is looked at."""
    dice = random.Random(5)
    files = [path for path in (place / "index").iterdir() if path.stat().st_size]
    assert {path.suffix for path in files} == {".toc", ".arrays", ".derived"}
    for file in files:
        whole = file.read_bytes()
        for _ in range(8):
            content = bytearray(whole)
            content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
            file.write_bytes(content)
            assert any(file.name in fault for fault in faults(place)), file.name
        file.write_bytes(whole)
    assert faults(place) == []


@pytest.mark.parametrize("wrong", ["other text", "missing", "too many"])
def test_an_index_that_says_something_else_than_the_archive_is_named(
    place: Path, wrong: str
) -> None:
    """Whole files with the wrong articles in them."""
    with Archive(place / "articles.db") as archive:
        reached = Checkpoint(archive.name, archive.revision)
    document = Document.of(made(7, "نص آخر"))
    engine = open_engine(url(place))
    match wrong:
        case "other text":
            engine.update([document], (), reached)
        case "missing":
            engine.update((), [document.key], reached)
        case "too many":
            engine.update([Document.of(made(7_000))], (), reached)
    (fault, *more) = faults(place)
    assert "--rebuild" in fault
    assert ("/7:" in fault) == (wrong != "too many")
    assert all("it holds" in one for one in more)


def test_faults_are_named_up_to_a_hundred(place: Path) -> None:
    """An index of quite other texts is told as such without a list of them all."""
    with Archive(place / "articles.db") as archive:
        for number in range(60, 200):
            archive.put(made(number))
        engine = open_engine(url(place), fresh=True)
        engine.update((), (), Checkpoint(archive.name, archive.revision))
    assert len(faults(place)) == 100
