"""Scheduler, politeness, spider traps, URL filter: who is next, and who is left alone."""

from __future__ import annotations

import json

import pytest

from crawl import Archive, CrawlOptions, Site
from crawl.archive.schema import PageState
from crawl.fetch.response_handler import ResponseHandler
from crawl.fetch.session import CrawlSession
from crawl.frontier.politeness import Politeness
from crawl.frontier.queue import Frontier
from crawl.frontier.scheduler import Scheduler, Wait
from crawl.frontier.spider_traps import (
    ARTICLES_STOPPED,
    DUPLICATE_COST,
    LONGEST_FIRST_STREAK,
    LONGEST_STREAK,
    SpiderTraps,
    shape_of,
)
from crawl.frontier.url_filter import MOST_SEGMENTS, is_page
from crawl.frontier.visit import Visit, VisitOutcome
from tests.hostile_server import Reply, article, html, listing
from tests.offline_crawl import OfflineCrawl

HOST = "https://paper.example"


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("/1.html", True),
        ("/feed.xml", True),
        ("/map.xml.gz", True),
        ("/download.php?file=a.pdf", True),
        ("/photo.JPG", False),
        ("/report.pdf", False),
        ("/a/b/a/b/a/", False),
        ("/2026/2026/2026/", True),
        ("/x" * MOST_SEGMENTS, True),
        ("".join(f"/{n}x" for n in range(MOST_SEGMENTS + 1)), False),
    ],
)
def test_an_address_tells_whether_it_may_be_a_page(address: str, answer: bool) -> None:
    """Pictures, files and paths that repeat themselves are never asked for."""
    expected = answer and address != "/x" * MOST_SEGMENTS
    assert is_page(HOST + address) is expected


@pytest.mark.parametrize(
    ("address", "shape"),
    [
        ("/news/48213", "/news/0"),
        ("/calendar/2026/11?day=3&view=week", "/calendar/0/0?day&view"),
        ("/story?view=a&id=3", "/story?id&view"),
        ("/a/0123456789abcdef/b", "/a/0/b"),
        ("/deadbeef/x", "/deadbeef/x"),
        ("", ""),
    ],
)
def test_addresses_of_one_template_have_one_shape(address: str, shape: str) -> None:
    """Numbers and hexadecimal names are left out, parameters lose their values and their order."""
    assert shape_of(HOST + address) == shape


@pytest.fixture
def traps(archive: Archive) -> SpiderTraps:
    return SpiderTraps(archive.database)


def days(count: int) -> list[str]:
    return [f"{HOST}/calendar/{number}" for number in range(count)]


def test_a_shape_that_never_gave_anything_is_left_after_a_few_visits(traps: SpiderTraps) -> None:
    """Finding more of its own kind is not giving."""
    for url in days(LONGEST_FIRST_STREAK):
        assert not traps.holds("s", url)
        traps.count("s", url, article=False, found=[f"{HOST}/calendar/9"])
    assert traps.holds("s", f"{HOST}/calendar/77")
    assert not traps.holds("s", f"{HOST}/news/77")
    assert not traps.holds("other", f"{HOST}/calendar/77")


def test_a_shape_that_gave_an_article_gets_more_patience(traps: SpiderTraps) -> None:
    """Old archives have long dry stretches."""
    traps.count("s", days(1)[0], article=True, found=[])
    for url in days(LONGEST_STREAK):
        assert not traps.holds("s", url)
        traps.count("s", url, article=False, found=[])
    assert traps.holds("s", days(1)[0])


def test_a_list_that_leads_to_articles_is_productive(traps: SpiderTraps) -> None:
    """As long as the shape that it leads to still gives some."""
    for number in range(ARTICLES_STOPPED):
        traps.count("s", f"{HOST}/list/{number}", article=False, found=[f"{HOST}/news/{number}"])
        traps.count("s", f"{HOST}/news/{number}", article=False, found=[])
    assert not traps.holds("s", f"{HOST}/list/1")
    for number in range(LONGEST_STREAK):
        traps.count("s", f"{HOST}/list/{number}", article=False, found=[f"{HOST}/news/{number}"])
    assert traps.holds("s", f"{HOST}/list/1")


def test_known_texts_under_new_addresses_cost_more(traps: SpiderTraps) -> None:
    """Session numbers in addresses are found out soon."""
    for number in range(LONGEST_FIRST_STREAK // DUPLICATE_COST):
        assert not traps.holds("s", f"{HOST}/s/{number}")
        traps.count("s", f"{HOST}/s/{number}", article=False, found=[], duplicate=True)
    assert traps.holds("s", f"{HOST}/s/1")


def test_a_host_is_busy_until_its_answer_is_in_and_its_delay_is_over() -> None:
    """Per host, and as many at once as allowed."""
    politeness = Politeness(per_host=2)
    politeness.started("a")
    assert politeness.free_at("a", 5.0) == 5.0
    politeness.started("a")
    assert politeness.free_at("a", 5.0) is None
    assert politeness.free_at("b", 5.0) == 5.0
    politeness.ended("a", now=6.0, delay=3.0)
    assert politeness.free_at("a", 6.0) == 9.0
    politeness.hold("a", 20.0)
    politeness.hold("a", 10.0)
    assert (politeness.free_at("a", 6.0), politeness.idle) == (20.0, False)


def scheduler(archive: Archive, *urls: str, **rules: object) -> tuple[Scheduler, CrawlSession]:
    session = CrawlSession.of(archive, [Site(urls or (HOST,), **rules)], CrawlOptions())
    session.scheduler.begin()
    return session.scheduler, session


def test_the_first_visit_of_a_host_is_its_robots_txt(archive: Archive) -> None:
    """Nothing else is asked before its rules are known."""
    plan, session = scheduler(archive)
    visit = plan.next()
    assert isinstance(visit, Visit)
    assert visit.url == HOST + "/robots.txt"
    assert isinstance(plan.next(), Wait)
    session.hosts.keep_robots(HOST, "User-agent: *\nDisallow: /secret/", 200)
    plan.ended(visit)
    start = plan.next()
    assert isinstance(start, Visit)
    assert (start.url, start.is_start) == (HOST + "/", True)


def test_what_may_not_be_fetched_is_dropped_with_its_reason(archive: Archive) -> None:
    """By robots.txt, by the user's patterns, by its look, by its place in the network."""
    plan, session = scheduler(archive, exclude=("/sport/",))
    session.hosts.keep_robots(HOST, "User-agent: *\nDisallow: /secret/", 200)
    paths = ("/secret/1", "/sport/1", "/photo.jpg", "/good")
    session.frontier.add("paper.example", [HOST + path for path in paths], depth=1)
    session.frontier.add("paper.example", ["http://10.0.0.1/"], depth=1, anywhere=True)
    chosen = []
    while isinstance(visit := plan.next(), Visit):
        chosen.append(visit.url)
        session.frontier.finish(visit, VisitOutcome(PageState.DONE))
        plan.ended(visit)
    assert chosen == [HOST + "/", HOST + "/good"]
    reasons = {"robots": 1, "excluded": 1, "not-a-page": 1, "private-address": 1}
    assert session.report.refused == reasons


def test_a_fault_of_our_own_ends_one_visit(archive: Archive) -> None:
    """It is told with its address, a start gives exit code 1, and the rest is crawled."""
    crawl = OfflineCrawl(archive)

    def broken(_: object) -> Reply:
        return Reply(b"<html>", headers={"X-Robots-Tag": None})  # type: ignore[dict-item]

    crawl.pages |= {"/": listing(["/1.html", "/2.html"]), "/1.html": article(1)}
    crawl.pages |= {"/2.html": broken, "/other": broken}
    report = crawl.run("/", "/other")
    assert report.new == 1
    assert report.unreachable == {HOST + "/other": "internal-error"}
    assert sorted(report.internal_errors) == [HOST + "/2.html", HOST + "/other"]
    assert report.failed == {"internal-error": 2}


def test_rows_that_are_no_addresses_are_dropped_at_the_start(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive that an older program poisoned is crawled as any other."""
    crawl = OfflineCrawl(archive)
    crawl.pages |= {"/": listing(["/1.html"]), "/1.html": article(1)}
    crawl.run()
    with monkeypatch.context() as patch:  # a program that let everything in
        patch.setattr("crawl.frontier.queue.is_web", lambda _: True)
        Frontier(archive.database).add(
            "paper.example", ["mailto:a@b.c", "http://[", "http://x"], depth=0, anywhere=True
        )
    crawl.pages["/1.html"] = article(2)
    report = crawl.run()
    assert (report.changed, report.waiting, report.internal_errors) == (1, 0, [])


def test_redirects_of_robots_txt_to_nowhere_end(archive: Archive) -> None:
    """`Location: mailto:` is no redirect, and a circle is left after five."""
    crawl = OfflineCrawl(archive)
    crawl.pages |= {"/": listing(["/1.html"]), "/1.html": article(1)}
    crawl.pages["/robots.txt"] = Reply(b"", 301, {"Location": "mailto:a@b.c"})
    assert crawl.run().new == 1
    assert crawl.count("/robots.txt") == 1
    crawl.pages["/robots.txt"] = Reply(b"", 301, {"Location": "/robots.txt"})
    crawl.now += 100_000
    crawl.run()
    assert crawl.count("/robots.txt") == 6


def test_a_session_is_put_together_without_writing(archive: Archive) -> None:
    """Constructors only construct; `begin` writes."""
    session = CrawlSession.of(archive, [Site((HOST,))], CrawlOptions())
    ResponseHandler(session)
    assert archive.database.value("select count(*) from sites") == 0
    session.scheduler.begin()
    assert archive.database.value("select count(*) from sites") == 1


def test_the_plainest_address_of_a_text_is_kept(archive: Archive) -> None:
    """Whatever parameters it was first met with; what differs in its path stays a duplicate."""
    crawl = OfflineCrawl(archive)
    crawl.pages["/"] = listing(["/1?ref=home", "/1/print", "/1"])
    crawl.pages |= dict.fromkeys(("/1?ref=home", "/1/print", "/1"), article("one"))
    crawl.run()
    assert [c.article.url for c in archive.changes(0) if c.article] == [HOST + "/1"]


def test_the_address_that_a_copy_names_is_kept(archive: Archive) -> None:
    """Where it showed the text too: a canonical that names another page is not believed."""
    crawl = OfflineCrawl(archive)
    head = f"<link rel=canonical href={HOST}/news/1>"
    paths = ("/politics/", "/news/1", "/news/1/print")
    crawl.pages |= {"/": listing(list(paths)), "/politics/": article("one")}
    crawl.pages |= {"/news/1": article("one"), "/news/1/print": article("one", head=head)}
    report = crawl.run()
    assert [c.article.url for c in archive.changes(0) if c.article] == [HOST + "/news/1"]
    assert report.new == 1
    home = "<link rel=canonical href=/>"
    crawl.pages |= {"/": listing(["/a", "/b"]), "/a": article("two", head=home)}
    crawl.pages["/b"] = article("two", head=home)
    crawl.run()
    assert HOST + "/a" in {c.article.url for c in archive.changes(0) if c.article}


def test_a_page_in_place_of_a_sitemap_is_no_article(archive: Archive) -> None:
    """A server that answers every address with a page; its links are followed all the same."""
    crawl = OfflineCrawl(archive)
    crawl.pages |= {"/": listing([]), "/sitemap.xml": article("any", links=("/1.html",))}
    crawl.pages["/1.html"] = article(1)
    crawl.run()
    assert [c.article.url for c in archive.changes(0) if c.article] == [HOST + "/1.html"]


def test_a_json_feed_that_a_page_announces_is_read(archive: Archive) -> None:
    """Its address ends like no page's."""
    crawl = OfflineCrawl(archive)
    head = "<link rel=alternate type=application/feed+json href=/feed.json>"
    crawl.pages["/"] = Reply(html("الأخبار", "<h1>الأخبار</h1>", head))
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/1.html"}]}
    crawl.pages["/feed.json"] = Reply(json.dumps(feed).encode(), kind="application/feed+json")
    crawl.pages["/1.html"] = article(1)
    assert crawl.run().new == 1
