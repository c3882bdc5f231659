"""Import: whatever a file holds, its good entries are kept and the others named and counted."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawl import Archive, import_files, key_of
from crawl.article import Article
from crawl.formats.detect import read_entries
from crawl.formats.entries import Unreadable
from crawl.formats.jsonl import BadRow, to_article
from crawl.reasons import REASONS
from crawl.sample.server import answer
from tests.counted_work import run_in_memory

PAGE = answer("/local/rescue.html", "https://marsa.example").content
FIELDS = "url title body date author source section language modified canonical image tags"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


def rows(count: int) -> bytes:
    return b"".join(
        json.dumps({"url": str(n), "title": "خبر", "body": f"نص {n * n}"}).encode() + b"\n"
        for n in range(count)
    )


def read(content: bytes) -> list[object]:
    return [entry.found for entry in read_entries(io.BytesIO(content), "file")]


@given(st.dictionaries(st.sampled_from(FIELDS.split()), JSON))
def test_any_value_in_any_field_is_an_article_or_a_reason(row: dict[str, object]) -> None:
    """A row is read or refused in the table's words, and never refused as our own fault."""
    content = json.dumps(row).encode() + b"\n" + rows(1)
    found = read(content)
    assert isinstance(found[-1], Article)
    if isinstance(found[0], Unreadable):
        assert found[0].reason in REASONS.keys() - {"internal-error"}
    else:
        assert isinstance(found[0], Article)
        for name in FIELDS.split()[:-1]:
            getattr(found[0], name).encode()


@pytest.mark.parametrize(
    ("tags", "expected"),
    [("abc", ("abc",)), (5, ("5",)), (None, ()), ([], ()), (["أ", ["ب", 3], ""], ("أ", "ب", "3"))],
)
def test_tags_may_be_one_or_several(tags: object, expected: tuple[str, ...]) -> None:
    """A text is one tag, not a tag a letter."""
    assert to_article({"url": "1", "title": "", "tags": tags}).tags == expected


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"url": "1", "title": "", "tags": True}, "not-text"),
        ({"url": "1", "title": {}}, "not-text"),
        ({"url": "1"}, "no-text"),
        ({"title": "1"}, "no-url"),
        ({"url": "1", "title": json.loads("[" * 400 + "]" * 400)}, "too-deep"),
    ],
)
def test_what_is_wrong_with_a_row_has_a_word(row: dict[str, object], reason: str) -> None:
    """Each kind of fault is counted under its own."""
    with pytest.raises(BadRow) as caught:
        to_article(row)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2015-08-01", "2015-08-01"),
        ("20150801", "2015-08-01"),
        ("2015-W32-1", "2015-08-03"),
        ("2015-08-01T14:30+03:00", "2015-08-01T14:30:00+03:00"),
        ("20150801T143000Z", "2015-08-01T14:30:00+00:00"),
        ("1 آب 2015", "2015-08-01"),
        ("غدا", ""),
    ],
)
def test_dates_of_rows_are_kept_in_one_form(written: str, kept: str) -> None:
    """What ISO 8601 also allows is written as everybody reads it."""
    assert to_article({"url": "1", "title": "", "date": written}).date == kept


FILES = {
    "rows": rows(300),
    "gz": gzip.compress(rows(300)),
    "xz": lzma.compress(rows(300)),
    "bz2": bz2.compress(rows(300)),
    "page": PAGE,
    "feed": b"<rss><channel>" + b"<item><link>https://marsa.example/1</link></item>" * 50,
}


@given(st.sampled_from(sorted(FILES)), st.floats(0, 1), st.binary(max_size=20))
@settings(max_examples=60)
def test_any_cut_of_any_file_is_read_as_far_as_it_goes(
    kind: str, part: float, instead: bytes
) -> None:
    """Nothing raises, and what follows a cut costs nothing before it."""
    content = FILES[kind]
    cut = int(len(content) * part)
    for found in read(content[:cut] + instead):
        assert not (isinstance(found, Unreadable) and found.reason == "internal-error")
    if kind == "rows":
        whole = content[:cut].count(b"\n")
        assert sum(isinstance(found, Article) for found in read(content[:cut])) >= whole


@pytest.mark.parametrize("kind", ["gz", "xz"])
def test_a_cut_file_keeps_its_good_rows(kind: str, tmp_path: Path) -> None:
    """They are in the archive, and the report says where the damage begins."""
    content = {"gz": gzip.compress, "xz": lzma.compress}[kind](rows(5_000))
    path = tmp_path / "rows"
    path.write_bytes(content[: len(content) // 2])
    with Archive(tmp_path / "a.db") as archive:
        report = import_files([path], archive)
        assert report.added == len(archive) > 1000
    assert report.reasons == {"damaged-file": 1}
    assert report.refused[0].line > 1000


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"", "empty-file"),
        (b"<urlset><url><loc>https://marsa.example/1</loc></url></urlset>", "sitemap"),
        (b"https://marsa.example/1\n", "sitemap"),
        (b"\x89PNG....", "unknown-format"),
    ],
)
def test_what_is_no_articles_is_named(content: bytes, reason: str, tmp_path: Path) -> None:
    """A file that holds none is refused in the table's words."""
    path = tmp_path / "file"
    path.write_bytes(content)
    with Archive(tmp_path / "a.db") as archive:
        report = import_files([path], archive)
    assert (report.articles, dict(report.reasons)) == (0, {reason: 1})


def test_a_json_feed_file_is_imported() -> None:
    """It begins as a row does, and is none."""
    items = [{"url": "https://marsa.example/1", "title": "خبر", "content_text": "نص"}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": items}
    assert [found.title for found in read(json.dumps(feed, indent=1).encode())] == ["خبر"]


def test_a_line_without_end_needs_little_memory() -> None:
    """200 MB of one line in a small .gz, in a process that may take 400 MB for everything."""
    code = """
import gzip, io
from crawl.formats.detect import read_entries
row = b'{"url": "1", "title": "x"}'
packed = gzip.compress(b'{"url": "' + bytes(200_000_000) + b'"}\\n' + row, 1)
entries = list(read_entries(io.BytesIO(packed), "file"))
print(*[getattr(e.found, "reason", "") or type(e.found).__name__ for e in entries])
"""
    # The file itself is made in the same process, so a fifth of the line counts twice.
    assert run_in_memory(code, 620).split() == ["too-long", "Article"]


def warc(*answers: tuple[str | None, dict[str, str], bytes]) -> bytes:
    """A WARC file of answers: address, headers, body."""
    warcio = pytest.importorskip("warcio.warcwriter")
    heads = pytest.importorskip("warcio.statusandheaders")
    out = io.BytesIO()
    writer = warcio.WARCWriter(out, gzip=True)
    for url, headers, body in answers:
        head = heads.StatusAndHeaders("200 OK", list(headers.items()), protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url or "x:none", "response", io.BytesIO(body), http_headers=head
        )
        if url is None:
            record.rec_headers.remove_header("WARC-Target-URI")
        writer.write_record(record)
    return out.getvalue()


HTML = {"Content-Type": "text/html"}


def test_answers_of_a_web_archive_cost_only_themselves() -> None:
    """Packed with Brotli, packed brokenly, without an address: the next one is still read."""
    brotli = pytest.importorskip("brotli")
    content = warc(
        ("https://marsa.example/1", HTML | {"Content-Encoding": "br"}, brotli.compress(PAGE)),
        ("https://marsa.example/2", HTML | {"Content-Encoding": "br"}, b"broken"),
        ("https://marsa.example/3", HTML | {"Content-Encoding": "zstd"}, b"broken"),
        ("https://marsa.example/4", HTML | {"Content-Encoding": "gzip"}, PAGE),
        (None, HTML, PAGE),
        ("https://marsa.example/5", {"Content-Type": "image/png"}, b"x"),
        ("https://marsa.example/6", HTML, PAGE),
    )
    names = [getattr(found, "reason", "") or found.url[-1] for found in read(content)]  # type: ignore[attr-defined]
    assert names == ["1", "truncated", "unknown-encoding", "4", "no-address", "6"]


def test_a_wacz_is_a_zip_of_web_archives(tmp_path: Path) -> None:
    """Its WARC files are read; another ZIP is named."""
    for name, found in (("archive/data.warc.gz", 1), ("other.txt", 0)):
        path = tmp_path / f"{found}.wacz"
        with zipfile.ZipFile(path, "w") as out:
            out.writestr(name, warc(("https://marsa.example/1", HTML, PAGE)))
        with Archive(tmp_path / f"{found}.db") as archive:
            report = import_files([path], archive)
            assert report.added == found
            assert (key_of("https://marsa.example/1") in archive) == bool(found)
        assert report.reasons.total() == 1 - found


@given(st.floats(0, 1))
@settings(max_examples=15)
def test_any_cut_of_a_web_archive_is_read_as_far_as_it_goes(part: float) -> None:
    """Nothing raises."""
    content = warc(("https://marsa.example/1", HTML, PAGE), ("https://marsa.example/2", HTML, PAGE))
    read(content[: int(len(content) * part)])


def test_arc_answers_become_articles() -> None:
    """The format before WARC, as archives of the years before 2009 have it."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    place = b"https://marsa.example/1 192.0.2.1 20080102030405 text/html %d\n" % len(answer)
    version = b"1 0 Marsa\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://marsa.arc 0.0.0.0 20080102030405 text/plain %d\n" % len(version)
    content = head + version + b"\n" + place + answer + b"\n"
    assert [found.url for found in read(content)] == ["https://marsa.example/1"]
