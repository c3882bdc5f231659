"""The second crawl, the killed crawl and the changed site: nothing lost, little asked twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from crawl import Archive, CrawlOptions, CrawlReport, crawl_sites, key_of
from crawl.frontier.host_state import HostState
from crawl.frontier.revisit import RECHECKED_AT_LEAST
from tests.hostile_server import HostileServer, Reply, after, article, listing, remembered, sitemap

pytestmark = pytest.mark.usefixtures("warm_worker")
FAST = CrawlOptions(delay=0, allow_private=True, timeout=5, patience=0.1)
PLAIN = {"/robots.txt", "/sitemap.xml"}


def crawl(server: HostileServer, archive: Archive, **options) -> CrawlReport:
    values = {"delay": 0, "allow_private": True, "timeout": 5, "patience": 0.1} | options
    return crawl_sites([server.url], archive, options=CrawlOptions(**values))


def test_an_unchanged_site_costs_little_the_second_time(
    server: HostileServer, archive: Archive
) -> None:
    """A few articles and lists are looked at again, and no more (benchmarks/crawl.py: 5,000)."""
    server.articles(90, per_page=30)
    crawl(server, archive)
    server.forget()
    report = crawl(server, archive)
    assert (report.new, report.changed) == (0, 0)
    assert len(server.asked) < 2 * RECHECKED_AT_LEAST


def test_new_articles_are_found_by_a_second_crawl(server: HostileServer, archive: Archive) -> None:
    """The front page is looked at again; what was known is not fetched for it."""
    server.articles(40)
    crawl(server, archive)
    server.pages["/"] = listing(["/fresh.html", "/list/0/"])
    server.pages["/fresh.html"] = article("fresh")
    assert crawl(server, archive).new == 1


def test_an_edited_article_gets_a_version(server: HostileServer, archive: Archive) -> None:
    """The text is replaced, the old one kept, without any hint from the site."""
    server.articles(10)
    crawl(server, archive)
    key = key_of(server.url + "/news/3.html")
    before = archive.get(key)
    server.pages["/news/3.html"] = article("edited")
    report = crawl(server, archive)
    assert (report.changed, len(archive)) == (1, 10)
    assert archive.get(key).body != before.body
    assert [version.article for version in archive.versions(key)] == [before]


def test_a_sitemap_that_dates_an_edit_is_believed(server: HostileServer, archive: Archive) -> None:
    """`lastmod` brings back one article among hundreds, however old."""
    paths = server.articles(80)
    days = dict.fromkeys(paths, "2026-05-01T00:00:00+00:00")
    server.pages["/sitemap.xml"] = sitemap(server.url, days)
    crawl(server, archive)
    for path in ("/news/70.html", "/news/71.html"):
        server.pages[path] = article(("edited", path))
    days["/news/70.html"] = "2026-05-03T00:00:00+00:00"
    server.pages["/sitemap.xml"] = sitemap(server.url, days)
    server.forget()
    assert crawl(server, archive).changed >= 1
    assert server.count("/news/70.html") == 1
    assert len(archive.versions(key_of(server.url + "/news/70.html"))) == 1


def test_what_the_server_remembers_is_not_sent_again(
    server: HostileServer, archive: Archive
) -> None:
    """An ETag turns a second visit into a 304."""
    for path in server.articles(10):
        server.pages[path] = remembered(server.pages[path], etag=f'"{path}"')
    crawl(server, archive)
    report = crawl(server, archive)
    assert (report.unchanged, report.same) == (10, 0)


def test_an_etag_that_changes_all_the_time_does_no_harm(
    server: HostileServer, archive: Archive
) -> None:
    """The text decides whether an article changed."""
    server.articles(1)
    body = article("steady").body
    server.pages["/news/0.html"] = lambda _: Reply(body, headers={"ETag": f'"{time.time()}"'})
    crawl(server, archive)
    report = crawl(server, archive)
    assert (report.same, report.changed) == (1, 0)


def test_a_host_whose_304_was_untrue_is_fetched_whole_from_then_on(
    server: HostileServer, archive: Archive
) -> None:
    """An ETag that stays while the text changes is believed until it is found out."""
    server.articles(3)
    for path in ("/news/0.html", "/news/1.html"):
        server.pages[path] = remembered(article(path), etag='"fixed"')
    crawl(server, archive)
    server.pages["/news/0.html"] = remembered(article("edited"), etag='"fixed"')
    for _ in range(5):
        crawl(server, archive)
    assert HostState(archive.database).distrusts(server.url)
    assert len(archive.versions(key_of(server.url + "/news/0.html"))) == 1
    assert crawl(server, archive).unchanged == 0


def test_a_sitemap_that_contradicts_a_304_uncovers_it(
    server: HostileServer, archive: Archive
) -> None:
    """A page that a listing calls changed is fetched whole, and its server judged by the result."""
    server.articles(1)
    server.pages["/news/0.html"] = remembered(article("a"), etag='"fixed"')
    maps = [sitemap(server.url, {"/news/0.html": f"2026-05-0{day}"}) for day in (1, 2)]
    server.pages["/sitemap.xml"] = after(maps[:1], maps[1])
    crawl(server, archive)
    server.pages["/news/0.html"] = remembered(article("b"), etag='"fixed"')
    assert crawl(server, archive).changed == 1
    assert HostState(archive.database).distrusts(server.url)


def test_refetch_asks_for_everything(server: HostileServer, archive: Archive) -> None:
    """`--refetch` is for when the rules of extraction have changed."""
    server.articles(40)
    crawl(server, archive)
    server.forget()
    report = crawl(server, archive, refetch=True)
    assert (report.same, report.new, len(archive)) == (40, 0, 40)


def test_a_page_limit_is_taken_up_by_the_next_run(server: HostileServer, archive: Archive) -> None:
    """What was left waiting is fetched later."""
    server.articles(40)
    crawl(server, archive, max_pages=20)
    assert len(archive) < 40
    crawl(server, archive)
    assert len(archive) == 40


def start_crawl(server: HostileServer, archive: Archive, *arguments: str) -> subprocess.Popen:
    """A crawl as a user starts it, in a process group of its own."""
    command = [sys.executable, "-m", "bahith", "crawl", server.url, "--archive", str(archive.path)]
    options = ["--delay", "0", "--allow-private", *arguments]
    return subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True)


def test_a_killed_crawl_goes_on_where_it_was(server: HostileServer, archive: Archive) -> None:
    """Every page once, at most one repeat a kill, nothing archived lost."""
    server.articles(90)
    kills = 0
    for wanted in (10, 35, 60):
        running = start_crawl(server, archive)
        deadline = time.monotonic() + 60
        while len(archive) < wanted and time.monotonic() < deadline:
            time.sleep(0.01)
        held = {change.key for change in archive.changes(0)}
        running.kill()
        running.wait()
        kills += 1
        assert held <= {change.key for change in archive.changes(0)}
    assert start_crawl(server, archive).wait(timeout=120) == 0
    assert len(archive) == 90
    pages = [path for path in server.asked if path not in PLAIN]
    assert len(pages) - len(set(pages)) <= kills


def test_an_interrupted_crawl_ends_in_order(server: HostileServer, archive: Archive) -> None:
    """Ctrl-C stops asking, keeps what came, and prints the report."""
    server.articles(400)
    running = start_crawl(server, archive, "--json")
    while len(archive) < 10:
        time.sleep(0.01)
    os.kill(running.pid, signal.SIGINT)
    printed, _ = running.communicate(timeout=60)
    report = json.loads(printed)
    assert 10 <= report["new"] == len(archive) < 400
    assert report["waiting"] > 0
