"""The Whoosh engine as a thing in a directory: opening, refusing, committing, refreshing."""

from __future__ import annotations

import gc
import random
import threading
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from whoosh import index as whoosh_index
from whoosh.fields import ID, Schema

from index import (
    Checkpoint,
    Document,
    EngineError,
    ForeignIndex,
    NoIndex,
    OutdatedAnalysis,
    open_engine,
)
from index.document import Form
from index.engines.whoosh.interop.toc import writing
from index.engines.whoosh.searching.matching import Matcher, TimeUp
from index.engines.whoosh.storage.array_file import Array
from index.engines.whoosh.storage.derived import Readings, derived_arrays
from index.engines.whoosh.writing.inverter import MemorySegment, invert
from index.engines.whoosh.writing.workers import CHUNK
from index.query import And, AtLeast, Everything, Or, Phrase, Term
from tests.test_law_engines import articles


def test_opening_where_there_is_no_index_says_what_to_type(tmp_path: Path) -> None:
    """A missing and an empty directory alike."""
    for place in (tmp_path / "nothing", tmp_path):
        with pytest.raises(NoIndex, match="bahith index --index whoosh:"):
            open_engine(f"whoosh:{place}")


def test_a_directory_of_something_else_is_never_written_to(tmp_path: Path) -> None:
    """Neither opened, nor made into an index, nor replaced."""
    (tmp_path / "thesis.doc").write_text("years of work")
    for how in ({}, {"create": True}, {"fresh": True}):
        with pytest.raises(ForeignIndex, match=r"thesis\.doc"):
            open_engine(f"whoosh:{tmp_path}", **how)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_file_in_the_place_of_the_directory_is_refused(tmp_path: Path) -> None:
    """With a sentence, not a stack trace."""
    place = tmp_path / "file"
    place.write_text("")
    with pytest.raises(ForeignIndex, match="is a file"):
        open_engine(f"whoosh:{place}", create=True)


def test_another_programs_whoosh_index_is_refused(tmp_path: Path) -> None:
    """It has no seal of ours; it is not touched even when asked to start afresh."""
    writer = whoosh_index.create_in(str(tmp_path), Schema(path=ID(stored=True))).writer()
    writer.add_document(path="/a")
    writer.commit()
    for how in ({}, {"create": True}, {"fresh": True}):
        with pytest.raises(ForeignIndex, match="not"):
            open_engine(f"whoosh:{tmp_path}", **how)


def test_an_index_of_other_rules_is_refused_until_it_is_rebuilt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version of the analysis is stamped with every commit and checked with every opening."""
    url = f"whoosh:{tmp_path}"
    engine = open_engine(url, create=True)
    engine.update(articles(random.Random(1), 3), (), Checkpoint("archive", 3))
    with monkeypatch.context() as patch:
        patch.setattr("index.engines.whoosh.last_commit.version", lambda: "other")
        with pytest.raises(OutdatedAnalysis, match=f"bahith index --rebuild --index {url}"):
            open_engine(url)
        fresh = open_engine(url, fresh=True)
        assert fresh.stats().documents == 0
    assert open_engine(url).stats().documents == 3


@pytest.mark.parametrize(
    ("url", "error", "sentence"),
    [
        ("data/index", EngineError, "whoosh:data/index"),
        ("solr:http://host", EngineError, "names no kind"),
    ],
)
def test_a_url_that_names_no_engine_we_have_is_answered_with_one_that_does(
    url: str, error: type[EngineError], sentence: str
) -> None:
    """The scheme picks the engine."""
    with pytest.raises(error, match=sentence):
        open_engine(url)


def test_an_empty_index_answers(tmp_path: Path) -> None:
    """Nothing committed, and a commit of nothing."""
    engine = open_engine(f"whoosh:{tmp_path / 'i'}", create=True)
    for _ in range(2):
        assert engine.search(Everything()).total == 0
        assert engine.vocabulary().beginning("exact", "", 10) == []
        assert engine.vocabulary().frequencies("lemma", ["كتاب"]) == [0]
        assert engine.documents(["key"]) == [None]
        assert engine.stats().documents == 0
        engine.update((), (), Checkpoint("archive", 0))


def test_more_documents_than_one_chunk_are_all_there(tmp_path: Path) -> None:
    """Documents are read in chunks; none is lost between two."""
    documents = [
        Document(f"{n:05}", f"urn:{n}", f"خبر {n}", "نص قصير") for n in range(2 * CHUNK + 7)
    ]
    engine = open_engine(f"whoosh:{tmp_path}", create=True)
    engine.update(iter(documents), (), Checkpoint("archive", 1))
    assert engine.documents([document.key for document in documents]) == documents


def test_of_two_documents_with_one_key_the_last_counts(tmp_path: Path) -> None:
    """In one update, in one chunk or two."""
    first = [Document(f"{n}", f"urn:{n}", "قديم", "") for n in range(CHUNK + 5)]
    second = [Document("3", "urn:3", "جديد", ""), Document("3", "urn:3", "أجدد", "")]
    engine = open_engine(f"whoosh:{tmp_path}", create=True)
    engine.update([*first, *second], (), Checkpoint("archive", 1))
    assert engine.stats().documents == len(first)
    assert engine.documents(["3"])[0] == second[1]


def test_a_fresh_engine_leaves_the_old_index_in_force_until_its_first_commit(
    tmp_path: Path,
) -> None:
    """Rebuilding never takes the search away."""
    url = f"whoosh:{tmp_path}"
    old = open_engine(url, create=True)
    old.update(articles(random.Random(1), 9), (), Checkpoint("archive", 9))
    fresh = open_engine(url, fresh=True)
    assert fresh.checkpoint() == Checkpoint("", 0)
    assert old.stats().documents == 9
    fresh.update(articles(random.Random(2), 4), (), Checkpoint("archive", 4))
    assert old.stats().documents == fresh.stats().documents == 4
    assert old.checkpoint() == Checkpoint("archive", 4)


def test_a_reader_sees_what_another_engine_commits(tmp_path: Path) -> None:
    """Without opening again; the generation grows, so caches can be keyed on it."""
    url = f"whoosh:{tmp_path}"
    writer = open_engine(url, create=True)
    writer.update(articles(random.Random(1), 5), (), Checkpoint("archive", 5))
    reader = open_engine(url)
    before = reader.generation()
    writer.update(articles(random.Random(2), 5), (), Checkpoint("archive", 10))
    assert reader.search(Everything()).total == 10
    assert reader.generation() > before


def test_an_update_of_several_segments_becomes_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts too large for memory are written in pieces and merged; keys replace keys."""
    monkeypatch.setattr("index.engines.whoosh.writing.index_writer.FLUSH", 100)
    monkeypatch.setattr("index.engines.whoosh.writing.workers.CHUNK", 7)
    documents = articles(random.Random(3), 60)
    again = [Document(one.key, one.url, "عنوان جديد", one.body) for one in documents[:20]]
    engine = open_engine(f"whoosh:{tmp_path}", create=True)
    engine.update(documents[:5], (), Checkpoint("archive", 1))
    engine.update([*documents, *again], (), Checkpoint("archive", 2))
    assert engine.stats()[0::2] == (60, 1)
    keys = [document.key for document in documents]
    assert engine.documents(keys) == [*again, *documents[20:]]


def test_a_build_holds_one_batch_and_derives_tables_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are: what was written is let go before more is gathered."""
    monkeypatch.setattr("index.engines.whoosh.writing.index_writer.FLUSH", 1_000)
    monkeypatch.setattr("index.engines.whoosh.writing.workers.CHUNK", 5)
    documents = [
        Document(f"{n}", f"urn:{n}", f"رقم{n}", "زار السفير المدينة " * 10) for n in range(150)
    ]
    held: list[int] = []
    gc.collect()
    others = {id(one) for one in gc.get_objects() if isinstance(one, MemorySegment)}

    def counting(*given: Any) -> MemorySegment:
        found = [one for one in gc.get_objects() if isinstance(one, MemorySegment)]
        held.append(sum(id(one) not in others for one in found))
        return invert(*given)

    tables: list[int] = []

    def made(terms: Mapping[Form, Sequence[str]], readings: Readings) -> dict[str, Array]:
        tables.append(sum(term.isdigit() for term in terms["exact"]))
        return derived_arrays(terms, readings)

    monkeypatch.setattr("index.engines.whoosh.writing.workers.invert", counting)
    monkeypatch.setattr("index.engines.whoosh.storage.merge.derived_arrays", made)
    engine = open_engine(f"whoosh:{tmp_path}", create=True)
    engine.update(documents, (), Checkpoint("archive", 1))
    assert tables == [150]  # of what will be searched, not of each batch
    assert len(held) == 30  # chunks, of which two make a batch
    assert max(held) <= 2


def test_two_writers_take_turns_or_are_told(tmp_path: Path) -> None:
    """Whoosh's lock is held during a commit; a second writer gets a sentence."""
    engine = open_engine(f"whoosh:{tmp_path}", create=True)
    engine.update((), (), Checkpoint("archive", 0))
    with writing(tmp_path), pytest.raises(EngineError, match="another process"):
        engine.update((), (), Checkpoint("archive", 1))


def test_many_small_commits_leave_few_segments(tmp_path: Path) -> None:
    """Their number grows with the logarithm of the documents."""
    engine = open_engine(f"whoosh:{tmp_path}", create=True)
    chance = random.Random(5)
    for step in range(60):
        engine.update(articles(chance, 4), (), Checkpoint("archive", step))
    assert engine.stats().documents == 240
    assert engine.stats().segments <= 5


def test_searches_of_several_threads_see_whole_commits_while_one_writes(tmp_path: Path) -> None:
    """Every answer is some commit's: its total a multiple of what a commit adds."""
    url = f"whoosh:{tmp_path}"
    engine = open_engine(url, create=True)
    engine.update(articles(random.Random(0), 10), (), Checkpoint("archive", 0))
    wrong: list[object] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            try:
                found = engine.search(Everything(), limit=500, facets=("section",))
                counted = sum(count for _, count in found.facets["section"])
                if found.total % 10 or len(found.found) != found.total or counted != found.total:
                    wrong.append(found.total)
                engine.search(Term("body", "lemma", "قال"))
            except Exception as error:
                wrong.append(error)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    other = open_engine(url)
    for step in range(1, 25):
        other.update(articles(random.Random(step), 10), (), Checkpoint("archive", step))
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert engine.search(Everything()).total == 250


def test_a_search_out_of_time_says_that_it_is_partial(tmp_path: Path) -> None:
    """The reader learns that not everything was looked at."""
    engine = open_engine(f"whoosh:{tmp_path}", create=True)
    engine.update(articles(random.Random(0), 10), (), Checkpoint("archive", 0))
    found = engine.search(Everything(), timeout=-1)
    assert found.partial
    assert not found.total_exact


def test_two_engines_on_a_new_directory_do_not_undo_each_other(tmp_path: Path) -> None:
    """Both were opened before there was an index; the second adds to what the first committed."""
    url = f"whoosh:{tmp_path / 'index'}"
    first, second = (open_engine(url, create=True) for _ in range(2))
    first.update(articles(random.Random(1), 5), (), Checkpoint("archive", 5))
    second.update(articles(random.Random(2), 5), (), Checkpoint("archive", 10))
    assert first.search(Everything()).total == second.search(Everything()).total == 10


def test_time_that_is_up_before_optional_clauses_are_known_leaves_what_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The documents by their words alone, all counted, in an answer that says it is partial."""
    engine = open_engine(f"whoosh:{tmp_path}", create=True)
    engine.update(articles(random.Random(3), 60), (), Checkpoint("a", 1))
    words = AtLeast(1, tuple(Or((Term("body", "exact", text),)) for text in ("سفير", "وزير")))
    pair = Phrase("body", "exact", (("سفير",), ("وزير",)), slop=5)
    wanted = And((words, AtLeast(0, (pair,))))
    whole, plain = engine.search(wanted), engine.search(words)
    assert whole.found != plain.found

    def out_of_time(_: Matcher) -> None:
        raise TimeUp

    monkeypatch.setattr(Matcher, "check_time", out_of_time)  # the words are remembered by now
    cut_short = engine.search(wanted)
    assert cut_short.partial
    assert cut_short.total == whole.total
    assert cut_short.found == plain.found


def test_neighbours_are_the_same_whatever_fits_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Documents are looked at in pieces; where one ends changes no score."""
    engine = open_engine(f"whoosh:{tmp_path}", create=True)
    engine.update(articles(random.Random(6), 90), (), Checkpoint("a", 1))
    texts = ("سفير", "وزير", "خبر", "سفير")
    words = AtLeast(1, tuple(Or((Term("body", "exact", text),)) for text in texts[:3]))
    pairs = [Phrase("body", "exact", ((a,), (b,)), slop=4) for a, b in pairwise(texts)]
    wanted = And((words, AtLeast(0, tuple(pairs))))
    whole = engine.search(wanted, limit=90)
    monkeypatch.setattr("index.engines.whoosh.searching.proximity.PIECE", 7)
    assert engine.search(wanted, limit=90) == whole != engine.search(words, limit=90)


def test_a_word_remembered_answers_as_one_that_is_new(tmp_path: Path) -> None:
    """The same tree, twice and as another object: the same documents and scores."""
    engine = open_engine(f"whoosh:{tmp_path}", create=True)
    engine.update(articles(random.Random(4), 60), (), Checkpoint("a", 1))

    def tree() -> AtLeast:
        words = [(text, "سفير") for text in ("وزير", "كتاب", "خبر")]
        return AtLeast(
            2, tuple(Or(tuple(Term("body", "lemma", text) for text in word)) for word in words)
        )

    same = tree()
    first = engine.search(same)
    assert first.total
    assert engine.search(same) == first == engine.search(tree())
    engine.update(articles(random.Random(5), 60), (), Checkpoint("a", 2))
    assert engine.search(same) == engine.search(tree()) != first
