"""What a page's lines, boxes and attributes are judged by, each part by itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawl.article import Rejected
from crawl.extract.content.candidates import choose_candidate
from crawl.extract.content.continuation import boxes_that_read_on
from crawl.extract.content.line_groups import end_of_article, polls_and_summaries
from crawl.extract.content.line_memory import Announcement, KeptLines
from crawl.extract.metadata.author import choose_byline
from crawl.extract.metadata.embedded_data import data_scripts, embedded_body, embedded_day
from crawl.extract.metadata.structured_data import Metadata
from crawl.extract.metadata.title import Headline
from crawl.extract.metadata.title_parts import without_kicker, without_names
from crawl.extract.metadata.visible_dates import in_attributes, shown
from crawl.extract.tree.boilerplate import fold
from crawl.extract.tree.dom import Element, parse, prune
from crawl.extract.tree.layout import NOWHERE, Layout, lay_out, span_of
from crawl.extract.tree.parsed_page import ParsedPage, parse_page
from crawl.extract.tree.pictures import is_caption
from crawl.extract.tree.stamps import read_stamps
from crawl.extract.tree.text_blocks import TextBlock, read_blocks
from crawl.extract.tree.text_density import weigh

TITLE = "أهالي سلفانيا يعيدون بناء الرصيف"
SENTENCE = "قال أحد الصيادين إن الرصيف الجديد يتسع لأربعين قاربا وإن البلدية ساعدت كثيرا في بنائه."
OTHER = "وأضاف رئيس البلدية أن العمل بدأ في الربيع وانتهى قبل موعده بأسبوعين كاملين بفضل المتطوعين."
THIRD = "ويستعد الأهالي لاحتفال كبير يوم الجمعة المقبل تشارك فيه فرق موسيقية من القرى المجاورة."
ALL = "\n".join([SENTENCE, OTHER, THIRD])
FETCHED = datetime(2015, 8, 20, 12, tzinfo=UTC)


def tree(markup: str) -> Element:
    """The body of a page, without what is no text."""
    root = parse(f"<html><body>{markup}")
    assert root is not None
    prune(root)
    return root


def lines(markup: str) -> list[TextBlock]:
    """The lines of a page."""
    return read_blocks(tree(markup))


def chosen(markup: str, stated: str = "") -> str:
    """The name of the part that is taken for the article's."""
    root = tree(markup)
    heading = next(root.iter("h1"), None)
    found = choose_candidate(weigh(root), Headline(TITLE, heading, NOWHERE, "h1"), stated)
    return "" if found is None else (found.get("id") or str(found.tag))


LIST = "<ul>" + "<li>محليات" * 60 + "</ul>"


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (["<div id=a><p>قصير</div>"], ""),
        ([f"<div id=a><p>{SENTENCE}<p>{OTHER}</div>", f"<div id=b><p>{SENTENCE}</div>"], "a"),
        # a box by its name against a part without one
        (
            [
                f"<div id=a class=sidebar><p>{SENTENCE}<p>{OTHER}</div>",
                f"<div id=b><p>{OTHER}<p>{SENTENCE}</div>",
            ],
            "b",
        ),
        (
            [
                f"<div id=a class=comments><p>{SENTENCE}<p>{OTHER}<p>{THIRD}</div>",
                f"<div id=b><p>{OTHER}<p>{SENTENCE}</div>",
            ],
            "b",
        ),
        # as much prose in both: the one that developers call the text
        (
            [
                f"<div id=a><p>{SENTENCE}<p>{OTHER}</div>",
                f"<div id=b class=article-body><p>{SENTENCE}<p>{OTHER}</div>",
            ],
            "b",
        ),
        # as tight as it holds nearly all
        ([f"<div id=a><div id=b><p>{SENTENCE}<p>{OTHER}</div>قصير</div>"], "b"),
    ],
)
def test_the_articles_part_has_the_prose(parts: list[str], name: str) -> None:
    """By what it holds and by what it is called."""
    assert chosen(LIST.join([*parts, ""])) == name


def test_rivals_are_told_apart_by_what_the_page_states_of_its_text() -> None:
    """Of two parts with as much prose, the one that has its words."""
    one, other = f"<div id=a><p>{SENTENCE * 2}</div>", f"<div id=b><p>{OTHER * 2}</div>"
    markup = f"<div>{one}{LIST}{other}{LIST}</div>".replace("<p>", "").replace("</p>", "")
    assert [chosen(markup, stated) for stated in (SENTENCE, OTHER)] == ["a", "b"]


def test_the_next_story_of_an_endless_feed_is_left_out() -> None:
    """It has a headline like ours."""
    story = "<div id={}><h1>{}</h1><p>{}<p>{}</div>"
    feed = story.format("a", TITLE, SENTENCE, OTHER) + story.format("b", "خبر آخر", OTHER, SENTENCE)
    assert chosen(f"<div id=feed>{feed}</div>") == "a"


@pytest.mark.parametrize(
    ("box", "reads_on"),
    [
        (f"<div class=elementor-widget><p>{SENTENCE}</div>", True),
        (f"<div class=elementor-widget><p>{TITLE}</div>", False),  # no sentence
        (f"<div class=related><p>{SENTENCE}</div>", False),  # says what it is
        (f"<div class=elementor-widget><p>{SENTENCE}<img><img></div>", False),  # a gallery
        (f"<div class=elementor-widget><p>اقرأ أيضا<p>{SENTENCE}</div>", False),
        (f"<div class=elementor-widget><a href=/1>{SENTENCE}</a></div>", False),
    ],
)
def test_a_layout_box_beside_paragraphs_may_read_on(box: str, reads_on: bool) -> None:
    """When it holds sentences, hardly anything else, and its name is no verdict."""
    root = tree(f"<div><p>{OTHER}</p>{box}<p>{OTHER}</p></div>")
    assert bool(boxes_that_read_on(read_blocks(root), NOWHERE, weigh(root))) is reads_on


def test_a_layout_box_far_from_any_paragraph_is_left() -> None:
    """Text does not read on over a long list."""
    far = "<ul>" + "<li>محليات" * 80 + "</ul>"
    root = tree(f"<p>{OTHER}</p>{far}<div class=elementor-widget><p>{SENTENCE}</div>")
    assert not boxes_that_read_on(read_blocks(root), NOWHERE, weigh(root))


def is_prose(line: TextBlock) -> bool:
    """A long line."""
    return len(line.text) > 60


@pytest.mark.parametrize(
    ("markup", "reasons"),
    [
        ("<p>هل تؤيد القرار؟<li>نعم<li>لا", {0: "poll", 1: "poll", 2: "poll"}),
        ("<p>قال الشاهد:<li>نعم<li>لا", {}),  # no question
        ("<p>هل تؤيد القرار؟<p>نعم", {}),  # one answer is an answer
        (f"<p>ملخص<li>نقطة<li>أخرى<p>{SENTENCE}", dict.fromkeys(range(3), "summary")),
        (f"<p>{SENTENCE}<p>ملخص<li>نقطة", {}),  # in the middle of a text it is the text's
        ("<p>ملخص<p>نقطة", {}),
        ("", {}),
    ],
)
def test_polls_and_summaries_are_told_by_their_neighbours(
    markup: str, reasons: dict[int, str]
) -> None:
    """One line of them says nothing."""
    assert polls_and_summaries(lines(markup), is_prose) == reasons


@pytest.mark.parametrize(
    ("markup", "end"),
    [
        (f"<p>{SENTENCE}<p>مواضيع ذات صلة<h3>خبر آخر</h3>", 1),
        (f"<p>{SENTENCE}<p>{OTHER}", 2),
        # text that stands like the article's own reads on below it
        (f"<p>{SENTENCE}<p>{OTHER}<p>مواضيع ذات صلة<p>{SENTENCE}", 4),
        # more prose below than above
        (f"<p>مواضيع ذات صلة<p>{SENTENCE}", 2),
        ("", 0),
    ],
)
def test_a_label_ends_the_article_where_no_more_of_it_follows(markup: str, end: int) -> None:
    """A card in the middle ends nothing."""
    assert end_of_article(lines(markup), is_prose) == end


def test_lines_are_remembered_by_their_folded_text() -> None:
    """Long ones alone: a refrain may be said twice."""
    kept = KeptLines(TITLE)
    assert not kept.has(SENTENCE)
    kept.add(SENTENCE)
    kept.add("نعم")
    assert kept.has(SENTENCE)
    assert not kept.has("نعم")
    assert kept.has_start(SENTENCE[:-3] + " غدا")
    assert not kept.has_start(OTHER)


@pytest.mark.parametrize(
    ("title", "line", "same"),
    [
        ("خبر", "خبر", True),
        ("خبر", "خبر اليوم", False),
        (f"{TITLE} قبل الشتاء القادم", f"{TITLE} قبل الشتاء القادم بريد المرسى", True),
        (f"{TITLE} قبل الشتاء القادم", f"{TITLE} قبل الشتاء القادم {OTHER}", False),
    ],
)
def test_the_title_again_may_carry_the_papers_name(title: str, line: str, same: bool) -> None:
    """A short one may not: it begins other lines too."""
    assert KeptLines(title).is_title(fold(line)) is same


def test_a_label_announces_links_or_one_headline() -> None:
    """And nothing once a line of the text was kept."""
    (plain,) = lines(f"<p>{TITLE}")
    (linked,) = lines(f"<p><a href=/1>{TITLE}</a>")
    (label,) = lines("<p>اقرأ أيضا:")
    announced = Announcement()
    assert not announced.covers(plain)
    assert not announced.covers(linked)
    announced.after(label, "اقرا ايضا", "label")
    assert announced.covers(plain)
    assert announced.covers(linked)
    announced.after(plain, "", "announced")
    assert announced.covers(linked)
    assert not announced.covers(plain)
    announced.after(plain, "", "")
    assert not announced.covers(linked)


@pytest.mark.parametrize(
    ("markup", "caption"),
    [
        ("<div><img><small>الرصيف في الصباح</small></div>", True),
        ("<div><img>الرصيف في الصباح (رويترز)</div>", True),
        ("<div><img>الرصيف في الصباح</div>", False),  # nothing sets it apart
        ("<div><img><small>انتهى البناء.</small></div>", False),  # a sentence
        (f"<div><img><small>{SENTENCE * 2}</small></div>", False),
        ("<div><small>الرصيف في الصباح</small></div>", False),
        ("<li><img><small>الرصيف في الصباح</small></li>", False),
    ],
)
def test_a_caption_shares_its_element_with_a_picture(markup: str, caption: bool) -> None:
    """And with little else."""
    assert [is_caption(line) for line in lines(markup)] == [caption]


def test_text_that_stands_nowhere_is_no_caption() -> None:
    """It has no neighbours."""
    assert not is_caption(TextBlock("الرصيف (رويترز)", 0, None))


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ("<time datetime='2015-08-01T14:30:00Z'>أمس</time>", "2015-08-01T14:30:00Z"),
        ("<span data-epoch=1438436000>أمس</span>", "1438436000"),
        ("<span data-date=' 2015-08-01 '>أمس</span>", "2015-08-01"),
        ("<span title='12 آذار 2015'>أمس</span>", "12 آذار 2015"),
        ("<span data-id='2015-08-01'>أمس</span>", ""),  # says of nothing that it is a date
        ("<span title='خبر من 12 آذار 2015 عن الميناء'>أمس</span>", ""),  # more than a date
        ("<span data-date='" + "2015-08-01 " * 9 + "'>أمس</span>", ""),
        ("<time>2015-08-01</time>", ""),
        ("<section data-date=2015-08-01>أمس</section>", ""),
    ],
)
def test_a_stamp_is_a_date_in_an_attribute_that_is_called_one(element: str, value: str) -> None:
    """With the place where its element stands."""
    root = tree(f"<p>خبر</p>{element}")
    found = read_stamps(root, read_blocks(root))
    assert [(stamp.value, stamp.place) for stamp in found] == ([(value, 3)] if value else [])


@pytest.mark.parametrize(
    ("script", "body"),
    [
        (f'<script id=__NEXT_DATA__>{{"a": "{SENTENCE}"}}</script>', SENTENCE),
        (f'<script type=application/json>{{"a": "<p>{SENTENCE}</p>"}}</script>', SENTENCE),
        (f'<script>window.__NUXT__ = ["{SENTENCE}", "{OTHER}", "{THIRD}"]</script>', ALL),
        (f'<script>window.__NUXT__ = ["{SENTENCE} {OTHER}", "{OTHER}"]</script>',
         f"{SENTENCE} {OTHER}"),  # said twice, in part
        (f'<script>var text = "{SENTENCE}"</script>', ""),  # no data
        (f'<script id=__NEXT_DATA__>{{"a": "{"x" * 90}"}}</script>', ""),  # no Arabic
        (f'<script id=__NEXT_DATA__>{{"a": "{SENTENCE}</script>', ""),  # cut off
    ],
)  # fmt: skip
def test_text_in_data_is_read_without_running_any(script: str, body: str) -> None:
    """Its paragraphs on lines."""
    root = parse(f"<html><body>{script}")
    assert root is not None
    assert embedded_body(data_scripts(root)) == body


@pytest.mark.parametrize(
    ("script", "day"),
    [
        ('{"publishedAt": "2015-08-01T14:30"}', "2015-08-01T14:30"),
        ("{datePublished:\"2015-08-01\"}", "2015-08-01"),
        ('{"updatedAt": "2015-08-01"}', ""),
        ("", ""),
    ],
)  # fmt: skip
def test_data_say_when_their_text_was_published(script: str, day: str) -> None:
    """As written."""
    assert embedded_day(("{}", script)) == day


def laid_out(above: str, below: str = "") -> Layout:
    """A headline with lines around it, and a body."""
    root = tree(f"{above}<h1>{TITLE}</h1>{below}<p>{SENTENCE}</p><p>{OTHER}</p>")
    blocks = read_blocks(root)
    headline = span_of(next(root.iter("h1")), blocks)
    return lay_out(blocks, headline, [SENTENCE, OTHER], read_stamps(root, blocks))


@pytest.mark.parametrize(
    ("above", "below", "days"),
    [
        ("", "<div>15 أغسطس 2015</div>", ["2015-08-15"]),
        ("", "<div>منذ يومين</div>", ["2015-08-18"]),
        ("", "<div>15</div><div>أغسطس</div><div>2015</div>", ["2015-08-15"]),
        ("", "<div>تصوير: رويترز 15 أغسطس 2015</div>", []),  # the picture's
        ("", "<div>اليوم: 20 أغسطس 2015</div>", []),  # what day it is
        ("<div class=clock>20 أغسطس 2015</div>", "", []),
        ("<header><div>20 أغسطس 2015</div></header>", "", []),
        ("<div>15 أغسطس 2015</div>", "", ["2015-08-15"]),
        ("", "<div>الميناء</div>", []),
    ],
)
def test_a_visible_date_counts_near_the_headline(above: str, below: str, days: list[str]) -> None:
    """The masthead's clock and a photographer's date do not."""
    found = shown(laid_out(above, below), FETCHED)
    assert [statement.moment.day.isoformat() for statement in found] == days


def weights(below: str) -> list[float]:
    """What the visible dates below the headline count, as shares of the first."""
    found = [statement.weight for statement in shown(laid_out("", below), FETCHED)]
    return [round(weight / found[0], 1) for weight in found]


def test_a_day_that_is_called_a_change_counts_less() -> None:
    """Labelled as published, more."""
    changed, published = "آخر تحديث: 16 أغسطس 2015", "نشر في 15 أغسطس 2015"
    assert weights(f"<div>15 أغسطس 2015</div><div>{changed}</div>")[1] < 0.5
    assert weights(f"<div>15 أغسطس 2015</div><div>{published}</div>")[1] > 1


@pytest.mark.parametrize(
    ("below", "days"),
    [
        ("<time datetime=2015-08-15>أمس</time>", ["2015-08-15"]),
        ("<time datetime=2015-08-15>أ</time><time datetime=2015-08-15>ب</time>", ["2015-08-15"]),
        ("<time class=updated datetime=2015-08-15>أمس</time>", []),
        ("<div class=clock><time datetime=2015-08-15>أمس</time></div>", []),
    ],
)
def test_a_date_in_an_attribute_counts_beside_the_headline(below: str, days: list[str]) -> None:
    """Once for each day, and not where it is called a change."""
    found = in_attributes(laid_out("", below))
    assert [statement.moment.day.isoformat() for statement in found] == days


@pytest.mark.parametrize(
    ("below", "stated", "author", "why"),
    [
        ("<div>كتبت: منى سعد</div>", "", "منى سعد", "shown"),
        ("<div class=author>منى سعد</div>", "", "منى سعد", "shown"),
        ("<div>القاهرة <a rel=author href=/1>منى</a> قبل ساعة</div>", "", "منى", "marked"),
        ("<div>رويترز</div>", "", "رويترز", "shown"),
        ("", "منى سعد", "منى سعد", "json-ld"),
        ("", "بريد المرسى", "", "the site itself"),
        ("<div>الصفحة الأولى</div>", "", "", "nobody"),
        ("<div>كتبت: ليلى عمر</div>", "منى سعد", "ليلى عمر", "shown"),
    ],
)
def test_the_writer_is_whom_the_page_names_beside_its_headline(
    below: str, stated: str, author: str, why: str
) -> None:
    """A person before an agency, readers' knowledge before machines', the paper never."""
    metadata = Metadata(article={"author": {"@type": "Person", "name": stated}})
    site = frozenset(["بريد المرسي"])
    found = choose_byline(metadata, laid_out("", below), site, TITLE)
    assert (found.author, found.why) == (author, why)


@pytest.mark.parametrize(
    ("content", "kind", "outcome"),
    [
        ("<title>خبر</title>".encode("cp1256"), "text/html; charset=windows-1256", "cp1256"),
        (b"%PDF-1.7", "", "pdf"),
        (b"", "", "empty"),
        (b"<rss><channel/></rss>", "", "not-html"),
    ],
)
def test_bytes_are_one_parsed_page_or_a_reason(content: bytes, kind: str, outcome: str) -> None:
    """Decoded once, parsed once."""
    found = parse_page(content, "https://example.org/", kind)
    if isinstance(found, ParsedPage):
        assert (found.encoding, found.root.findtext(".//title")) == (outcome, "خبر")
    else:
        assert found == Rejected("https://example.org/", outcome)


@pytest.mark.parametrize(
    ("title", "left"),
    [
        (f"{TITLE} | بريد المرسى", TITLE),
        (f"بريد المرسى - {TITLE}", TITLE),
        (f"{TITLE} - جريدة السهل", TITLE),  # a paper's name, if not this one's
        (f"{TITLE} - محليات", f"{TITLE} - محليات"),
        ("بريد المرسى", "بريد المرسى"),
        (f"قال: {TITLE}", f"قال: {TITLE}"),
        ("", ""),
    ],
)
def test_a_title_loses_the_papers_name_at_either_end(title: str, left: str) -> None:
    """Nothing else."""
    assert without_names(title, frozenset(["بريد المرسي"])) == left


@pytest.mark.parametrize(
    ("heading", "statements", "left"),
    [
        (TITLE, [], TITLE),
        (f"<span class=kicker>خاص</span> {TITLE}", [], TITLE),
        (f"<small>ملف</small> {TITLE}", [], TITLE),
        (f"<span>بريد المرسى</span> {TITLE}", [], TITLE),
        (f"<span>عاجل جدا</span> {TITLE}", [f"{TITLE} | بريد المرسى"], TITLE),
        (f"<span>أهالي</span> {TITLE[6:]}", [TITLE], TITLE),  # one title in two elements
        ("<span class=kicker>خاص</span>", [], "خاص"),
    ],
)
def test_a_heading_loses_what_stands_beside_its_title(
    heading: str, statements: list[str], left: str
) -> None:
    """What a statement of the page repeats is the title."""
    (element,) = tree(f"<h1>{heading}</h1>").iter("h1")
    shown = " ".join("".join(element.itertext()).split())
    assert without_kicker(element, shown, statements, frozenset(["بريد المرسي"])) == left
