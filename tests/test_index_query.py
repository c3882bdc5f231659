"""What a query means, each rule by itself: chains of words, words of attributes, days, sureness."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.attribute_words import contains_words, loose_words
from index.chains import chain_places
from index.query import And, AtLeast, Everything, Not, Or, Query, Term, dated, leaves, surely

places = st.dictionaries(
    st.sampled_from("ابج"), st.lists(st.integers(0, 12), unique=True, max_size=5).map(sorted)
)


@given(
    places, st.lists(st.lists(st.sampled_from("ابج"), max_size=2), max_size=4), st.integers(0, 3)
)
def test_a_chain_takes_one_place_a_slot_in_order_and_near(
    positions: dict[str, list[int]], slots: list[list[str]], slop: int
) -> None:
    """Exactly the places of all chains that there are, found by trying every one."""
    options = [sorted({p for text in slot for p in positions.get(text, ())}) for slot in slots]
    chains = [
        chain
        for chain in product(*options)
        if all(0 < right - left <= slop + 1 for left, right in pairwise(chain))
    ]
    expected = [sorted({chain[place] for chain in chains}) for place in range(len(slots))]
    assert chain_places(slots, slop, positions) == expected


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("صحيفة الرياض", ["صحيفه", "رياض"]),
        ("عبد الله", ["عبدالله"]),
        ("عبدالله", ["عبدالله"]),
        ("الله", ["الله"]),
        ("أحمد", ["احمد"]),
        ("عبد", ["عبد"]),
        ("، -", []),
    ],
)
def test_words_of_an_attribute_are_compared_as_they_are_typed(value: str, words: list[str]) -> None:
    """Without hamza seats, ة and the article; «عبد الله» is one word."""
    assert loose_words(value) == words


@pytest.mark.parametrize(
    ("value", "text", "held"),
    [
        ("وكالة الأنباء السعودية", "الانباء السعوديه", True),
        ("وكالة الأنباء السعودية", "السعودية الأنباء", False),
        ("وكالة", "وكالة الأنباء", False),
        ("وكالة", "", False),
        ("", "وكالة", False),
    ],
)
def test_a_value_holds_words_that_stand_in_it_in_a_row(value: str, text: str, held: bool) -> None:
    """No words are held by nothing."""
    assert contains_words(value, text) is held


@pytest.mark.parametrize(
    ("day", "since", "until", "inside"),
    [
        *(("2015-08-01", "", "", True), ("", "", "", True), ("", "2015-01-01", "", False)),
        *(
            ("2015-08-01", "2015-08-01", "2015-08-01", True),
            ("2015-08-01", "2015-08-02", "", False),
        ),
        *(("2015-08-01", "", "2015-07-31", False), ("", "", "2015-07-31", False)),
    ],
)
def test_an_undated_article_lies_in_the_open_range_alone(
    day: str, since: str, until: str, inside: bool
) -> None:
    """Both ends are included."""
    assert dated(day, since, until) is inside


SURE = Term("body", "exact", "سفير", why="inflected")
HEARD = Term("body", "exact", "صفير", why="name-variant")


@pytest.mark.parametrize(
    ("query", "sure"),
    [
        (Or((SURE, HEARD)), Or((SURE,))),
        (And((Or((HEARD,)), SURE)), And((Or(()), SURE))),
        (AtLeast(2, (SURE, SURE), 0.5), And((SURE, SURE))),  # what only lifts scores is gone
        (AtLeast(1, (SURE, Or((HEARD,))), 0.5), AtLeast(1, (SURE, Or(())))),
        (Not(HEARD), Not(HEARD)),
        (Everything(), Everything()),
    ],
)
def test_what_only_sounds_alike_is_not_counted(query: Query, sure: Query) -> None:
    """What is excluded stays excluded."""
    assert surely(query) == sure


def test_only_what_may_be_marked_is_a_leaf() -> None:
    """Nothing under a Not."""
    assert list(leaves(And((SURE, Not(HEARD), AtLeast(0, (HEARD,)), Everything())))) == [
        SURE,
        HEARD,
    ]
