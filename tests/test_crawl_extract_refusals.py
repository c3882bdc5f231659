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
