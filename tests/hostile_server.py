"""A newspaper on loopback that behaves, or misbehaves on purpose, and remembers who asked for what.

    with HostileServer() as server:
        server.articles(20)                        a front page, sections, articles
        server.pages["/slow.html"] = slow(3)       one address with a vice
        … crawl server.url …
        assert server.count("/slow.html") == 1

Every text is made of random words, so that no two articles are alike.
"""

from __future__ import annotations

import gzip
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Thread
from typing import Self
from urllib.parse import urlsplit

WORDS = """
    المدينة الوزير مجلس الحكومة قال أعلن أكد اليوم أمس مشروع جديد سكان البلدية طريق مدرسة مستشفى
    خلال بعد قبل إلى من في على عن مع وأضاف المتحدث باسم اللجنة الاقتصاد السوق الأسعار ارتفعت
    انخفضت المياه الكهرباء الميناء السفن التجار المزارعون الحقول موسم الأمطار فريق مباراة بطولة
    اللاعبون المدرب جمهور كتاب رواية معرض لوحات الشاعر الجامعة الباحثون دراسة نتائج علماء البحر
    الجبال القرية الجسر القطار المطار رحلة زيارة الرئيس اتفاق تعاون بين البلدين وقع الطرفان مؤتمر
"""
_WORDS = WORDS.split()


@dataclass
class Reply:
    """One answer: status, headers, body; `send` overrides how it is put on the wire."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"
    send: Callable[[BaseHTTPRequestHandler], None] | None = None


Page = Callable[[BaseHTTPRequestHandler], Reply]


class HostileServer:
    """Answers from `pages`, a table of paths (with their query) that tests fill."""

    def __init__(self, tls: SSLContext | None = None) -> None:
        self.pages: dict[str, Page | Reply] = {}
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.at: list[float] = []
        self.fallback: Page | None = None
        self._server = _Quiet(("127.0.0.1", 0), self._handler())
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        scheme = "https" if tls else "http"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def count(self, path: str) -> int:
        """How often a path was asked for."""
        return self.asked.count(path)

    def forget(self) -> None:
        """Begin counting anew."""
        self.asked.clear()
        self.at.clear()

    def repeats(self) -> int:
        """How many requests were for what had been asked for before."""
        return sum(count - 1 for count in Counter(self.asked).values())

    def articles(self, count: int, *, per_page: int = 40) -> list[str]:
        """A front page, its lists and the articles they lead to; the articles' paths."""
        paths = [f"/news/{number}.html" for number in range(count)]
        lists = [paths[start : start + per_page] for start in range(0, count, per_page)]
        self.pages["/"] = listing([f"/list/{number}/" for number in range(len(lists))])
        for number, part in enumerate(lists):
            self.pages[f"/list/{number}/"] = listing(part)
        for path in paths:
            self.pages[path] = article(path)
        return paths

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Headers and body go out in two writes; the second would wait 40 ms for an ACK.
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                server.asked.append(self.path)
                server.at.append(time.monotonic())
                server.agents.add(self.headers.get("User-Agent", ""))
                page = server.pages.get(self.path) or server.fallback or Reply(b"", 404)
                reply = page if isinstance(page, Reply) else page(self)
                (reply.send or (lambda handler: send(handler, reply)))(self)

            def log_message(self, format: str, *args: object) -> None:
                del format, args

        return Handler


class _Quiet(ThreadingHTTPServer):
    """Says nothing when a crawler hangs up on it, as it should on what is too large."""

    def handle_error(self, *_: object) -> None:
        return


def send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    """Put an ordinary answer on the wire."""
    handler.send_response(reply.status)
    headers = {"Content-Type": reply.kind, "Content-Length": str(len(reply.body))} | reply.headers
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(reply.body)


def text(seed: object, sentences: int = 18) -> list[str]:
    """Paragraphs of random words, the same for the same seed."""
    dice = random.Random(str(seed))
    lines = [" ".join(dice.choices(_WORDS, k=dice.randint(9, 16))) + "." for _ in range(sentences)]
    return [" ".join(lines[start : start + 3]) for start in range(0, sentences, 3)]


def html(title: str, body: str, head: str = "") -> bytes:
    """A page with a newspaper's usual furniture."""
    return f"""<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8">
<title>{title} - صحيفة الاختبار</title>{head}</head><body>
<header><nav><a href="/">الرئيسية</a> <a href="/about.html">من نحن</a></nav></header>
<main>{body}</main><footer>جميع الحقوق محفوظة</footer></body></html>""".encode(
        "utf-8", "surrogatepass"
    )


def article(seed: object, links: tuple[str, ...] = (), head: str = "") -> Reply:
    """An article page whose text depends on its seed alone."""
    title = " ".join(text(("title", seed), 1)[0].split()[:8])
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text(seed))
    related = "".join(f'<li><a href="{link}">خبر ذو صلة</a></li>' for link in links)
    meta = '<meta property="og:type" content="article">'
    body = f"""<article><h1>{title}</h1>
<time datetime="2026-05-01T10:00:00+03:00">1 مايو 2026</time>{paragraphs}
</article><aside><ul>{related}</ul></aside>"""
    return Reply(html(title, body, meta + head))


def listing(links: list[str]) -> Reply:
    """A page of headlines."""
    items = "".join(f'<li><a href="{link}">خبر رقم {n}</a></li>' for n, link in enumerate(links))
    return Reply(html("الأخبار", f"<h1>الأخبار</h1><ul>{items}</ul>"))


def sitemap(base: str, paths: dict[str, str]) -> Reply:
    """A sitemap of paths with their lastmod ('' for none)."""
    entries = "".join(
        f"<url><loc>{base}{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for path, day in paths.items()
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    xml = f'<?xml version="1.0"?><urlset xmlns="{space}">{entries}</urlset>'
    return Reply(xml.encode(), kind="application/xml")


def redirect(target: str, status: int = 302) -> Reply:
    """An answer that sends elsewhere."""
    return Reply(b"", status, {"Location": target})


def slow(seconds: float, reply: Reply) -> Page:
    """An answer that takes its time."""

    def page(handler: BaseHTTPRequestHandler) -> Reply:
        del handler
        time.sleep(seconds)
        return reply

    return page


def after(first: list[Reply], then: Reply) -> Page:
    """Some answers, one each time, and then another for ever."""
    left = list(first)
    return lambda _: left.pop(0) if left else then


def remembered(reply: Reply, etag: str) -> Page:
    """An answer with an ETag, and 304 for who has it already."""

    def page(handler: BaseHTTPRequestHandler) -> Reply:
        if handler.headers.get("If-None-Match") == etag:
            return Reply(b"", 304, {"ETag": etag})
        return Reply(reply.body, reply.status, reply.headers | {"ETag": etag}, reply.kind)

    return page


def gzipped(reply: Reply, *, cut: int = 0) -> Reply:
    """A compressed answer, its last bytes cut off if asked."""
    packed = gzip.compress(reply.body)
    packed = packed[: len(packed) - cut]
    return Reply(packed, reply.status, reply.headers | {"Content-Encoding": "gzip"}, reply.kind)


def bomb(megabytes: int) -> Reply:
    """A small answer that unpacks to a large one."""
    return gzipped(Reply(b"<html><body>" + b" " * (megabytes << 20)))


def cut_short(reply: Reply) -> Reply:
    """An answer that promises more bytes than it sends, and hangs up."""

    def put(handler: BaseHTTPRequestHandler) -> None:
        promised = reply.headers | {"Content-Length": str(len(reply.body) + 1000)}
        send(handler, Reply(reply.body, reply.status, promised, reply.kind))
        handler.close_connection = True

    return Reply(send=put)


def endless_calendar(handler: BaseHTTPRequestHandler) -> Reply:
    """A page for every day of every year, each leading to the next and to its month."""
    year, month, day = (int(part) for part in urlsplit(handler.path).path.split("/")[2:5])
    following = f"/calendar/{year}/{month}/{day + 1}"
    other = f"/calendar/{year + 1}/{month}/{day}"
    return listing([following, other, f"/calendar/{year}/{month + 1}/{day}"])
