"""Nothing that a stranger writes ends a run: any bytes in any place, beside a good outlet."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawl import Archive, CrawlOptions, crawl_sites
from crawl.fetch.retry_after import LONGEST_PAUSE, retry_after
from tests.hostile_server import HostileServer, Reply, article, html, listing
from tests.offline_crawl import OfflineCrawl

POISON = [
    *("mailto:a@b.c", "javascript:void(0)", "http://[", "http://a]b/", "https://[x]/", "//[", "//"),
    *("http://a／b/", "http://exa℀mple.org/", "http://", "http://a:b/", "http://a:99999/", ""),
    *("²", "nan", "-1", "1e999", "9" * 400, "\udfff", "\x00", "0; url=http://[", "x" * 9000),
    *("Thu, 99 Foo 2026", "text/html; charset=\x00", "gzip, gzip, br", "http://a\\@b/"),
]


def xml(text: str) -> Reply:
    return Reply(f"<?xml version='1.0'?>{text}".encode("utf-8", "surrogatepass"), kind="text/xml")


def page(head: str = "", body: str = "") -> Reply:
    return Reply(html("صفحة", body, head).replace(b"\x00", b""))


def robots(text: str) -> Reply:
    return Reply(text.encode("utf-8", "surrogatepass"), kind="text/plain")


def header(name: str, status: int = 200) -> Callable[[str], Reply]:
    """An article whose answer has one odd header, as the wire would carry it."""

    def reply(value: str) -> Reply:
        wire = value.encode("utf-8", "surrogatepass").decode("latin-1")
        return Reply(ODD, status, {name: re.sub("[\r\n]", " ", wire)})

    return reply


ODD = article("odd").body
TEXTS = st.lists(st.text(st.characters(), max_size=60), min_size=1, max_size=8)
FRONT = listing(["/map.xml", "/last.html"])

# Where a stranger's text comes in: an address of the bad site, and what it answers.
PLACES: dict[str, tuple[str, Callable[[str], Reply]]] = {
    "robots.txt": ("/robots.txt", robots),
    "sitemap line": ("/robots.txt", lambda x: robots(f"Sitemap: {x}\nSitemap: /map.xml")),
    "crawl delay": ("/robots.txt", lambda x: robots(f"User-agent: *\nCrawl-delay: {x}")),
    "robots redirect": ("/robots.txt", header("Location", 301)),
    "robots busy": ("/robots.txt", header("Retry-After", 503)),
    "start redirect": ("/", header("Location", 302)),
    "page redirect": ("/1.html", header("Location", 302)),
    "busy": ("/2.html", header("Retry-After", 429)),
    "type": ("/3.html", header("Content-Type")),
    "encoding": ("/4.html", header("Content-Encoding")),
    "etag": ("/5.html", header("ETag")),
    "modified": ("/6.html", header("Last-Modified")),
    "wishes": ("/7.html", header("X-Robots-Tag")),
    "bytes": ("/8.html", lambda x: Reply(x.encode("utf-8", "surrogatepass"))),
    "link": ("/9.html", lambda x: page(body=f"<a href='{x}'>خبر</a>")),
    "base": ("/10.html", lambda x: page(f"<base href='{x}'>", "<a href='11.html'>خبر</a>")),
    "refresh": ("/12.html", lambda x: page(f"<meta http-equiv=refresh content='0; url={x}'>")),
    "canonical": (
        "/13.html",
        lambda x: Reply(article("canonical", head=f"<link rel=canonical href='{x}'>").body),
    ),
    "map loc": ("/map.xml", lambda x: xml(f"<urlset><url><loc>{x}</loc></url></urlset>")),
    "map index": (
        "/index.xml",
        lambda x: xml(f"<sitemapindex><sitemap><loc>{x}</loc></sitemap></sitemapindex>"),
    ),
    "map date": (
        "/dated.xml",
        lambda x: xml(f"<urlset><url><loc>/a</loc><lastmod>{x}</lastmod></url></urlset>"),
    ),
    "feed link": ("/feed.xml", lambda x: xml(f"<rss><channel><item><link>{x}</link></item>")),
    "atom link": ("/atom.xml", lambda x: xml(f"<feed><entry><link href='{x}'/></entry></feed>")),
    "feed": ("/alternate.html", lambda x: page(f"<link rel=alternate type=text/xml href='{x}'>")),
}


def check(place: str, texts: list[str], rounds: int = 1) -> None:
    """Crawl a good outlet and one bad site for each text; the good one is complete."""
    path, answer = PLACES[place]
    with Archive(":memory:") as archive:
        crawl = OfflineCrawl(archive)
        starts = ["/"]
        for number, text in enumerate(texts):
            bad = f"https://bad{number}.example"
            starts += [f"{bad}/", bad + path]
            crawl.pages[bad + "/"] = FRONT
            crawl.pages[bad + path] = answer(text)
        crawl.pages["/"] = listing(["/1.html", "/2.html"])
        crawl.pages |= {f"/{number}.html": article(number) for number in (1, 2)}
        for _ in range(rounds):
            crawl.run(*starts)
        held = {change.article.url for change in archive.changes(0) if change.article}
        assert {f"{crawl.url}/{number}.html" for number in (1, 2)} <= held
        assert crawl.faults == []


@pytest.mark.parametrize("place", PLACES)
def test_poison_in_any_place_ends_no_run(place: str) -> None:
    """Each known poison in each place: the run ends and the good outlet is complete."""
    check(place, POISON)


@settings(max_examples=20)
@given(st.sampled_from(sorted(PLACES)), TEXTS)
def test_any_text_in_any_place_ends_no_run(place: str, texts: list[str]) -> None:
    """So does whatever Hypothesis thinks of."""
    check(place, texts, rounds=2)


@given(st.text(st.characters()), st.floats(0, 1e10))
def test_retry_after_is_a_bounded_pause_or_nothing(header: str, now: float) -> None:
    """Any header, any moment."""
    pause = retry_after(header, now)
    assert pause is None or 0 <= pause <= LONGEST_PAUSE


@pytest.mark.usefixtures("warm_worker")
def test_poison_on_the_wire_ends_no_run(server: HostileServer, archive: Archive) -> None:
    """The same through Scrapy: a server whose every redirect, list and header is poisoned."""
    wire = [
        re.sub("[\r\n\x00]", "", p).encode("utf-8", "replace").decode("latin-1") for p in POISON
    ]
    names = "".join(f"Sitemap: {text}\n" for text in wire)
    server.pages["/robots.txt"] = Reply(names.encode("latin-1"), kind="text/plain")
    paths = [f"/{name}/{number}" for name in ("to", "tag") for number in range(len(wire))]
    for number, text in enumerate(wire):
        server.pages[f"/to/{number}"] = Reply(b"", 302, {"Location": text})
        server.pages[f"/tag/{number}"] = Reply(article(number).body, headers={"ETag": text})
    server.pages["/"] = listing([*paths, *POISON, "/last.html"])
    server.pages["/last.html"] = article("last")
    server.pages["/start"] = Reply(b"", 302, {"Location": "http://["})
    starts = [server.url, server.url + "/start"]
    options = CrawlOptions(delay=0, allow_private=True, timeout=5, patience=0)
    report = crawl_sites(starts, archive, options=options)
    assert report.unreachable == {server.url + "/start": "bad-redirect"}
    assert report.internal_errors == []
    assert len(archive) == len(wire) + 1
