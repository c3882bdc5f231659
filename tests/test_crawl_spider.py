"""The crawl, against a real server on loopback: what it finds, and what it leaves alone."""

from __future__ import annotations

import gzip
import time

import pytest

from crawl import Archive, CrawlError, CrawlOptions, CrawlReport, Site, crawl_sites, key_of
from crawl.sample.server import serve_sample
from tests.hostile_server import HostileServer, Reply, article, listing, redirect, sitemap

pytestmark = pytest.mark.usefixtures("warm_worker")
FAST = CrawlOptions(delay=0, allow_private=True, timeout=5, patience=0.1)
NOW = "2026-05-02T00:00:00+00:00"


def crawl(server: HostileServer, archive: Archive, path: str = "/", **rules) -> CrawlReport:
    return crawl_sites([Site((server.url + path,), **rules)], archive, options=FAST)


def feed(server: HostileServer, paths: list[str], moment: str = NOW) -> Reply:
    entries = "".join(
        f"<entry><title>خبر</title><link href='{server.url}{path}'/>"
        f"<updated>{moment}</updated></entry>"
        for path in paths
    )
    xml = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>خلاصة</title>{entries}</feed>"
    return Reply(xml.encode(), kind="application/atom+xml")


def test_the_sample_newspaper_is_crawled_whole_and_its_private_part_left_alone(
    archive: Archive,
) -> None:
    """Every article is found; what robots.txt forbids is not even asked for."""
    with serve_sample() as base:
        report = crawl_sites([base], archive, options=FAST)
        assert report.new == len(archive) >= 40
        assert report.refused["robots"] >= 1
        assert not any("/private/" in change.article.url for change in archive.changes(0))
        again = crawl_sites([base], archive, options=FAST)
    assert (again.new, again.changed) == (0, 0)


def test_a_crawl_follows_links_within_the_site(server: HostileServer, archive: Archive) -> None:
    """From the front page to every article, each page once."""
    paths = server.articles(60)
    server.pages["/"] = listing(["/list/0/", "/list/1/", "http://other.invalid/1.html"])
    report = crawl(server, archive)
    assert (report.new, len(archive)) == (60, 60)
    assert all(server.count(path) == 1 for path in paths)
    assert server.repeats() == 0


def test_articles_only_a_sitemap_knows_are_found(server: HostileServer, archive: Archive) -> None:
    """robots.txt names a gzipped sitemap index, which names the sitemap, which names the pages."""
    server.articles(3)
    hidden = [f"/hidden/{number}" for number in range(4)]
    for path in hidden:
        server.pages[path] = article(path)
    server.pages["/robots.txt"] = Reply(
        f"Sitemap: {server.url}/index.xml.gz".encode(), kind="text/plain"
    )
    index = f"<sitemapindex><sitemap><loc>{server.url}/map.xml</loc></sitemap></sitemapindex>"
    server.pages["/index.xml.gz"] = Reply(gzip.compress(index.encode()), kind="application/gzip")
    server.pages["/map.xml"] = sitemap(server.url, dict.fromkeys(hidden, "2026-05-01"))
    assert crawl(server, archive).new == 7


def test_a_feed_that_a_page_announces_is_read(server: HostileServer, archive: Archive) -> None:
    """`<link rel=alternate>` leads to articles that no page links to."""
    head = '<link rel="alternate" type="application/atom+xml" href="/atom.xml">'
    front = listing([])
    server.pages["/"] = Reply(front.body.replace(b"</head>", head.encode() + b"</head>"))
    server.pages["/atom.xml"] = feed(server, ["/only/feed.html"])
    server.pages["/only/feed.html"] = article("feed")
    assert crawl(server, archive).new == 1


@pytest.mark.parametrize("start", ["/atom.xml", "/map.xml", "/list/0/", "/news/3.html"])
def test_any_part_of_a_site_is_a_start(server: HostileServer, archive: Archive, start: str) -> None:
    """A feed, a sitemap, a section or an article leads to the rest of the site."""
    paths = server.articles(5)
    server.pages["/atom.xml"] = feed(server, paths[:1])
    server.pages["/map.xml"] = sitemap(server.url, {paths[0]: ""})
    assert crawl(server, archive, start).new == 5


def test_the_newest_are_fetched_first(server: HostileServer, archive: Archive) -> None:
    """`lastmod` decides the order, so that a page limit keeps what is fresh."""
    days = {f"/n/{day}": f"2026-04-{day:02}" for day in range(1, 21)}
    for path in days:
        server.pages[path] = article(path)
    server.pages["/map.xml"] = sitemap(server.url, days)
    crawl_sites(
        [server.url + "/map.xml"],
        archive,
        options=CrawlOptions(delay=0, allow_private=True, max_pages=5),
    )
    fetched = [path for path in server.asked if path.startswith("/n/")]
    assert fetched[:4] == ["/n/20", "/n/19", "/n/18", "/n/17"]


def test_page_and_depth_limits_hold(server: HostileServer, archive: Archive) -> None:
    """No more pages are asked for than allowed, and none further away."""
    server.articles(30)
    limited = CrawlOptions(delay=0, allow_private=True, max_pages=7)
    report = crawl_sites([server.url], archive, options=limited)
    assert len(set(server.asked) - {"/robots.txt", "/sitemap.xml"}) == 7
    assert report.waiting > 0
    with Archive(archive.path.with_name("b.db")) as other:
        assert crawl(server, other, max_depth=1).new == 0


def test_include_and_exclude_choose_addresses(server: HostileServer, archive: Archive) -> None:
    """Patterns choose what is fetched; starts are always fetched."""
    server.articles(12)
    report = crawl(
        server, archive, include=("/list/", r"/news/\d\.html"), exclude=(r"/news/[345]",)
    )
    assert report.new == 7
    assert server.count("/news/4.html") == server.count("/news/11.html") == 0
    assert report.refused["excluded"] >= 5


def test_robots_rules_and_page_wishes_are_honoured(server: HostileServer, archive: Archive) -> None:
    """Disallow, noindex, nofollow and X-Robots-Tag are obeyed."""
    server.articles(2)
    server.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /news/1\n", kind="text/plain")
    links = ["/news/0.html", "/news/1.html", "/noindex.html", "/header.html", "/nofollow.html"]
    server.pages["/"] = listing(links)
    server.pages["/noindex.html"] = article("a", head='<meta name="robots" content="noindex">')
    server.pages["/header.html"] = Reply(article("b").body, headers={"X-Robots-Tag": "noindex"})
    nofollow = '<meta name="robots" content="nofollow">'
    server.pages["/nofollow.html"] = article("c", links=("/secret.html",), head=nofollow)
    server.pages["/secret.html"] = article("d")
    report = crawl(server, archive)
    assert server.count("/news/1.html") == server.count("/secret.html") == 0
    assert (report.refused["robots"], report.refused["noindex"], report.new) == (1, 2, 2)


def test_a_server_that_cannot_give_its_rules_is_not_crawled(
    server: HostileServer, archive: Archive
) -> None:
    """robots.txt answering 500 means that nothing is allowed (RFC 9309)."""
    server.articles(2)
    server.pages["/robots.txt"] = Reply(b"", 500)
    report = crawl(server, archive)
    assert (report.new, server.count("/")) == (0, 0)
    assert report.unreachable == {server.url + "/": "robots-http-500"}


def test_the_crawler_names_itself_and_its_contact(server: HostileServer, archive: Archive) -> None:
    """A site's owner learns who asks and whom to write to."""
    server.articles(1)
    options = CrawlOptions(delay=0, allow_private=True, contact="editor@example.org")
    crawl_sites([server.url], archive, options=options)
    (agent,) = server.agents
    assert agent.startswith("bahith/")
    assert "editor@example.org" in agent


def test_delay_and_crawl_delay_are_kept(server: HostileServer, archive: Archive) -> None:
    """The longer of our delay and the site's Crawl-delay stands between two pages."""
    server.articles(3)
    server.pages["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 0.2\n", kind="text/plain")
    crawl(server, archive)
    gaps = [b - a for a, b in zip(server.at[1:], server.at[2:], strict=False)]
    assert min(gaps) >= 0.19


def test_private_addresses_need_permission(server: HostileServer, archive: Archive) -> None:
    """Loopback is not touched without `allow_private`, whatever its name."""
    port = server.url.rpartition(":")[2]
    hosts = [f"{host}:{port}" for host in ("127.0.0.1", "localhost", "2130706433", "127.1")]
    for host in (*hosts, "127.1"):
        report = crawl_sites(
            [f"http://{host}/"], archive, options=CrawlOptions(delay=0, patience=0)
        )
        assert list(report.unreachable.values()) == ["private-address"], host
    assert server.asked == []


def test_a_redirect_into_the_private_network_is_not_followed(
    server: HostileServer, archive: Archive
) -> None:
    """The guard stands before every hop, not only the first."""
    server.articles(1)
    server.pages["/"] = listing(["/news/0.html", "/evil"])
    server.pages["/evil"] = redirect("http://169.254.169.254/latest/meta-data/")
    report = crawl(server, archive)
    assert (report.new, report.refused["offsite"]) == (1, 1)


def test_addresses_of_one_page_are_one_page(server: HostileServer, archive: Archive) -> None:
    """Tracking parameters, fragments, sessions and spellings of an address cost no second visit."""
    server.pages["/"] = listing(
        [
            "/خبر",
            "/%d8%ae%d8%a8%d8%b1?utm_source=x",
            "/خبر#c",
            "/./خبر?PHPSESSID=1",
            "/%D8%AE%D8%A8%D8%B1",
        ]
    )
    server.fallback = lambda handler: (
        article("one") if handler.path.startswith("/%") else Reply(b"", 404)
    )
    report = crawl(server, archive)
    assert (report.new, report.pages) == (1, 2)


def test_the_same_text_twice_on_a_site_is_one_article(
    server: HostileServer, archive: Archive
) -> None:
    """Print versions are told from their canonical page, in whichever order they are met."""
    head = f'<link rel="canonical" href="{server.url}/a.html">'
    server.pages["/"] = listing(["/a-print.html", "/a.html", "/b.html", "/b-print.html"])
    server.pages["/a-print.html"] = server.pages["/a.html"] = article("a", head=head)
    server.pages["/b-print.html"] = server.pages["/b.html"] = article("b")
    crawl(server, archive)
    kept = {change.article.url for change in archive.changes(0) if change.article}
    assert kept == {server.url + "/a.html", server.url + "/b.html"}


def test_a_site_that_is_not_there_is_said_to_be_so(archive: Archive) -> None:
    """An unreachable start is named with its reason, and nothing breaks."""
    report = crawl_sites(["http://127.0.0.1:9/"], archive, options=FAST)
    assert report.unreachable == {"http://127.0.0.1:9/": "connection-refused"}
    with pytest.raises(CrawlError, match="no http or https address"):
        crawl_sites(["ftp://example.org/"], archive, options=FAST)


def test_two_crawls_never_fill_one_archive_at_once(archive: Archive, monkeypatch) -> None:
    """The second waits a little for the first to end, and then says so."""
    from crawl.archive.database import exclusively

    monkeypatch.setattr("crawl.archive.database.WAIT_FOR_CRAWL", 0)
    with (
        exclusively(archive.path),
        pytest.raises(CrawlError, match="another crawl"),
        exclusively(archive.path),
    ):
        pass


def test_an_article_that_vanished_is_marked_and_kept(
    server: HostileServer, archive: Archive
) -> None:
    """A page that answers 404 later stays in the archive with the day it went."""
    server.articles(2)
    crawl(server, archive)
    server.pages["/news/1.html"] = Reply(b"", 404)
    report = crawl(server, archive)
    assert report.gone >= 1
    assert len(archive) == 2
    assert archive.vanished(key_of(server.url + "/news/1.html")) >= time.strftime("%Y")
    assert archive.vanished(key_of(server.url + "/news/0.html")) == ""
