"""Which part of a page is the article's text: what reads on, whatever developers call it."""

from __future__ import annotations

import json

import pytest

from crawl import Article
from crawl.extract import explain
from crawl.extract.tree.fragment import read_fragment
from tests.printed_page import STORY, TITLE, URL, lines_of, page, paragraphs, story

LOOKS = [
    *("elementor-widget", "swiper-slide", "read-more", "dropdown-content", "meta", "credit"),
    *("latest", "gallery", "carousel-item", "sidebar-text", "share-text", "tags", "menu"),
]


@pytest.mark.parametrize("name", LOOKS)
def test_text_spread_over_parts_with_names_of_boxes_is_one_body(name: str) -> None:
    """A page builder's name for a part says how it looks; the paragraphs in it read on."""
    assert lines_of(page("".join(f"<div class={name}><p>{p}</p></div>" for p in STORY))) == STORY


@pytest.mark.parametrize("name", LOOKS)
def test_the_second_half_of_a_story_in_a_box_is_the_story_s(name: str) -> None:
    """What a button unfolds belongs to the article."""
    rest = f"<div class={name}>{paragraphs(STORY[2:])}</div>"
    assert lines_of(page(story(paragraphs(STORY[:2]) + rest))) == STORY


def test_parts_of_a_page_builder_nested_in_boxes_are_one_body() -> None:
    """Sections hold containers, these hold widgets, and each widget a paragraph."""
    widget = (
        "<div class='elementor-section'><div class='elementor-widget elementor-widget-text-editor'>"
        "<div class='elementor-widget-container'><p>{}</p></div></div></div>"
    )
    assert lines_of(page("".join(map(widget.format, STORY)))) == STORY


@pytest.mark.parametrize(
    "box",
    [
        "<div class='comments'><p>{}</p></div>",
        "<div class='related'><p>{}</p></div>",
        "<div class='widget'><p>اقرأ أيضا</p><p>{}</p></div>",
        "<div class='gallery'><div><img src=a><p>{}</p></div><div><img src=b><p>{}</p></div></div>",
    ],
)
def test_boxes_of_other_voices_stay_out_beside_such_parts(box: str) -> None:
    """Comments, related stories, labelled widgets and captions are told by what they are."""
    other = "قال قارئ من البلدة المجاورة إن الخبر ناقص، وإن أحدا لم يسأل سكان الحي القديم عن رأيهم."
    parts = [f"<div class=elementor-widget><p>{text}</p></div>" for text in STORY]
    parts.insert(3, box.replace("{}", other))
    assert lines_of(page("".join(parts))) == STORY


def test_a_body_that_is_little_of_the_page_s_prose_is_told() -> None:
    """Whoever looks after a site sees in `explain` that most of the prose stands elsewhere."""
    others = "".join(f"<p>{text} {number}</p>" for number in range(4) for text in STORY)
    told = explain(page(story(paragraphs()) + f"<div class=comments>{others}</div>"), URL)
    assert isinstance(told.outcome, Article)
    assert "most stands elsewhere" in told.why["body"]
    whole = explain(page(), URL)
    assert "of the page's prose" in whole.why["body"]
    assert "elsewhere" not in whole.why["body"]


def _stated(body: str) -> str:
    """A head that states the article's text to machines."""
    told = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-05-19"}
    return f"<script type=application/ld+json>{json.dumps(told | {'articleBody': body})}</script>"


@pytest.mark.parametrize(
    "body",
    [
        "\n".join(STORY),
        paragraphs(),
        "\n".join(f'<p style="text-align:right">{text}</p>' for text in STORY),
        "<br>".join(STORY),
        paragraphs().replace("<", "&lt;").replace(">", "&gt;"),
    ],
)
def test_a_body_stated_to_machines_is_read_with_and_without_markup(body: str) -> None:
    """Where a script shows the text, its statement in JSON-LD is the body, stripped of HTML."""
    assert lines_of(page("<div id=root></div>", head=_stated(body))) == STORY


def test_a_stated_body_fuller_than_the_shown_one_wins_when_it_agrees() -> None:
    """A page that shows the beginning and states the rest gives the whole."""
    html = page(story(paragraphs(STORY[:3])), head=_stated(paragraphs()))
    assert lines_of(html) == STORY


def test_a_stated_body_that_repeats_itself_or_is_another_story_loses() -> None:
    """The fuller one is taken only when it says what is shown, and says more."""
    shown = page(story("<br>".join(STORY)), head=_stated(paragraphs() * 3))
    assert lines_of(shown) == STORY
    other = "حفل موسيقي كبير أقامته فرقة الميناء في كوراليا ليلة أمس وحضره جمهور غفير من الشبان."
    another = "\n".join(f"{other} {number}" for number in range(20))
    assert lines_of(page(head=_stated(another))) == STORY


def test_a_fragment_of_markup_becomes_paragraphs() -> None:
    """Blocks part paragraphs; a line's end inside them is a space, as on a page."""
    assert read_fragment("<p>سطر <b>أول</b>\nطويل</p><p>ثان</p>") == "سطر أول طويل\nثان"
    assert read_fragment("سطر\nثان <b>غليظ</b>") == "سطر\nثان غليظ"
