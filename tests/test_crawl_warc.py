"""A crawl can leave what it fetched as WARC, from which an archive is made again."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawl import Archive, CrawlOptions, crawl_sites, import_files
from crawl.sample.server import serve_sample


def test_what_a_crawl_fetched_gives_the_same_articles_again(tmp_path: Path) -> None:
    """Every article of the run is in the files, under its address."""
    pytest.importorskip("warcio")
    folder = tmp_path / "warc"
    options = CrawlOptions(delay=0, allow_private=True, max_pages=8, warc=str(folder))
    with Archive(tmp_path / "a.db") as archive, serve_sample() as base:
        crawl_sites([base], archive, options=options)
        held = {change.article.url for change in archive.changes(0) if change.article}
    assert held
    with Archive(tmp_path / "b.db") as again:
        import_files([folder], again)
        assert held <= {change.article.url for change in again.changes(0) if change.article}
