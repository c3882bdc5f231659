"""Titles as readers see them, where headings and statements hold other words too."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from crawl.extract.metadata.title_parts import without_kicker, without_names
from tests.printed_page import PAPER, STORY, TITLE, article, page, paragraphs, story

_FIRST, _SECOND = TITLE.split(" بعد ")
HEADINGS = [
    f"<h1><span class=kicker>محليات</span>{TITLE}</h1>",
    f"<h1><small>محليات:</small> {TITLE}</h1>",
    f"<h1><a href=/local>محليات</a> | {TITLE}</h1>",
    f"<h1><em>بعد شهرين من العمل</em><span>{TITLE}</span></h1>",
    f"<h1><div>سلفانيا الآن</div>{TITLE}</h1>",
    f"<h1><a href=/48213><span>عاجل</span>{TITLE}</a></h1>",
    f"<h1>{TITLE}<small>الافتتاح مساء الجمعة</small></h1>",
    f"<h1><span>{PAPER}</span> {TITLE}</h1>",
    f"<h1><div>{_FIRST}</div><div>بعد {_SECOND}</div></h1>",
    f"<h1>{_FIRST}<br>بعد {_SECOND}</h1>",
]


@pytest.mark.parametrize("headline", HEADINGS)
def test_a_heading_s_other_parts_are_no_title(headline: str) -> None:
    """Kickers, sections and subtitles go where a statement tells the title; lines are words."""
    assert article(page(headline=headline)).title == TITLE


@pytest.mark.parametrize(
    ("shown", "site"),
    [
        (f"{TITLE} - {PAPER}", PAPER),
        (f"{TITLE} | {PAPER}", PAPER),
        (f"{PAPER}: {TITLE}", PAPER),
        (f"{TITLE} - جريدة المرسى", ""),
        (f"{TITLE} | صحيفة المرسى الإلكترونية", ""),
        (f"{TITLE} – بوابة سلفانيا الإخبارية", ""),
    ],
)
def test_the_paper_s_name_beside_a_title_goes_whatever_agrees_with_it(
    shown: str, site: str
) -> None:
    """The site states its name, or a word such as «جريدة» says that one stands there."""
    head = f"<meta property='og:site_name' content='{site}'>" if site else ""
    for title in (shown, ""):
        assert article(page(headline=f"<h1>{shown}</h1>", title=title, head=head)).title == TITLE


def test_the_name_that_leads_home_is_the_paper_s() -> None:
    """A link to the front page, or the picture in it, says what the site is called."""
    for home in (
        f"<a href=/>{PAPER}</a>",
        f"<a href='https://barid.example/'><img alt='{PAPER}'></a>",
    ):
        shown = f"{TITLE} - {PAPER}"
        headline = f"{home}<h1>{shown}</h1>"
        assert article(page(headline=headline, title=shown)).title == TITLE


@pytest.mark.parametrize("title", [PAPER, f"{PAPER} | أخبار محلية وعربية", "أخبار سلفانيا اليوم"])
@pytest.mark.parametrize(
    "headline",
    [
        f"<h1>{TITLE}</h1>",
        f"<h1>{PAPER}</h1><h2>{TITLE}</h2>",
        f"<h1>محليات</h1><h2>{TITLE}</h2>",
        f"<div class=article-title>{TITLE}</div>",
    ],
)
def test_a_constant_title_gives_way_to_the_heading_that_the_text_is_about(
    title: str, headline: str
) -> None:
    """Some sites call every page by their own name."""
    assert article(page(headline=headline, title=title)).title == TITLE


def test_a_heading_far_down_or_linked_is_no_headline_for_its_words() -> None:
    """A subheading speaks of the text as well, and so does another story's headline."""
    below = story(
        paragraphs(STORY[:5])
        + "<h3>المهندسة نوال الشراع تختم الافتتاح</h3>"
        + paragraphs(STORY[5:])
    )
    linked = f"<h2><a href=/9>{TITLE}</a></h2>"
    assert article(page(linked + below, headline="", title="نشرة الرصيف")).title == "نشرة الرصيف"


def test_markup_in_a_stated_title_is_no_text() -> None:
    """Editors type line breaks into fields that machines read."""
    stated = TITLE.replace(" بعد", "&lt;br&gt;بعد")
    head = f"<meta property='og:title' content='{stated}'>"
    assert article(page(headline="", title="", head=head)).title == TITLE


@pytest.mark.parametrize(
    ("heading", "left"),
    [
        ("<h1>محليات<br>عودة الصيادين</h1>", "عودة الصيادين"),
        ("<h1><small>بعد شهرين</small> عودة الصيادين</h1>", "عودة الصيادين"),
        ("<h1><b>بريد المرسى</b> عودة الصيادين</h1>", "عودة الصيادين"),
        ("<h1>عودة <b>الصيادين</b> إلى البحر</h1>", "عودة الصيادين إلى البحر"),
        ("<h1>تقرير</h1>", "تقرير"),
    ],
)
def test_a_heading_is_told_from_its_kicker_by_tag_and_words(heading: str, left: str) -> None:
    """No statement of the page repeats the title here; a title of one word is kept."""
    element = html.fromstring(heading)
    shown = " ".join(element.itertext())
    assert without_kicker(element, shown, [], frozenset(["بريد المرسي"])) == left


@given(st.text(max_size=80))
def test_any_title_keeps_some_of_its_words(title: str) -> None:
    """What is cut off either end is a whole name."""
    left = without_names(title, frozenset(["بريد المرسي"]))
    assert left in title
    assert left or not title
