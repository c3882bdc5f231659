"""`crawl --every`: each listing is asked as often as it brings something, and no oftener.

Time passes without waiting: what the archive remembers of a visit is when it was, so moving that
back is all a later round can notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawl import Archive, CrawlOptions, CrawlReport, crawl_sites, key_of
from crawl.frontier.queue import LATEST, SOONEST, Frontier, Visit
from tests.hostile_server import HostileServer, Reply, article, listing, redirect, sitemap
from tests.warm_worker import WarmWorker

ROUND = CrawlOptions(delay=0, allow_private=True, timeout=5, patience=0, due_only=True)
MINUTE = 60.0


@pytest.fixture(autouse=True)
def warm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawl.fetch.run._worker", WarmWorker)


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with HostileServer() as running:
        yield running


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "a.db") as opened:
        yield opened


def crawl(server: HostileServer, archive: Archive, *paths: str, minutes: float = 0) -> CrawlReport:
    """A round, so many minutes after the last; each in a process that knows the archive alone."""
    archive.store.run("update pages set fetched = fetched - ? where fetched > 0", (minutes * 60,))
    server.forget()
    return crawl_sites([server.url + path for path in paths or ("/",)], archive, options=ROUND)


def interval(server: HostileServer, archive: Archive, path: str) -> float:
    """Minutes from one visit of an address to the next."""
    sql = "select interval from pages where key = ?"
    return float(archive.store.value(sql, (key_of(server.url + path),))) / MINUTE


def test_a_listing_is_asked_as_often_as_it_brings_something(
    server: HostileServer, archive: Archive
) -> None:
    """The lively section every time; the quiet one after pauses that grow until it brings news."""
    server.pages["/lively/"] = listing(["/l0.html"])
    server.pages["/quiet/"] = listing(["/q0.html"])
    for path in ("/l0.html", "/q0.html", "/l1.html", "/l2.html", "/q1.html"):
        server.pages[path] = article(path)
    starts = ("/lively/", "/quiet/")
    assert crawl(server, archive, *starts).new == 2
    assert [interval(server, archive, path) for path in starts] == [10, 10]
    server.pages["/lively/"] = listing(["/l0.html", "/l1.html"])
    assert crawl(server, archive, *starts, minutes=10).new == 1
    assert [interval(server, archive, path) for path in starts] == [10, 15]
    server.pages["/lively/"] = listing(["/l1.html", "/l2.html"])
    server.pages["/quiet/"] = listing(["/q0.html", "/q1.html"])
    assert crawl(server, archive, *starts, minutes=12).new == 1
    assert (server.count("/lively/"), server.count("/quiet/")) == (1, 0)
    assert crawl(server, archive, *starts, minutes=4).new == 1
    assert (server.count("/lively/"), server.count("/quiet/")) == (0, 1)
    assert [interval(server, archive, path) for path in starts] == [10, 10]


def test_a_home_page_behind_a_redirect_has_a_time_of_its_own(
    server: HostileServer, archive: Archive
) -> None:
    """The redirect brings nothing and is asked ever more seldom; the page it leads to is not."""
    server.pages["/"] = redirect("/home/", 301)
    server.pages["/home/"] = listing(["/news/0.html"])
    for number in range(2):
        server.pages[f"/news/{number}.html"] = article(number)
    assert crawl(server, archive).new == 1
    server.pages["/home/"] = listing(["/news/0.html", "/news/1.html"])
    assert crawl(server, archive, minutes=11).new == 1
    assert (server.count("/"), server.count("/home/")) == (0, 1)


def test_an_index_of_sitemaps_is_asked_as_often_as_they_bring_something(
    server: HostileServer, archive: Archive
) -> None:
    """Where the index dates its sitemaps it alone tells of news, though it holds none."""

    def index(day: int) -> Reply:
        entry = f"<sitemap><loc>{server.url}/m.xml</loc><lastmod>2026-05-0{day}</lastmod></sitemap>"
        return Reply(f"<sitemapindex>{entry}</sitemapindex>".encode(), kind="application/xml")

    server.pages["/index.xml"] = index(1)
    server.pages["/m.xml"] = sitemap(server.url, {"/0.html": ""})
    server.pages |= {f"/{number}.html": article(number) for number in range(2)}
    assert crawl(server, archive, "/index.xml").new == 1
    before = interval(server, archive, "/index.xml")
    assert before < 15
    server.pages["/index.xml"] = index(2)
    server.pages["/m.xml"] = sitemap(server.url, {"/0.html": "", "/1.html": ""})
    assert crawl(server, archive, "/index.xml", minutes=before).new == 1
    assert interval(server, archive, "/index.xml") < before * 1.5
    assert crawl(server, archive, "/index.xml", minutes=60).new == 0
    assert (server.count("/index.xml"), server.count("/m.xml")) == (1, 0)


def test_a_listing_that_fails_is_left_alone_for_longer_each_time(
    server: HostileServer, archive: Archive
) -> None:
    """A broken server is not asked four times in every round."""
    server.pages["/feed.xml"] = Reply(b"", 500)
    crawl(server, archive, "/feed.xml")
    assert server.count("/feed.xml") == 4
    crawl(server, archive, "/feed.xml", minutes=16)
    assert server.count("/feed.xml") == 0
    crawl(server, archive, "/feed.xml", minutes=16)
    assert server.count("/feed.xml") == 4
    assert interval(server, archive, "/feed.xml") > 30


def test_intervals_stay_between_bounds(archive: Archive) -> None:
    """However lively or quiet, a listing is asked between every ten minutes and once a week."""
    frontier = Frontier(archive.store)
    frontier.adopt("example.org", "https://example.org/")
    frontier.add("example.org", ["https://example.org/"], depth=0)
    visit = frontier.next("example.org", "https://example.org", 0, taken=(), max_depth=0)
    assert isinstance(visit, Visit)
    for fresh, bound in ((True, SOONEST), (False, LATEST), (True, SOONEST)):
        for _ in range(40):
            frontier.finish(visit, "done", fresh=fresh)
        assert archive.store.value("select interval from pages") == bound
