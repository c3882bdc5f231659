"""What the way of a query is made of, each part by itself: signs, Latin letters, hits, files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import (
    Checkpoint,
    Document,
    Engine,
    Filters,
    Match,
    Tokens,
    open_engine,
    query,
    vocabulary_of,
)
from searcher.autocomplete import MOST_LETTERS, suggest
from searcher.corrections.alignment import GRAPHEMES, cost_of
from searcher.corrections.context import Slot, together
from searcher.corrections.replacements import Replacement, joined, layouts, replacements, words_of
from searcher.corrections.strength import Strengths
from searcher.corrections.transliteration import arabic_for, listed_names
from searcher.corrections.word_breaks import SHORTEST_PART, breaks
from searcher.expansion.expand import HighlightTerm
from searcher.expansion.lookup import Lookup
from searcher.expansion.term_trees import clause_tree, phrase_tree, word_tree
from searcher.exports.citations import as_bibtex, as_ris, one_line, tex
from searcher.exports.feeds import NO_DATE, as_atom, as_json_feed, instant
from searcher.exports.json_array import as_json
from searcher.exports.records import Record
from searcher.exports.spreadsheet import as_csv, safe_cell
from searcher.hits.build import FORMS_SHOWN, hits_of
from searcher.hits.text_changes import MOST_CHANGES, MOST_WORDS, TextChange, changes
from searcher.monitoring.alert_file import Alert
from searcher.monitoring.matching import Arrivals
from searcher.options import SearchOptions
from searcher.syntax import signs
from searcher.syntax.narrowing import narrow
from searcher.syntax.query_ast import (
    AllOf,
    AnyOf,
    AttributeFilter,
    Clause,
    DateRange,
    NoneOf,
    PhraseClause,
    PrefixClause,
    WordClause,
)
from tests.vocabularies import index_of


@pytest.mark.parametrize(
    ("name", "clause", "narrowed"),
    [
        ("title", WordClause("السفير"), WordClause("السفير", field="title")),
        ("body", PrefixClause("سف"), PrefixClause("سف", field="body")),
        ("source", WordClause("رويترز"), AttributeFilter("source", "رويترز")),
        ("source", PhraseClause(("بريد", "المرسى")), AttributeFilter("source", "بريد المرسى")),
        ("site", WordClause("WWW.Example.org"), AttributeFilter("site", "example.org")),
        ("site", WordClause("ليس موقعا"), AttributeFilter("site", "ليس موقعا")),
        ("source", WordClause("!!"), None),
        (
            "tags",
            AnyOf((WordClause("أ"), NoneOf(WordClause("ب")))),
            AnyOf((AttributeFilter("tags", "أ"), NoneOf(AttributeFilter("tags", "ب")))),
        ),
        (
            "title",
            AllOf((WordClause("أ"), AttributeFilter("source", "ب")), strict=True),
            AllOf((WordClause("أ", field="title"), AttributeFilter("source", "ب")), strict=True),
        ),
        (
            "source",
            DateRange("2015-01-01", "2015-12-31", said="2015"),
            AttributeFilter("source", "2015"),
        ),
        ("source", NoneOf(WordClause("…")), None),
    ],
)
def test_a_field_narrows_what_follows_it(
    name: str, clause: Clause, narrowed: Clause | None
) -> None:
    """Groups and negations hand it on; what says nothing there is nothing."""
    assert narrow(name, clause) == narrowed


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (signs.FIELD, "عنوان:سفير", "عنوان:"),
        (signs.FIELD, "Title:x", "Title:"),
        (signs.FIELD, "http:", None),
        (signs.SPACED_FIELD, "عنوان :سفير", "عنوان :"),
        (signs.SPACED_FIELD, "قال : نعم", None),
        (signs.RANGE, "2014..2015-08", "2014..2015-08"),
        (signs.RANGE, "2014..", "2014.."),
        (signs.WHOLE_DATE, "15/8/2015م", "15/8/2015م"),
        (signs.WHOLE_DATE, "15/8-2015", None),
        (signs.NEAR, "قرب/5", "قرب/5"),
        (signs.BOOST, "^2.5", "^2.5"),
        (signs.SLOP, "~3", "~3"),
    ],
)
def test_a_sign_is_told_from_a_word(pattern: re.Pattern[str], text: str, found: str | None) -> None:
    """As far as it goes."""
    match = pattern.match(text)
    assert (match and match[0]) == found


def test_every_opening_mark_is_closed_by_what_keyboards_type_for_it() -> None:
    """Names of fields are not also names of what is not supported."""
    assert all(closing for closing in signs.CLOSING.values())
    assert not signs.FIELDS.keys() & signs.UNSUPPORTED.keys()


@pytest.mark.parametrize(
    ("latin", "better", "worse"),
    [
        *(("safir", "سفير", "سفر"), ("kuwait", "كويت", "كوت"), ("ma7kama", "محكمة", "مكامة")),
        *(("3ali", "علي", "الي"), ("moscow", "موسكو", "مسك"), ("khalid", "خالد", "خلد")),
    ],
)
def test_what_was_typed_in_latin_letters_fits_what_was_meant(
    latin: str, better: str, worse: str
) -> None:
    """Better than a neighbour."""
    assert cost_of(latin, better) < cost_of(latin, worse)


@given(st.text("abdhksty37'", max_size=9), st.text("ابتسكدعح", max_size=9))
def test_an_alignment_never_gains(latin: str, arabic: str) -> None:
    """Nothing for nothing; what cannot be aligned costs without end."""
    assert cost_of(latin, arabic) >= 0
    assert cost_of("", "") == 0
    assert cost_of("zz", "ب") == float("inf")


def test_every_grapheme_is_one_that_may_be_typed() -> None:
    """In small letters, digits of the chat alphabet, the apostrophe."""
    assert all(re.fullmatch("[a-z2-9']{1,3}", grapheme) for grapheme in GRAPHEMES)


def holding(*documents: Document) -> Engine:
    """An engine in memory that holds some documents."""
    engine = open_engine("memory:")
    engine.update(documents, (), Checkpoint("archive", 1))
    return engine


NEWS = index_of("السفير السفير السفير القاهرة محمد قطر الجزائر", "وزير الخارجية مبارك مباراة")


@pytest.mark.parametrize(
    ("typed", "first"),
    [("safir", "السفير"), ("alsafir", "السفير"), ("mohamed", "محمد"), ("qatar", "قطر")],
)
def test_a_latin_word_spells_a_word_of_the_index(typed: str, first: str) -> None:
    """With the article or without."""
    assert arabic_for(typed, NEWS)[0][0] == first


@pytest.mark.parametrize("typed", ["", "77", "سفير", "a/b", "zzzzzz", "x" * 200])
def test_what_spells_nothing_is_left(typed: str) -> None:
    """Digits alone, other signs, other letters, however many."""
    assert arabic_for(typed, NEWS) == []


def test_listed_names_are_told_only_where_the_index_holds_them() -> None:
    """And «bin» is بن."""
    assert listed_names("bin", lambda name: name == "بن") == ["بن"]
    assert listed_names("mohamed", lambda _: 0) == []


@given(st.text("سفيرأو", max_size=9))
def test_a_word_is_broken_wherever_both_halves_are_words(word: str) -> None:
    """A single letter is none."""
    found = list(breaks(word))
    assert all(one + other == word for one, other in found)
    assert all(min(map(len, pair)) >= SHORTEST_PART for pair in found)
    assert len(found) == max(0, len(word) - 3)


STRENGTHS = Strengths(vocabulary_of(
    [
        Tokens.of(Document(key=str(n), url="", title="السفير الروسي", body="اليوم أمس مبارك"))
        for n in range(50)
    ]
))  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant", "why"),
    [
        ("السقير", "السفير", "spelling"),
        ("اليومأمس", "اليوم أمس", "spelling"),
        ("alsafir", "السفير", "latin"),
    ],
)
def test_an_accident_is_undone_where_the_index_has_what_was_meant(
    typed: str, meant: str, why: str
) -> None:
    """A slip, a blank too few, Latin letters."""
    first = replacements(typed, STRENGTHS)[0]
    assert (first.text, first.why) == (meant, why)
    assert first.gain > 0


def test_what_is_short_or_nothing_is_not_replaced() -> None:
    """Two letters lie one slip from everything."""
    assert [replacements(word, STRENGTHS) for word in ("", "س", "x", "!!")] == [[]] * 4


def test_two_words_are_one_where_the_index_has_it() -> None:
    """And not otherwise."""
    found = joined("مبا", "رك", STRENGTHS)
    assert found is not None
    assert (found.text, found.bold) == ("مبارك", False)
    assert joined("السفير", "الروسي", STRENGTHS) is None


def test_a_query_on_the_wrong_layout_is_retyped_whole() -> None:
    """Quoted words are left."""
    assert next(layouts("hgstdv", STRENGTHS)).text == "السفير"
    assert list(layouts('"hgstdv"', STRENGTHS)) == []
    assert words_of("السفير، الروسي") == ["السفير", "الروسي"]


def test_readings_are_believed_that_stand_together_in_an_article() -> None:
    """One search tells which."""
    engine = holding(Document(key="1", url="u", title="السفير الروسي", body="خبر"))
    typed = Slot(0, 5, (Replacement("السقير"), Replacement("السفير", -1.0, "spelling")))
    slots = [typed, Slot(6, 12, (Replacement("الروسي"),))]
    found = next(together(slots, engine, Filters(), float("inf")))
    assert [one.text for one in found.options if one] == ["السفير", "الروسي"]
    assert found.why == "spelling"


def test_a_word_becomes_its_forms_and_a_phrase_its_words_in_a_row() -> None:
    """In both fields, or the one that was named."""
    lookup, word = Lookup(NEWS), WordClause("السفير")
    tree = word_tree(word, (), lookup)
    assert word_tree(word, (), lookup) is tree  # engines know it by what it is
    terms = {(one.field, one.form) for one in tree.parts if isinstance(one, query.Term)}
    assert terms >= {("title", "exact"), ("body", "lemma")}
    phrase = clause_tree(PhraseClause(("السفير", "الروسي"), field="body", spelled=True), lookup)
    assert [part.slots for part in phrase.parts] == [(("السفير",), ("الروسي",))]
    either = clause_tree(PhraseClause(("وزير", "سفير"), ordered=False), lookup)
    assert {part.slots[0] for part in either.parts} >= {("وزير",), ("سفير",)}
    assert {part.form for part in phrase_tree(["سفير"], None, lookup).parts} == {"exact", "lemma"}


def test_autocomplete_finishes_the_last_word() -> None:
    """Of what is not too long, and ends in a word."""
    lookup = Lookup(NEWS)
    assert suggest("القاهرة السف", lookup, 3) == ["القاهرة السفير"]
    assert suggest("السف", lookup, 0) == suggest("السف ", lookup, 3) == suggest("", lookup, 3) == []
    assert suggest("س" * (MOST_LETTERS + 1), lookup, 3) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("نص", "نص", []),
        ("", "", []),
        ("قُتل ١٢ جنديًا", "قتل 15 جنديا.", [TextChange("قتل", "١٢", "15", "number")]),
        ("إنّ الوزير", "ان الوزير", []),  # marks and hamzas are no changes
        ("زار الوزير", "زار الوزير أمس", [TextChange("زار الوزير", "", "أمس")]),
        ("زار صيدا", "زار بيروت", [TextChange("زار", "صيدا", "بيروت", "name")]),
    ],
)
def test_a_change_is_what_reads_otherwise(old: str, new: str, found: list[TextChange]) -> None:
    """Numbers and names are called out."""
    assert changes(old, new) == found


def test_changes_are_bounded() -> None:
    """Words that are compared, and changes that are told."""
    old = " ".join(f"كلمة {number}" for number in range(MOST_WORDS))
    new = " ".join(f"كلمة {-number}a" for number in range(MOST_WORDS))
    assert len(changes(old, new)) <= MOST_CHANGES


def test_hits_name_the_first_spellings_that_answered_and_what_is_missing() -> None:
    """An article that is gone meanwhile is left out."""
    spellings = ["السفير", "سفير", "والسفير", "بالسفير", "سفيرها", "سفيرنا"]
    engine = holding(Document(key="1", url="u", title="خبر", body=" ".join(spellings)))
    sought = [
        HighlightTerm("سفير", query.Or((query.Term("body", "lemma", "سفير"),)), 1.0),
        HighlightTerm("زلزال", query.Or((query.Term("body", "lemma", "زلزال"),)), 1.0),
    ]
    (hit,) = hits_of(engine, [Match("1", 2.0), Match("gone", 1.0)], sought)
    assert (hit.id, hit.score, hit.missing) == ("1", 2.0, ("زلزال",))
    assert [word.form for word in hit.words] == spellings[:FORMS_SHOWN]
    assert hit.words[1].why == "exact"


def test_an_alert_is_asked_of_what_arrived_alone() -> None:
    """Every word, within its filters, and nothing is corrected."""
    arrived = [
        Document(key="1", url="u", title="السفير الروسي", body="", source="الساحل"),
        Document(key="2", url="v", title="السفير", body="", source="الساحل"),
        Document(key="3", url="w", title="الروسي والسفير", body="", source="الجبل"),
    ]

    def keys(question: str, **options: tuple[str, ...]) -> list[str]:
        alert = Alert("a", question, (), SearchOptions(**options))
        return [one.key for one in Arrivals(arrived).matching(alert)]

    assert keys("سفير روسي") == ["1", "3"]
    assert keys("سفير روسي", source=("الساحل",)) == ["1"]
    assert keys("سقير") == []


RECORD = Record(
    id="ab-12_cd/34:ef56gh",
    title="=خبر {عاجل} & 100 %\nوسطر",
    url="https://example.org/{1}",
    source="بريد_المرسى",
    section="",
    author="منى سعد",
    date="2015-08-01T14:30:00+03:00",
    language="ar",
    tags=("أ", "ب"),
    excerpt="نص",
)
Writer = Callable[[Iterator[Record]], Iterator[bytes]]


def written(write: Writer, *found: Record) -> str:
    """A whole file."""
    return b"".join(write(iter(found))).decode()


def test_json_is_an_array_of_lines_and_of_nothing() -> None:
    """Read whole or line by line."""
    assert json.loads(written(as_json)) == []
    text = written(as_json, RECORD, RECORD)
    assert [row["tags"] for row in json.loads(text)] == [["أ", "ب"]] * 2
    assert len(text.splitlines()) == 4


def test_references_are_escaped_for_their_readers() -> None:
    """Empty fields are left out; a key has letters and digits alone."""
    bibtex, ris = written(as_bibtex, RECORD), written(as_ris, RECORD._replace(date="2015"))
    assert bibtex.startswith("@article{ab12cd34ef56,\n")
    assert r"title = {=خبر (عاجل) \& 100 \% وسطر}" in bibtex
    assert "url = {https://example.org/%7B1%7D}" in bibtex
    assert "date = {2015-08-01}" in bibtex
    assert "PY" not in ris  # a year alone is no day
    assert ris.endswith("ER  - \r\n\r\n")
    assert "section" not in bibtex
    assert (one_line("أ\n\tب"), tex("a_b")) == ("أ ب", r"a\_b")


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1", "'=1"), ("\u200f+1", "'\u200f+1"), ("خبر", "خبر"), ("a\x00b", "ab"), ("", "")],
)
def test_a_cell_is_shown_and_never_computed(text: str, cell: str) -> None:
    """However the formula hides."""
    assert safe_cell(text) == cell


def test_a_table_begins_with_its_columns() -> None:
    """And a mark by which spreadsheets know UTF-8."""
    text = written(as_csv, RECORD)
    assert text.startswith("\ufeff" + ",".join(Record._fields))
    assert "أ; ب" in text


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2015-08-01", "2015-08-01T00:00:00Z"),
        ("2015-08-01T02:30:00+03:00", "2015-07-31T23:30:00Z"),
        ("0999-01-02", "0999-01-02T00:00:00Z"),
        ("0001-01-01T00:00:00+03:00", NO_DATE),  # before there are years
        ("2015", NO_DATE),
        ("", NO_DATE),
    ],
)
def test_a_feed_tells_an_instant_of_every_entry(day: str, told: str) -> None:
    """As Atom asks for it."""
    assert instant(day) == told


def test_feeds_of_whatever_a_record_holds_are_well_formed() -> None:
    """Or of nothing; an address that is none is no link."""
    odd = RECORD._replace(url="row-17", title="<b>&\x00", author="", date="")
    root = ElementTree.fromstring(written(as_atom, RECORD, odd))
    links = [link.get("href") for link in root.iter("{http://www.w3.org/2005/Atom}link")]
    assert links == [RECORD.url]
    items = json.loads(written(as_json_feed, RECORD, odd))["items"]
    assert [item["url"] for item in items] == [RECORD.url, "row-17"]
    assert json.loads(written(as_json_feed))["items"] == []
    assert len(ElementTree.fromstring(written(as_atom))) == 3
