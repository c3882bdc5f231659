"""Pages of many kinds: titles with other words in them, languages, refusals, text out of reach."""

from __future__ import annotations

import json

import pytest

from crawl import Rejected
from crawl.extract import extract
from crawl.extract.metadata.article_metadata import language_of
from crawl.extract.metadata.lenient_json import read_json
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


@pytest.mark.parametrize(
    ("headline", "title", "site"),
    [
        (f"<h1><span class=kicker>محليات</span> {TITLE}</h1>", TITLE, ""),
        (f"<h1>{TITLE} - {PAPER}</h1>", f"{TITLE} - {PAPER}", PAPER),
        (f"<h1>{TITLE.replace(' بعد', '<br>بعد')}</h1>", f"{TITLE} | {PAPER}", ""),
    ],
)
def test_a_title_is_without_kicker_and_paper(headline: str, title: str, site: str) -> None:
    """What stands beside the title in its heading is not the title; a line break is a space."""
    head = f"<meta property='og:site_name' content='{site}'>" if site else ""
    assert article(page(headline=headline, title=title, head=head)).title == TITLE


OTHER_LANGUAGES = {
    "fa": "وزیر نیرو در نشست امروز گفت که این طرح از ماه آینده آغاز می شود و برای آن پول است.",
    "ur": "وزیر نے کہا کہ یہ منصوبہ اگلے ماہ سے شروع ہو گا اور اس کے لیے رقم رکھی گئی ہے۔",
    "ckb": "وەزیر ئەمڕۆ لە کۆبوونەوەکە گوتی کە ئەم پڕۆژەیە لە مانگی داهاتوو دەست پێ دەکات.",
    "ps": "وزير نن په غونډه کې وويل چې دا پروژه به له راتلونکې مياشتې پيل شي.",
}


@pytest.mark.parametrize("code", OTHER_LANGUAGES)
def test_languages_in_arabic_letters_are_told_apart(code: str) -> None:
    """Persian, Urdu, Kurdish and Pashto are known by their words, whatever the page declares."""
    assert language_of(OTHER_LANGUAGES[code], "ar") == code
    text = f"<p>{OTHER_LANGUAGES[code]} {OTHER_LANGUAGES[code]}</p>"
    assert refusal(page(story(text))) == "not-arabic"


def test_arabic_with_foreign_names_is_arabic() -> None:
    """A few letters of other languages in names change nothing, nor does what the page declares."""
    assert language_of(f"{' '.join(STORY)} زارت ڤيينا وپاريس", "fa") == "ar"


@pytest.mark.parametrize(
    ("url", "below", "body"),
    [
        ("https://barid.example/opinion/7", "", story(paragraphs())),
        ("https://barid.example/photos/48213/port", DAY, story(paragraphs())),
        ("https://barid.example/tv/48213", DAY, story(paragraphs())),
    ],
)
def test_a_real_text_is_an_article_whatever_its_address(url: str, below: str, body: str) -> None:
    """Whole paragraphs beside nothing else are a story, undated or filed under films and photos."""
    headline = "<h1>كلمة أخيرة</h1>" if not below else f"<h1>{TITLE}</h1>"
    html = page(
        body, headline=headline, title=f"كلمة أخيرة | {PAPER}" if not below else TITLE, below=below
    )
    assert article(html, url).body.split("\n") == list(STORY)


def test_a_flash_and_a_brief_that_tells_of_a_notice_are_articles() -> None:
    """Nineteen words with a headline and a day; a brief in which access was denied to somebody."""
    flash = " ".join(" ".join(STORY[0:2]).split()[:19]) + "."
    assert article(page(story(f"<p>{flash}</p>"))).body == flash
    denied = "قال الصيادون إنه تم رفض الوصول إلى الرصيف القديم، وإن الصفحة غير موجودة في السجل."
    assert article(page(story(f"<p>{denied}</p>"))).body == denied


@pytest.mark.parametrize(
    ("url", "head"),
    [
        ("https://barid.example/forum/showthread.php?t=7", ""),
        (
            "https://barid.example/faq/",
            '<script type="application/ld+json">{"@type":"FAQPage"}</script>',
        ),
    ],
)
def test_forums_and_questions_are_refused(url: str, head: str) -> None:
    """A thread or a list of questions and answers is no article."""
    asked = "".join(f"<p>كيف أصل إلى الرصيف رقم {n}؟</p><p>{STORY[1]}</p>" for n in range(6))
    assert refusal(page(story(asked), head=head, below=""), url) in {"not-article", "section"}


@pytest.mark.parametrize(
    "body",
    [
        "<div>" + "<br>".join(f"<label>{text}</label>" for text in STORY) + "</div>",
        f"<noscript>{paragraphs()}</noscript>",
        f"<news-story><template shadowrootmode=open>{paragraphs()}</template></news-story>",
    ],
)
def test_text_out_of_common_reach_is_read(body: str) -> None:
    """Text in labels, for readers without scripts, and in a shadow root that HTML declares."""
    assert lines_of(page(body)) == STORY


def test_short_noscripts_and_plain_templates_stay_unread() -> None:
    """A request for scripts and a template's stock are nobody's text."""
    extra = "<noscript>يرجى تفعيل جافاسكربت</noscript><template><p>نص قالب</p></template>"
    assert lines_of(page(story(paragraphs()) + extra)) == STORY


def test_a_button_shows_the_day_and_never_text() -> None:
    """Some papers put the date into a disabled button."""
    shown = "<button class=btn><span>تاريخ:</span> <span>2024/05/19</span></button>"
    got = article(page(story(f"{paragraphs()}<button>مشاركة</button>"), below=shown))
    assert (got.date, tuple(got.body.split("\n"))) == ("2024-05-19", STORY)


def test_an_article_inside_a_page_s_statement_is_read() -> None:
    """Some templates state the page first, and the article as what it is about."""
    inner = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(STORY)}
    told = {"@type": "WebPage", "mainEntity": inner}
    head = f"<script type='application/ld+json'>{json.dumps(told)}</script>"
    assert lines_of(page("<div id=app></div>", head=head)) == STORY


def test_a_live_page_s_updates_are_its_text() -> None:
    """A live blog states its updates to machines; their texts are the body."""
    updates = [{"headline": f"تحديث {n}", "articleBody": text} for n, text in enumerate(STORY)]
    told = {"@type": "LiveBlogPosting", "headline": TITLE, "liveBlogUpdate": updates}
    told["datePublished"] = "2024-05-19"
    head = f"<script type='application/ld+json'>{json.dumps(told)}</script>"
    assert set(STORY) <= set(lines_of(page("<div id=root></div>", head=head)))


@pytest.mark.parametrize(
    "text",
    [
        '{"@type":"NewsArticle","datePublished":"2024-05-19",}',
        '{"@type":"Organization"}{"@type":"NewsArticle","datePublished":"2024-05-19"}',
        '/* page */ {"@type":"NewsArticle", // kind\n"datePublished":"2024-05-19"};',
        '<!-- {"@type":"NewsArticle","datePublished":"2024-05-19"} -->',
        '{"@type":"NewsArticle","headline":"قال "الرصيف" جاهز","datePublished":"2024-05-19"}',
    ],
)
def test_json_ld_is_read_as_leniently_as_search_engines_do(text: str) -> None:
    """Trailing commas, several objects, comments, stray quotes: the day is known all the same."""
    head = f"<script type='application/ld+json'>{text}</script>"
    assert article(page(head=head, below="")).date == "2024-05-19"


def test_json_that_says_nothing_is_none() -> None:
    """What cannot be read states nothing, and nothing is raised."""
    assert [read_json(text) for text in ("", "{", "[" * 100_000, "NaN{", "{]}")][:2] == [None, None]


def test_a_page_that_is_only_links_is_no_article() -> None:
    """An index page is refused."""
    cards = "".join(
        f"<div><a href=/n{n}>{TITLE} {n}</a><p>{STORY[0][:60]}...</p></div>" for n in range(9)
    )
    outcome = extract(
        page(cards, headline="<h1>محليات</h1>", title="محليات"), "https://b.example/local"
    )
    assert isinstance(outcome, Rejected)


@pytest.mark.parametrize(
    "script",
    [
        "<script id=__NEXT_DATA__ type=application/json>{}</script>",
        "<script>window.__NUXT__={}</script>",
    ],
)
def test_text_in_the_data_of_scripts_is_read_without_running_them(script: str) -> None:
    """Where a page shows nothing, the data that its scripts carry hold the article."""
    for body in (paragraphs(), "\n".join(STORY)):
        data = {"props": {"article": {"body": body, "publishedAt": "2024-05-19"}}}
        html = page("<div id=app></div>" + script.format(json.dumps(data)), below="")
        got = article(html)
        assert tuple(got.body.split("\n")) == STORY
        assert got.date == "2024-05-19"
