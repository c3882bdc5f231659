"""What feeds are read with, each part by itself: events, elements, entries, JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl.discovery import xml_events
from crawl.discovery.feed_entry import MOST_AUTHORS, MOST_TAGS, to_article, to_line
from crawl.discovery.feed_xml import RawEntry, read_feed_xml
from crawl.discovery.json_feed import read_json_feed
from crawl.discovery.xml_events import XmlHandler, read_events

PAPER = "https://marsa.example"
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
VERSION = "https://jsonfeed.org/version/1.1"


class Events(XmlHandler):
    """All events, as one line."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def on_start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.told.append("".join([f"<{tag}", *(f" {k}={v}" for k, v in attributes.items()), ">"]))

    def on_text(self, text: str) -> None:
        self.told.append(text)

    def on_end(self, tag: str) -> None:
        self.told.append(f"</{tag}>")


def events(text: str) -> str:
    """What a handler is told of a text."""
    handler = Events()
    read_events(text, handler)
    return "".join(handler.told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<a>سمك & خبز</a>", "<a>سمك & خبز</a>"),
        ("<a>&laquo;خبر&raquo;&nbsp;</a>", "<a>«خبر»\xa0</a>"),
        ("<a>&unheard;</a>", "<a>&unheard;</a>"),
        ("<a><![CDATA[<b> & </b>]]></a>", "<a><b> & </b></a>"),
        ("<a><!-- <b> --></a>", "<a></a>"),
        ("<a>x\x00y</a>", "<a>xy</a>"),
        ("<a b='1&2'/>", "<a b=1&2></a>"),
        ("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "<a>&x;</a>"),
        ("<?xml version='1.0' encoding='utf-7'?><a/>", "<a></a>"),
        ("<a>", "<a>"),  # what the text does not close is not ended
        ("", ""),
    ],
)
def test_broken_xml_is_mended_as_it_passes(text: str, told: str) -> None:
    """A bare &, HTML's entities, a byte that is no character; no entity is ever defined."""
    assert events(text) == told


@given(st.text("<>&;/!?-[]CDATA ab='\x00\u0633", max_size=60))
def test_no_text_is_too_broken_for_events(text: str) -> None:
    """And elements that end have begun."""
    told = events(text)
    assert told.count("</") <= told.count("<")


def test_a_document_that_passes_a_bound_is_left_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Elements, their names, their depth."""
    monkeypatch.setattr(xml_events, "MOST_ELEMENTS", 3)
    assert events("<a><b/><b/><b/><b/></a>").count("<b>") == 2
    monkeypatch.setattr(xml_events, "DEEPEST", 2)
    assert events("<a><b><c/></b></a>") == "<a><b>"
    monkeypatch.setattr(xml_events, "MOST_NAMES", 1)
    assert events("<a><b/></a>") == "<a>"


@pytest.mark.parametrize(
    ("item", "entry"),
    [
        ("<link>/1</link><title>خبر</title>", RawEntry(link="/1", title="خبر")),
        # of two that say the same, the first that says anything
        ("<title/><title>خبر</title>", RawEntry(title="خبر")),
        # markup is kept as markup, text as text
        ("<title>a <b>b</b> &lt; c</title>", RawEntry(title="a <b>b</b> &lt; c")),
        # a picture's own title and link are not the entry's
        ("<image><title>صورة</title><link>/2</link></image>", RawEntry()),
        (f"<guid>{PAPER}/7</guid>", RawEntry(link=f"{PAPER}/7")),
        ("<guid>7</guid>", RawEntry()),
        ("<author>منى</author><author>سعد</author>", RawEntry(authors=("منى", "سعد"))),
        ("<category label='محليات' term='9'/>", RawEntry(categories=("محليات",))),
        ("<pubDate>أمس</pubDate>", RawEntry(published="أمس")),
    ],
)
def test_only_an_entrys_own_children_speak_for_it(item: str, entry: RawEntry) -> None:
    """As they were written."""
    feed = read_feed_xml(f"<rss><channel><title>بريد</title><item>{item}</item></channel></rss>")
    assert (feed.channel.title, feed.entries) == ("بريد", [entry])


def test_an_entry_that_is_not_closed_ends_where_the_next_begins() -> None:
    """As in feeds that were cut and pasted."""
    feed = read_feed_xml("<rss><channel><item><title>أ</title><item><title>ب</title></channel>")
    assert [entry.title for entry in feed.entries] == ["أ", "ب"]


def test_an_atom_link_is_the_one_to_read_with_the_base_around_it() -> None:
    """Not the one to edit, nor the one to the feed."""
    links = "<link rel='self' href='/feed'/><link rel='alternate' href='1'/>"
    text = f"<feed {ATOM} xml:base='{PAPER}/a/'><entry xml:base='b/'>{links}</entry></feed>"
    (entry,) = read_feed_xml(text).entries
    assert (entry.link, entry.base) == ("1", f"{PAPER}/a/b/")
    assert to_article(entry, "https://elsewhere.example/", "").url == f"{PAPER}/a/b/1"


@pytest.mark.parametrize("names", [("admin",), ("بريد المرسى",), ("x@y.example",), ("https://a/",)])
def test_accounts_papers_and_addresses_are_no_authors(names: tuple[str, ...]) -> None:
    """Nobody is named by them."""
    assert to_article(RawEntry(authors=names), PAPER, "بريد المرسى").author == ""


@pytest.mark.parametrize(
    ("stated", "author"),
    [
        (("a@b.example (منى سعد)",), "منى سعد"),
        (("<name>منى سعد</name><uri>/mona</uri>",), "منى سعد"),
        (("منى سعد", "منى سعد", "ليلى عمر"), "منى سعد، ليلى عمر"),
    ],
)
def test_people_are_named_once_each(stated: tuple[str, ...], author: str) -> None:
    """In the forms of RSS and Atom."""
    assert to_article(RawEntry(authors=stated), PAPER, "").author == author


def test_what_an_entry_says_without_end_is_bounded() -> None:
    """Names and tags."""
    many = tuple(map(str, range(100)))
    article = to_article(RawEntry(authors=many, categories=many), PAPER, "")
    assert len(article.author.split("، ")) == MOST_AUTHORS
    assert (len(article.tags), article.section) == (MOST_TAGS, "0")


@pytest.mark.parametrize(
    ("markup", "line"),
    [("<b>خبر</b> عاجل", "خبر عاجل"), ("5 < 7 &amp; 8", "5 < 7 & 8"), ("خبر\n عاجل", "خبر عاجل")],
)
def test_a_title_is_one_line_of_text(markup: str, line: str) -> None:
    """Markup where there is any, a sign for less where there is none."""
    assert to_line(markup) == line


def test_a_body_has_its_paragraphs_and_not_what_the_blog_appends() -> None:
    """«The post … appeared first on …» is no news."""
    footer = "<p>The post <a href=/1>خبر</a> appeared first on <a href=/>بريد</a>.</p>"
    entry = RawEntry(body=f"<p>رست السفينة.</p><p>ثم أبحرت.</p>{footer}")
    assert to_article(entry, PAPER, "").body == "رست السفينة.\nثم أبحرت."


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "[" * 100_000, '{"version": "1"}', "{", '{"version": ["jsonfeed"]}', "5"],
)
def test_other_json_is_no_feed(text: str) -> None:
    """However deep it is."""
    assert read_json_feed(text) is None


@pytest.mark.parametrize(
    ("item", "entry"),
    [
        ({"url": "/1", "title": "5 < 7"}, RawEntry(link="/1", title="5 &lt; 7")),
        ({"id": f"{PAPER}/7"}, RawEntry(link=f"{PAPER}/7")),
        ({"id": "7"}, RawEntry()),
        ({"content_html": "<b>خ</b>", "content_text": "خ"}, RawEntry(body="<b>خ</b>")),
        ({"content_text": "<خ>", "summary": "م"}, RawEntry(body="&lt;خ&gt;")),
        (
            {"authors": [{"name": "منى"}, 5], "author": {"name": "سعد"}},
            RawEntry(authors=("منى", "سعد")),
        ),
        ({"url": 5, "title": None, "tags": ["أ", 5], "authors": "x"}, RawEntry(categories=("أ",))),
    ],
)
def test_a_json_item_says_what_the_standard_says_it_says(
    item: dict[str, object], entry: RawEntry
) -> None:
    """And nothing where a value is of another kind."""
    feed = read_json_feed(json.dumps({"version": VERSION, "items": [item, "x"]}))
    assert feed is not None
    assert feed.entries == [entry]
