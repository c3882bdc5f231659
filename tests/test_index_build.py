"""Building: what an archive holds is what the index holds, none more and none fewer."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawl import Archive, Article, key_of
from index import open_engine
from index.build import build, rebuild

NUMBERS = ["صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]


def article(number: int) -> Article:
    """A short article that no other equals."""
    words = " ".join(NUMBERS[int(digit)] for digit in str(number))
    return Article(f"https://example.org/{number}", f"خبر {words}", words)


# Around the sizes at which documents are handed over in chunks, alone and to worker processes.
@pytest.mark.parametrize("count", [1, 499, 500, 501, 1203, 3_001])
def test_every_article_of_the_archive_is_in_the_index(tmp_path: Path, count: int) -> None:
    """Whatever the sizes of batches and chunks, no document falls between two of them."""
    urls = [f"https://example.org/{number}" for number in range(count)]
    with Archive(tmp_path / "articles.db") as archive:
        with archive.batch():
            for number in range(count):
                archive.put(article(number))
        engine = open_engine(f"whoosh:{tmp_path / 'index'}", create=True)
        report = build(archive, engine)
        assert (report.added, report.documents) == (count, count)
        assert all(engine.documents([key_of(url) for url in urls]))
        engine.close()
        anew = open_engine(f"whoosh:{tmp_path / 'index'}", fresh=True)
        assert rebuild(archive, anew).documents == count
        anew.close()
