"""What corrections are made of: the cost of a slip, the other layout, the pieces of a query."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.corrections.keyboard import retyped
from searcher.corrections.pieces import LONGEST, MOST_PIECES, pieces, replaced
from searcher.corrections.slips import slip_cost

arabic = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئىة", max_size=12)


@pytest.mark.parametrize(
    ("meant", "from_likely_to_unlikely"),
    [
        ("نتائج", ["نتائج", "نتايج", "نتاائج", "نتئاج", "نتخئج"]),  # same, hamza, stuck, swapped
        ("مدرسة", ["مدرسه", "مدررسة", "مدرصة", "مدسرة", "مدرغة"]),
        ("وزير", ["وزيرر", "وزر", "زير"]),  # the first letter is seldom left out
    ],
)
def test_a_slip_costs_less_the_likelier_it_is(
    meant: str, from_likely_to_unlikely: list[str]
) -> None:
    """Letters of one sound or shape, a key that stuck, two swapped, then any other."""
    costs = [slip_cost(typed, meant) for typed in from_likely_to_unlikely]
    assert costs == sorted(costs)


@given(arabic, arabic)
def test_costs_are_those_of_a_distance(typed: str, meant: str) -> None:
    """Nothing for the word itself, something for any other, at most all letters anew."""
    assert slip_cost(typed, typed) == 0
    assert (slip_cost(typed, meant) == 0) == (typed == meant)
    assert slip_cost(typed, meant) <= 1.5 * (len(typed) + len(meant))


@pytest.mark.parametrize(
    ("typed", "likeliest"),
    [
        ("hgstdv", "السفير"),
        ("HGSTDV", "السفير"),  # in capitals by accident
        ("hg[.hzv", "الجزائر"),
        ("fk", "بن"),
        ("lpl]", "محمد"),
        ("لخخلمث", "google"),
        ("فقعةح", "trump"),
    ],
)
def test_a_word_is_read_as_the_other_layout_types_it(typed: str, likeliest: str) -> None:
    """In both directions."""
    assert retyped(typed)[0] == likeliest


@pytest.mark.parametrize("typed", ["Putin", "السفيرA", "2015", "", "؟"])
def test_what_no_layout_explains_is_left(typed: str) -> None:
    """Mixed letters, digits, capitals in a Latin word."""
    assert retyped(typed) == []


@pytest.mark.parametrize(
    ("query", "free", "bound"),
    [
        ("وزير الصحة", ["وزير", "الصحة"], []),
        ('وزير "الصحة العامة"', ["وزير"], ["الصحة", "العامة"]),  # quoted
        ("=وزير الصحة", ["الصحة"], ["وزير"]),  # as it is spelled
        ("UNESCO وزير", ["وزير"], ["UNESCO"]),
        ("عَلَمٌ شكراً", ["شكراً"], ["عَلَمٌ"]),  # written with its vowels
        ("al-jazaer", ["al-jazaer"], []),
        ("abu dhabi", ["abu dhabi"], []),
        ("وزير -رياضة", ["وزير"], []),  # what is excluded is no piece
        ("مصدر:رويترز وزير", ["وزير"], []),  # nor the value of an attribute
        ("عنوان:وزير", ["وزير"], []),  # the title is searched
        ("-(وزير الصحة) سفير", ["سفير"], []),
        ("2014..2016 سفير", ["سفير"], []),
        ("س" * (LONGEST + 1), [], ["س" * (LONGEST + 1)]),
        ("", [], []),
    ],
)
def test_pieces_are_the_words_that_may_be_rewritten(
    query: str, free: list[str], bound: list[str]
) -> None:
    """What the reader took care of stays."""
    found = pieces(query)
    assert [one.text for one in found if one.free] == free
    assert [one.text for one in found if not one.free] == bound


@given(st.text(max_size=60))
def test_a_piece_stands_where_it_says(query: str) -> None:
    """For any text: in order, never overlapping, at most so many."""
    found = pieces(query)
    assert all(query[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert len(found) <= MOST_PIECES


def test_a_query_is_rewritten_at_its_spans_alone() -> None:
    """Signs and spaces around them stay as typed."""
    query = "وزيير  الصحه -رياضة"
    first, second = pieces(query)[:2]
    changes = {(first.start, first.end): "وزير", (second.start, second.end): "الصحة"}
    assert replaced(query, changes) == "وزير  الصحة -رياضة"
    assert replaced(query, {}) == query
