"""Kinds of pages that misled the extraction, each in several dresses of one invented paper."""

from __future__ import annotations

import pytest

from tests.printed_page import (
    DAY,
    PAPER,
    STORY,
    TITLE,
    article,
    lines_of,
    page,
    paragraphs,
    refusal,
    story,
)

POINTS = (
    "<ul><li>الرصيف الجديد أعلى بنصف متر</li><li>البلدية قدمت الحجارة</li>"
    "<li>الصيادون جمعوا ثمن الأخشاب</li></ul>"
)
KICKERS = ["محليات", "تقرير", "خاص بريد المرسى", "بالصور"]
CONSTANT = [PAPER, f"صحيفة {PAPER}", "تفاصيل الخبر", f"{PAPER} | أخبار سلفانيا"]
EVENTS = [
    "يقام حفل الافتتاح يوم 2 أيار 2024 عند الرصيف",
    "الزمان: 12 أيار 2024، المكان: دار الصيادين",
    "موعد الندوة: الجمعة 17 أيار 2024",
    "يبدأ التسجيل في 10 أيار 2024 وينتهي في 16 أيار 2024",
]
STAYS = [
    "انضم إلى البنائين ثلاثة مهندسين متطوعين.",
    "تاريخ الرصيف محفور على حجارته كلها.",
    "نشر في الميناء إعلان عن موعد الافتتاح.",
    "تصوير الفيلم جرى عند الرصيف قبل العاصفة.",
    "شارك عبر الهاتف مهندس من الجزر الشمالية.",
]


def around(inner: str) -> bytes:
    """The story with something between its paragraphs."""
    return page(story(paragraphs(STORY[:3]) + inner + paragraphs(STORY[3:])))


@pytest.mark.parametrize("head", ["أهم النقاط", "في نقاط", "ملخص الخبر", "باختصار"])
@pytest.mark.parametrize("tag", ["h3", "p", "div"])
def test_a_summary_is_no_part_of_the_text_wherever_it_stands(head: str, tag: str) -> None:
    """Points that say what the paragraphs say are a summary, also between these."""
    summary = f"<{tag}>{head}</{tag}>{POINTS}"
    assert lines_of(around(summary)) == STORY
    assert lines_of(around(f"<div class=key>{summary}</div>")) == STORY
    assert lines_of(page(story(summary + paragraphs()))) == STORY


def test_a_list_that_says_something_new_is_the_text_s_own() -> None:
    """Also under a head that summaries have."""
    points = ("مقاعد حجرية تحت أشجار النخيل", "مصابيح تعمل بضوء الشمس")
    listed = f"<h3>أبرز النقاط</h3><ul><li>{points[0]}</li><li>{points[1]}</li></ul>"
    assert set(points) < set(lines_of(around(listed)))


@pytest.mark.parametrize("label", ["التعليقات", "أضف تعليقا", "3 تعليقات"])
def test_a_line_about_comments_ends_no_article_that_reads_on(label: str) -> None:
    """Comments have names between them; paragraphs alone are the article's own."""
    for tag in ("p", "h3", "div"):
        assert lines_of(around(f"<{tag}>{label}</{tag}>")) == STORY


def test_comments_below_such_a_line_end_it_all_the_same() -> None:
    """Each has its writer before it."""
    said = "".join(
        f"<p>{name}</p><p>نشكر كل من عمل في هذا الرصيف ونرجو أن يدوم مئة عام أخرى.</p>"
        for name in ("أبو فارس", "نسمة الساحل")
    )
    assert lines_of(page(story(f"{paragraphs()}<h3>التعليقات</h3>{said}"))) == STORY


@pytest.mark.parametrize("line", STAYS)
def test_a_sentence_that_begins_as_a_label_does_stays(line: str) -> None:
    """«تاريخ الرصيف محفور …» is no label with a date."""
    assert line in lines_of(around(f"<p>{line}</p>"))


@pytest.mark.parametrize("seam", [" - ", " | ", " – ", ": ", " :: "])
def test_a_paper_that_only_its_footer_names_is_cut_off_a_title(seam: str) -> None:
    """Whose rights are reserved is who prints the page."""
    for shown in (f"{TITLE}{seam}{PAPER}", f"{PAPER}{seam}{TITLE}"):
        assert article(page(headline=f"<h1>{shown}</h1>", title=shown)).title == TITLE
        assert article(page(headline="", title=shown)).title == TITLE


def test_an_agency_whose_rights_are_reserved_is_not_the_paper() -> None:
    """Its story keeps its name as the author's."""
    credited = page(
        below=f"<div>رويترز</div>{DAY}",
        body=story(paragraphs()) + "<p>جميع الحقوق محفوظة لوكالة رويترز</p>",
    )
    assert article(credited).author == "رويترز"


@pytest.mark.parametrize("kicker", KICKERS)
@pytest.mark.parametrize("title", CONSTANT)
def test_a_kicker_is_no_title_where_every_page_has_one_title(kicker: str, title: str) -> None:
    """Before the headline or in it, in an element of its own, small, or above a line break."""
    for headline in (
        f"<h3>{kicker}</h3><h2>{TITLE}</h2>",
        f"<h1><small>{kicker}</small><br>{TITLE}</h1>",
        f"<h1><span>{kicker}</span><span>{TITLE}</span></h1>",
        f"<h1>{kicker}<br>{TITLE}</h1>",
    ):
        assert article(page(headline=headline, title=title)).title == TITLE


@pytest.mark.parametrize("event", EVENTS)
def test_the_day_of_an_event_is_not_the_day_of_its_story(event: str) -> None:
    """Wherever the line about it stands; without another date none is told."""
    line = f"<p>{event}</p>"
    for html in (
        page(below=line + DAY),
        page(below=DAY + line),
        page(story(line + paragraphs())),
        page(story(paragraphs() + line)),
    ):
        assert article(html).date == "2024-05-19"
    assert article(page(story(line + paragraphs()), below="")).date == ""


def test_a_column_may_have_a_very_short_title() -> None:
    """Where it is the page's main heading and most of the page is one text."""
    column = page(headline="<h1>بحرنا</h1>", title=f"بحرنا | {PAPER}", below="")
    assert article(column).title == "بحرنا"


@pytest.mark.parametrize("count", [4, 9])
@pytest.mark.parametrize("tag", ["div", "li", "article"])
def test_an_index_of_whole_short_texts_is_no_article(count: int, tag: str) -> None:
    """Every card has a linked headline, a day and one paragraph that is not cut off."""
    cards = "".join(
        f"<{tag} class=item><h3><a href=/{n}>خبر من أخبار الساحل في هذا اليوم {n}</a></h3>"
        f"<span>{n + 1} أيار 2024</span><p>{STORY[n % len(STORY)]}</p></{tag}>"
        for n in range(count)
    )
    listed = page(cards, headline="<h1>أخبار سلفانيا المحلية</h1>", below="")
    assert refusal(listed, "https://barid.example/local/") == "section"


@pytest.mark.parametrize(
    "post",
    [
        "<div><h4>{user}</h4><span>#{n}</span><p>{text}</p><a href=#>رد مع اقتباس</a></div>",
        "<div><b>{user}</b> كتب: <p>{text}</p><a href=#r>رد</a> <a href=#q>اقتباس</a></div>",
        "<table><tr><td>{user}<br>المشاركات: {n}5</td><td>{text}</td></tr></table>",
    ],
)
def test_two_posts_are_a_thread(post: str) -> None:
    """Each has its writer's count of posts, or the buttons to answer it."""
    posts = "".join(
        post.format(user=user, n=n, text=STORY[n]) for n, user in enumerate(("أبو فارس", "نسمة"))
    )
    thread = page(story(posts), headline="<h1>ما رأيكم في الرصيف الجديد</h1>")
    assert refusal(thread) == "not-article"


@pytest.mark.parametrize("name", ["من نحن", "محليات", "سياسة الخصوصية", "الأسئلة الشائعة"])
def test_a_page_with_the_name_of_a_section_or_of_the_paper_s_own_is_no_article(name: str) -> None:
    """However much running text it holds."""
    own = page(headline=f"<h1>{name}</h1>", title=f"{name} | {PAPER}", below="")
    assert refusal(own) == "section"


def test_a_caption_names_no_writer() -> None:
    """Not even one that is cut out of the text before the writer is looked for."""
    pictured = "<figure><img src=a.jpg><figcaption>سامي الخطيب</figcaption></figure>"
    assert article(page(story(pictured + paragraphs()))).author == ""
