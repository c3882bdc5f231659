"""Feeds: what an entry says of itself, however carelessly the feed was made."""

from __future__ import annotations

import json
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.article import Article
from crawl.discovery.feeds import read_feed
from tests.counted_work import calls_of, run_in_memory

PAPER = "https://marsa.example"
TITLE = "وصول أول سفينة قمح إلى المرسى بعد انقطاع"
TEXT = "رست صباح الأحد في المرسى القديم سفينة تحمل ألفي طن من القمح، وهي الأولى منذ عام."
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom"'
)
LINK = f"<link>{PAPER}/1</link>"


def rss(item: str, head: str = f"<title>بريد المرسى</title><link>{PAPER}/</link>") -> str:
    return f'<rss version="2.0" {SPACES}><channel>{head}<item>{item}</item></channel></rss>'


def first(feed: str | bytes, content_type: str = "", url: str = "") -> Article:
    content = feed if isinstance(feed, bytes) else feed.encode()
    found = read_feed(content, content_type, url)
    assert found is not None
    return found.entries[0]


WHOLE = rss(f"<title>{TITLE}</title>{LINK}<description>{TEXT}</description>")


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (f'<?xml version="1.0"?>{WHOLE}'.encode("cp1256"), ""),
        (f'<?xml version="1.0"?>{WHOLE}'.encode("cp1256"), "text/xml; charset=utf-8"),
        (f'<?xml version="1.0" encoding="windows-1256"?>{WHOLE}'.encode("cp1256"), ""),
        (f'<?xml version="1.0" encoding="windows-1256"?>{WHOLE}'.encode(), ""),
        (f'<?xml version="1.0" encoding="utf-8"?>{WHOLE}'.encode("utf-16"), ""),
        (f'\ufeff \n<?xml version="1.0"?>{WHOLE}'.encode(), ""),
        (f'<br />\n<b>Notice</b>: x in y<br />\n<?xml version="1.0"?>{WHOLE}'.encode(), ""),
        (f'<?xml version="1.0"?><html><body>{WHOLE}</body></html>'.encode(), ""),
        (f'<?xml version="1.0"?>{WHOLE}<script>analytics()</script>'.encode(), ""),
        (WHOLE.replace("</item></channel></rss>", "").encode(), ""),
    ],
)
def test_a_feed_is_read_as_what_its_bytes_are(content: bytes, content_type: str) -> None:
    """Undeclared, misdeclared, behind a notice, inside a page, cut off."""
    article = first(content, content_type)
    assert (article.url, article.title, article.body) == (f"{PAPER}/1", TITLE, TEXT)


@pytest.mark.parametrize(
    ("feed", "url", "expected"),
    [
        (rss("<link>/news/1</link>"), "", f"{PAPER}/news/1"),
        (rss("<link>news/1</link>", ""), f"{PAPER}/feeds/all", f"{PAPER}/feeds/news/1"),
        (rss("<link>/news/1</link>", ""), "", "/news/1"),
        (rss(f"<link>\n {PAPER}/n?id=3&cat=4 \n</link>"), "", f"{PAPER}/n?id=3&cat=4"),
        (rss(f"<guid>{PAPER}/1</guid>"), "", f"{PAPER}/1"),
        (rss(f"<guid>17</guid>{LINK}"), "", f"{PAPER}/1"),
        (rss(f"<atom:link rel='self' href='{PAPER}/feed'/>{LINK}"), "", f"{PAPER}/1"),
        (rss(f"<media:content><link>x</link></media:content>{LINK}"), "", f"{PAPER}/1"),
        (
            f"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='{PAPER}/sub/'><entry>"
            "<link rel='edit' href='/edit'/><link href='8'/></entry></feed>",
            "",
            f"{PAPER}/sub/8",
        ),
        (
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='/sub/'><entry xml:base='a/'>"
            "<link href='8'/></entry></feed>",
            f"{PAPER}/feed",
            f"{PAPER}/sub/a/8",
        ),
    ],
)
def test_an_entry_leads_where_a_reader_would_be_led(feed: str, url: str, expected: str) -> None:
    """Relative links resolve against `xml:base`, the feed's address or the page it names."""
    assert first(feed, url=url).url == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<title>&lt;b&gt;أ&lt;/b&gt; &amp;amp; ب</title>", "أ & ب"),
        ("<title><![CDATA[أ<br/>ب]]></title>", "أ ب"),
        ("<title>أ & ب &nbsp;&laquo;ج&raquo;</title>", "أ & ب «ج»"),
        ("<title>٥ &lt; ٦</title>", "٥ < ٦"),
        ("<media:content><media:title>صورة</media:title></media:content><title>أ</title>", "أ"),
        ("<title/><title>أ</title>", "أ"),
    ],
)
def test_titles_are_text(markup: str, expected: str) -> None:
    """Tags go, entities are read once, and a picture's title is not the entry's."""
    assert first(rss(LINK + markup)).title == expected


XHTML = "<content type='xhtml'><div><p>أ &lt; ب</p><p>ج<b>د</b></p></div></content>"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<description>&lt;p&gt;أ&lt;/p&gt;&lt;p&gt;ب\nج&lt;/p&gt;</description>", "أ\nب ج"),
        ("<description>أ\nب</description>", "أ\nب"),
        ("<description>موجز</description><content:encoded>كامل</content:encoded>", "كامل"),
        ("<description>موجز</description><content:encoded> </content:encoded>", "موجز"),
        ("<description>أ</description><media:description>ب</media:description>", "أ"),
        ("<description><p>أ</p><p>ب</p></description>", "أ\nب"),
        (
            "<description>&lt;p&gt;أ&lt;/p&gt;&lt;p&gt;The post &lt;a&gt;ب&lt;/a&gt; appeared first"
            " on &lt;a&gt;بريد المرسى&lt;/a&gt;.&lt;/p&gt;</description>",
            "أ",
        ),
        (
            "<description>&lt;p&gt;أ&lt;/p&gt;&lt;p&gt;ظهرت المقالة ب أولاً على بريد المرسى."
            "&lt;/p&gt;</description>",
            "أ",
        ),
        ("<description>&lt;p&gt;أ&lt;script&gt;x&lt;/script&gt;&lt;/p&gt;</description>", "أ"),
    ],
)
def test_texts_are_paragraphs(markup: str, expected: str) -> None:
    """The fullest text counts; the line that WordPress appends does not."""
    assert first(rss(LINK + markup)).body == expected


def test_paragraphs_of_xhtml_stay_apart() -> None:
    """Atom may hold elements instead of escaped HTML."""
    entry = f"<entry><link href='{PAPER}/1'/>{XHTML}</entry>"
    assert first(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>").body == "أ < ب\nجد"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<dc:creator>منى الحلبي</dc:creator>", "منى الحلبي"),
        ("<dc:creator>admin</dc:creator>", ""),
        ("<author>desk@marsa.example (منى الحلبي)</author>", "منى الحلبي"),
        ("<author>desk@marsa.example</author>", ""),
        ("<author><name>منى الحلبي</name><email>m@x.org</email></author>", "منى الحلبي"),
        ("<dc:creator>منى</dc:creator><dc:creator>سعد</dc:creator>", "منى، سعد"),
        ("<dc:creator>بريد المرسى</dc:creator>", ""),
        ("<dc:creator>مدير الموقع</dc:creator>", ""),
    ],
)
def test_authors_are_people(markup: str, expected: str) -> None:
    """Accounts of machines, mail addresses and the paper itself wrote nothing."""
    assert first(rss(LINK + markup)).author == expected


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("الأربعاء, 25 نوفمبر 2026 10:00:00 +0300", "2026-11-25T07:00:00+00:00"),
        ("25/11/2026 10:00", "2026-11-25"),
        ("Wed, 25 Nov 2026 10:00:00 GMT+3", "2026-11-25T07:00:00+00:00"),
        ("Wed Nov 25 2026 10:00:00 GMT+0300 (Arabian Standard Time)", "2026-11-25T07:00:00+00:00"),
        ("Wed, 25 Nov 2026 10:00:00 KSA", "2026-11-25T07:00:00+00:00"),
        ("Wed, 25 Nov 2026 10:00:00 EET", "2026-11-25T08:00:00+00:00"),
        ("Wed, 25 Nov 2026 10:00:00 AST", "2026-11-25"),  # Arabia's or the Atlantic's
        ("Thu, 01 Jan 1970 00:00:00 +0000", ""),
        ("1404-09-04T10:00:00Z", ""),
        ("Mon, 01 Jan 0001 00:00:00 +0000", ""),
    ],
)
def test_a_day_is_told_for_sure_or_not_at_all(written: str, kept: str) -> None:
    """A zone of two meanings leaves the day; a clock that was never set leaves nothing."""
    feed = (
        "<rss version='2.0'><channel><item><title>خبر</title><link>https://marsa.example/1</link>"
        f"<pubDate>{written}</pubDate></item></channel></rss>"
    )
    found = read_feed(feed.encode())
    assert found is not None
    assert [entry.date for entry in found.entries] == [kept]


def test_categories_are_section_and_tags() -> None:
    """The first is the section, all are tags."""
    article = first(rss(LINK + "<category>محليات</category><category>ميناء</category>"))
    assert (article.section, article.tags) == ("محليات", ("محليات", "ميناء"))


def test_a_json_feed_is_a_feed() -> None:
    """Its text may be HTML or plain; broken items cost only themselves."""
    items = [
        {"id": "1", "url": "/1", "title": TITLE, "content_html": "<p>أ</p><p>ب</p>",
         "date_published": "2026-11-25T10:00:00+03:00", "authors": [{"name": "منى"}, 7]},
        {"id": f"{PAPER}/2", "content_text": "أ < ب", "tags": ["ميناء", 5]},
        {"title": "بلا عنوان"}, 7, {"url": 5, "authors": {}},
    ]  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "بريد المرسى", "items": items}
    found = read_feed(json.dumps(feed).encode(), url=f"{PAPER}/feed.json")
    assert found is not None
    html, plain = found.entries
    assert (html.url, html.title, html.body) == (f"{PAPER}/1", TITLE, "أ\nب")
    assert (html.date, html.author) == ("2026-11-25T07:00:00+00:00", "منى")
    assert (plain.url, plain.body, plain.tags) == (f"{PAPER}/2", "أ < ب", ("ميناء",))
    assert found.nameless == 2


def test_what_a_crawl_follows_are_web_addresses() -> None:
    """`mailto:` is an identifier to an import, and nothing to a crawl."""
    found = read_feed(rss("<link>mailto:a@b.example</link>").encode())
    assert found is not None
    assert [entry.url for entry in found.entries] == ["mailto:a@b.example"]
    assert found.listed == []


ITEM = f"<item>{LINK}<title>{TITLE}</title>"
HOSTILE = {
    "nested items": lambda n: rss(ITEM * n),
    "nested texts": lambda n: rss("<description>" * n),
    "items": lambda n: rss(f"{ITEM}</item>" * n),
    "paragraphs": lambda n: rss(f"{LINK}<description>{'<p>x</p>' * n}</description>"),
    "escaped paragraphs": lambda n: rss(f"{LINK}<description>{'&lt;p>x' * n}</description>"),
    "escaped nesting": lambda n: rss(f"{LINK}<description>{'&lt;div>' * n}</description>"),
    "authors": lambda n: rss(LINK + "<author>x</author>" * n),
    "footers": lambda n: rss(f"{LINK}<description>{'&lt;p>The post appeared ' * n}</description>"),
    "json": lambda n: '{"version":"https://jsonfeed.org/version/1","items":' + "[" * n,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_work_grows_no_faster_than_the_feed(kind: str) -> None:
    """Four times the feed is at most six times the work, whatever it is made of."""
    once, fourfold = (calls_of(partial(read_feed, HOSTILE[kind](n).encode())) for n in (300, 1200))
    assert fourfold < 6 * once + 100


def test_nested_items_need_little_memory() -> None:
    """Three megabytes of entries in entries, in a process that may take 320 MB for everything."""
    code = """
from crawl.discovery.feeds import read_feed
item = b"<item><link>https://marsa.example/1</link><description>x"
print(read_feed(b"<rss><channel>" + item * (3_000_000 // len(item))) is not None)
"""
    assert run_in_memory(code, 320).strip() == "True"


@given(st.binary() | st.text(alphabet='<>/rsitemlnk &;"=![]-?\u0627').map(str.encode))
def test_any_bytes_are_read_to_something(content: bytes) -> None:
    """Nothing raises."""
    read_feed(content)
    read_feed(b"<rss><channel><item><link>" + content)
