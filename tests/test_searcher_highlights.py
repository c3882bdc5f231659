"""Where a document answers a query: which words are marked, for what, and what is missing."""

from __future__ import annotations

import pytest

from index import Document, Located, Tokens
from searcher import parse
from searcher.expansion.expand import expand
from searcher.hits.highlights import Highlights, find, highlight_table
from tests.vocabularies import index_of


def highlights(query: str, title: str, body: str) -> tuple[Highlights, list[str]]:
    """The highlights of a document, and the words of the query in their order."""
    plan = expand(parse(query), index_of(f"{title} {body}"))
    tokens = Tokens.of(Document("k", "u", title, body))
    found = find(Located(tokens.document, tokens.positions), highlight_table(plan.highlight_terms))
    return found, [term.word for term in plan.highlight_terms]


@pytest.mark.parametrize(
    ("query", "body", "marked"),
    [
        ("سفير", "زار السفيرُ والسفراء", [("السفيرُ", "inflected"), ("والسفراء", "inflected")]),
        ("السفير", "زار السفير", [("السفير", "exact")]),
        ("=سفير", "سفير والسفير", [("سفير", "exact")]),
        ("سفي*", "سفير السفينة", [("سفير", "prefix"), ("السفينة", "prefix")]),
        ("سفسر~1", "سفير", [("سفير", "spelling")]),
        ("«السفير الروسي»", "الروسي زار السفير الروسي", [("السفير", "exact"), ("الروسي", "exact")]),
        ("المدينة قرب/2 السفير", "السفير زار المدينة", [("السفير", "exact"), ("المدينة", "exact")]),
        ("سفير -مدينة", "سفير في المدينة", [("سفير", "exact")]),
    ],
)
def test_marks_are_the_words_that_answer_with_their_reason(
    query: str, body: str, marked: list[tuple[str, str]]
) -> None:
    """Inflections, spellings, beginnings, slips, phrases in a row only, nothing excluded."""
    found, _ = highlights(query, "", body)
    assert [(body[mark.start : mark.end], mark.why) for mark in found.body] == marked
    assert found.title == []
    assert found.missing == []


def test_title_and_body_are_marked_apart_and_what_is_missing_is_told() -> None:
    """Each mark names the word of the query that it answers."""
    found, words = highlights("سفير زلزال مدينة", "لقاء السفير", "في المدينة")
    assert [words[mark.sought] for mark in found.title] == ["سفير"]
    assert [words[mark.sought] for mark in found.body] == ["مدينة"]
    assert [words[number] for number in found.missing] == ["زلزال"]


def test_of_two_reasons_for_a_word_the_surer_is_told() -> None:
    """The word itself rather than a slip away from it; of two words of the query the first."""
    found, _ = highlights("سفير~1", "", "سفير")
    assert [mark.why for mark in found.body] == ["exact"]
    found, words = highlights("سفير* سفير", "", "سفير")
    assert [(words[mark.sought], mark.why) for mark in found.body] == [("سفير*", "prefix")]
