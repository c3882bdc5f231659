"""What is no article is refused, for a reason from a fixed list."""

from __future__ import annotations

import pytest

from crawl import Article, Rejected
from crawl.extract import extract
from crawl.reasons import REASONS

SENTENCE = "تحدث الحاضرون عن أعمالهم وعما ينوون فعله في العام المقبل، واتفقوا على لقاء آخر قريب. "
CARD = (
    "<div class=c><a href=/{n}>عنوان خبر من أخبار اليوم رقم {n}</a><p>" + SENTENCE + "..</p></div>"
)
CARDS = "".join(CARD.replace("{n}", str(n)) for n in range(12))


def html(title: str, body: str, head: str = "") -> bytes:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


def reason(page: bytes, url: str = "", content_type: str = "") -> str:
    outcome = extract(page, url, content_type)
    return outcome.reason if isinstance(outcome, Rejected) else ""


@pytest.mark.parametrize(
    ("page", "url", "why"),
    [
        (b"", "", "empty"),
        (b"   \n", "", "empty"),
        (b"%PDF-1.4 ...", "", "pdf"),
        (b'{"json": true}', "", "not-html"),
        (html("الصفحة غير موجودة", "<p>عذرا، الصفحة المطلوبة غير موجودة.</p>"), "", "soft-404"),
        (html("403 Forbidden", "<h1>403 Forbidden</h1>"), "", "forbidden"),
        (html("مقال", f"<p>{SENTENCE}</p><p>يرجى تسجيل الدخول لقراءة المقال.</p>"), "", "login"),
        (html("Title of it", "<p>" + "An English text about many things. " * 20), "", "not-arabic"),
        (html("عنوان ما", "<h1>عنوان ما</h1><p>كلمات قليلة جدا</p>"), "", "too-short"),
        (html("جريدة المثال", CARDS), "https://example.org/", "front-page"),
        (html("وسم: مدن", f"<h1>وسم: مدن</h1>{CARDS}"), "https://example.org/tag/x", "section"),
        (
            html(
                "فيلم عن القرية",
                f"<h1>فيلم عن القرية</h1><p>{SENTENCE * 2}</p>",
                "<meta property=og:type content=video.other>",
            ),
            "https://example.org/video/77/film",
            "video",
        ),
        (
            html(
                "منتدى",
                f"<h1>موضوع في منتدى عام</h1><p>{SENTENCE * 9}</p>",
                "<meta name=generator content='vBulletin 4'>",
            ),
            "https://example.org/showthread.php?t=9",
            "not-article",
        ),
    ],
)
def test_what_is_no_article_is_refused(page: bytes, url: str, why: str) -> None:
    """Every kind of page that is none has its own word."""
    assert reason(page, url) == why
    assert why in REASONS


def test_a_picture_is_refused_by_its_header() -> None:
    """What the server calls a picture is not read."""
    assert reason(b"<svg>", content_type="image/svg+xml") == "not-html"


@pytest.mark.parametrize(
    "url",
    ["", "https://example.org/sports/1234", "https://example.org/tag-of-war/88123-story"],
)
def test_a_short_article_with_its_day_is_kept(url: str) -> None:
    """Three dated sentences below a headline are news."""
    title = "اجتماع للحرفيين في سوق المدينة القديمة"
    page = html(title, f"<h1>{title}</h1><p>3 مايو 2024</p><p>{SENTENCE * 3}</p>{CARDS}")
    assert isinstance(extract(page, url), Article)


def test_an_article_about_missing_pages_is_kept() -> None:
    """Words of a notice inside a long text are no notice."""
    title = "لماذا تختفي صفحات الشبكة بعد أعوام"
    text = f"<p>{SENTENCE * 5}</p><p>ويقرأ الزائر: الصفحة غير موجودة. {SENTENCE * 4}</p>"
    page = html(title, f"<h1>{title}</h1><p>3 مايو 2024</p>{text}")
    assert isinstance(extract(page, "https://example.org/tech/991"), Article)


HEADLINES = ("مجلس المدينة يقر الميزانية", "افتتاح معرض الكتاب", "أمطار على المرتفعات الليلة")
POSTS = "".join(f"<div class=post><b>زائر {n}</b><p>{SENTENCE}</p></div>" for n in range(5))
MEMBERS = "".join(f"<p>عضو جديد</p><p>المشاركات: {n}</p><p>{SENTENCE * 2}</p>" for n in range(4))
ENTRIES = "".join(f"<li>مكتبة الحي {n}: شارع الزيتون، هاتف 0123456{n}</li>" for n in range(6))
TEASERS = "".join(f"<h3>{name}</h3><p>{name}: {SENTENCE[:-2]}...</p>" for name in HEADLINES)
DATED = "<p>3 مايو 2024</p>"


@pytest.mark.parametrize(
    ("title", "body", "url"),
    [
        ("سؤال عن المكتبة", DATED + POSTS, "https://example.org/threads/sual.9120/"),
        ("سؤال عن المكتبة - منتديات الوادي", DATED + POSTS, "https://example.org/vb/t9120.html"),
        ("سؤال عن المكتبة", DATED + MEMBERS, "https://example.org/index/9120"),
        ("دليل مكتبات البلدة وعناوينها", f"<ul>{ENTRIES}</ul>", "https://example.org/guide"),
        ("أهم أخبار اليوم في الوادي", DATED + TEASERS, "https://example.org/news/93120"),
        ("نتائج", f"{DATED}<p>{SENTENCE * 5}</p>", "https://example.org/search/news/x"),
    ],
)
def test_threads_directories_and_round_ups_are_refused_dated_or_not(
    title: str, body: str, url: str
) -> None:
    """Members beside posts, a forum's name, numbers to call, teasers, an address of a search."""
    shown = title.partition(" - ")[0]
    page = html(title, f"<h1>{shown}</h1>{body}")
    assert reason(page, url) in {"not-article", "section"}


def test_news_of_a_forum_and_lists_with_text_are_articles() -> None:
    """A forum that opens is news, and five reasons are a story."""
    title = "افتتاح منتدى القراءة في وادي الزيتون"
    points = "".join(f"<h3>{n}. {name}</h3><p>{SENTENCE}</p>" for n, name in enumerate(HEADLINES))
    for body in (f"<p>{SENTENCE * 4}</p>", points):
        page = html(f"{title} - بريد الوادي", f"<h1>{title}</h1>{DATED}{body}")
        assert isinstance(extract(page, "https://example.org/forum-opening-2025"), Article)
