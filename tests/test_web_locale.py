"""The languages of the interface: complete, right in grammar, readable in their direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from index import ATTRIBUTE_NAMES, Why
from searcher import NOTES, Note
from tests.newsroom import ARTICLES, VISIT_ID, application, fill
from web.locale.arabic import ARABIC
from web.locale.bidi import END, FIRST_STRONG, LEFT_TO_RIGHT, PARTED, isolated
from web.locale.catalog import Catalog
from web.locale.english import ENGLISH
from web.locale.locale import CATALOGS, DEFAULT, Locale

ARABIC_LETTERS = re.compile(r"[\u0621-\u064a]{2,}")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A reader of a newsroom with all articles indexed."""
    place = tmp_path_factory.mktemp("newsroom")
    fill(place, *ARTICLES)
    return application(place).test_client()


def sentences(catalog: Catalog) -> Iterator[str]:
    """Everything that a catalog can say."""
    for field in fields(catalog):
        value = getattr(catalog, field.name)
        if isinstance(value, dict):
            for one in value.values():
                yield from [one] if isinstance(one, str) else one
        elif isinstance(value, tuple):
            for one in value:
                yield from [one] if isinstance(one, str) else one[1:]


def wording(catalog: Catalog) -> dict[str, str]:
    """The sentences and notes of a catalog, by name."""
    return {**catalog.text, **catalog.notes}


def places(sentence: str) -> list[str | None]:
    """The places for values in a sentence."""
    return [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]


def test_all_languages_say_the_same_things() -> None:
    """The same names, the same places for values, every reason, order and filter worded."""
    assert list(ARABIC.text) == list(ENGLISH.text)
    for name, sentence in wording(ARABIC).items():
        assert sorted(map(str, places(sentence))) == sorted(
            map(str, places(wording(ENGLISH)[name]))
        ), name
    for catalog in CATALOGS.values():
        assert set(catalog.reasons) == set(get_args(Why))
        assert set(catalog.facets) == {*ATTRIBUTE_NAMES, "month"}
        assert set(catalog.filters) == {*ATTRIBUTE_NAMES, "since", "until"}
        assert set(catalog.notes) == set(NOTES)
        assert len(catalog.months) == len(catalog.hijri_months) == 12
        assert len(catalog.weekdays) == 7
        assert list(catalog.counts) == list(ARABIC.counts)
        assert list(catalog.month_systems) == list(ARABIC.month_systems)


def test_every_sentence_stands_in_a_catalog_and_is_said(root: Path) -> None:
    """No Arabic in templates, no sentence in code, none in a catalog that nobody says."""
    used: set[str] = set()
    for file in (root / "web" / "templates").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        used |= set(re.findall(r"\bt\.(\w+)", text)) | set(re.findall(r"text\('(\w+)'", text))
        prose = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}|<[^>]*>", "", text, flags=re.S)
        assert not ARABIC_LETTERS.search(prose), file.name
    for file in (root / "web").rglob("*.py"):
        if file.parent.name != "locale":
            used |= set(re.findall(r'"(\w+)"', file.read_text(encoding="utf-8")))
    used |= set(re.findall(r'\["(\w+)"\]', (root / "web/locale/locale.py").read_text("utf-8")))
    unsaid = {name for name in ARABIC.text if name not in used and not name.startswith("error_")}
    assert unsaid == set()


@pytest.mark.parametrize("catalog", [ARABIC], ids=lambda catalog: catalog.code)
def test_dates_ranges_and_commands_are_isolated_in_a_right_to_left_sentence(
    catalog: Catalog,
) -> None:
    """«2015-08-01» would be displayed 01-08-2015, and typed so it is another day."""
    for sentence in sentences(catalog):
        bare = re.sub(f"{LEFT_TO_RIGHT}.*?{END}", "", sentence)
        assert not PARTED.search(bare), sentence


@given(st.text(max_size=30))
def test_a_value_in_a_sentence_keeps_its_own_direction(value: str) -> None:
    """What is put into a sentence is the value itself, or the value in one isolate."""
    for direction in ("rtl", "ltr"):
        assert isolated(value, direction) in (value, FIRST_STRONG + value + END)  # type: ignore[arg-type]
    shown = DEFAULT.text("results_of", value)
    assert value in shown
    if re.search(r"[0-9]-[0-9]|[A-Za-z]", value):
        assert FIRST_STRONG + value + END in shown


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "لا نتائج"),
        (1, "نتيجة واحدة"),
        (2, "نتيجتان"),
        *((count, f"{written} نتائج") for count, written in ((3, "٣"), (10, "١٠"), (103, "١٠٣"))),
        *((count, f"{written} نتيجة") for count, written in ((11, "١١"), (99, "٩٩"), (111, "١١١"))),
        *((count, f"{written} نتيجة") for count, written in ((100, "١٠٠"), (1002, "١٬٠٠٢"))),
        (19507, "١٩٬٥٠٧ نتائج"),
    ],
)
def test_counts_follow_arabic_grammar(count: int, said: str) -> None:
    """The six categories of CLDR, each with its own form of the noun."""
    assert DEFAULT.counted(count, "results") == said


def test_the_sixth_form_differs_where_grammar_does() -> None:
    """Eleven takes the accusative, a hundred the genitive."""
    assert DEFAULT.counted(11, "sources") == "١١ مصدرًا"
    assert DEFAULT.counted(100, "sources") == "١٠٠ مصدر"


@pytest.mark.parametrize(
    ("arguments", "day"),
    [
        ({}, "١ آب/أغسطس ٢٠١٥"),
        ({"digits": "latn"}, "1 آب/أغسطس 2015"),
        ({"months": "levant"}, "١ آب ٢٠١٥"),
        ({"months": "egypt"}, "١ أغسطس ٢٠١٥"),
        ({"months": "morocco"}, "١ غشت ٢٠١٥"),
        ({"months": "algeria"}, "١ أوت ٢٠١٥"),
        ({"months": "hijri"}, "١٦ شوال ١٤٣٦هـ"),
        ({"lang": "en"}, "1 August 2015"),
        ({"lang": "en", "digits": "arab"}, "١ August ٢٠١٥"),
        ({"lang": "en", "months": "hijri"}, "16 Shawwal 1436 AH"),
        ({"lang": "xx", "digits": "?", "months": "mars"}, "١ آب/أغسطس ٢٠١٥"),
    ],
)
def test_a_day_is_written_as_the_reader_chose(arguments: dict[str, str], day: str) -> None:
    """By language, digits and system of months; what is not known is as usual."""
    locale = Locale.of(arguments)
    assert locale.day("2015-08-01") == day
    assert Locale.of(locale.arguments) == locale


def test_a_note_of_the_searcher_is_worded_in_the_language() -> None:
    """Its code picks the sentence; labels of filters are translated, readers' words are not."""
    note = Note("unknown-value-nearest", "المصدر", "النهار", "الأنهار")
    assert "Source" in Locale(ENGLISH).note(note)
    assert "النهار" in Locale(ENGLISH).note(note)
    assert DEFAULT.note(note) == str(note)
    assert DEFAULT.note("كلام آخر") == "كلام آخر"


def test_months_of_the_index_are_gregorian_in_every_system() -> None:
    """A Hijri month lies in two of them, so the filter keeps the one that it narrows to."""
    assert Locale.of({"months": "hijri"}).month("2015-08") == "آب/أغسطس ٢٠١٥"
    assert DEFAULT.hijri_day(date(1600, 1, 1)) == ""


@pytest.mark.parametrize(
    "address",
    ["/", "/help", "/search?q=السوق&source=الساحل&page=2", "/search?q=زرافة", "/nowhere"],
)
def test_the_page_in_english_is_english_and_keeps_the_question(
    client: FlaskClient, address: str
) -> None:
    """The switch leads to the same page; its links and forms stay in the language."""
    arabic = html.fromstring(client.get(address).get_data(as_text=True))
    (switch,) = arabic.cssselect(".foot a[hreflang=en]")
    page = html.fromstring(client.get(switch.get("href")).get_data(as_text=True))
    assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
    if address != "/nowhere":
        assert [a.get("href") for a in page.cssselect(".hit h2 a")] == [
            a.get("href") for a in arabic.cssselect(".hit h2 a")
        ]
    for chrome in page.cssselect(
        ".foot nav a:not([hreflang]), .sort button, legend, label, summary"
    ):
        own = "".join(
            text for text in chrome.itertext() if text not in chrome.xpath(".//bdi/text()")
        )
        assert not ARABIC_LETTERS.search(own), own
    links = page.xpath("//a[not(@hreflang)]/@href")
    inside = [link for link in links if re.match(r"/(search|help|\?|article|$)", link)]
    assert inside
    assert all("lang=en" in link for link in inside)
    forms = page.cssselect("form")
    for form in forms:
        assert form.xpath(".//input[@name='lang'][@value='en']")
    (back,) = page.cssselect(".foot a[hreflang=ar]")
    assert "lang" not in back.get("href")


def test_digits_and_months_are_chosen_in_the_foot(client: FlaskClient) -> None:
    """A form that sends the page again; what was chosen is selected, and kept by links."""
    page = html.fromstring(
        client.get("/search?q=السفير&digits=latn&months=egypt").get_data(as_text=True)
    )
    chosen = page.xpath("//select/option[@selected]/@value")
    assert chosen == ["latn", "egypt"]
    assert "1 أغسطس 2015" in page.text_content()
    story = page.cssselect(".hit .more a")[0].get("href")
    assert "digits=latn" in story
    assert "months=egypt" in story


def test_the_feed_and_the_errors_of_the_api_speak_the_language(client: FlaskClient) -> None:
    """`lang=en` goes for every answer with sentences in it."""
    assert 'xml:lang="en"' in client.get("/feed?q=السفير&lang=en").get_data(as_text=True)
    told = client.get(f"/api/article/{VISIT_ID}x?lang=en").get_json()["error"]["message"]
    assert told.startswith(ENGLISH.text["error_404"])
    assert ENGLISH.text["widget_all"] in client.get("/embed.js?lang=en").get_data(as_text=True)
