"""Revisit policy: each listing is asked as often as it brings something, and no oftener."""

from __future__ import annotations

import pytest

from crawl import Archive, key_of
from crawl.archive.schema import PageState
from crawl.frontier.queue import LONGEST_INTERVAL, SHORTEST_INTERVAL, Frontier
from crawl.frontier.visit import Visit, VisitOutcome
from tests.hostile_server import Reply, article, listing, redirect, sitemap
from tests.offline_crawl import OfflineCrawl

MINUTE = 60.0


@pytest.fixture
def paper(archive: Archive) -> OfflineCrawl:
    return OfflineCrawl(archive)


def rounds(paper: OfflineCrawl, *paths: str, minutes: float = 0) -> int:
    """A round of `--every`, so many minutes after the last; how many articles were new."""
    paper.now += minutes * MINUTE
    return paper.run(*paths or ("/",), due_only=True).new


def interval(paper: OfflineCrawl, path: str) -> float:
    """Minutes from one visit of an address to the next."""
    sql = "select interval from pages where key = ?"
    return float(paper.archive.database.value(sql, (key_of(paper.url + path),))) / MINUTE


def test_a_listing_is_asked_as_often_as_it_brings_something(paper: OfflineCrawl) -> None:
    """The lively section every time; the quiet one after pauses that grow until it brings news."""
    paper.pages["/lively/"] = listing(["/l0.html"])
    paper.pages["/quiet/"] = listing(["/q0.html"])
    for path in ("/l0.html", "/q0.html", "/l1.html", "/l2.html", "/q1.html"):
        paper.pages[path] = article(path)
    starts = ("/lively/", "/quiet/")
    assert rounds(paper, *starts) == 2
    assert [interval(paper, path) for path in starts] == [10, 10]
    paper.pages["/lively/"] = listing(["/l0.html", "/l1.html"])
    assert rounds(paper, *starts, minutes=10) == 1
    assert [interval(paper, path) for path in starts] == [10, 15]
    paper.pages["/lively/"] = listing(["/l1.html", "/l2.html"])
    paper.pages["/quiet/"] = listing(["/q0.html", "/q1.html"])
    assert rounds(paper, *starts, minutes=12) == 1
    assert (paper.count("/lively/"), paper.count("/quiet/")) == (1, 0)
    assert rounds(paper, *starts, minutes=4) == 1
    assert (paper.count("/lively/"), paper.count("/quiet/")) == (0, 1)
    assert [interval(paper, path) for path in starts] == [10, 10]


def test_a_home_page_behind_a_redirect_has_a_time_of_its_own(paper: OfflineCrawl) -> None:
    """The redirect brings nothing and is asked ever more seldom; the page it leads to is not."""
    paper.pages["/"] = redirect("/home/", 301)
    paper.pages["/home/"] = listing(["/news/0.html"])
    for number in range(2):
        paper.pages[f"/news/{number}.html"] = article(number)
    assert rounds(paper) == 1
    paper.pages["/home/"] = listing(["/news/0.html", "/news/1.html"])
    assert rounds(paper, minutes=11) == 1
    assert (paper.count("/"), paper.count("/home/")) == (0, 1)


def test_an_index_of_sitemaps_is_asked_as_often_as_they_bring_something(
    paper: OfflineCrawl,
) -> None:
    """Where the index dates its sitemaps it alone tells of news, though it holds none."""

    def index(day: int) -> Reply:
        entry = f"<sitemap><loc>{paper.url}/m.xml</loc><lastmod>2026-05-0{day}</lastmod></sitemap>"
        return Reply(f"<sitemapindex>{entry}</sitemapindex>".encode(), kind="application/xml")

    paper.pages["/index.xml"] = index(1)
    paper.pages["/m.xml"] = sitemap(paper.url, {"/0.html": ""})
    paper.pages |= {f"/{number}.html": article(number) for number in range(2)}
    assert rounds(paper, "/index.xml") == 1
    before = interval(paper, "/index.xml")
    assert before < 15
    paper.pages["/index.xml"] = index(2)
    paper.pages["/m.xml"] = sitemap(paper.url, {"/0.html": "", "/1.html": ""})
    assert rounds(paper, "/index.xml", minutes=before) == 1
    assert interval(paper, "/index.xml") < before * 1.5
    assert rounds(paper, "/index.xml", minutes=60) == 0
    assert (paper.count("/index.xml"), paper.count("/m.xml")) == (1, 0)


def test_a_listing_that_fails_is_left_alone_for_longer_each_time(paper: OfflineCrawl) -> None:
    """A broken server is not asked four times in every round."""
    paper.pages["/feed.xml"] = Reply(b"", 500)
    rounds(paper, "/feed.xml")
    assert paper.count("/feed.xml") == 4
    rounds(paper, "/feed.xml", minutes=16)
    assert paper.count("/feed.xml") == 0
    rounds(paper, "/feed.xml", minutes=16)
    assert paper.count("/feed.xml") == 4
    assert interval(paper, "/feed.xml") > 30


def test_intervals_stay_between_bounds(archive: Archive) -> None:
    """However lively or quiet, a listing is asked between every ten minutes and once a week."""
    frontier = Frontier(archive.database)
    frontier.adopt("example.org", "https://example.org/")
    frontier.add("example.org", ["https://example.org/"], depth=0)
    visit = frontier.next("example.org", "https://example.org", 0, taken=(), max_depth=0)
    assert isinstance(visit, Visit)
    bounds = ((True, SHORTEST_INTERVAL), (False, LONGEST_INTERVAL), (True, SHORTEST_INTERVAL))
    for is_news, bound in bounds:
        for _ in range(40):
            frontier.finish(visit, VisitOutcome(PageState.DONE, is_news=is_news))
        assert archive.database.value("select interval from pages") == bound
