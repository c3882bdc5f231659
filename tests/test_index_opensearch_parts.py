"""What is asked of a cluster and read from it, each part by itself; no cluster is asked."""

from __future__ import annotations

import re
import string
from typing import Any

import pytest

from index.engine import CrossCount
from index.engines.opensearch import counting
from index.engines.opensearch.counting import (
    MOST_VALUES,
    HeldRequest,
    facet_aggregations,
    facet_counts,
    held_aggregation,
    held_counts,
    read_crosstab,
)
from index.engines.opensearch.limits import fitted
from index.engines.opensearch.vocabulary import AT_ONCE, ClusterVocabulary, identity, pairs_of
from index.query import And, AtLeast, Everything, Not, Or, Phrase, Query, Term


def term(text: str, boost: float = 1.0) -> Term:
    """A term of the body."""
    return Term("body", "exact", text, boost)


def leaves(query: Query) -> int:
    """The terms of a tree."""
    match query:
        case And(parts) | Or(parts) | AtLeast(_, parts):
            return sum(map(leaves, parts))
    return 1


MANY = tuple(term(str(number), number) for number in range(20))


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        (Or(MANY[:5]), Or(MANY[:5])),  # small enough
        (Or(MANY), Or(MANY[15:])),  # the strongest, in their order
        (And((term("ا"), Or(MANY))), And((term("ا"), Or(MANY[15:])))),
        (AtLeast(0, MANY), AtLeast(0, MANY[15:])),
        (AtLeast(7, MANY), AtLeast(7, MANY[13:])),  # never fewer than have to hold
        (AtLeast(20, MANY), AtLeast(20, MANY)),  # all of them have to
        (And(MANY), And(MANY)),  # nothing may be left out
    ],
)
def test_a_query_too_large_loses_its_weakest_alternatives(query: Query, kept: Query) -> None:
    """What every match must hold stays, however large."""
    assert fitted(query, leaves, 6) == kept


def test_the_longest_list_is_halved_first() -> None:
    """So that one pasted paragraph costs the others nothing."""
    found = fitted(And((Or(MANY[:4]), Or(MANY))), leaves, 15)
    assert found == And((Or(MANY[:4]), Or(MANY[10:])))


def test_a_facet_is_counted_exactly_and_sorted_as_others_do() -> None:
    """Most frequent first, then by value; weeks are days of their beginning."""
    asked = facet_aggregations(["source", "week"])
    assert asked["source"]["terms"]["size"] == MOST_VALUES
    assert asked["week"]["histogram"]["interval"] == 7
    buckets = [{"key": key, "doc_count": n} for key, n in (("ب", 2), ("أ", 2), ("ج", 3))]
    assert facet_counts("source", {"buckets": buckets}) == [("ج", 3), ("أ", 2), ("ب", 2)]
    week = {"buckets": [{"key": 735_826.0, "doc_count": 1}, {"key": 0, "doc_count": 1}]}
    assert dict(facet_counts("week", week)).keys() == {"2015-08-16", "0001-01-01"}


def test_pairs_are_read_page_after_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until a page is not full."""
    monkeypatch.setattr(counting, "PAGE", 2)
    pages = [[("ب", "2015-08"), ("أ", "2015-08")], [("أ", "2015-07"), ("ج", "2015-07")], []]
    asked: list[Any] = []

    def ask(aggregations: Any) -> Any:
        asked.append(aggregations["pairs"]["composite"].get("after"))
        page = pages[len(asked) - 1]
        buckets = [{"key": {"0": one, "1": other}, "doc_count": 1} for one, other in page]
        return {"pairs": {"buckets": buckets, "after_key": {"page": len(asked)}}}

    found = read_crosstab(("source", "month"), ask)
    assert found == sorted(CrossCount(*values, 1) for page in pages for values in page)
    assert asked == [None, {"page": 1}, {"page": 2}]


def test_held_terms_are_counted_among_some_or_all() -> None:
    """Each asked for once."""
    request = HeldRequest(Everything(), "lemma", counting.Filters(), 5, ["ب", "أ", "ب"], None)
    terms = held_aggregation(request)["held"]["terms"]
    assert (terms["field"], terms["include"], terms["size"]) == ("held.lemma", ["أ", "ب"], 5)
    assert "include" not in held_aggregation(request._replace(among=None))["held"]["terms"]
    answer = {"held": {"buckets": [{"key": "أ", "doc_count": 3}]}}
    assert [(one.text, one.frequency) for one in held_counts(answer)] == [("أ", 3)]


class Cluster:
    """Answers every count with 1 for each term asked for, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def __call__(self, body: Any) -> Any:
        self.asked.append(body)
        terms = body["aggs"]["values"]["terms"]
        include = terms["include"]
        some = include if isinstance(include, list) else [include]
        buckets = [{"key": one, "doc_count": 1} for one in some]
        return {"aggregations": {"values": {"buckets": buckets}}}


def test_frequencies_are_asked_for_in_batches_and_each_once() -> None:
    """The empty term is nobody's."""
    cluster = Cluster()
    asked = [*map(str, range(AT_ONCE + 1)), "0", ""]
    assert ClusterVocabulary(cluster, []).frequencies("exact", asked) == [1] * (AT_ONCE + 2) + [0]
    sizes = [body["aggs"]["values"]["terms"]["size"] for body in cluster.asked]
    assert sizes == [AT_ONCE, 1]


@pytest.mark.parametrize("prefix", ["سف", "a.b", "(", "[x]*", "\\", '"', "#@&<>~"])
def test_a_beginning_means_nothing_to_regular_expressions(prefix: str) -> None:
    """Every sign is escaped."""
    cluster = Cluster()
    ClusterVocabulary(cluster, []).beginning("exact", prefix, 5)
    pattern = cluster.asked[0]["aggs"]["values"]["terms"]["include"]
    escaped, bare = set(re.findall(r"\\(.)", pattern)), re.sub(r"\\.", "", pattern)
    assert re.sub(r"\\(.)", r"\1", pattern) == prefix + ".*"
    assert {sign for sign in prefix if sign in string.punctuation} <= escaped
    assert not set(bare.removesuffix(".*")) & set(string.punctuation)


def test_questions_that_have_no_answer_are_not_asked() -> None:
    """No limit, no word before."""
    cluster = Cluster()
    known = ClusterVocabulary(cluster, [])
    assert known.beginning("exact", "س", 0) == known.followers("", "س", 5) == []
    assert known.followers("س", "", 0) == known.frequencies("exact", []) == []
    assert cluster.asked == []


def test_neighbours_of_a_title_are_listed_once() -> None:
    """A term's document is named by its form and text."""
    assert pairs_of(["ا", "ب", "ا", "ب"]) == ["ا ب", "ب ا"]
    assert pairs_of(["ا"]) == []
    assert identity("exact", "سفير") == "exact سفير"


def test_a_negation_or_a_phrase_is_left_as_it_is() -> None:
    """They hold no alternatives to leave out."""
    phrase = Phrase("body", "exact", (("ا",), ("ب",)))
    for query in (Not(Or(MANY)), phrase):
        assert fitted(query, lambda _: 99, 6) == query
