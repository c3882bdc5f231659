"""Rows, refusals, runs, headers and packed files, each part by itself."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl import Archive, Article, Rejected, key_of
from crawl.archive import refusals
from crawl.archive.article_rows import (
    COLUMNS,
    checksum_of,
    frozen,
    read_row,
    row_of,
    text_digest,
    thawed,
    verified,
)
from crawl.archive.refusals import refused_pages
from crawl.archive.run_log import RunLog
from crawl.archive.schema import PageState
from crawl.errors import DamagedArchive
from crawl.fetch.fetch_result import spelled
from crawl.formats.compressed import DAMAGE, opened
from crawl.frontier.queue import Frontier
from crawl.frontier.visit import Visit, VisitOutcome

# A tag holds no line break and is not empty: both are taken out before an article is made.
texts = st.text(st.characters(codec="utf-8"), max_size=20)
tags = st.lists(texts.map(lambda text: text.replace("\n", "") or "أ"), max_size=3).map(tuple)
articles = st.builds(
    Article,
    **dict.fromkeys(("url", "title", "body", "date", "author", "source"), texts),
    tags=tags,
)


@given(articles)
def test_an_article_comes_back_from_its_row_and_from_its_version(article: Article) -> None:
    """Every field, and only with the right checksum."""
    row = row_of(article)
    assert len(row) == len(COLUMNS)
    assert read_row(row) == verified(checksum_of(row), row) == article
    text = frozen(article)
    assert thawed(text, checksum_of([text])) == article


@given(articles, st.integers(0, len(COLUMNS) - 1))
def test_a_row_that_was_changed_is_damaged(article: Article, column: int) -> None:
    """Whatever column it was, and whatever stands there now."""
    row = row_of(article)
    sealed = checksum_of(row)
    row[column] += "x"
    with pytest.raises(DamagedArchive):
        verified(sealed, row)
    with pytest.raises(DamagedArchive):
        thawed(frozen(article), b"")


@pytest.mark.parametrize("value", [None, 5, b"x"])
def test_a_column_of_another_kind_is_damage_too(value: object) -> None:
    """Not a fault of ours."""
    row: list[object] = [*row_of(Article(url="u", title="t", body="b"))]
    row[1] = value
    with pytest.raises(DamagedArchive):
        verified(b"", row)  # type: ignore[arg-type]


def test_what_readers_read_has_one_digest() -> None:
    """Title and body, nothing else."""
    one = Article(url="u", title="t", body="b", source="s")
    assert text_digest(one) == text_digest(Article(url="v", title="t", body="b"))
    assert text_digest(one) != text_digest(Article(url="u", title="t", body="c"))


def test_refusals_are_told_in_their_order_however_many(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All, or those of one reason, some at a time."""
    monkeypatch.setattr(refusals, "_CHUNK", 4)
    site, frontier = "a.example", Frontier(archive.database)
    frontier.adopt(site, "https://a.example/")
    urls = [f"https://a.example/{number}" for number in range(9)]
    frontier.add(site, urls, depth=1)
    with archive.batch():
        for number, url in enumerate(urls):
            visit = Visit(key_of(url), url, site, "https://a.example")
            reason = "no-title" if number % 2 else "too-short"
            frontier.finish(visit, VisitOutcome(PageState.REFUSED, reason))
    told = list(refused_pages(archive))
    assert len(told) == len(urls)
    short = list(refused_pages(archive, "too-short"))
    assert short == [one for one in told if one.reason == "too-short"]
    assert Rejected(urls[0], "too-short") in short
    assert list(refused_pages(archive, "no-such-reason")) == []


def test_a_run_is_recorded_while_it_runs(archive: Archive) -> None:
    """Its end is empty until it ends."""
    log = RunLog(archive.database)
    log.begin()
    assert archive.stats().last_crawl
    for ended in (False, True):
        log.save({"pages": 3}, ended=ended)
        ((stopped, report),) = archive.database.rows("select ended, report from runs")
        assert (bool(stopped), report) == (ended, '{"pages": 3}')


@pytest.mark.parametrize(
    ("location", "address"),
    [
        (b"/a?b=c", "/a?b=c"),
        ("/خبر".encode(), "/خبر"),
        ("/خبر".encode("cp1256"), "/%CE%C8%D1"),
        (b"\xff\x00", "%FF%00"),
        (b"", ""),
    ],
)
def test_an_address_in_a_header_loses_no_byte(location: bytes, address: str) -> None:
    """UTF-8 is read as its letters, anything else is percent-encoded."""
    assert spelled(location) == address


PACKERS: list[Callable[[bytes], bytes]] = [bytes, gzip.compress, lzma.compress, bz2.compress]


@pytest.mark.parametrize("pack", PACKERS)
@pytest.mark.parametrize("content", [b"", b"x", b"BZ", b"text " * 100_000])
def test_a_packed_file_is_read_as_what_it_holds(
    pack: Callable[[bytes], bytes], content: bytes
) -> None:
    """Told by its first bytes, not by its name."""
    assert opened(io.BytesIO(pack(content))).read() == content


@pytest.mark.parametrize("pack", PACKERS[1:])
def test_a_packed_file_that_is_cut_off_says_so_when_that_is_reached(
    pack: Callable[[bytes], bytes],
) -> None:
    """By one of the errors that its readers expect."""
    whole = pack(bytes(range(256)) * 100)
    with pytest.raises(DAMAGE):
        opened(io.BytesIO(whole[: len(whole) // 2])).read()
