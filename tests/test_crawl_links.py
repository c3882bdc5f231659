"""Links: read from the page's one tree, whatever its encoding and however it is broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.discovery.links import MOST_LINKS, read_links

HOME = "https://marsa.example/"
LINKS = '<a href="/خبر/1">أ</a> <a href="news.asp?t=خبر&n=2">ب</a>'
TEXT = "<p>رست صباح الأحد في المرسى القديم سفينة تحمل ألفي طن من القمح للمطاحن</p>" * 3
WORDS = f"<title>أخبار المرسى</title>{TEXT}"
UTF8 = [f"{HOME}خبر/1", f"{HOME}news.asp?t=خبر&n=2"]
# A browser sends a path in UTF-8 and a query in the page's encoding.
ARABIC = [f"{HOME}خبر/1", f"{HOME}news.asp?t=%CE%C8%D1&n=2"]


@pytest.mark.parametrize(
    ("head", "header", "codec", "expected"),
    [
        ("<meta charset=utf-8>", "", "utf-8", UTF8),
        ("", "text/html; charset=utf-8", "utf-8", UTF8),
        ("", "", "utf-8", UTF8),
        ("<meta charset=windows-1256>", "", "utf-8", UTF8),
        ("<meta charset=utf-8>", "text/html; charset=windows-1256", "utf-8", UTF8),
        ("<meta charset=windows-1256>", "", "cp1256", ARABIC),
        ("", "text/html; charset=windows-1256", "cp1256", ARABIC),
        ("<meta charset=utf-8>", "text/html; charset=utf-8", "cp1256", ARABIC),
        ("", "", "cp1256", ARABIC),
        ("", "", "utf-16", UTF8),
    ],
)
def test_addresses_are_in_the_encoding_that_the_bytes_are_in(
    head: str, header: str, codec: str, expected: list[str]
) -> None:
    """Header, meta tag and bytes may disagree, and the title may stand before the meta tag."""
    page = f"<html><head>{WORDS}{head}</head><body>{LINKS}</body></html>".encode(codec)
    assert read_links(page, HOME, content_type=header).links == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<html><body><a href=/1>1</a></body></html><div><a href=/2>2</a></div>", ["1", "2"]),
        ("<a href=/1>1</a></html></html><a href=/2>2</a>", ["1", "2"]),
        ("<a href=/1>1</a><a href=/1>1</a><area href=/2>", ["1", "2"]),
        ("<base href='/x/'><a href=1>1</a>", ["x/1"]),
        ("<base href='javascript:1'><a href=1>1</a>", ["1"]),
        ("<a href=/1 rel='noopener NOFOLLOW'>1</a><a href=/2 rel=ugc>2</a><a href=/3>", ["3"]),
        ("<link rel=next href=/2><link rel=canonical href=/1><link rel=icon href=/i>", ["2", "1"]),
        ("<meta http-equiv=refresh content='0; url=/news/6'>", ["news/6"]),
        ("<!-- <a href=/1>1</a> --><a href=/2>2</a>", ["2"]),
        (
            "<a href='mailto:a@b.example'>m</a><a href='http://['>x</a><a>z</a>",
            [],
        ),
        ("<a href='\n /1\t'>1</a>", ["1"]),
        ("<meta name=robots content='NOINDEX, NOFOLLOW'><a href=/1>1</a>", []),
    ],
)
def test_links_are_those_a_reader_can_follow(html: str, expected: list[str]) -> None:
    """Behind a stray end of the page too; what asks not to be followed is not."""
    found = read_links(f"<html>{html}".encode(), HOME).links
    assert found == [HOME + path for path in expected]


def test_feeds_are_the_announced_alternates() -> None:
    """RSS, Atom, RDF and JSON Feed; a translation or a JSON interface is none."""
    kinds = ["rss+xml", "atom+xml", "rdf+xml", "feed+json", "json"]
    tags = [f"<link rel=alternate type='application/{kind}' href=/{kind}>" for kind in kinds]
    page = read_links("".join([*tags, "<link rel=alternate hreflang=en href=/en>"]).encode(), HOME)
    assert page.feeds == [f"{HOME}{kind}" for kind in kinds[:4]]
    assert page.links == []


@pytest.mark.parametrize(
    ("head", "header", "noindex", "nofollow"),
    [
        ("", "noindex", True, False),
        ("", "none", True, True),
        ("", "otherbot: noindex", False, False),
        ("", "otherbot: noindex, nofollow", False, False),
        ("", "otherbot: noindex\nnofollow", False, True),
        ("", "otherbot: noindex, bahith: nofollow", False, True),
        ("", "Bahith: NOINDEX", True, False),
        ("", "unavailable_after: 25 Jun 2030 15:00:00 PST", False, False),
        ("", "max-snippet: -1, noindex", True, False),
        ("", "*: noindex", True, False),
        ("<meta name=robots content='noindex,follow'>", "", True, False),
        ("<meta name=bahith content=nofollow>", "", False, True),
        ("<meta name=googlebot content=noindex>", "", False, False),
        ("<meta name=robots content='noarchive, max-snippet:-1'>", "", False, False),
        ("<!-- <meta name=robots content=noindex> -->", "", False, False),
    ],
)
def test_wishes_are_obeyed_when_they_are_for_us(
    head: str, header: str, noindex: bool, nofollow: bool
) -> None:
    """For everybody or for bahith, as a meta tag or as X-Robots-Tag headers, one a line."""
    page = read_links(f"<html><head>{head}</head><body><p>x".encode(), HOME, header)
    assert (page.noindex, page.nofollow) == (noindex, nofollow)


def test_links_of_one_page_have_a_bound() -> None:
    """A page of endless links gives the first ones."""
    page = b"<html>" + b"".join(b"<a href=/%d>" % n for n in range(MOST_LINKS + 100))
    assert len(read_links(page, HOME).links) == MOST_LINKS


@given(st.binary(), st.text())
def test_any_bytes_lead_somewhere_or_nowhere(html: bytes, header: str) -> None:
    """Nothing raises."""
    read_links(html, HOME, header)
    read_links(b"<html><a href='" + html, HOME, header)
