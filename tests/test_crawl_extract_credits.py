"""When an article appeared and who wrote it: what machines are told and what readers see."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawl import Article
from crawl.extract import extract

URL = "https://news.example.org/local/story-of-the-well"
NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)
TITLE = "أهالي القرية يعيدون حفر البئر القديمة بأيديهم"
TEXT = (
    "<p>أعاد أهالي القرية حفر بئرهم القديمة بعدما جفت قبل أعوام، وتقاسموا العمل في أيام العطل.</p>"
    "<p>وقال مختار القرية إن الماء ظهر على عمق ثلاثين مترا، وإنه يكفي الحقول القريبة كلها.</p>"
    "<p>وتعد البئر من أقدم آبار الناحية، ويروي كبار السن أنها حفرت قبل قرنين من الزمان.</p>"
)
MASTHEAD = (
    "<div class=top>الاثنين 20 مايو 2024</div>"
    "<ul><li><a href=/a>أولى</a><li><a href=/b>محليات</a></ul>"
)
OTHERS = "".join(
    f"<li><a href=/{n}>خبر آخر من أخبار الناحية رقم {n}</a> <span>1{n} مارس 2024</span></li>"
    for n in range(5)
)


def read(
    *, head: str = "", above: str = "", below: str = "", after: str = "", url: str = URL
) -> Article:
    """The article on a page with the given marks around its headline and text."""
    html = (
        f"<html><head><title>{TITLE}</title>{head}</head><body>{MASTHEAD}<main>{above}<h1>{TITLE}</h1>"
        f"{below}<div>{TEXT}</div>{after}</main><ul>{OTHERS}</ul></body></html>"
    )
    outcome = extract(html.encode(), url, fetched=NOW)
    assert isinstance(outcome, Article), outcome
    return outcome


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    "marks",
    [
        {"below": "<div>الجمعة 3 أيار 2024</div>"},
        {"below": "<span>3</span> <b>ماي</b> <i>2024</i>"},
        {"above": "<p>03/05/2024</p>"},
        {"below": "<p>تاريخ النشر: 2024/05/03 - آخر تحديث: 2024/05/09</p>"},
        {"below": "<p>24 شوال 1445 هـ - 3 مايو 2024</p>"},
        {"below": "<p>منذ 17 يوما</p>"},
        {"after": "<dl><dt>تاريخ</dt><dd>03.05.2024</dd></dl>"},
        {"head": meta("article:published_time", "2024-05-03")},
        {
            "head": '<script type="application/ld+json">'
            '{"@type":"NewsArticle","datePublished":"2024-05-03"}</script>'
        },
        {"head": meta("article:published_time", "1970-01-01"), "below": "<p>3 مايو 2024</p>"},
        {"head": meta("dc.date", "05/03/2024"), "below": "<p>3 مايو 2024</p>"},
        {"head": meta("date", "2024-05-20"), "below": "<p>3 مايو 2024</p>"},
        {"url": "https://news.example.org/2024/05/03/well"},
        {"below": "<p>المحافظة تحتفل (صورة أرشيفية)</p><p>3 مايو 2024</p>"},
    ],
)
def test_the_day_of_publication_is_found(marks: dict[str, str]) -> None:
    """In any of its places, against the masthead's day, other stories' days and broken metadata."""
    assert read(**marks).date == "2024-05-03"


def test_time_ago_says_nothing_when_the_fetch_is_unknown() -> None:
    """A saved page may be years old: counting from today would invent a day."""
    html = f"<title>{TITLE}</title><h1>{TITLE}</h1><p>منذ ساعتين</p><div>{TEXT}</div>"
    article = extract(html.encode(), URL)
    assert isinstance(article, Article)
    assert article.date == ""


def test_an_instant_is_kept_with_its_offset() -> None:
    """An hour with its zone is told whole, and the visible day beside it agrees."""
    head = meta("article:published_time", "2024-05-03T08:15:00+03:00")
    assert read(head=head, below="<p>3 مايو 2024</p>").date == "2024-05-03T08:15:00+03:00"


def test_no_day_is_told_when_none_is_said_of_the_article() -> None:
    """The masthead's day and other stories' days are not this article's."""
    assert read().date == ""


def test_the_day_below_the_headline_wins_over_one_above() -> None:
    """What stands above may be the masthead's today."""
    marks = {"above": "<div>25 مايو 2024</div>", "below": "<div>3 مايو 2024</div>"}
    assert read(**marks).date == "2024-05-03"


def test_a_day_to_come_is_disbelieved() -> None:
    """A clock that runs ahead, or an event's day, is no day of publication."""
    assert read(head=meta("article:published_time", "2031-01-01")).date == ""


def test_a_change_is_told_apart_from_publication() -> None:
    """Both days are kept, each in its field."""
    head = meta("article:published_time", "2024-05-03") + meta(
        "article:modified_time", "2024-05-09"
    )
    article = read(head=head)
    assert (article.date, article.modified) == ("2024-05-03", "2024-05-09")


@pytest.mark.parametrize(
    ("marks", "author"),
    [
        ({"below": "<p>كتب: سامي الخطيب</p>"}, "سامي الخطيب"),
        ({"below": "<p>كتبت - منى عبد الله السعدي</p>"}, "منى عبد الله السعدي"),
        ({"below": "<p>بقلم د. سامي الخطيب</p>"}, "سامي الخطيب"),
        ({"below": "<p>سامي الخطيب - بيروت</p>"}, "سامي الخطيب"),
        ({"below": "<p>سامي الخطيب الجمعة، 3 مايو 2024 01:52 م</p>"}, "سامي الخطيب"),
        ({"below": "<ul><li>سامي الخطيب</li><li>3 مايو 2024</li></ul>"}, "سامي الخطيب"),
        ({"below": "<div class='author-name'>سامي الخطيب</div>"}, "سامي الخطيب"),
        ({"after": "<div>الكاتب</div><h4>سامي الخطيب</h4>"}, "سامي الخطيب"),
        ({"head": meta("author", "سامي الخطيب - القاهرة")}, "سامي الخطيب"),
        ({"below": "<p>الرياض – واس</p>"}, "واس"),
        ({"below": "<p>عواصم - وكالات</p>"}, ""),
        ({"after": "<p>المصدر: رويترز</p>"}, "رويترز"),
        ({"head": meta("author", "أخبار الناحية") + meta("og:site_name", "أخبار الناحية")}, ""),
        ({"head": meta("author", "admin")}, ""),
        ({"head": meta("article:author", "https://social.example/paper")}, ""),
        ({"below": "<figcaption>أهالي القرية</figcaption><p>رياضة محلية اليوم</p>"}, ""),
    ],
)
def test_the_writer_is_the_person_named_or_else_the_agency(
    marks: dict[str, str], author: str
) -> None:
    """Names come clean of labels, titles, places and dates; the site is not its own author."""
    assert read(**marks).author == author


def test_a_byline_is_no_paragraph() -> None:
    """Author lines and dates inside the text's box stay out of the body."""
    marked = read(below="<div><p>كتب: سامي الخطيب</p><p>3 مايو 2024</p></div>")
    assert marked.body == read().body
