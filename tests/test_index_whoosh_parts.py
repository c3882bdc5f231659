"""What segments are stored and searched with, each part by itself, against plain Python."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.expansion.vocabulary import within_slips
from index.analysis.numbering import Numbering
from index.engine import BM25_B, BM25_K1, Filters, Recency
from index.engines.whoosh.counting import facets
from index.engines.whoosh.searching.accumulator import CHUNK, FEW_LISTS, Accumulator
from index.engines.whoosh.searching.cache import ByteCache
from index.engines.whoosh.searching.optional_clauses import Scored, optional_clauses
from index.engines.whoosh.searching.proximity import PairRun, is_pair, proximities_of
from index.engines.whoosh.searching.segment_reader import ScoredPostings
from index.engines.whoosh.searching.term_weights import norms, recency_priors, saturated
from index.engines.whoosh.storage.derived import (
    derived_arrays,
    derived_path,
    open_derived,
    readings_of,
    write_derived,
)
from index.engines.whoosh.storage.filtering import date_range, passing
from index.engines.whoosh.storage.keyed_table import KeyedTable, table_arrays
from index.engines.whoosh.storage.segment_data import Attributes
from index.engines.whoosh.storage.slip_filter import candidates, filter_arrays, signatures
from index.engines.whoosh.storage.spool import spools
from index.engines.whoosh.storage.term_dict import MemoryArrays, TermDictionary, dictionary_arrays
from index.query import And, Not, Phrase, Term

words = st.lists(st.text("ابتسف", min_size=1, max_size=5), max_size=30).map(
    lambda some: sorted(set(some))
)


@given(st.lists(st.text("ابتسف", max_size=3)))
def test_texts_are_numbered_as_they_come_and_ranked_at_the_end(texts: list[str]) -> None:
    """Each text has one number, and by its number its place among all."""
    numbering = Numbering()
    numbers = [numbering[text] for text in texts]
    assert numbers == [list(dict.fromkeys(texts)).index(text) for text in texts]
    held, ranks = numbering.ascending()
    assert held == sorted(set(texts))
    assert [held[ranks[number]] for number in numbers] == texts


@given(st.sets(st.tuples(st.text("كلم", min_size=1, max_size=3), st.sampled_from("سفر"))))
def test_a_keyed_table_gives_each_key_its_terms(pairs: set[tuple[str, str]]) -> None:
    """Ascending; a key that nothing has has none."""
    numbers = {term: number for number, term in enumerate("سفر")}
    table = KeyedTable(MemoryArrays(table_arrays("t", pairs, numbers)), "t")
    for key in {key for key, _ in pairs} | {"لا"}:
        held = sorted(numbers[term] for one, term in pairs if one == key)
        assert table.terms(key).tolist() == held
    of_key, of_term = table.rows()
    told = zip(table.keys.texts(of_key), of_term.tolist(), strict=True)
    assert set(told) == {(key, numbers[term]) for key, term in pairs}


@given(words, st.text("ابتسف", min_size=1, max_size=6), st.integers(0, 2))
def test_the_slip_filter_passes_over_nothing_that_is_near(
    terms: list[str], term: str, slips: int
) -> None:
    """What it gives is a little more than what lies within so many slips."""
    arrays = MemoryArrays(filter_arrays(terms))
    given_out = {terms[number] for number in candidates(arrays, term, slips).tolist()}
    assert given_out >= {near for near, _ in within_slips(term, terms, slips)}


def test_signatures_of_many_terms_are_those_of_each() -> None:
    """Letters swapped change none of their bits."""
    terms = ["سفير", "سفر", "سسفر", "فسير"]
    assert signatures(terms).tolist() == [int(signatures([term])[0]) for term in terms]
    assert signatures(["سفير"])[0] == signatures(["فسير"])[0]
    assert signatures([]).tolist() == []


def test_a_spool_gives_back_what_was_written(tmp_path: Path) -> None:
    """Converted to its type, and gone with its block."""
    with spools(tmp_path, [np.dtype(np.uint8), np.dtype(np.int64)]) as (small, large):
        small.append(np.array([1, 2]))
        small.append(np.array([], int))
        small.append(np.array([3]))
        large.append(np.array([1 << 40]))
        assert np.concatenate(list(small.pieces())).tolist() == [1, 2, 3]
        assert np.concatenate(list(small.pieces())).tolist() == [1, 2, 3]  # as often as asked
        assert next(large.pieces()).tolist() == [1 << 40]
    assert list(tmp_path.iterdir()) == []


DAYS = np.array([date(2015, 8, day).toordinal() for day in (20, 9, 9, 1)] + [0, 0])


@pytest.mark.parametrize(
    ("since", "until", "docs"),
    [
        ("", "", [0, 1, 2, 3, 4, 5]),
        ("2015-08-09", "", [0, 1, 2]),
        ("", "2015-08-09", [1, 2, 3]),
        ("2015-08-09", "2015-08-09", [1, 2]),
        ("2015-08-10", "2015-08-19", []),
        ("2016-01-01", "", []),
        ("", "2014-12-31", []),
        ("2015-08-20", "2015-08-01", []),
    ],
)
def test_dates_between_two_days_stand_side_by_side(since: str, until: str, docs: list[int]) -> None:
    """Both included; the undated are in no range that has an end."""
    found = date_range(DAYS, since, until)
    assert list(range(len(DAYS)))[found] == docs
    everything = np.arange(len(DAYS))
    passed = passing(everything, Filters(since=since, until=until), DAYS, lambda _: SOURCES)
    assert passed.tolist() == docs


SOURCES = Attributes([(), ("الساحل",), ("الساحل", "الجبل")], np.array([1, 2, 0, 1, 2, 0]))


@pytest.mark.parametrize(
    ("wanted", "docs"),
    [
        ((), [0, 1, 2, 3, 4, 5]),
        (("الساحل",), [0, 1, 3, 4]),
        (("الجبل",), [1, 4]),
        (("الجبل", "الساحل"), [0, 1, 3, 4]),
        (("السهل",), []),
    ],
)
def test_a_filter_lets_pass_what_has_one_of_its_values(
    wanted: tuple[str, ...], docs: list[int]
) -> None:
    """Of an attribute with many values, any."""
    everything = np.arange(6)
    passed = passing(everything, Filters(source=wanted), DAYS, lambda _: SOURCES)
    assert passed.tolist() == docs


def test_tables_beside_a_segment_are_read_back_and_old_rules_are_not(tmp_path: Path) -> None:
    """A segment without any has None, not an error."""
    exact = ["السفير", "سفارة", "كتب"]
    readings = {"كتب": ["كتاب"]}
    arrays = derived_arrays({"exact": exact, "lemma": ["سفير"]}, readings)
    path = derived_path(tmp_path / "MAIN_a.arrays")
    assert open_derived(path) is None
    write_derived(path, arrays)
    found = open_derived(path)
    assert found is not None
    terms = TermDictionary(MemoryArrays(dictionary_arrays("exact", exact)), "exact")
    assert readings_of(found, terms) == readings
    write_derived(path, arrays | {"rules": np.array([0], np.uint32)})
    assert open_derived(path) is None


def test_a_full_cache_drops_its_older_half() -> None:
    """What is put twice counts once; one thing too large empties it and goes too."""
    cache = ByteCache[int](10)
    for number in range(5):
        cache.put(number, number, 2)
        cache.put(number, -1, 2)
    assert [cache.get(number) for number in range(5)] == [0, 1, 2, 3, 4]
    cache.put("large", 1, 4)
    assert [cache.get(name) for name in (0, 1, 2, 3, 4, "large")] == [None, None, None, 3, 4, 1]


DOCUMENTS = 500
postings = st.dictionaries(st.integers(0, DOCUMENTS - 1), st.integers(1, 9), max_size=40).map(
    lambda held: ScoredPostings(
        np.array(sorted(held), np.int64),
        np.array([held[doc] for doc in sorted(held)], np.float32),
    )
)


@settings(max_examples=30)
@given(st.lists(postings, max_size=FEW_LISTS + 3), st.data())
def test_sums_are_those_of_all_lists(lists: list[ScoredPostings], data: st.DataObject) -> None:
    """With their boosts, or counted; memory of the search before does not show."""
    accumulator = Accumulator()
    boosts = [float(data.draw(st.integers(0, 3))) for _ in lists]
    expected: Counter[int] = Counter()
    plain: Counter[int] = Counter()
    held: Counter[int] = Counter()
    for some, boost in zip(lists, boosts, strict=True):
        for doc, impact in zip(some.docs.tolist(), some.impacts.tolist(), strict=True):
            expected[doc] += boost * impact
            plain[doc] += impact
            held[doc] += 1
    for _ in range(2):
        sums = accumulator.add_up(lists, boosts, DOCUMENTS)
        assert sums.tolist() == [expected[doc] for doc in range(DOCUMENTS)]
        sums, counts = accumulator.tally(lists, DOCUMENTS)
        assert sums.tolist() == [plain[doc] for doc in range(DOCUMENTS)]
        assert counts.tolist() == [held[doc] for doc in range(DOCUMENTS)]


def test_a_list_longer_than_memory_at_a_time_is_added_in_pieces() -> None:
    """To the same sums."""
    many = CHUNK * 2 + 7
    every = ScoredPostings(np.arange(many), np.ones(many, np.float32))
    few = ScoredPostings(np.array([0, many - 1]), np.ones(2, np.float32))
    sums = Accumulator().add_up([few, every, few], [1.0, 2.0, 1.0], many)
    assert (sums[0], sums[1], sums[many - 1], sums.sum()) == (4.0, 2.0, 4.0, 2.0 * many + 4)


@settings(max_examples=30)
@given(st.lists(postings, max_size=FEW_LISTS + 3), st.sets(st.integers(0, DOCUMENTS - 1)))
def test_of_each_list_the_postings_of_some_documents_are_found(
    lists: list[ScoredPostings], some: set[int]
) -> None:
    """Whether lists are searched or looked at whole."""
    docs = np.array(sorted(some), np.int64)
    found = Accumulator().among([each.docs for each in lists], docs, DOCUMENTS)
    for each, (at, of) in zip(lists, found, strict=True):
        assert each.docs[at].tolist() == sorted(some & set(each.docs.tolist()))
        assert docs[of].tolist() == each.docs[at].tolist()


def test_bm25_is_as_its_paper_has_it() -> None:
    """In two steps, for whole arrays."""
    lengths, frequencies, average = np.array([10, 30]), np.array([1, 4]), 20.0
    weights = saturated(frequencies, norms(lengths, average)).tolist()
    for weight, length, often in zip(weights, lengths, frequencies, strict=True):
        norm = BM25_K1 * (1 - BM25_B + BM25_B * length / average)
        assert math.isclose(weight, often * (BM25_K1 + 1) / (often + norm), rel_tol=1e-6)


def test_what_is_new_weighs_more_and_the_undated_nothing() -> None:
    """Half of it is left after the half life; the future counts as today."""
    today = date(2015, 8, 20)
    days = np.array([today.toordinal() + 9, today.toordinal(), today.toordinal() - 30, 0])
    priors = recency_priors(Recency(today.isoformat(), weight=1.0, half_life=30.0), days)
    assert priors.tolist() == [2.0, 2.0, 1.5, 1.0]


@given(st.lists(st.integers(0, 40), max_size=30), st.integers(41, 400))
def test_numbers_are_tallied_by_table_or_by_sorting(codes: list[int], kinds: int) -> None:
    """Whichever is less work, to the same counts."""
    counted = dict(facets._tally(np.array(codes, np.int64), kinds))
    assert counted == dict(Counter(codes))


def body(text: str, boost: float = 1.0) -> Term:
    """A term of the body."""
    return Term("body", "exact", text, boost)


def pair(one: str, other: str, slop: int = 0, boost: float = 1.0) -> Phrase:
    """Two words side by side."""
    return Phrase("body", "exact", ((one,), (other,)), slop=slop, boost=boost)


def test_optional_parts_are_sorted_by_how_they_are_worked_out() -> None:
    """What adds nothing, or takes away, goes the general way."""
    odd = (Not(body("ا")), body("ب", 0.0), And((body("ا"), body("ب"))))
    found = optional_clauses([body("ا"), pair("ا", "ب"), *odd, body("ا", 2.0)])
    assert found.terms.boosts == {("body", "exact", "ا"): 3.0}
    assert [one.texts for one in found.pairs] == [["ا", "ب"]]
    assert found.others == odd
    assert optional_clauses([]).empty
    assert not found.empty


def test_scores_are_multiplied_with_their_priors_in_the_end() -> None:
    """Where there are any; the chosen keep theirs."""
    plain = Scored(np.array([3, 5]), np.array([1.0, 2.0]), None)
    assert plain.final().tolist() == [1.0, 2.0]
    found = plain._replace(priors=np.array([2.0, 1.5])).where(np.array([1]))
    assert (found.docs.tolist(), found.final().tolist()) == ([5], [3.0])


def test_pairs_of_a_query_run_on_as_its_words_do() -> None:
    """«ا ب ج» is one run of two pairs; another distance or boost begins another."""
    (found,) = proximities_of([pair("ا", "ب"), pair("ب", "ج"), pair("ج", "د", slop=2)])
    assert found.texts == ["ا", "ب", "ج", "د"]
    assert found.pairs == [PairRun(1, 1, 1.0, 1, 3), PairRun(1, 3, 1.0, 3, 4)]
    assert found.most == [1.0, 2.0, 2.0, 1.0]


@pytest.mark.parametrize(
    ("part", "is_one"),
    [
        (pair("ا", "ب"), True),
        (pair("ا", "ب", boost=0.0), False),
        (Phrase("body", "exact", (("ا", "أ"), ("ب",))), False),
        (Phrase("body", "exact", (("ا",), ("ب",), ("ج",))), False),
        (body("ا"), False),
    ],
)
def test_a_pair_is_two_words_in_order(part: Phrase | Term, is_one: bool) -> None:
    """With nothing to choose from, and a gain."""
    assert is_pair(part) is is_one
