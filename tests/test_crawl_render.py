"""Pages that need a browser: rendered by a real one, behind the same guard as every request."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path

import pytest

from crawl import Archive, CrawlError, CrawlOptions, Rejected, crawl_sites
from crawl.discovery.links import PageLinks
from crawl.fetch.network.browser import BINARIES, RenderingReader, find_browser
from crawl.fetch.network.guarded_proxy import LARGEST_HEAD, GuardedProxy
from crawl.fetch.page_reading import PageReading, PageTask
from tests.hostile_server import HostileServer, Reply, listing
from tests.printed_page import DAY, STORY, TITLE, paragraphs

needs_browser = pytest.mark.skipif(
    not any(map(shutil.which, BINARIES)), reason="no Chromium is installed"
)


def asked(url: str, request: bytes) -> bytes:
    """All that a proxy answers to a request."""
    with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), 20) as client:
        client.sendall(request)
        pieces = iter(lambda: client.recv(65_536), b"")
        return b"".join(pieces)


@pytest.mark.parametrize("form", ["GET http://{} HTTP/1.1\r\n\r\n", "CONNECT {} HTTP/1.1\r\n\r\n"])
def test_what_a_page_asks_for_may_be_no_private_address(server: HostileServer, form: str) -> None:
    """Neither a page's script nor its tunnel reaches loopback, by name or by number."""
    port = server.url.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "[::1]", "2130706433"):
        with GuardedProxy(allow_private=False) as proxy:
            target = f"{host}:{port}" + ("/" if form.startswith("GET") else "")
            assert asked(proxy.url, form.format(target).encode()).startswith(b"HTTP/1.1 403 ")
    assert server.asked == []


def test_the_proxy_passes_pages_on(server: HostileServer) -> None:
    """In its own form of the request, and as a tunnel."""
    server.pages["/a?b=1"] = Reply(b"here")
    host = server.url.removeprefix("http://")
    with GuardedProxy(allow_private=True) as proxy:
        plain = f"GET http://{host}/a?b=1 HTTP/1.1\r\nHost: {host}\r\nProxy-Connection: x\r\n\r\n"
        assert asked(proxy.url, plain.encode()).endswith(b"here")
        inner = f"GET /a?b=1 HTTP/1.0\r\nHost: {host}\r\n\r\n"
        tunnel = f"CONNECT {host} HTTP/1.1\r\n\r\n{inner}"
        assert asked(proxy.url, tunnel.encode()).endswith(b"here")


@pytest.mark.parametrize("request_", [b"x\r\n\r\n", b"GET nowhere HTTP/1.1\r\n\r\n", b"\0\r\n\r\n"])
def test_what_is_no_request_gets_no_connection(request_: bytes) -> None:
    """Whatever comes, the proxy ends that connection and goes on."""
    with GuardedProxy(allow_private=True) as proxy:
        assert not asked(proxy.url, request_).startswith(b"HTTP/1.1 200")
        assert LARGEST_HEAD < 1 << 20


def test_only_pages_that_show_nothing_are_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text and links are read as they came; an empty one again, if the browser gave it."""
    rendered: list[str] = []
    monkeypatch.setattr("crawl.fetch.network.browser.find_browser", lambda: "chromium")

    def render(url: str, *_: object) -> bytes:
        rendered.append(url)
        return b"" if url.endswith("/broken") else b"<p>rendered</p>"

    monkeypatch.setattr("crawl.fetch.network.browser.render", render)

    def read(task: PageTask) -> PageReading:
        reason = "section" if task.body else "empty"
        links = PageLinks(["https://a.example/1"] if task.body else [], [], False, False)
        return PageReading(links, Rejected(task.url, reason))

    reader = RenderingReader(read, CrawlOptions(render=True))
    found = [
        reader.read(PageTask(f"https://a.example/{name}", body)).found
        for name, body in (("full", b"<p>"), ("empty", b""), ("broken", b""))
    ]
    assert rendered == ["https://a.example/empty", "https://a.example/broken"]
    assert [f.reason for f in found if isinstance(f, Rejected)] == ["section", "section", "empty"]


def test_a_system_without_a_browser_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is fetched."""
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(CrawlError, match="install Chromium"):
        find_browser()


@needs_browser
def test_an_article_that_a_script_writes_is_archived(server: HostileServer, tmp_path: Path) -> None:
    """The page asks its own server for the text; without --render it is refused as empty."""
    told = json.dumps({"html": f"<h1>{TITLE}</h1>{DAY}<article>{paragraphs()}</article>"})
    script = "fetch('/api').then(r => r.json()).then(t => app.innerHTML = t.html)"
    shell = f"<title>{TITLE}</title><a href=/>x</a><div id=app></div><script>{script}</script>"
    server.pages |= {
        "/": listing(["/story.html"]),
        "/story.html": Reply(shell.encode()),
        "/api": Reply(told.encode(), kind="application/json"),
    }
    options = CrawlOptions(delay=0, allow_private=True, render=True)
    with Archive(tmp_path / "a.db") as archive:
        crawl_sites([server.url], archive, options=options)
        held = [change.article for change in archive.changes(0) if change.article]
    assert [tuple(article.body.split("\n")) for article in held] == [STORY]
