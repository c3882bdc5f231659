"""One name has one line among the facets and is found by any of its spellings."""

from __future__ import annotations

import pytest

from crawl.text.agencies import agency_named
from index import Checkpoint, Document, attribute_words, open_engine
from index.analysis import cut as analysis_cut
from searcher import Searcher
from searcher.authority import Authority, key_of

AUTHORS = ["واس - جدة", "جدة - واس", "واس (جدة)", "عبدالله سالم", "عبد الله سالم", "سمير حداد"]
SECTIONS = ["رياضة", "الرياضة", "رياضه", "اقتصاد", "الاقتصاد", "سياسة"]


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    """Six articles, three authors and three sections in many spellings."""
    engine = open_engine("memory:")
    documents = [
        Document(
            key=f"k{number}",
            url=f"https://example.org/{number}",
            title="سفير",
            body="وصل.",
            author=author,
            section=section,
            source="صحيفة المثال",
        )
        for number, (author, section) in enumerate(zip(AUTHORS, SECTIONS, strict=True))
    ]
    engine.update(documents, [], Checkpoint("doc", 1))
    return Searcher(engine)


def test_a_name_is_one_line_of_a_facet(searcher: Searcher) -> None:
    """An agency under the name readers know, others under their commonest spelling."""
    found = searcher.search("سفير", facets=("author", "section"))
    assert found.facets["author"][0] == ("واس", 3)
    assert [count for _, count in found.facets["author"]] == [3, 2, 1]
    assert [count for _, count in found.facets["section"]] == [3, 2, 1]


@pytest.mark.parametrize(
    ("name", "value", "total"),
    [
        ("author", "واس", 3),
        ("author", "جدة (واس)", 3),
        ("author", "وكالة الأنباء السعودية", 3),
        ("author", "عبد الله سالم", 2),
        ("author", "سالم", 2),
        ("section", "الرياضة", 3),
        ("section", "اقتصاد", 2),
    ],
)
def test_a_filter_takes_any_spelling_of_a_name(
    searcher: Searcher, name: str, value: str, total: int
) -> None:
    """What a facet shows can be asked for, and so can what readers type."""
    assert searcher.search("سفير", **{name: value}).total == total
    assert searcher.browse(**{name: value}).total == total


@pytest.mark.parametrize(
    ("typed", "total"),
    [("قسم:الرياضة", 3), ("قسم:رياضه", 3), ("كاتب:عبدالله", 2), ('author:"عبد الله"', 2)],
)
def test_a_field_of_a_query_does_too(searcher: Searcher, typed: str, total: int) -> None:
    """With or without ال, joined or apart."""
    assert searcher.search(f"سفير {typed}").total == total


@pytest.mark.parametrize("typed", ["سفير قسم:رياصة", "سفير section:الرياضيات"])
def test_an_unknown_value_is_answered_with_the_nearest(searcher: Searcher, typed: str) -> None:
    """An empty page says what there is."""
    found = searcher.search(typed)
    assert found.total == 0
    assert [note.code for note in found.notes] == ["unknown-value-nearest"]
    assert "رياض" in found.notes[0]


def test_an_unknown_filter_is_answered_with_the_nearest_too(searcher: Searcher) -> None:
    """And one that nothing is like is called unknown."""
    assert [n.code for n in searcher.search("سفير", section="رياصة").notes] == [
        "unknown-value-nearest"
    ]
    assert [n.code for n in searcher.browse(author="xyz").notes] == ["unknown-value"]


def test_many_unknown_values_cost_as_much_as_few(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The nearest are sought for the first two alone, and no value of the index is cut again."""
    searcher.search("سفير", author="لا أحد")  # the index's own values are cut once
    cut: list[str] = []
    monkeypatch.setattr(attribute_words, "cut", lambda text: cut.append(text) or analysis_cut(text))
    sought: list[str] = []
    nearest = Authority.nearest
    monkeypatch.setattr(
        Authority, "nearest", lambda self, n, one: sought.append(one) or nearest(self, n, one)
    )
    unknown = tuple(f"كاتب{number}" for number in range(20))
    found = searcher.search("سفير", author=unknown)
    assert len([note for note in found.notes if note.code.startswith("unknown-value")]) == 20
    assert (len(sought), len(cut) <= 4 * len(unknown)) == (2, True)


def test_names_that_differ_stay_apart() -> None:
    """The order of a person's names is not the order of a byline's parts."""
    assert key_of("author", "محمد علي") != key_of("author", "علي محمد")
    assert key_of("author", "محمد علي - جدة") == key_of("author", "جدة / محمد علي")
    assert key_of("site", "example.org") != key_of("site", "example.net")


def test_agencies_are_known_by_every_name() -> None:
    """In Arabic and Latin letters; who writes for a paper is none."""
    assert agency_named("رويترز") == agency_named("Reuters") == "رويترز"
    assert agency_named("سمير حداد") == ""
