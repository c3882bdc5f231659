"""What bytes are, decided in one place for the crawl, the import and the extraction."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl import Archive, Rejected, import_files
from crawl.extract import extract
from crawl.fetch.document import NoDocument, open_document
from crawl.sample.server import answer
from crawl.text.content_sniffing import Content, sniff

PAGE = answer("/local/rescue.html", "https://marsa.example").content.decode()
HEADLESS = PAGE[PAGE.index("<body") :].partition(">")[2]
RSS = (
    "<rss version='2.0'><channel><item><link>https://marsa.example/1</link></item></channel></rss>"
)
MAP = "<urlset><url><loc>https://marsa.example/1</loc></url></urlset>"
COMMENT = f"<!-- {'x' * 40_000} -->"
PAGES = {
    "doctype": PAGE,
    "title": f"<title>خبر</title>{HEADLESS}",
    "link": f"<link rel=stylesheet href=a.css>{HEADLESS}",
    "pre": f"<pre></pre><br/>{PAGE}",
    "table": f"<table><tr><td>{HEADLESS}</table>",
    "text": f"مرحبا {HEADLESS}",
    "comment": COMMENT + PAGE,
    "space": " \n" * 30_000 + PAGE,
    "declaration": f'<?xml version="1.0"?>{PAGE}',
    "mark": "\ufeff" + PAGE,
    "mentions a feed": PAGE.replace("<p>", "<p>&lt;rss&gt; <rss> ", 1),
}


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("content_type", ["", "text/html", "text/plain", "application/xml"])
def test_a_page_is_a_page_however_it_begins(kind: str, content_type: str) -> None:
    """Whatever its Content-Type says, or none."""
    content = PAGES[kind].encode()
    assert sniff(content, content_type) is Content.PAGE
    headers = {"content-type": content_type}
    assert open_document(content, headers, largest=1 << 20).kind is Content.PAGE


@pytest.mark.parametrize("kind", PAGES)
def test_what_is_extracted_is_imported(kind: str, tmp_path: Path) -> None:
    """The two commands agree on every page."""
    content = PAGES[kind].encode()
    extracted = not isinstance(extract(content, "https://marsa.example/1"), Rejected)
    path = tmp_path / "p.html"
    path.write_bytes(content)
    with Archive(tmp_path / "a.db") as archive:
        report = import_files([path], archive, url="https://marsa.example/1")
    assert extracted
    assert (report.added, report.refused) == (1, [])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (RSS, Content.FEED),
        (f'<?xml version="1.0"?>{COMMENT}{RSS}', Content.FEED),
        (f"<br />\n<b>Notice</b>: x in y<br />\n{RSS}", Content.FEED),
        (f"<html><head><title>x</title></head><body><pre>{RSS}", Content.FEED),
        ("<feed xmlns='http://www.w3.org/2005/Atom'/>", Content.FEED),
        ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'/>", Content.FEED),
        ('{"version": "https://jsonfeed.org/version/1.1"}', Content.JSON_FEED),
        ('{"version":"https:\\/\\/jsonfeed.org\\/version\\/1"}', Content.JSON_FEED),
        (MAP, Content.SITEMAP),
        (f"\ufeff<?xml version='1.0'?><?xml-stylesheet href='a'?>{MAP}", Content.SITEMAP),
        ("<sitemapindex/>", Content.SITEMAP),
        ("https://marsa.example/1\nhttps://marsa.example/2\n", Content.ADDRESSES),
        ("\ufeffhttps://marsa.example/1", Content.ADDRESSES),
        ("https://marsa.example/1\nليس عنوانا\n", Content.NOTHING),
        ('{"a": "<p>"}', Content.NOTHING),
        ("<?xml version='1.0'?><note><p>x</p></note>", Content.NOTHING),
        ("<svg xmlns='http://www.w3.org/2000/svg'><title>x</title></svg>", Content.NOTHING),
        ("نص بلا وسوم", Content.NOTHING),
        ("%PDF-1.7", Content.PDF),
        ("\n %PDF-1.4", Content.PDF),
        ("", Content.EMPTY),
        (" \n\ufeff", Content.EMPTY),
        ("<!-- x -->", Content.EMPTY),
    ],
)
def test_listings_and_the_rest_are_told_by_their_content(content: str, kind: Content) -> None:
    """A root element behind a notice or inside a page, a list of addresses, or nothing."""
    for content_type in ("", "text/html; charset=utf-8"):
        assert sniff(content.encode(), content_type) is kind
    if kind in (Content.FEED, Content.SITEMAP, Content.ADDRESSES) and COMMENT not in content:
        assert sniff(content.encode("utf-16")) is kind


@pytest.mark.parametrize(
    ("content", "content_type", "kind"),
    [
        (b"\x89PNG\r\n<html>", "text/html", Content.NOTHING),
        (b"\xff\xd8\xff\xe0", "", Content.NOTHING),
        (b"PK\x03\x04<html>", "text/html", Content.NOTHING),
        (b"<p>x</p>", "text/css", Content.NOTHING),
        (b"if (a<b) { x }", "application/javascript", Content.NOTHING),
        (b"<html><p>x</p>", "application/octet-stream", Content.PAGE),
        (b"<rss/>", "image/png", Content.FEED),
    ],
)
def test_the_content_type_speaks_where_the_content_is_not_sure(
    content: bytes, content_type: str, kind: Content
) -> None:
    """Pictures are no pages whatever their header says; pages are, whatever it says."""
    assert sniff(content, content_type) is kind


@pytest.mark.parametrize(
    ("body", "headers", "reason"),
    [
        (b"%PDF-1.7", {}, "pdf"),
        (b"", {}, "empty"),
        (b"plain", {}, "not-html"),
        (b"<html>", {"content-type": "video/mp4"}, "not-html"),
        (b"\x1f\x8b\x08broken", {}, "damaged"),
        (gzip.compress(b"<html>" + b"x" * 5000, mtime=0), {}, "too-large"),
    ],
)
def test_an_answer_without_a_document_says_why(body: bytes, headers: dict, reason: str) -> None:
    """The reason is one of the table's words."""
    with pytest.raises(NoDocument, match=reason):
        open_document(body, headers, largest=4000)


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes_are_something(content: bytes, content_type: str) -> None:
    """Nothing raises."""
    assert isinstance(sniff(content, content_type), Content)
