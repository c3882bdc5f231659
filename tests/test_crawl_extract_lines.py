"""Which lines of the chosen part are the article's: a line, and why it is dropped."""

from __future__ import annotations

import pytest

from crawl.extract.content.line_filter import clean_lines, is_prose
from crawl.extract.tree.boilerplate import fold
from crawl.extract.tree.dom import parse
from crawl.extract.tree.text_blocks import TextBlock, read_blocks

TITLE = "أهالي سلفانيا يعيدون بناء الرصيف القديم بعد عاصفة الربيع"
SITE = frozenset({fold("بريد المرسى")})
PROSE = [
    "أعاد أهالي سلفانيا بناء الرصيف القديم الذي هدمته عاصفة الربيع بعد شهرين من العمل التطوعي.",
    "وقالت المهندسة نوال الشراع إن الرصيف الجديد أعلى من القديم بنصف متر ويتسع لأربعين قاربا.",
    "وأضافت الشراع أن البلدية قدمت الحجارة بينما جمع الصيادون ثمن الأخشاب من بيع أسماك الموسم.",
    "ويعود الرصيف القديم إلى قرنين من الزمان وما زالت على حجارته أسماء البنائين الذين رفعوه.",
]


def blocks(*parts: str) -> list[TextBlock]:
    """Lines as they stand on a page; a part without markup is a paragraph."""
    markup = "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in parts)
    root = parse(f"<html><body><div>{markup}</div></body></html>")
    assert root is not None
    return read_blocks(root)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("* * *", "no-words"),
        (TITLE, "title"),
        (PROSE[1], "repeated"),
        (PROSE[0][:60] + " ...", "teaser"),
        ("{{ article.title }} عنوان الخبر", "template"),
        ("https://barid.example/48213", "template"),
        ("— أحمد الساحلي (@ahmad_s)", "tweet-credit"),
        ("Read more", "not-arabic"),
        ("<p><a href=/x>خبر آخر من أخبار اليوم عن الميناء</a></p>", "only-link"),
        ("تابعوا بريد المرسى على تلغرام", "label"),
        ("شاركنا رأيك في التعليقات", "label"),
        ("الأحد 19 أيار/مايو 2024 - 10:30", "date"),
        ("القاهرة (رويترز)", "credit"),
    ],
)
def test_a_line_between_paragraphs_is_dropped_for_a_reason(line: str, reason: str) -> None:
    """The article's own lines around it stay."""
    cleaned = clean_lines(blocks(*PROSE[:2], line, *PROSE[2:]), TITLE, SITE)
    assert cleaned.paragraphs == PROSE
    assert [why for why, _ in cleaned.dropped] == [reason]


@pytest.mark.parametrize(
    "line",
    [
        "قال أحد الصيادين:",
        "ثلاثة أسئلة بلا جواب",  # a subheading
        "وختمت بأن حفل الافتتاح سيقام مساء الجمعة 19 أيار 2024 وأن الدعوة إليه مفتوحة.",
        "<p>وقالت <a href=/x>نوال الشراع</a> إن المبلغ كله جاء من بيع أسماك الموسم.</p>",
    ],
)
def test_a_line_of_the_article_stays(line: str) -> None:
    """Short ones, dates in a sentence, links in a sentence."""
    cleaned = clean_lines(blocks(*PROSE[:2], line, *PROSE[2:]), TITLE, SITE)
    assert len(cleaned.paragraphs) == len(PROSE) + 1
    assert cleaned.dropped == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["الأحد 19 أيار/مايو 2024"], []),
        (["سلمى الراعي - سلفانيا"], []),
        (["محليات"], ["الوسوم"]),
        ([], ["(رويترز)"]),
        ([], ["مرفأ، صيد، ساحل"]),
        ([], ["مواضيع ذات صلة", "خبر أول من أخبار اليوم", "خبر ثان من أخبار اليوم"]),
    ],
)
def test_the_edges_are_dates_names_and_labels(before: list[str], after: list[str]) -> None:
    """Above the first sentence and below the last one."""
    cleaned = clean_lines(blocks(*before, *PROSE, *after), TITLE, SITE)
    assert cleaned.paragraphs == PROSE
    assert len(cleaned.dropped) == len(before) + len(after)


def test_verses_are_no_fragments() -> None:
    """Where fragments are all there is, none is trimmed."""
    verses = [f"بيت من الشعر رقم {word}" for word in ("واحد", "اثنان", "ثلاثة", "أربعة")]
    assert clean_lines(blocks(*verses), TITLE, SITE).paragraphs == verses


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        (PROSE[0], True),
        ("قالت المهندسة إن الرصيف أعلى الآن.", True),  # six words and a full stop
        ("قالت المهندسة إن الرصيف أعلى الآن", False),
        ("المزيد من الأخبار على هذه الصفحة كل يوم في المساء والصباح ...", False),
        (f"<p><a href=/x>{PROSE[0]}</a></p>", False),
    ],
)
def test_prose_is_long_or_ends_as_a_sentence(line: str, prose: bool) -> None:
    """What is nothing but a link, or is cut off, is none."""
    (block,) = blocks(line)
    assert is_prose(block) is prose
