"""Crawl twelve invented sites with quirks: which of their articles are archived, and which not.

    python -m benchmarks.quirks            all sites
    python -m benchmarks.quirks 9104       one

An image sitemap, robots.txt with a byte-order mark or in HTML, redirects as spelled, links in
windows-1256, encodings that only a header tells, noindex for us and for others, one page under many
addresses, canonical links to nowhere, pages that are gone with status 200, feeds of all sorts. The
sites lie beside the checkout (`pagecases/server_quirks.py`) and are never part of it.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlsplit

from benchmarks.data import SHARED
from crawl import Archive, CrawlOptions, crawl_sites

SITES = SHARED / "pagecases" / "server_quirks.py"
FAST = CrawlOptions(delay=0, allow_private=True)

# What an attentive reader would call the articles of each site that a crawler may take.
EXPECTED: dict[int, str] = {
    9101: "/news/1 /news/2 /news/3 /news/4 /news/5",
    9102: "/news/6",
    9103: "/news/1 /news/2",
    9104: "/lower/خبر /خبر/2 /q?t=خبر /news/4 /self /news/6 /abs//double /a_b/9 /news/10 /m/ميناء",
    9105: "/news.asp?t=خبر /قسم/2 /news/3",
    9106: "/خبر/1 /خبر-جديد-عن-المرفأ/2 /news/3",
    9107: "/خبر/1 /news/3",
    9108: "/n/2 /n/3 /n/6 /n/7 /n/8 /n/9 /n/10",
    9109: "/news/1 /news/2",
    9110: "/n/1 /n/2 /n/3 /n/4 /n/5 /n/6 /n/7 /n/8",
    9111: "/news/1 /catch/a",
    9112: "/news/1 /news/2 /n?id=3&cat=4 /news/5 /خبر/6 /news/7 /sub/8 /news/9",
}


def sites() -> ModuleType:
    """The module that serves the sites."""
    spec = importlib.util.spec_from_file_location("server_quirks", SITES)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def archived(port: int) -> set[str]:
    """The addresses of the articles that a crawl of one site archives, as a reader sees them."""
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "a.db") as archive:
        crawl_sites([f"http://127.0.0.1:{port}/"], archive, options=FAST)
        return {shown(c.article.url) for c in archive.changes(0) if c.article}


def shown(url: str) -> str:
    """A path with its query, in letters, whatever encoding it is sent in.

    >>> shown("http://a.org/q?t=%CE%C8%D1"), shown("http://a.org/a b")
    ('/q?t=خبر', '/a_b')
    """
    parts = urlsplit(url)
    query = f"?{unquote(parts.query, 'cp1256')}" if parts.query else ""
    return (unquote(parts.path) + query).replace(" ", "_")


def main(arguments: list[str]) -> int:
    """Print each site's articles that are missing or too many; 0 when there are none."""
    served = sites()
    vars(served)["print"] = lambda *_, **__: None  # it tells of every request
    wrong = 0
    for serve, port in served.SITES.values():
        if arguments and str(port) not in arguments:
            continue
        server = served.serve(serve.__name__, serve, port)
        wanted, found = set(EXPECTED[port].split()), archived(port)
        server.shutdown()
        missing, more = sorted(wanted - found), sorted(found - wanted)
        wrong += bool(missing or more)
        said = f"missing {missing}, too many {more}" if missing or more else "all"
        print(f"{port} {serve.__name__:<14} {len(found)} of {len(wanted)} articles: {said}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
