"""Pages of the invented paper «بريد المرسى» for the tests of extraction: one story in any dress."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from crawl import Article, Rejected
from crawl.extract import extract

URL = "https://barid.example/local/48213"
NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)
PAPER = "بريد المرسى"
TITLE = "أهالي سلفانيا يعيدون بناء الرصيف القديم بعد عاصفة الربيع"
DAY = "<div class='when'>الأحد 19 أيار/مايو 2024</div>"
STORY = (
    "أعاد أهالي سلفانيا بناء الرصيف القديم الذي هدمته عاصفة الربيع، بعد شهرين من العمل التطوعي.",
    "وقالت المهندسة نوال الشراع إن الرصيف الجديد أعلى من القديم بنصف متر، وإنه يتسع لأربعين قاربا.",
    "وأضافت الشراع أن البلدية قدمت الحجارة، بينما جمع الصيادون ثمن الأخشاب من بيع أسماك موسم كامل.",
    "في المقابل طالب أصحاب المطاعم بفتح الطريق إلى الشاطئ قبل الصيف، لأن الزوار يقصدونه كل عام.",
    "ويعود الرصيف القديم إلى قرنين من الزمان، وما زالت على حجارته أسماء البنائين الذين رفعوه.",
    "وختمت المهندسة بأن حفل الافتتاح سيقام مساء الجمعة المقبل، وأن الدعوة إليه مفتوحة للجميع.",
)


def paragraphs(texts: Iterable[str] = STORY) -> str:
    """Texts as HTML paragraphs."""
    return "".join(f"<p>{text}</p>" for text in texts)


def story(inner: str) -> str:
    """The part of the page that holds the article."""
    return f"<article class='article-body'>{inner}</article>"


def page(
    body: str = story(paragraphs()),
    *,
    head: str = "",
    headline: str = f"<h1>{TITLE}</h1>",
    title: str = f"{TITLE} | {PAPER}",
    below: str = DAY,
    lang: str = "ar",
) -> bytes:
    """A whole page: menu, headline, what stands below it, the body, and the footer."""
    return (
        f"<!doctype html><html lang={lang}><head><meta charset=utf-8><title>{title}</title>{head}"
        "</head><body><header><nav><ul><li><a href=/>الرئيسية</a><li><a href=/local>محليات</a>"
        f"<li><a href=/sport>رياضة</a></ul></nav></header><main>{headline}{below}{body}</main>"
        f"<footer><p>جميع الحقوق محفوظة لصحيفة {PAPER}</p></footer></body></html>"
    ).encode()


def article(html: bytes, url: str = URL, fetched: datetime | None = NOW) -> Article:
    """The article on a page that must be one."""
    outcome = extract(html, url, fetched=fetched)
    assert isinstance(outcome, Article), outcome
    return outcome


def lines_of(html: bytes) -> tuple[str, ...]:
    """The paragraphs of the article on a page."""
    return tuple(article(html).body.split("\n"))


def refusal(html: bytes, url: str = URL) -> str:
    """Why a page is refused; it must be."""
    outcome = extract(html, url, fetched=NOW)
    assert isinstance(outcome, Rejected), outcome
    return outcome.reason
