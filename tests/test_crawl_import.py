"""Import: every format into the same archive, and nothing broken stops the rest."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
from itertools import islice
from pathlib import Path

import pytest

from crawl import Archive, CrawlError, import_files, key_of
from crawl.sample.server import answer

ROWS = [
    {"url": "https://example.org/1", "title": "خبر أول", "body": "نص الخبر", "date": "2024-05-01"},
    {"url": "17", "title": "", "body": ""},
    {"url": "doi:10/x", "title": "بلا متن", "source": "صحيفة", "author": ["أحمد", "منى"]},
]
PAGE = answer("/local/rescue.html", "https://example.org").content.decode()
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>الصحيفة</title>
<item><title>من الخلاصة</title><link>https://example.org/f1</link>
<pubDate>Mon, 06 Jul 2015 10:00:00 +0300</pubDate>
<description>&lt;p&gt;فقرة أولى&lt;/p&gt;&lt;p&gt;فقرة ثانية&lt;/p&gt;</description></item>
</channel></rss>"""


@pytest.fixture
def archive(tmp_path: Path):
    with Archive(tmp_path / "a.db") as opened:
        yield opened


def lines(rows: list[dict]) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_rows_are_imported_whatever_their_url_and_length(archive: Archive, tmp_path: Path) -> None:
    """An empty title, an empty body and a bare identifier are all welcome."""
    report = import_files([write(tmp_path / "r.jsonl", lines(ROWS))], archive)
    assert (report.added, report.refused) == (3, [])
    assert archive.get(key_of("17")).body == ""
    assert archive.get(key_of("doi:10/x")).author == "أحمد، منى"


def test_importing_again_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    """The same file twice gives the same archive at the same revision."""
    path = write(tmp_path / "r.jsonl", lines(ROWS))
    import_files([path], archive)
    before = archive.revision
    report = import_files([path], archive)
    assert (report.same, report.added, archive.revision) == (3, 0, before)


def test_broken_lines_are_named_and_the_rest_is_imported(archive: Archive, tmp_path: Path) -> None:
    """Each kind of broken line has its number and its sentence."""
    broken = [b'{"url": "x", ', b'{"title": "no url"}', b"[1]", b'{"url": "y", "title": {}}']
    broken += [b'{"url": "\xff"}', b'{"url": "z"}', b'{"url":"\\ud800","title":""}']
    content = b"\n".join([lines(ROWS[:1]), *broken, b"", lines(ROWS[1:])])
    report = import_files([write(tmp_path / "r.jsonl", content)], archive)
    assert report.added == 3
    assert [line for line, *_ in report.refused] == [2, 3, 4, 5, 6, 7, 8]
    reasons = " ".join(reason for _, reason, _ in report.refused)
    for expected in ("broken JSON", "no url", "not a JSON object", "title is not text", "UTF-8"):
        assert expected in reasons


def test_entities_and_unseen_marks_are_cleaned_once(archive: Archive, tmp_path: Path) -> None:
    """A row's text is cleaned as a page's is."""
    row = {"url": "1", "title": " خبر&nbsp;&amp;amp; \u200b", "body": "أ\r\n\r\n\u202bب"}
    import_files([write(tmp_path / "r.jsonl", lines([row]))], archive)
    article = archive.get(key_of("1"))
    assert (article.title, article.body) == ("خبر &amp;", "أ\nب")


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed_files_are_read_by_their_content(
    archive: Archive, tmp_path: Path, compress
) -> None:
    """gzip, bzip2 and xz need no particular file name."""
    report = import_files([write(tmp_path / "r", compress(lines(ROWS)))], archive)
    assert report.added == 3


def test_a_file_cut_off_in_its_middle_gives_what_it_holds(archive: Archive, tmp_path: Path) -> None:
    """A truncated download is imported as far as it goes, and said to be damaged."""
    whole = gzip.compress(lines([{"url": str(n), "title": str(n * n)} for n in range(5000)]))
    report = import_files([write(tmp_path / "r.gz", whole[: len(whole) // 2])], archive)
    assert 100 < report.added < 5000
    assert "damaged" in report.refused[0].reason


def test_standard_input_is_a_file_like_any(archive: Archive, monkeypatch) -> None:
    """`-` reads what another program writes."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines(ROWS))))
    assert import_files(["-"], archive).added == 3


def test_a_folder_of_saved_pages_is_walked(archive: Archive, tmp_path: Path) -> None:
    """Saved pages find their own address in themselves."""
    folder = tmp_path / "site" / "deep"
    folder.mkdir(parents=True)
    write(folder / "a.html", PAGE.encode())
    write(folder / "picture.png", b"\x89PNG")
    report = import_files([tmp_path / "site"], archive)
    assert (report.added, report.refused) == (1, [])
    assert key_of("https://example.org/local/rescue.html") in archive


def test_a_saved_page_may_be_told_its_address(archive: Archive, tmp_path: Path) -> None:
    """`--url` says where a page was saved from."""
    path = write(tmp_path / "a.html", PAGE.encode())
    import_files([path], archive, url="https://example.org/told")
    assert key_of("https://example.org/told") in archive


def test_a_feed_file_is_imported_with_the_text_it_carries(archive: Archive, tmp_path: Path) -> None:
    """Entries become articles: paragraphs, date, source."""
    import_files([write(tmp_path / "feed.xml", FEED.encode())], archive)
    article = archive.get(key_of("https://example.org/f1"))
    assert (article.title, article.body) == ("من الخلاصة", "فقرة أولى\nفقرة ثانية")
    assert (article.date, article.source) == ("2015-07-06T07:00:00+00:00", "الصحيفة")


def test_warc_answers_become_articles(archive: Archive, tmp_path: Path) -> None:
    """A WARC file's HTML answers are extracted; its other records are passed over."""
    pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = tmp_path / "a.warc.gz"
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for url, kind in (("https://example.org/w", "text/html"), ("https://x.org/p", "image/png")):
            head = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            body = io.BytesIO(PAGE.encode())
            writer.write_record(writer.create_warc_record(url, "response", body, http_headers=head))
    report = import_files([path], archive)
    assert (report.added, report.refused) == (1, [])
    assert key_of("https://example.org/w") in archive


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (bytes(range(256)) * 10, "neither JSON Lines"),
        (b"\x1f\x8b", "damaged"),
    ],
)
def test_files_of_no_known_format_are_named(
    archive: Archive, tmp_path: Path, content: bytes, reason: str
) -> None:
    """An empty, binary or broken file is a refusal with a reason."""
    report = import_files([write(tmp_path / "f", content)], archive)
    assert len(archive) == 0
    assert reason in report.refused[0].reason


def test_a_missing_file_stops_before_anything_is_read(archive: Archive, tmp_path: Path) -> None:
    """A wrong name is told at once, and nothing of the other files is imported."""
    good = write(tmp_path / "r.jsonl", lines(ROWS))
    with pytest.raises(CrawlError, match="no file"):
        import_files([good, tmp_path / "absent.jsonl"], archive)
    assert len(archive) == 0


def test_the_real_articles_are_all_imported(
    archive: Archive, shared_data: Path, tmp_path: Path
) -> None:
    """None of every ninth of 19,507 real rows is refused, the empty ones included."""
    rows = tmp_path / "rows.jsonl"
    with lzma.open(shared_data / "news.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows.write_text("".join(islice(lines, 0, None, 9)), encoding="utf-8")
    report = import_files([rows, shared_data / "ambassador.jsonl"], archive)
    assert (report.added, report.refused) == (2169, [])
