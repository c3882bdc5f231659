"""The day of an article in every dress that real pages give it, and days that are not its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawl.text.dates import read_moments, read_short_date, read_stamp
from tests.printed_page import TITLE, URL, article, page, paragraphs, story

INSTANT = "2026-11-25T10:30:00+03:00"
FETCHED = datetime(2026, 11, 27, 12, tzinfo=UTC)

_LD = "<script type=application/ld+json>"
SHOWN = {
    "<time datetime='2026-11-25T10:30:00Z'>الأربعاء 10:30 ص</time>": "2026-11-25T10:30:00+00:00",
    "<span title='2026-11-25T10:30:00+03:00'>منذ ساعات</span>": "2026-11-25T10:30:00+03:00",
    "<span data-date='2026-11-25'></span>": "2026-11-25",
    "<span data-timestamp='1795591800'></span>": "2026-11-25T07:30:00+00:00",
    "<div><span>25</span><span>نوفمبر</span><span>2026</span></div>": "2026-11-25",
    "<div>25 نوفمبر2026</div>": "2026-11-25",
    "<div>25-11-26 10:30</div>": "2026-11-25",
    "<label>25 نوفمبر 2026</label>": "2026-11-25",
    "<div>GMT 10:30 2026 الأربعاء ,25 تشرين الثاني / نوفمبر</div>": "2026-11-25",
    "<div>25 نوفمبر 2026 - 01:30 GMT+3</div>": "2026-11-25T01:30:00+03:00",
    "<div>25/11/2026 14:30 (UTC+03:00)</div>": "2026-11-25T14:30:00+03:00",
    "<div>15 جمادى الآخرة 1448 هـ</div><div>25 نوفمبر 2026</div>": "2026-11-25",
    "<span>منذ شهر</span>": "2026-10-28",
    "<span>أمس 10:30 م</span>": "2026-11-26",
    "<span>اليوم، 10:30 ص</span>": "2026-11-27",
    "<div>1406/09/04</div>": "",
    "<div>10 جمادى الأولى 1448هـ - 25 نوفمبر 2026م</div>": "2026-11-25",
    "<time datetime='٢٠٢٦-١١-٢٥'>الأربعاء</time>": "2026-11-25",
    "<abbr title='الأربعاء 25 نوفمبر 2026'>أول أمس</abbr>": "2026-11-25",
    "<div data-published='2026/11/25'>منذ يومين</div>": "2026-11-25",
    "<span data-epoch='1795591800'></span>": "2026-11-25T07:30:00+00:00",
    "<button class=b>25/11/26</button>": "2026-11-25",
    "<div>25</div><div>نوفمبر</div><div>2026</div>": "2026-11-25",
    "<ul><li>الأربعاء<li>25<li>نوفمبر<li>2026</ul>": "2026-11-25",
    "<p>25</p><p>تشرين الثاني 2026</p>": "2026-11-25",
    "<div>نشر في:25/11/2026الساعة10:30</div>": "2026-11-25",
    "<span>الأمس 10:30</span>": "2026-11-26",
    "<span>2 days ago</span>": "2026-11-25",
    "<span>yesterday</span>": "2026-11-26",
}


@pytest.mark.parametrize("below", SHOWN)
def test_a_day_below_the_headline_is_read(below: str) -> None:
    """In text, in attributes, in pieces, counted back from the fetch; never in solar years."""
    assert article(page(below=below), fetched=FETCHED).date == SHOWN[below]


@pytest.mark.parametrize(
    ("head", "want"),
    [
        ("<meta name=date content='Wed Nov 25 10:30:00 AST 2026'>", "2026-11-25"),
        (
            "<meta name=date content='Wed Nov 25 2026 10:30:00 GMT+0300 (AST)'>",
            "2026-11-25T10:30:00+03:00",
        ),
        ("<meta name=date content='1404-09-04'>", ""),
        ("<meta name=date content='3/12/2025 10:30:00 AM'>", "2025-03-12"),
        (f"{_LD}{{'@type':'NewsArticle','datePublished':'2026-11-25'}}</script>", "2026-11-25"),
        (f'{_LD}{{"@type":"Article","datePublished":1795591800}}</script>', "2026-11-25"),
        (
            f"{_LD}{{&quot;@type&quot;:&quot;Report&quot;,"
            "&quot;datePublished&quot;:&quot;2026-11-25&quot;}</script>",
            "2026-11-25",
        ),
    ],
)
def test_a_day_stated_to_machines_is_read(head: str, want: str) -> None:
    """As Java, JavaScript and American servers print it, in JSON-LD of any dress; no solar year."""
    got = article(page(head=head, below=""), fetched=FETCHED).date
    assert got.startswith(want) if want else got == ""


@pytest.mark.parametrize(
    "template",
    [
        "<div itemscope><meta itemprop=datePublished content='2019-01-01'></div>",
        "<div><time itemprop=datePublished datetime='2018-06-06'></time></div>",
    ],
)
def test_a_day_in_a_template_s_microdata_gives_way_to_the_shown_one(template: str) -> None:
    """It is one witness, wherever it stands, and templates repeat it on every page."""
    html = page(headline=f"{template}<h1>{TITLE}</h1>", below="<div>25 نوفمبر 2026</div>")
    assert article(html, fetched=FETCHED).date == "2026-11-25"


def test_a_day_right_below_the_text_needs_no_label() -> None:
    """But one among other stories does."""
    own = "<div class=d>25 نوفمبر 2026</div>"
    card = "<h3>أسعار السمك في الأسواق</h3><div class=d>26 نوفمبر 2026</div>"
    for below, want in ((own, "2026-11-25"), (card, "")):
        html = page(story(paragraphs()) + below, below="")
        assert article(html, fetched=FETCHED).date == want


def test_the_day_of_the_masthead_is_not_the_article_s() -> None:
    """What day it is stands in a bar or a header without the headline."""
    top = f"<div class=topbar>الجمعة 27 نوفمبر 2026</div><h1>{TITLE}</h1>"
    assert article(page(headline=top, below=""), fetched=FETCHED).date == ""
    header = f"<header><div>الجمعة 27 نوفمبر 2026</div></header><h1>{TITLE}</h1>"
    assert article(page(headline=header, below=""), fetched=FETCHED).date == ""
    own = f"<header><div>25 نوفمبر 2026</div><h1>{TITLE}</h1></header>"
    assert article(page(headline=own, below=""), fetched=FETCHED).date == "2026-11-25"


def test_a_number_in_the_address_or_a_template_s_day_gives_way_to_the_shown_one() -> None:
    """Eight digits may be a number, and microdata may stand in the template."""
    shown = "<div>25 نوفمبر 2026</div>"
    url = "https://barid.example/news/20190312"
    assert article(page(below=shown), url, FETCHED).date == "2026-11-25"
    stale = "<meta itemprop=x content=y><span itemprop=datePublished content='2019-03-12'></span>"
    assert (
        article(page(story(paragraphs()) + stale, below=shown), URL, FETCHED).date == "2026-11-25"
    )


@pytest.mark.parametrize("text", ["هاتف 25-11-26", "فاز 25-11-26 لنا", "25-11-2", "99-99-99"])
def test_other_numbers_are_no_short_dates(text: str) -> None:
    """Two digits for a year are believed on a line that is nothing but a date."""
    assert read_short_date(text) is None


def test_offsets_are_read_whole() -> None:
    """GMT+3 is three hours, +0530 five and a half."""
    stamp = read_stamp("2026-11-25 10:30 GMT-3")
    assert stamp
    assert stamp.iso == "2026-11-25T10:30:00-03:00"
    assert read_moments("25/11/2026 10:30 +0530")[0].iso == "2026-11-25T10:30:00+05:30"
