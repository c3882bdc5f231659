"""Title, author, verdict and density, each by itself: tables of what goes in and comes out."""

from __future__ import annotations

import pytest

from crawl.extract.content.body import BodyText
from crawl.extract.metadata.article_metadata import stated_names
from crawl.extract.metadata.byline_parts import is_labelled, is_name, read_line
from crawl.extract.metadata.publication_date import Published
from crawl.extract.metadata.structured_data import Metadata, read_metadata
from crawl.extract.metadata.title import Headline, agreement, choose_headline
from crawl.extract.page_classifier import Evidence, reject_page
from crawl.extract.tree.boilerplate import fold
from crawl.extract.tree.dom import Element, parse, prune
from crawl.extract.tree.layout import NOWHERE
from crawl.extract.tree.text_blocks import read_blocks
from crawl.extract.tree.text_density import weigh

TITLE = "أهالي سلفانيا يعيدون بناء الرصيف"
PAPER = "بريد المرسى"
SENTENCE = "قال أحد الصيادين إن الرصيف الجديد يتسع لأربعين قاربا وإن البلدية ساعدت كثيرا في بنائه."


def tree(markup: str) -> Element:
    """The root of a page."""
    root = parse(markup)
    assert root is not None
    return root


def stated(title: str) -> str:
    """A page's head that states a title."""
    return f"<title>{title}</title><meta property=og:site_name content='{PAPER}'>"


@pytest.mark.parametrize(
    ("markup", "title", "shown"),
    [
        (f"{stated(TITLE)}<h1>{TITLE}</h1>", TITLE, True),
        # «title - site» on the page's face too
        (f"{stated(TITLE + ' | ' + PAPER)}<h1>{TITLE} | {PAPER}</h1>", TITLE, True),
        # the site's name in the only h1
        (f"{stated(TITLE + ' - ' + PAPER)}<h1>{PAPER}</h1><h2>{TITLE}</h2>", TITLE, True),
        # a box's heading that no statement repeats
        (f"{stated(TITLE)}<h2>الأكثر قراءة هذا الأسبوع</h2><h3>{TITLE}</h3>", TITLE, True),
        # no heading, but an element that is called one
        (f"{stated(TITLE)}<div class=post-title>{TITLE}</div><p>{SENTENCE}", TITLE, True),
        # neither: any line that a statement repeats
        (f"{stated(TITLE)}<p>{TITLE}</p><p>{SENTENCE}", TITLE, True),
        # a kicker inside the heading
        (f"{stated(TITLE)}<h1><span>محليات</span> {TITLE}</h1>", TITLE, True),
        # nothing shown: what is stated, without the site
        (f"{stated(TITLE + ' | ' + PAPER)}<p>{SENTENCE}", TITLE, False),
        (f"<p>{SENTENCE}", "", False),
    ],
)
def test_the_title_is_the_visible_headline_that_statements_agree_with(
    markup: str, title: str, shown: bool
) -> None:
    """Headings of boxes, site names and kickers are told from it."""
    root = tree(f"<html>{markup}</html>")
    metadata = read_metadata(root)
    called = stated_names(root, metadata, "https://barid.example/7")
    prune(root)
    found = choose_headline(root, metadata, read_blocks(root), called)
    assert (found.text, found.element is not None) == (title, shown)


@pytest.mark.parametrize(
    ("shown", "said", "least", "most"),
    [
        (TITLE, TITLE, 1, 1),
        (TITLE, f"{TITLE} {PAPER}", 0.9, 0.9),  # the site's name after it
        (TITLE, f"{PAPER} {TITLE}", 0.9, 0.9),  # and before it
        (TITLE, TITLE[:20], 0.5, 0.8),  # cut short
        ("سلفانيا", f"{TITLE} {PAPER} كل يوم", 0, 0.2),  # a word of it is not the title
        (TITLE, "حالة الطقس غدا", 0, 0),
        ("", TITLE, 0, 0),
        (TITLE, "", 0, 0),
    ],
)
def test_titles_agree_from_nothing_to_whole(
    shown: str, said: str, least: float, most: float
) -> None:
    """A heading and a statement, both folded."""
    assert least <= agreement(fold(shown), fold(said)) <= most


@pytest.mark.parametrize(
    ("line", "person", "agency"),
    [
        ("كتب: سامي الخطيب", "سامي الخطيب", ""),
        ("بقلم / سلمى الراعي", "سلمى الراعي", ""),
        ("إعداد: د. سلمى الراعي", "سلمى الراعي", ""),
        ("كتبت: سلمى", "سلمى", ""),  # one given name is enough after a label with a colon
        ("سامي الخطيب - القاهرة", "سامي الخطيب", ""),
        ("القاهرة: سامي الخطيب", "سامي الخطيب", ""),
        ("السبت، ٨ ديسمبر ٢٠١٨ 01:52 م سامي الخطيب", "سامي الخطيب", ""),
        ("سامي الخطيب @sami_k", "سامي الخطيب", ""),
        ("القاهرة (رويترز)", "", "رويترز"),
        ("المصدر: الأناضول", "", "الأناضول"),
        ("أخبار العالم اليوم", "", ""),
        ("القاهرة", "", ""),
        ("", "", ""),
    ],
)
def test_a_line_says_who_wrote(line: str, person: str, agency: str) -> None:
    """Labels, titles, places, days and accounts are set aside."""
    said = read_line(line)
    assert (said.person, said.agency) == (person, agency)


def test_a_label_weighs_more_than_a_place_beside_a_name() -> None:
    """And a name alone is hardly a byline."""
    lines = ("كتب: سامي الخطيب", "سامي الخطيب - القاهرة", "سامي الخطيب")
    weights = [read_line(line).weight for line in lines]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == 3


def test_the_paper_itself_is_no_agency_of_its_own() -> None:
    """«الأناضول» on Anadolu's pages names nobody."""
    said = read_line("المصدر: الأناضول", frozenset({fold("الأناضول")}))
    assert (said.person, said.agency, said.organisation) == ("", "", True)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("سامي الخطيب", True),
        ("منى عبد الله السعدي", True),
        ("Salma Raei", True),
        ("سامي", False),  # one word
        ("على رصيف المرسى", False),  # a preposition
        ("أخبار العالم اليوم", False),
        ("سامي الخطيب 2015", False),
        ("", False),
    ],
)
def test_names_are_told_by_the_look_of_their_words(text: str, name: bool) -> None:
    """Two to seven words, none of which names never hold."""
    assert is_name(text) is name


@pytest.mark.parametrize(
    ("line", "labelled"),
    [("بقلم: سلمى الراعي", True), ("(إعداد: سلمى", True), ("سلمى الراعي", False), ("", False)],
)
def test_a_labelled_line_is_known(line: str, labelled: bool) -> None:
    """Below the text only such a line is about this article."""
    assert is_labelled(line) is labelled


def evidence(
    text: str = " ".join([SENTENCE] * 12),
    *,
    url: str = "https://barid.example/local/48213",
    title: str = TITLE,
    day: str = "2024-05-19",
    metadata: Metadata | None = None,
    paragraphs: list[str] | None = None,
    others: int = 0,
    language: str = "ar",
) -> Evidence:
    """An article as all that is found on a page, but for what a case changes."""
    headline = Headline(title, tree("<h1>x</h1>"), NOWHERE, "")
    body = BodyText(paragraphs or [text], [], others, "")
    published = Published(day, "", "")
    metadata = metadata or Metadata()
    return Evidence(url, metadata, headline, body, text, language, published)


STORY = [SENTENCE] * 6
CASES: list[tuple[Evidence, str]] = [
    (evidence(), ""),
    (evidence(day="", metadata=Metadata(article={"@type": "NewsArticle"})), ""),
    (evidence(text=""), "empty"),
    (evidence(text="كلمات قليلة", day=""), "too-short"),
    (evidence(text=SENTENCE * 2), ""),  # a dated flash with a headline
    (evidence(url="https://barid.example/", day=""), "front-page"),
    (evidence(url="https://barid.example/tag/x", title="مدن", day=""), "section"),
    (evidence(url="https://barid.example/tag/x/48213"), ""),  # papers that file articles there
    (evidence(text=SENTENCE * 2, url="https://barid.example/video/7"), "video"),
    (evidence(text=SENTENCE * 2, url="https://barid.example/gallery/7"), "gallery"),
    (evidence(url="https://barid.example/gallery/7", paragraphs=STORY), ""),
    (evidence(url="https://barid.example/showthread.php?t=9", day=""), "not-article"),
    (evidence(metadata=Metadata(meta={"generator": ["vBulletin 4"]}), day=""), "not-article"),
    (evidence(metadata=Metadata(types=frozenset({"Product"})), day=""), "not-article"),
    (evidence(paragraphs=["سطر يقطع في وسطه ..."] * 4, day=""), "section"),
    (evidence(paragraphs=["ما هذا؟"] * 5, day="", title="أسئلة القراء الشائعة"), "not-article"),
    (evidence(title="الصفحة غير موجودة", text="عذرا", day=""), "soft-404"),
    (evidence(language="en"), "not-arabic"),
    (evidence(url="mailto:x", day="2024-05-19"), ""),  # an address that says nothing
]


@pytest.mark.parametrize(("found", "reason"), CASES)
def test_a_page_is_judged_by_all_its_signs_together(found: Evidence, reason: str) -> None:
    """The reason is that of the sign that weighed most against it."""
    assert reject_page(found)[0] == reason


@pytest.mark.parametrize(
    ("markup", "prose", "furniture", "boxes"),
    [
        (f"<p>{SENTENCE}</p>", len(SENTENCE), 0, []),
        ("<p>بيت من الشعر قصير</p>", 17 // 2, 0, []),  # short, without a link
        ("<p>مطلع</p>", 0, 4, []),
        (f"<p><a href=/x>{SENTENCE}</a></p>", 0, len(SENTENCE), []),  # nothing but a link
        (f"<div class=sidebar><p>{SENTENCE}</p></div>", 0, 0, ["div"]),  # a box counts for itself
        (f"<p><b>{SENTENCE[:40]}</b>{SENTENCE[40:]}</p>", len(SENTENCE), 0, []),
        ("<ul>" + "<li><a href=/x>عنوان خبر آخر من اليوم</a></li>" * 3 + "</ul>", 0, 0, ["li"] * 3),
    ],
)
def test_running_text_is_prose_or_furniture(
    markup: str, prose: int, furniture: int, boxes: list[str]
) -> None:
    """Long and mostly not links is prose; what stands in a box is not its surroundings'."""
    root = tree(f"<html><body>{markup}</body></html>")
    found = weigh(root)
    mass = found.masses[root]
    assert (mass.prose, mass.furniture) == (prose, furniture)
    assert sorted(box.tag for box in found.boxes) == boxes
