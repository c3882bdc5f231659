"""From a page to an article: title, paragraphs and what must not be among them."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl import Article, Rejected
from crawl.extract import explain, extract

URL = "https://news.example.org/local/48213/bridge"
NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)
TITLE = "افتتاح جسر جديد يربط ضفتي النهر في المدينة القديمة"
FIRST = "افتتحت البلدية صباح اليوم جسرا جديدا يربط ضفتي النهر، بعد ثلاث سنوات من العمل المتواصل."
SECOND = "وقال المهندس المشرف إن الجسر يحمل ألفي سيارة في الساعة، وإن أرصفته تتسع للمشاة والدراجات."
THIRD = "ومن المنتظر أن يخفف المشروع زحام الشارع الرئيسي، بحسب دراسة أعدها مكتب هندسي قبل التنفيذ."
BODY = "\n".join([FIRST, SECOND, THIRD])
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in (FIRST, SECOND, THIRD))
HEAD = f"<title>{TITLE} - جريدة المثال</title>"
DATE = "<div class='when'>الاثنين 20 أيار/مايو 2024</div>"
MENU = (
    "<ul class=menu>"
    + "".join(f"<li><a href=/s{n}>قسم رقم {n}</a></li>" for n in range(9))
    + "</ul>"
)


def page(article: str, *, head: str = HEAD, around: str = "") -> bytes:
    """A page of an invented paper: menu, headline, date, the article part, and what is around."""
    return (
        f"<!doctype html><html lang=ar><head><meta charset=utf-8>{head}</head><body>{MENU}"
        f"<main><h1>{TITLE}</h1>{DATE}{article}</main>{around}<footer>جميع الحقوق محفوظة</footer>"
        "</body></html>"
    ).encode()


def read(html: bytes, url: str = URL) -> Article:
    """The article on a page that must be one."""
    outcome = extract(html, url, fetched=NOW)
    assert isinstance(outcome, Article), outcome
    return outcome


CARDS = "".join(
    f"<div class=item><a href=/n{n}>عنوان خبر آخر طويل رقم {n} في القسم نفسه</a>"
    f"<p>ملخص قصير للخبر الآخر رقم {n} يقرؤه الزائر قبل أن يفتح صفحته التي فيها الخبر كله...</p>"
    "</div>"
    for n in range(6)
)

FURNITURE = {
    "a related box by name": "<div class='related-posts'><p>" + SECOND[::-1] + "</p></div>",
    "a labelled line": "<p>اقرأ أيضاً: <a href=/x>حكاية الجسر القديم الذي تهدم</a></p>",
    "a labelled line without a link": "<p>إقرأ ايضا: حكاية الجسر القديم الذي تهدم قبل أعوام</p>",
    "an unlabelled link to another story": "<p><a href=/x>حكاية الجسر القديم الذي تهدم</a></p>",
    "a label and its links": "<b>شاهد أيضا</b><ul><li><a href=/x>الجسور في صور</a></li></ul>",
    "share buttons": "<div class=shareBox><a href=#>فيسبوك</a> شارك الخبر</div>",
    "a caption": "<figure><figcaption>الجسر في يومه الأول</figcaption></figure>",
    "a follow line": "<p>تابعونا على قناتنا لتصلكم آخر الأخبار أولا بأول</p>",
    "a template left open": "<p>{{article.caption}}</p>",
    "a script": "<script>var text = 'نص برمجي طويل لا يقرؤه أحد من القراء على الإطلاق'</script>",
    "an agency footer": "<p>(رويترز)</p>",
    "a counter": "<p>عدد المشاهدات: 2014</p>",
    "comments": "<div id=comments><p>كلام قارئ يشكر فيه كل من عمل في المشروع.</p></div>",
    "comments below a heading": "<h3>التعليقات</h3><p>كلام قارئ يشكر فيه كل من عمل في المشروع.</p>",
    "teasers of other stories": f"<h3>مواضيع ذات صلة</h3>{CARDS}",
    "the same text again": f"<div class=mobile>{PARAGRAPHS}</div>",
    "the small print": "<p>الآراء المنشورة لا تعبر بالضرورة عن رأي الجريدة.</p>",
}


BELOW_ONLY = ("comments below a heading", "teasers of other stories", "the small print")


@pytest.mark.parametrize("what", FURNITURE)
def test_furniture_below_the_text_stays_out(what: str) -> None:
    """Whatever papers put under an article, its paragraphs alone are the body."""
    assert read(page(f"<div class=story>{PARAGRAPHS}{FURNITURE[what]}</div>")).body == BODY


@pytest.mark.parametrize("what", [name for name in FURNITURE if name not in BELOW_ONLY])
def test_furniture_in_the_middle_stays_out(what: str) -> None:
    """A box between two paragraphs goes, and the paragraphs after it stay."""
    middle = f"<p>{FIRST}</p>{FURNITURE[what]}<p>{SECOND}</p><p>{THIRD}</p>"
    assert set(read(page(f"<div class=story>{middle}</div>")).body.split("\n")) == set(
        BODY.split("\n")
    )


def test_text_in_bare_line_breaks_is_paragraphs() -> None:
    """Many papers write no paragraphs, only line breaks inside one block."""
    text = f"<div>{FIRST}<br><br>{SECOND}<br/>\n{THIRD}<br></div>"
    assert read(page(text)).body == BODY


def test_a_lead_that_stands_apart_is_kept_once() -> None:
    """A standfirst between headline and text belongs to the article."""
    lead = "مشروع انتظره السكان طويلا، وتعهدت البلدية بأن يكون أول جسور عدة تصل الأحياء بعضها ببعض."
    html = page(f"<div class=top><p>{lead}</p></div><div class=story>{PARAGRAPHS}</div>")
    assert read(html).body == f"{lead}\n{BODY}"


def test_the_next_story_of_an_endless_feed_is_another_article() -> None:
    """Pages that go on to the next story show several headlines alike: ours ends before them."""
    other = "".join(f"<p>{text[::-1]}</p>" for text in (FIRST, SECOND, THIRD, FIRST + SECOND))
    feed = "".join(
        f"<div class=story><h1 class=t>{title}</h1><div class=text>{text}</div></div>"
        for title, text in ((TITLE, PARAGRAPHS), ("خبر آخر تماما عن سوق المدينة", other))
    )
    html = f"<html><head>{HEAD}</head><body>{MENU}<div class=feed>{feed}</div></body></html>"
    assert read(html.encode()).body == BODY


def test_a_stray_end_of_page_does_not_end_the_article() -> None:
    """Browsers ignore `</body></html>` in the middle of a page, and so do we."""
    broken = f"<p>{FIRST}</p></body></html><p>{SECOND}</p>\x07<p>{THIRD}</p>"
    assert read(page(f"<div>{broken}</div>")).body == BODY


def test_text_hidden_in_a_badly_named_box_is_still_found() -> None:
    """An `aside` or a `sidebar` may hold the article: names are evidence, not law."""
    html = page("", around=f"<aside class='sidebar-layout'><div>{PARAGRAPHS}</div></aside>")
    assert read(html).body == BODY


def test_a_poem_is_no_list_of_labels() -> None:
    """Short lines without links are verses when nothing longer is there."""
    verses = [f"بيت من الشعر القصير رقم {n} هنا" for n in range(12)]
    html = page("<div class=poem>" + "".join(f"<p>{verse}</p>" for verse in verses) + "</div>")
    assert read(html).body.split("\n") == verses


@pytest.mark.parametrize(
    "head",
    [
        f"<title>جريدة المثال | {TITLE}</title>",
        f"<title>جريدة المثال</title><meta property='og:title' content='{TITLE}'>",
        f"<title>{TITLE} :: المثال</title><meta name='twitter:title' content='{TITLE[:30]}...'>",
        f"""<title>x</title><script type="application/ld+json">
            {{"@type":"NewsArticle","headline":"{TITLE}"}};</script>""",
    ],
)
def test_the_title_is_the_headline_readers_see(head: str) -> None:
    """Statements name the headline; the site's name, a cut or another heading never gets in."""
    html = page(f"<h2>قسم المحليات في الجريدة</h2><div>{PARAGRAPHS}</div>", head=head)
    assert read(html).title == TITLE


def test_a_name_of_the_site_in_h1_is_no_headline() -> None:
    """Templates put the paper's name into the first heading."""
    named = f"<h1>جريدة المثال</h1><h2>{TITLE}</h2>"
    html = page(f"<div>{PARAGRAPHS}</div>").decode().replace(f"<h1>{TITLE}</h1>", named)
    assert read(html.encode()).title == TITLE


def test_what_the_page_states_fills_the_other_fields() -> None:
    """Paper, section, canonical address, picture and tags come from the page's statements."""
    head = HEAD + (
        "<meta property='og:site_name' content='جريدة المثال'>"
        "<meta property='article:section' content='محليات'>"
        "<link rel=canonical href='/local/48213'><meta property='og:image' content='/i/bridge.jpg'>"
        "<meta name=keywords content='جسور، نقل, مدينة'>"
    )
    article = read(page(f"<div>{PARAGRAPHS}</div>", head=head))
    assert (article.source, article.section, article.language) == ("جريدة المثال", "محليات", "ar")
    assert article.canonical == "https://news.example.org/local/48213"
    assert article.image == "https://news.example.org/i/bridge.jpg"
    assert article.tags == ("جسور", "نقل", "مدينة")


def test_a_body_told_only_to_machines_is_used() -> None:
    """Where a script shows the text, the page's `articleBody` has it."""
    stated = "\\n".join(
        [FIRST, SECOND, THIRD, FIRST[:-1] + " وفق ما أعلن.", SECOND[:-1] + " كما قال."]
    )
    head = HEAD + (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"'
        f'{TITLE}","articleBody":"{stated}"}}</script>'
    )
    assert read(page("<div id=app></div>", head=head)).body.startswith(BODY)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-6"])
def test_the_same_page_in_any_charset_is_the_same_article(charset: str) -> None:
    """Windows-1256 and ISO-8859-6 pages, whatever they declare, read like their UTF-8 selves."""
    text = page(f"<div>{PARAGRAPHS}</div>").decode()
    assert read(text.encode(charset)) == read(text.encode())


def test_every_choice_can_be_explained() -> None:
    """For each part there is a reason, and every dropped line has one."""
    told = explain(page(f"<div>{PARAGRAPHS}<p>عدد المشاهدات: 9</p></div>"), URL, fetched=NOW)
    assert told.why.keys() == {"encoding", "title", "body", "date", "author", "verdict"}
    assert ("label", "عدد المشاهدات: 9") in told.dropped


@given(st.binary(max_size=400), st.text(max_size=40))
def test_no_bytes_make_it_raise(content: bytes, url: str) -> None:
    """Whatever arrives from whatever address, the outcome is a value."""
    assert isinstance(extract(content, url, fetched=NOW), Article | Rejected)


@given(st.randoms(use_true_random=False), st.integers(1, 60))
def test_no_damage_to_a_real_looking_page_makes_it_raise(dice: random.Random, cuts: int) -> None:
    """Pages arrive cut, doubled and with stray markup inside."""
    html = bytearray(page(f"<div>{PARAGRAPHS}{CARDS}</div>", head=HEAD))
    for _ in range(cuts):
        place = dice.randrange(len(html))
        match dice.randrange(3):
            case 0:
                del html[place : place + dice.randrange(40)]
            case 1:
                html[place:place] = html[place : place + dice.randrange(90)]
            case _:
                html[place:place] = dice.choice([b"<div>", b"</p>", b"<!--", b"\0", b"&#0;", b'"'])
    assert isinstance(extract(bytes(html), URL, fetched=NOW), Article | Rejected)


@pytest.mark.parametrize(
    "hostile",
    [
        b"<div>" * 60_000,
        b"<p><span>" * 30_000 + FIRST.encode(),
        b"<div class=breadcrumb><a href=x>" * 2_000 + FIRST.encode(),
        b"<div itemprop=author>" * 5_000 + FIRST.encode(),
        ("<p>12 ديسمبر 2018 - 10:20 " * 5_000).encode(),
        b'<script type="application/ld+json">{"@type":"Article","author":'
        + b"[" * 900
        + b"]" * 900,
        b"<p>" + b"1/" * 300_000,
    ],
)
def test_hostile_pages_end(hostile: bytes) -> None:
    """Unclosed tags by the thousand and endless lines cost bounded work."""
    assert isinstance(extract(hostile, URL, fetched=NOW), Article | Rejected)
