"""A crawl that may reach the Internet by a proxy alone (`--proxy`), and the guard before it."""

from __future__ import annotations

import select
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from crawl import Archive, CrawlError, CrawlOptions, Site, crawl_sites
from crawl.fetch.network.upstream_proxy import LARGEST_ANSWER, UpstreamProxy
from tests.hostile_server import HostileServer

ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


class Proxy(socketserver.ThreadingTCPServer):
    """A proxy as an institution has one: it opens tunnels, and notes what it was asked for."""

    daemon_threads = True

    def __init__(self, answer: bytes = ESTABLISHED) -> None:
        super().__init__(("127.0.0.1", 0), Tunnel)
        self.answer = answer
        self.heads: list[bytes] = []

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def targets(self) -> set[bytes]:
        """What tunnels were asked for."""
        return {head.split(b" ")[1] for head in self.heads}


class Tunnel(socketserver.BaseRequestHandler):
    """One tunnel."""

    def handle(self) -> None:
        """Note the request, answer, and pass bytes on if the answer is that of a tunnel."""
        proxy, head = self.server, b""
        assert isinstance(proxy, Proxy)
        while not head.endswith(b"\r\n\r\n"):
            head += self.request.recv(1)
        proxy.heads.append(head)
        self.request.sendall(proxy.answer)
        if proxy.answer != ESTABLISHED:
            return
        host, _, port = head.split(b" ")[1].decode().rpartition(":")
        with suppress(OSError), socket.create_connection((host, int(port)), 10) as server:
            pair = {self.request: server, server: self.request}
            while True:
                for side in select.select([*pair], [], [], 10)[0]:
                    piece = side.recv(65_536)
                    if not piece:
                        return
                    pair[side].sendall(piece)


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """One that runs for a test."""
    with Proxy() as running:
        threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
        yield running
        running.shutdown()


def options(proxy: Proxy, *, allow_private: bool = True) -> CrawlOptions:
    """A quick crawl through a proxy."""
    url = f"http://reader:secret@{proxy.address}"
    return CrawlOptions(delay=0, patience=0, allow_private=allow_private, proxy=url)


@pytest.mark.usefixtures("warm_worker")
def test_all_is_fetched_through_tunnels_to_addresses_that_were_looked_at(
    server: HostileServer, archive: Archive, proxy: Proxy
) -> None:
    """The proxy is given numbers, never names, and who asks."""
    server.articles(3)
    by_name = server.url.replace("127.0.0.1", "localhost")
    report = crawl_sites([by_name], archive, options=options(proxy))
    assert report.new == 3
    assert proxy.targets == {server.url.removeprefix("http://").encode()}
    assert all(b"Proxy-Authorization: Basic cmVhZGVyOnNlY3JldA==" in one for one in proxy.heads)


@pytest.mark.usefixtures("warm_worker")
def test_the_proxy_is_never_asked_for_a_private_address(
    server: HostileServer, archive: Archive, proxy: Proxy
) -> None:
    """It may stand inside, where such addresses lead somewhere."""
    server.articles(1)
    for url in (server.url, server.url.replace("127.0.0.1", "2130706433")):
        report = crawl_sites([url], archive, options=options(proxy, allow_private=False))
        assert set(report.unreachable.values()) == {"private-address"}
    assert (proxy.heads, server.asked) == ([], [])


@pytest.mark.usefixtures("warm_worker")
def test_certificates_are_those_of_the_site_through_a_tunnel_as_well(
    self_signed: ssl.SSLContext, archive: Archive, proxy: Proxy
) -> None:
    """The proxy sees nothing of what is encrypted, and can put nothing into it."""
    with HostileServer(self_signed) as server:
        server.articles(2)
        report = crawl_sites([server.url], archive, options=options(proxy))
        assert report.unreachable == {server.url + "/": "bad-certificate"}
        with Archive(archive.path.with_name("b.db")) as other:
            site = Site((server.url,), insecure=True)
            assert crawl_sites([site], other, options=options(proxy)).new == 2


@pytest.mark.parametrize(
    "answer",
    [b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", b"", b"x" * (LARGEST_ANSWER + 10)],
)
def test_a_proxy_that_opens_no_tunnel_is_an_error(proxy: Proxy, answer: bytes) -> None:
    """Also one that answers nothing, or without end."""
    proxy.answer = answer
    upstream = UpstreamProxy.of(f"http://{proxy.address}")
    assert upstream is not None
    with pytest.raises(OSError, match="proxy"):
        upstream.connect("127.0.0.1", 1, 10)


@pytest.mark.parametrize(
    "url", ["proxy.example:3128", "socks5://proxy.example", "http://", "http://a/b", "https://a", 5]
)
def test_what_is_no_address_of_a_proxy_is_a_sentence(url: str) -> None:
    """Before anything is fetched."""
    with pytest.raises(CrawlError, match="http://host:port"):
        CrawlOptions(proxy=url)


@pytest.mark.usefixtures("warm_worker")
def test_an_environment_s_proxy_is_not_used(
    server: HostileServer, archive: Archive, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sets it thinks of other programs."""
    monkeypatch.setenv("http_proxy", f"http://{proxy.address}")
    server.articles(1)
    quick = CrawlOptions(delay=0, patience=0, allow_private=True)
    assert crawl_sites([server.url], archive, options=quick).new == 1
    assert proxy.heads == []
