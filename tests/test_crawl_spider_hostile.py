"""Every vice of a server has one written answer."""

from __future__ import annotations

from email.utils import formatdate
from time import time

import pytest

from crawl import Archive, CrawlOptions, CrawlReport, crawl_sites, key_of
from tests.hostile_server import (
    HostileServer,
    Reply,
    after,
    article,
    bomb,
    cut_short,
    endless_calendar,
    gzipped,
    html,
    listing,
    redirect,
    slow,
    text,
)

pytestmark = pytest.mark.usefixtures("warm_worker")


def crawl(server: HostileServer, archive: Archive, **options) -> CrawlReport:
    options = {"delay": 0, "allow_private": True, "timeout": 3, "patience": 0.1} | options
    return crawl_sites([server.url], archive, options=CrawlOptions(**options))


def with_good_ones(server: HostileServer, *bad: str) -> None:
    """A front page with three good articles around the bad addresses."""
    server.articles(3)
    server.pages["/"] = listing(["/news/0.html", *bad, "/news/1.html", "/news/2.html"])


def test_a_slow_page_is_given_up_and_the_rest_is_crawled(
    server: HostileServer, archive: Archive
) -> None:
    """A page that never ends costs its time-out, some attempts, and nothing else."""
    with_good_ones(server, "/slow.html")
    server.pages["/slow.html"] = slow(0.9, article("slow"))
    report = crawl(server, archive, timeout=0.3)
    assert (report.new, dict(report.failed)) == (3, {"timeout": 1})


def test_too_many_requests_are_answered_with_patience(
    server: HostileServer, archive: Archive
) -> None:
    """After a 429 the whole host is left in peace for as long as Retry-After says."""
    with_good_ones(server, "/busy.html")
    busy = Reply(b"", 429, {"Retry-After": "1"})
    server.pages["/busy.html"] = after([busy], article("busy"))
    report = crawl(server, archive)
    asked = server.asked.index("/busy.html")
    assert report.new == 4
    assert server.at[asked + 1] - server.at[asked] >= 0.9


def test_retry_after_may_be_a_date(server: HostileServer, archive: Archive) -> None:
    """Both forms of Retry-After are understood."""
    with_good_ones(server, "/busy.html")
    answers = [article("busy"), None]

    def page(_: object) -> Reply:
        later = formatdate(time() + 2, usegmt=True)
        return answers.pop() or Reply(b"", 503, {"Retry-After": later})

    server.pages["/busy.html"] = page
    assert crawl(server, archive).new == 4
    asked = server.asked.index("/busy.html")
    assert server.at[asked + 1] - server.at[asked] >= 0.5


def test_a_long_retry_after_is_left_for_the_next_run(
    server: HostileServer, archive: Archive
) -> None:
    """A host that asks for an hour gets it: the run ends, the addresses keep waiting."""
    with_good_ones(server, "/busy.html")
    server.pages["/"] = listing(["/busy.html", "/news/0.html", "/news/1.html"])
    server.pages["/busy.html"] = Reply(b"", 429, {"Retry-After": "3600"})
    report = crawl(server, archive)
    assert report.waiting == 3
    assert server.count("/busy.html") == 1


def test_a_passing_error_is_tried_again(server: HostileServer, archive: Archive) -> None:
    """500 and then 200 is an article; 500 for ever is a failure."""
    with_good_ones(server, "/once.html", "/ever.html")
    server.pages["/once.html"] = after([Reply(b"", 500)], article("once"))
    server.pages["/ever.html"] = Reply(b"", 500)
    report = crawl(server, archive)
    assert (report.new, dict(report.failed)) == (4, {"http-500": 1})
    assert (server.count("/once.html"), server.count("/ever.html")) == (2, 4)


def test_redirects_are_followed_to_their_end(server: HostileServer, archive: Archive) -> None:
    """The article is archived under the address that answered."""
    with_good_ones(server, "/old", "/news/0.html")
    server.pages["/old"] = redirect("/older", 301)
    server.pages["/older"] = redirect("/final.html")
    server.pages["/final.html"] = article("final")
    report = crawl(server, archive)
    assert (report.new, report.moved) == (4, 2)
    assert key_of(server.url + "/final.html") in archive


@pytest.mark.parametrize("pages", [{"/a": "/a"}, {"/a": "/b", "/b": "/a"}])
def test_redirect_loops_end(server: HostileServer, archive: Archive, pages: dict) -> None:
    """Going round in circles stops after a few rounds."""
    with_good_ones(server, "/a")
    server.pages |= {path: redirect(target) for path, target in pages.items()}
    report = crawl(server, archive)
    assert (report.new, report.refused["redirect-loop"]) == (3, 1)
    assert sum(server.count(path) for path in pages) <= 6


def test_an_endless_chain_of_redirects_ends(server: HostileServer, archive: Archive) -> None:
    """Each hop elsewhere counts."""
    with_good_ones(server, "/hop/0")
    server.fallback = lambda handler: (
        redirect(handler.path + "0") if handler.path.startswith("/hop/") else Reply(b"", 404)
    )
    report = crawl(server, archive)
    assert (report.new, report.refused["redirect-loop"]) == (3, 1)


def test_a_page_that_sets_a_cookie_and_returns_is_read(
    server: HostileServer, archive: Archive
) -> None:
    """A redirect to itself is followed when the cookie opens the door."""
    with_good_ones(server, "/door.html")

    def door(handler) -> Reply:
        if "seen=1" in handler.headers.get("Cookie", ""):
            return article("door")
        return Reply(b"", 302, {"Location": "/door.html", "Set-Cookie": "seen=1"})

    server.pages["/door.html"] = door
    assert crawl(server, archive).new == 4


def test_a_wrong_charset_in_the_header_does_not_spoil_the_text(
    server: HostileServer, archive: Archive
) -> None:
    """The bytes decide what the letters are."""
    with_good_ones(server, "/cp1256.html")
    page = article("charset").body.decode().replace('<meta charset="utf-8">', "")
    server.pages["/cp1256.html"] = Reply(page.encode("cp1256"), kind="text/html; charset=utf-8")
    assert crawl(server, archive).new == 4
    assert text("charset")[0] in archive.get(key_of(server.url + "/cp1256.html")).body


def test_compressed_answers_are_unpacked(server: HostileServer, archive: Archive) -> None:
    """gzip is what most servers send."""
    with_good_ones(server, "/packed.html")
    server.pages["/packed.html"] = gzipped(article("packed"))
    assert crawl(server, archive).new == 4


@pytest.mark.parametrize(
    "broken", [gzipped(article("cut"), cut=40), cut_short(article("cut"))], ids=["gzip", "length"]
)
def test_half_an_article_is_never_archived(
    server: HostileServer, archive: Archive, broken: Reply
) -> None:
    """A truncated answer is asked for again, and given up if it stays so."""
    with_good_ones(server, "/cut.html", "/healed.html")
    server.pages["/cut.html"] = broken
    server.pages["/healed.html"] = after([broken], article("cut"))
    report = crawl(server, archive)
    assert (report.new, dict(report.failed)) == (4, {"truncated": 1})


def test_bombs_do_not_go_off(server: HostileServer, archive: Archive) -> None:
    """What unpacks to a thousand times its size, or is too large, packed or plain, is refused."""
    with_good_ones(server, "/bomb.html", "/larger-bomb.html", "/large.html")
    server.pages["/bomb.html"] = bomb(8)
    server.pages["/larger-bomb.html"] = bomb(200)
    server.pages["/large.html"] = Reply(html("كبير", "x" * (12 << 20)))
    report = crawl(server, archive)
    refused = report.refused
    assert (report.new, refused["bomb"], refused["too-large"]) == (3, 1, 2)


def test_an_endless_calendar_does_not_trap_it(server: HostileServer, archive: Archive) -> None:
    """A page for every day of every year is left after a few."""
    with_good_ones(server, "/calendar/2026/1/1")
    server.fallback = lambda handler: (
        endless_calendar(handler) if handler.path.startswith("/calendar/") else Reply(b"", 404)
    )
    report = crawl(server, archive)
    assert report.new == 3
    assert report.refused["trap"] > 0
    assert sum(path.startswith("/calendar/") for path in server.asked) <= 40


def test_sessions_in_addresses_do_not_trap_it(server: HostileServer, archive: Archive) -> None:
    """A site that gives each visit another number in the address is seen through."""
    server.fallback = lambda handler: (
        article("same", links=(f"/story?zz={len(server.asked)}", f"/story;x={len(server.asked)}"))
        if "story" in handler.path
        else Reply(b"", 404)
    )
    server.pages["/"] = listing(["/story?zz=0"])
    report = crawl(server, archive)
    assert report.new == 1
    assert len(server.asked) <= 80


def test_paths_that_grow_do_not_trap_it(server: HostileServer, archive: Archive) -> None:
    """A relative link that repeats its own folder is followed no further than a little."""
    server.fallback = lambda handler: (
        listing(["more/"]) if handler.path.startswith("/more/") else Reply(b"", 404)
    )
    server.pages["/"] = listing(["/more/"])
    crawl(server, archive)
    assert len(server.asked) <= 10


def test_what_is_no_page_is_refused(server: HostileServer, archive: Archive) -> None:
    """Films, pictures, empty answers and forbidden doors each have their reason."""
    with_good_ones(server, "/film", "/empty.html", "/door.html", "/binary.html", "/photo.jpg")
    server.pages["/film"] = Reply(b"\x00" * 100_000, kind="video/mp4")
    server.pages["/empty.html"] = Reply(b"")
    server.pages["/door.html"] = Reply(b"", 403)
    server.pages["/binary.html"] = Reply(bytes(range(256)) * 40, kind="application/octet-stream")
    report = crawl(server, archive)
    refused = report.refused
    assert (report.new, refused["not-html"], refused["forbidden"]) == (3, 2, 1)
    assert refused["empty"] >= 1
    assert server.count("/photo.jpg") == 0


def test_broken_feeds_and_sitemaps_do_no_harm(server: HostileServer, archive: Archive) -> None:
    """Half an XML file gives what it holds."""
    with_good_ones(server, "/feed.xml")
    server.pages["/sitemap.xml"] = Reply(
        f"<urlset><url><loc>{server.url}/hidden.html</loc></url><url><loc>".encode(),
        kind="application/xml",
    )
    server.pages["/hidden.html"] = article("hidden")
    server.pages["/feed.xml"] = Reply(b"<?xml version='1.0'?><rss><channel><item>", kind="text/xml")
    assert crawl(server, archive).new == 4


def test_links_of_every_malformed_kind_are_passed_over(
    server: HostileServer, archive: Archive
) -> None:
    """No address can break the crawl."""
    odd = [
        "http://[",
        "javascript:void(0)",
        "mailto:a@b.c",
        "http://",
        "//",
        "http://a:b/",
        "?",
        "#",
    ]
    odd += ["http://\ud800.org/".encode("utf-8", "replace").decode(), "/%zz", "/" + "x" * 9000]
    with_good_ones(server, *odd)
    assert crawl(server, archive).new == 3
