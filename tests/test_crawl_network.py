"""What a crawl may be led to: private addresses, false certificates, endless headers."""

from __future__ import annotations

import ssl
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl import Archive, CrawlError, CrawlOptions, Site, crawl_sites, key_of
from crawl.fetch.network.download_handler import LARGEST_HEAD
from crawl.frontier.address_guard import is_private
from crawl.options import read_sites
from tests.hostile_server import HostileServer, Reply, article, listing

FAST = CrawlOptions(delay=0, allow_private=True, timeout=5, patience=0)

PRIVATE = """
    127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 255.255.255.255
    224.0.0.1 198.18.0.1 192.0.2.1 192.0.0.192 192.0.0.9 192.88.99.1 240.0.0.1
    ::1 :: ::127.0.0.1 ::9.9.9.9 ::ffff:127.0.0.1 ::ffff:192.0.0.192 ::ffff:0:9.9.9.9
    64:ff9b::10.0.0.1 64:ff9b::192.88.99.1 64:ff9b:1::9.9.9.9 2002:7f00:1:: 2002:c0a8:101::1
    2001::1 2001:db8::1 3fff::1 fe80::1 fe80::1%eth0 fec0::1 fc00::1 ff02::1 100::1 5f00::1
    localhost a.localhost printer.local db.internal router.home.arpa localhost.
"""
PUBLIC = """
    9.9.9.9 93.184.216.34 2620:fe::fe 2a00:1450::1 ::ffff:9.9.9.9 64:ff9b::9.9.9.9 2002:909:909::1
    example.org localhost.example.org مثال.إختبار
"""


@pytest.mark.parametrize("host", PRIVATE.split())
def test_what_is_not_the_public_internet_is_private(host: str) -> None:
    """Numbers of every special registry, also inside IPv6 ones, and names of one's own network."""
    assert is_private(host)
    assert is_private(f"[{host}]")


@pytest.mark.parametrize("host", PUBLIC.split())
def test_public_hosts_are_public(host: str) -> None:
    """In both families; a public IPv4 address may travel inside an IPv6 one."""
    assert not is_private(host)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_as_private_inside_as_outside(address: object) -> None:
    """NAT64, 6to4 and mapped addresses are judged by what they carry."""
    number = int(address)  # type: ignore[call-overload]
    expected = is_private(str(address))
    assert is_private(f"64:ff9b::{address}") is expected
    assert is_private(f"::ffff:{address}") is expected
    assert is_private(f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1") is expected


@given(st.text())
def test_any_host_is_judged(host: str) -> None:
    """No text makes the guard raise."""
    assert is_private(host) in (True, False)


@pytest.mark.usefixtures("warm_worker")
def test_certificates_are_verified_unless_the_site_is_marked_insecure(
    self_signed: ssl.SSLContext, archive: Archive
) -> None:
    """Nobody in between can put a page into the archive; a site may be excepted, and it is told."""
    with HostileServer(self_signed) as server:
        server.articles(2)
        report = crawl_sites([server.url], archive, options=FAST)
        assert report.unreachable == {server.url + "/": "bad-certificate"}
        assert server.asked == []
        with Archive(archive.path.with_name("b.db")) as other:
            site = Site((server.url,), insecure=True)
            report = crawl_sites([site], other, options=FAST)
        assert (report.new, report.unverified) == (2, [site.name])
        assert "unverified" in report.table()


@pytest.mark.usefixtures("warm_worker")
def test_endless_headers_are_left(server: HostileServer, archive: Archive) -> None:
    """A server that never comes to its body is hung up on, once."""
    sent = 0

    def endless(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.flush_headers()
        while sent < 100 << 20:
            sent += handler.wfile.write(b"X-Filler: " + b"x" * 8000 + b"\r\n")

    server.articles(2)
    server.pages["/"] = listing(["/news/0.html", "/endless", "/news/1.html"])
    server.pages["/endless"] = Reply(send=endless)
    report = crawl_sites([server.url], archive, options=FAST)
    assert (report.new, dict(report.refused)["too-large"]) == (2, 1)
    assert server.count("/endless") == 1
    assert sent < 40 * LARGEST_HEAD  # what the kernel's buffers took besides


@pytest.mark.usefixtures("warm_worker")
def test_redirects_are_followed_as_they_are_spelled(
    server: HostileServer, archive: Archive
) -> None:
    """Raw UTF-8, raw windows-1256, and a server that knows %d8 but not %D8."""
    server.pages["/"] = listing(["/utf8", "/cp1256", "/%D8%AE"])
    raw = {"/utf8": "/خبر/2".encode(), "/cp1256": b"/q?t=\xce\xc8\xd1"}
    for path, location in raw.items():
        server.pages[path] = Reply(b"", 302, {"Location": location.decode("latin-1")})
    server.pages["/%D8%AE%D8%A8%D8%B1/2"] = article("utf8")
    server.pages["/q?t=%CE%C8%D1"] = article("cp1256")
    server.pages["/%D8%AE"] = Reply(b"", 301, {"Location": "/%d8%ae"})
    server.pages["/%d8%ae"] = article("lower")
    report = crawl_sites([server.url], archive, options=FAST)
    assert (report.new, report.moved) == (3, 3)
    assert key_of(server.url + "/خ") in archive


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("urls = [5]", "urls is a list of texts"),
        ('urls = "https://a.org"', "urls is a list of texts"),
        ("urls = []", "a site needs urls"),
        ("", "a site needs urls"),
        ('urls = ["mailto:a@b.c"]', "no http or https address"),
        ('urls = ["https://a.org"]\ndelay = "x"', "delay is a number"),
        ('urls = ["https://a.org"]\ndelay = nan', "delay is a number"),
        ('urls = ["https://a.org"]\ndelay = -1', "delay is a number"),
        ('urls = ["https://a.org"]\nmax_pages = true', "max_pages is a whole number"),
        ('urls = ["https://a.org"]\ninsecure = 1', "insecure is true or false"),
        ('urls = ["https://a.org"]\ninclude = ["("]', "is broken"),
        ('urls = ["https://a.org"]\ncolour = 1', "no key colour"),
    ],
)
def test_a_wrong_sites_file_is_told_in_a_sentence(tmp_path: Path, text: str, wrong: str) -> None:
    """With the name of the file."""
    file = tmp_path / "outlets.toml"
    file.write_text(f"[[site]]\n{text}\n", encoding="utf-8")
    with pytest.raises(CrawlError, match=wrong) as told:
        read_sites(file)
    assert "outlets.toml" in str(told.value)
