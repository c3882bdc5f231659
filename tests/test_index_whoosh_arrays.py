"""The arrays that a segment is made of and searched with, each module by itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Checkpoint, CorruptIndex, Document, open_engine
from index.document import Field
from index.engines.whoosh.last_commit import open_last_commit
from index.engines.whoosh.searching.bm25 import ScoringPlan, plan_of
from index.engines.whoosh.searching.phrases import lead_postings, phrase_docs
from index.engines.whoosh.searching.positions import locate
from index.engines.whoosh.searching.segment_reader import IndexReader
from index.engines.whoosh.searching.top_k import BLOCK, SMALL, top
from index.engines.whoosh.storage.array_file import ArrayFile, narrow, narrowest
from index.engines.whoosh.storage.array_writer import ArrayWriter
from index.engines.whoosh.storage.doc_sets import contains, distinct, located, marked, runs, union
from index.engines.whoosh.storage.docstore import pack, unpack, zdict_of
from index.query import And, AtLeast, Dates, Lead, Not, Or, Phrase, Query, Term

# Documents of an imagined segment: few and many take different ways.
DOCUMENTS = 400

documents = st.sets(st.integers(0, DOCUMENTS - 1)).map(lambda some: np.array(sorted(some), int))


@given(st.lists(documents.filter(len), max_size=4))
def test_a_union_holds_what_any_of_the_sets_holds(sets: list[np.ndarray]) -> None:
    """Ascending, each once, however many there are."""
    expected = sorted(set().union(*(some.tolist() for some in sets)))
    assert union(sets, DOCUMENTS).tolist() == expected
    assert np.flatnonzero(marked(sets, DOCUMENTS)).tolist() == expected


@given(documents, documents)
def test_what_a_set_contains_is_told_for_each(docs: np.ndarray, asked: np.ndarray) -> None:
    """By looking up or by marking; where they stand is told too."""
    expected = [one in docs.tolist() for one in asked.tolist()]
    assert contains(docs, asked, DOCUMENTS).tolist() == expected
    if len(docs):
        at, there = located(docs, asked)
        assert there.tolist() == expected
        assert docs[at[there]].tolist() == asked[there].tolist()


@pytest.mark.parametrize("docs", [[], list(range(DOCUMENTS)), [0, DOCUMENTS - 1]])
def test_none_and_all_documents_are_sets_too(docs: list[int]) -> None:
    """Asked for the first, the last and one between."""
    asked = np.array([0, 200, DOCUMENTS - 1])
    found = contains(np.array(docs, int), asked, DOCUMENTS)
    assert found.tolist() == [one in docs for one in asked.tolist()]


@given(st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 5)), max_size=20))
def test_runs_are_laid_end_to_end(some: list[tuple[int, int]]) -> None:
    """Empty ones among them."""
    starts, sizes = (np.array([one[side] for one in some], np.int64) for side in (0, 1))
    expected = [number for start, size in some for number in range(start, start + size)]
    assert runs(starts, sizes).tolist() == expected


@given(st.lists(st.integers(0, 9)))
def test_distinct_keeps_each_value_once(values: list[int]) -> None:
    """Of ascending ones."""
    assert distinct(np.array(sorted(values), int)).tolist() == sorted(set(values))


@given(
    st.lists(st.integers(0, 30), max_size=40),
    st.integers(0, 12),
    st.sampled_from([1, SMALL // 16, BLOCK]),
)
def test_the_top_are_the_highest_scores_ties_to_the_first(
    scores: list[int], count: int, times: int
) -> None:
    """Of a few and of many, with a bound and without, in any order."""
    many = np.array(scores * times, dtype=np.float64) / 7
    best = sorted(range(len(many)), key=lambda place: (-many[place], place))[:count]
    likely = np.array(sorted(best[: count // 2]), int)
    for hint in (np.empty(0, int), likely, np.arange(len(many))[::2]):
        assert sorted(top(many, count, hint).tolist()) == sorted(best)


@pytest.mark.parametrize(
    ("values", "dtype"),
    [([], "uint8"), ([255], "uint8"), ([0, 256], "uint16"), ([1 << 16], "uint32")],
)
def test_numbers_are_kept_in_the_smallest_type_that_holds_them(
    values: list[int], dtype: str
) -> None:
    """And come out as they went in."""
    kept = narrow(np.array(values, np.int64))
    assert (kept.dtype, kept.tolist()) == (dtype, values)
    assert narrowest(max(values, default=0)) == dtype


@pytest.mark.parametrize(
    "data",
    [b"", b"bahithWA", b"\0" * 200, b"PK\x03\x04" * 100],
    ids=["empty", "magic", "zeros", "zip"],
)
def test_what_is_no_array_file_is_refused(tmp_path: Path, data: bytes) -> None:
    """Whatever lies in its place, with what to type."""
    path = tmp_path / "one.arrays"
    path.write_bytes(data)
    with pytest.raises(CorruptIndex, match="bahith index --rebuild"):
        ArrayFile(path)


def test_an_array_file_names_its_arrays_in_order(tmp_path: Path) -> None:
    """With how many values each has."""
    path = tmp_path / "one.arrays"
    with ArrayWriter(path) as file:
        file.add("b", np.arange(3))
        file.add("a", np.empty(0, np.uint8))
    opened = ArrayFile(path)
    assert opened.names() == ["b", "a"]
    assert [opened.count(name) for name in ("b", "a")] == [3, 0]
    assert ("a" in opened, "c" in opened) == (True, False)


STORED = Document("0001", "https://a.example/1", "عنوان", "نص " * 50, tags=("بحر", "صيد"))


@pytest.mark.parametrize(
    "packed",
    [b"", b"x", pack(STORED, b"")[:-4], pack(STORED, zdict_of([STORED]))],
    ids=["empty", "junk", "cut off", "packed with another dictionary"],
)
def test_what_is_no_stored_document_is_a_value_error(packed: bytes) -> None:
    """The segment makes an error of it that says what to type."""
    with pytest.raises(ValueError, match=r"stored document|Expecting|column|decode"):
        unpack(packed, b"another dictionary")


def test_a_stored_document_comes_out_as_it_went_in() -> None:
    """With and without a preset dictionary, which makes it smaller."""
    zdict = zdict_of([STORED])
    assert unpack(pack(STORED, zdict), zdict) == unpack(pack(STORED, b""), b"") == STORED
    assert len(pack(STORED, zdict)) < len(pack(STORED, b""))


def body(text: str, boost: float = 1.0) -> Term:
    """A term of the body."""
    return Term("body", "exact", text, boost)


A, B, C = body("ا"), body("ب", 2.0), body("ا", 0.5)
BOTH = And((A, B))


def boosts(**given: float) -> dict[tuple[str, str, str], float]:
    """Boosts of terms of the body."""
    return {("body", "exact", text): boost for text, boost in given.items()}


@pytest.mark.parametrize(
    ("query", "plan"),
    [
        (A, ScoringPlan(boosts(ا=1.0), [], True)),
        (Or((A, B)), ScoringPlan(boosts(ا=1.0, ب=2.0), [], True)),
        (Or((A, C)), ScoringPlan(boosts(ا=1.5), [], True)),  # one list, both boosts
        (BOTH, ScoringPlan(boosts(ا=1.0, ب=2.0), [], False)),  # to have a score is not to hold it
        (Or((A, BOTH)), ScoringPlan(boosts(ا=1.0), [(BOTH, plan_of(BOTH))], False)),
        (Not(A), ScoringPlan({}, [], False)),
        (And((A, Dates("2015-01-01"))), ScoringPlan(boosts(ا=1.0), [], False)),
        (Lead(A, 3), ScoringPlan(boosts(ا=1.0), [], False)),
        (
            Phrase("body", "exact", (("ا",), ("ب",)), boost=3.0),
            ScoringPlan(boosts(ا=3.0, ب=3.0), [], False),
        ),
        (body("ا", 0.0), ScoringPlan(boosts(ا=0.0), [], False)),
    ],
)
def test_a_query_is_scored_by_its_terms_and_by_parts_that_may_hold(
    query: Query, plan: ScoringPlan
) -> None:
    """What is sure to hold adds its terms wherever they stand; the rest is looked at."""
    assert plan_of(query) == plan


def test_holding_all_parts_adds_their_sum_again() -> None:
    """So many times as `whole` says."""
    plan = plan_of(AtLeast(1, (A, B), coordination=10.0))
    assert plan.boosts == boosts(ا=1.0, ب=2.0)
    ((query, more),) = plan.parts
    assert (query, more.boosts) == (And((A, B)), boosts(ا=10.0, ب=20.0))


TEXTS = ("قال وزير الصحة اليوم", "وزير قال", "الصحة وزير الصحة قال", "خبر عاجل", "")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> IndexReader:
    """A commit of one segment, whose documents are numbered as their keys."""
    folder = tmp_path_factory.mktemp("arrays") / "index"
    engine = open_engine(f"whoosh:{folder}", create=True)
    made = [Document(f"{n}", f"https://a.example/{n}", "", text) for n, text in enumerate(TEXTS)]
    engine.update(made, (), Checkpoint("archive", 1))
    return open_last_commit(folder)


@pytest.mark.parametrize(
    ("slots", "slop", "held"),
    [
        ("وزير الصحة", 0, [0, 2]),
        ("الصحة وزير", 0, [2]),  # in this order
        ("قال الصحة", 0, []),
        ("قال الصحة", 1, [0]),  # one word between
        ("وزير قال", 1, [1, 2]),
        ("وزير|خبر الصحة|عاجل", 0, [0, 2, 3]),  # alternatives
        ("الصحة الصحة", 1, [2]),  # the same word twice
        ("وزير", 0, [0, 1, 2]),
        ("وزير مفقود", 5, []),
        ("", 0, []),
    ],
)
def test_a_phrase_is_a_chain_of_its_slots(
    snapshot: IndexReader, slots: str, slop: int, held: list[int]
) -> None:
    """In order, neighbours at most so many words apart."""
    phrase = Phrase("body", "exact", tuple(tuple(s.split("|")) for s in slots.split()), slop)
    (reader,) = snapshot.readers
    assert phrase_docs(reader, phrase).tolist() == held


@pytest.mark.parametrize(
    ("text", "words", "held"),
    [("وزير", 1, [1]), ("وزير", 2, [0, 1, 2]), ("الصحة", 1, [2]), ("مفقود", 9, []), ("قال", 0, [])],
)
def test_a_lead_holds_its_term_among_the_first_words(
    snapshot: IndexReader, text: str, words: int, held: list[int]
) -> None:
    """Where the term first stands decides."""
    (reader,) = snapshot.readers
    assert lead_postings(reader, Lead(body(text), words)).docs.tolist() == held


def test_positions_of_terms_are_read_for_a_page(snapshot: IndexReader) -> None:
    """In the order of the keys, None for one that is not there, only terms that occur."""
    where: tuple[Field, str] = ("body", "exact")
    asked = {where: {"وزير", "الصحة", "مفقود"}}
    found = locate(snapshot, ["2", "9", "3", "0"], asked)
    assert [one and one.document.key for one in found] == ["2", None, "3", "0"]
    assert [one and one.positions for one in found] == [
        {where: {"وزير": [1], "الصحة": [0, 2]}},
        None,
        {},
        {where: {"وزير": [1], "الصحة": [2]}},
    ]
