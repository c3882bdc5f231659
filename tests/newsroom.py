"""A small newsroom for the tests of the page: an archive, its index, an application over both."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from crawl import Archive, Article, key_of
from index import build, open_engine
from web import create_app
from web.serving.server import drain, listening, serve_until

VISIT = Article(
    url="https://news.example/visit",
    title="السفير الروسي يزور الميناء",
    body="زار السفيرُ الروسيّ أمس ميناء المدينة، والتقى رئيس البلدية.\n"
    "وقال السفير إن بلاده تنوي توسيع التعاون في الصيد.",
    date="2015-08-01",
    author="سليم الحداد",
    source="بريد المرسى",
    section="سياسة",
    tags=("روسيا", "الميناء"),
)
WHEAT = Article(
    url="https://coast.example/wheat",
    title="اتفاق على استيراد القمح",
    body="وقّعت الوزارة اتفاقًا لاستيراد القمح، وحضر التوقيع سفيرها في العاصمة.",
    date="2015-07-15T14:30:00+03:00",
    source="الساحل",
    section="اقتصاد",
)
ENGLISH = Article(
    url="https://news.example/english",
    title="Harbour reopens after the storm",
    body="The harbour opened again on Monday. السفير was there.",
    date="2015-08-20",
    source="Harbour Post",
)
IMPORTED = Article(
    url="row-17", title="", body="نص بلا عنوان ولا تاريخ عن الزراعة.", source="بريد المرسى"
)
HOSTILE = Article(
    url="javascript:alert(1)",
    title='<script>alert("عنوان")</script> & زلزال',
    body='زلزال <img src=x onerror=alert(1)> "وسم" & آخر\x0b.',
    author="<b>كاتب</b>",
    source='"><svg onload=alert(2)>',
    section="' onmouseover='alert(3)",
    date="2015-06-05",
)
# Enough of one word to turn pages.
MANY = [
    Article(
        url=f"https://coast.example/market/{number}",
        title=f"أسعار السوق رقم {number}",
        body="بقيت أسعار الخضر على حالها في السوق.",
        date=f"2015-{1 + number % 5:02d}-10",
        source="الساحل" if number % 3 else "بريد المرسى",
        section="اقتصاد",
        author="ليلى نور",
    )
    for number in range(35)
]
ARTICLES = (VISIT, WHEAT, ENGLISH, IMPORTED, HOSTILE, *MANY)
VISIT_ID = key_of(VISIT.url)


def fill(folder: Path, *articles: Article) -> None:
    """Put articles into the newsroom's archive and bring its index up to date."""
    with Archive(folder / "articles.db") as archive:
        with archive.batch():
            for article in articles:
                archive.put(article)
        engine = open_engine(f"whoosh:{folder / 'index'}", create=True)
        build(archive, engine)
        engine.close()


def application(folder: Path) -> Flask:
    """The application over a folder's archive and index, whether they exist or not."""
    return create_app(f"whoosh:{folder / 'index'}", folder / "articles.db")


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """An application on a real port, as `bahith serve` runs it; its address without the slash."""
    stopped = threading.Event()
    with listening(app, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=serve_until, args=(server, stopped))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.effective_port}"
        finally:
            stopped.set()
            server.pull_trigger()
            thread.join()
            drain(server)
