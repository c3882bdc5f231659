"""Sitemaps: a page's own address and date, whatever stands in its entry, at a bounded cost."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.discovery.listed import Listed, published, utc_moment
from crawl.discovery.sitemaps import MOST_LISTED, read_sitemap
from tests.counted_work import calls_of, run_in_memory

PAPER = "https://marsa.example"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"'
)
PICTURE = f"<image:image><image:loc>{PAPER}/1.jpg</image:loc></image:image>"
FILM = (
    f"<video:video><video:thumbnail_loc>{PAPER}/t.jpg</video:thumbnail_loc>"
    "<video:publication_date>2010-01-01</video:publication_date></video:video>"
)
NEWS = (
    "<news:news><news:publication_date>2026-11-25T10:00:00+03:00</news:publication_date>"
    "</news:news>"
)
LOC = f"<loc>{PAPER}/1</loc>"
DATED = Listed(f"{PAPER}/1", "2026-11-25T07:00:00+00:00")
UNDATED = Listed(f"{PAPER}/1", "")


def urlset(inner: str, spaces: str = SPACES) -> bytes:
    return f'<?xml version="1.0"?><urlset {spaces}>{inner}</urlset>'.encode()


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (LOC + PICTURE, UNDATED),
        (PICTURE + LOC, UNDATED),
        (LOC + NEWS + PICTURE + FILM, DATED),
        (FILM + NEWS + LOC, DATED),
        (LOC + "<lastmod>2026-11-25T10:00:00+03:00</lastmod>" + FILM, DATED),
        (LOC + FILM, UNDATED),
        (f"<loc>\n <![CDATA[{PAPER}/1]]>\n </loc>", UNDATED),
        (LOC + "<loc>https://other.example/</loc>", UNDATED),
        (LOC + "<lastmod>أمس</lastmod>", UNDATED),
        (LOC + "<xhtml:link rel='alternate' href='https://en.example/'/>", UNDATED),
    ],
)
def test_only_direct_children_speak_of_a_page(entry: str, expected: Listed) -> None:
    """Pictures, films and news in an entry have addresses and dates that are not the page's."""
    assert read_sitemap(urlset(f"<url>{entry}</url>")).pages == [expected]


@pytest.mark.parametrize(
    "content",
    [
        urlset(f"<url>{LOC}</url>", ""),
        urlset(f"<url>{LOC}</url>", 'xmlns="http://www.google.com/schemas/sitemap/0.84"'),
        f'<s:urlset xmlns:s="urn:s"><s:url><s:loc>{PAPER}/1</s:loc></s:url></s:urlset>'.encode(),
        b"<br />\n<b>Notice</b>: x in y<br />\n" + urlset(f"<url>{LOC}</url>"),
        b"\xef\xbb\xbf\n" + urlset(f"<url>{LOC}</url>"),
        urlset(f"<url>{LOC}</url>").decode().encode("utf-16"),
        urlset(f"<url>{LOC}<url>")[:-9],
        urlset(f"<url>{LOC}")[:-9],
        f"{PAPER}/1\n".encode(),
        f"\ufeff{PAPER}/1\r\n".encode(),
        f"{PAPER}/1\n".encode("utf-16"),
    ],
)
def test_every_form_of_a_sitemap_is_read(content: bytes) -> None:
    """Any name space, notices and marks before it, cut off, or a plain list of addresses."""
    assert read_sitemap(content) == ([UNDATED], [])


def test_a_bare_ampersand_is_part_of_the_address() -> None:
    """Careless templates forget to escape; entities are read as they should be."""
    locs = ("/n?id=5&cat=1", "/n?id=5&amp;cat=1", "/n?a&b&c=&eacute;&#38;")
    content = urlset("".join(f"<url><loc>{PAPER}{loc}</loc></url>" for loc in locs))
    found = [page.url.removeprefix(PAPER) for page in read_sitemap(content).pages]
    assert found == ["/n?id=5&cat=1", "/n?id=5&cat=1", "/n?a&b&c=é&"]


def test_an_index_names_sitemaps_with_their_dates() -> None:
    """An index's entries are further sitemaps, no pages."""
    entry = f"<sitemap>{LOC}<lastmod>2026-11-25T10:00:00+03:00</lastmod></sitemap>"
    index = f"<sitemapindex {SPACES}>{entry}</sitemapindex>".encode()
    assert read_sitemap(index) == ([], [DATED])


def test_unclosed_entries_end_where_the_next_begins() -> None:
    """A template that forgets the end tag loses nothing of its first hundred entries."""
    content = urlset("".join(f"<url><loc>{PAPER}/{n}</loc>" for n in range(50)))
    assert len(read_sitemap(content).pages) == 50


def test_no_more_is_taken_than_the_protocol_allows() -> None:
    """Fifty thousand addresses of one file; overlong ones are left out."""
    content = urlset(f"<url>{LOC}</url>" * (MOST_LISTED + 10))
    assert len(read_sitemap(content).pages) == MOST_LISTED
    assert read_sitemap(urlset(f"<url><loc>{PAPER}/{'x' * 5000}</loc></url>")).pages == []
    assert len(read_sitemap(f"{PAPER}/1\n".encode() * (MOST_LISTED + 10)).pages) == MOST_LISTED


HOSTILE = {
    "nested entries": lambda n: urlset(f"<url>{LOC}" * n),
    "nested elements": lambda n: urlset("<a>" * n),
    "elements": lambda n: urlset("<a/>" * n),
    "attributes": lambda n: urlset("<a " + " ".join(f'b{i}=""' for i in range(n)) + "/>"),
    "names": lambda n: urlset("".join(f"<a{i}/>" for i in range(n))),
    "ampersands": lambda n: urlset("&" * n),
    "angles": lambda n: urlset("<" * n),
    "stray ends": lambda n: urlset("</a>" * n),
    "comments": lambda n: urlset("<!--" * n),
    "sections": lambda n: urlset("<![CDATA[" * n),
    "declarations": lambda n: urlset("<!DOCTYPE[" * n),
    "programs": lambda n: urlset("<?" * n),
    "one value": lambda n: urlset(f"<url><loc>{'<b>x</b>' * n}"),
    "one line": lambda n: b"https://" + b"a" * n,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_work_grows_no_faster_than_the_file(kind: str) -> None:
    """Four times the file is at most six times the work, whatever it is made of."""
    once, fourfold = (calls_of(partial(read_sitemap, HOSTILE[kind](n))) for n in (4000, 16_000))
    assert fourfold < 6 * once + 100


def test_entities_are_never_expanded() -> None:
    """A bomb of entities is no longer than it was written."""
    levels = "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 10}'>" for n in range(9))
    entry = f"<url><loc>{PAPER}/&e9;</loc></url>"
    bomb = f"<!DOCTYPE x [<!ENTITY e0 'x'>{levels}]><urlset>{entry}</urlset>"
    assert read_sitemap(bomb.encode()).pages == [Listed(f"{PAPER}/&e9;", "")]


def test_the_largest_sitemap_needs_little_more_memory_than_its_bytes() -> None:
    """49 MB of entries in a process that may take 320 MB for everything."""
    code = """
from crawl.discovery.sitemaps import read_sitemap
entry = b"<url><loc>https://marsa.example/1</loc></url>"
print(len(read_sitemap(b"<urlset>" + entry * (49_000_000 // len(entry))).pages))
"""
    assert run_in_memory(code, 320).strip() == str(MOST_LISTED)


@given(st.binary() | st.text(alphabet='<>/urlsetoc &;"=![]-?\u0627').map(str.encode))
def test_any_bytes_are_read_to_something(content: bytes) -> None:
    """Nothing raises."""
    read_sitemap(content)
    read_sitemap(b"<urlset><url><loc>" + content)


@pytest.mark.parametrize(
    ("written", "instant", "day"),
    [
        ("Wed, 25 Nov 2026 10:00:00 +0300", "2026-11-25T07:00:00+00:00", ""),
        ("2026-11-25T10:00:00+03:00", "2026-11-25T07:00:00+00:00", ""),
        ("الأربعاء, 25 نوفمبر 2026 10:00:00 +0300", "2026-11-25T07:00:00+00:00", ""),
        ("Wed, 25 Nov 2026 10:00:00 GMT+3", "2026-11-25T07:00:00+00:00", ""),
        ("Wed Nov 25 2026 10:00:00 GMT+0300 (AST)", "2026-11-25T07:00:00+00:00", ""),
        ("Wed, 25 Nov 2026 10:00:00", "2026-11-25T00:00:00+00:00", "2026-11-25"),
        ("2026-11-25 10:00", "2026-11-25T10:00:00+00:00", "2026-11-25"),
        ("25 نوفمبر 2026", "2026-11-25T00:00:00+00:00", "2026-11-25"),
        ("25/11/2026 10:00", "2026-11-25T00:00:00+00:00", "2026-11-25"),
        ("Wed, 25 Nov 2026 10:00:00 AST", "2026-11-25T00:00:00+00:00", "2026-11-25"),
        ("Thu, 01 Jan 1970 00:00:00 +0000", "", ""),
        ("Mon, 01 Jan 0001 00:00:00 +0000", "", ""),
        ("0001-01-01T00:00:00Z", "", ""),
        ("1404-09-04T10:00:00Z", "", ""),
        ("9999-12-31T23:59:59-14:00", "", ""),
        ("قريبا", "", ""),
        ("", "", ""),
    ],
)
def test_moments_of_listings_are_read_and_impossible_ones_not(
    written: str, instant: str, day: str
) -> None:
    """An article's date is an instant only where a zone is told; years before the web are none."""
    assert utc_moment(written) == instant
    assert published(written) == (day or instant)
