"""The arrays are a Whoosh index: Whoosh's own searcher finds the same, with the same scores."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from whoosh import index as whoosh_index
from whoosh import query as wq
from whoosh.query.spans import SpanNear2
from whoosh.searching import Searcher
from whoosh.writing import IndexWriter

from index import Checkpoint, EngineError, open_engine
from index.query import And, AtLeast, Not, Or, Phrase, Query, Term
from tests.chances import cases
from tests.test_law_engines import WORDS, articles

ROUNDS = cases(600)


def in_whoosh(query: Query) -> wq.Query:
    """A query tree as Whoosh's own."""
    match query:
        case Term(field, form, text, boost):
            return wq.Term(f"{field}_{form}", text, boost=boost)
        case Phrase(field, form, slots, slop, boost):  # Whoosh ignores a boost of spans
            words = [wq.Term(f"{field}_{form}", text, boost=boost) for (text,) in slots]
            return SpanNear2(words, slop=slop + 1, ordered=True, mindist=1)
        case And(parts):
            return wq.And([in_whoosh(part) for part in parts])
        case Or(parts):
            return wq.Or([in_whoosh(part) for part in parts])
    raise AssertionError(query)


def random_query(chance: random.Random, depth: int = 3) -> Query:
    """A random tree of what both can say.

    Whoosh has no AtLeast and no And of nothing. Its AndNot forgets to look at the first document,
    so a Not stands on top only, where a mask says it.
    """
    if depth == 3 and chance.random() < 0.25:
        return And((random_query(chance, 2), Not(random_query(chance, 1))))
    field, form = chance.choice(("title", "body")), chance.choice(("exact", "lemma"))
    if depth == 0 or chance.random() < 0.3:
        word = chance.choice([*WORDS, "مفقود"])
        boost = chance.choice((1.0, 0.5, 2.0))
        if chance.random() < 0.7:
            return Term(field, form, word, boost)
        slots = tuple((text,) for text in chance.sample(WORDS, k=chance.choice((2, 2, 3))))
        return Phrase(field, form, slots, slop=chance.choice((0, 1, 3)), boost=boost)
    parts = tuple(random_query(chance, depth - 1) for _ in range(chance.choice((2, 2, 3, 5))))
    return chance.choice((And, Or, Or))(parts)


@pytest.mark.parametrize("segments", [1, 3])
def test_whoosh_itself_finds_the_same_documents_with_the_same_scores(
    tmp_path: Path, segments: int
) -> None:
    """Random queries, each answered by our arrays and by Whoosh's matchers over them."""
    chance = random.Random(segments)
    engine = open_engine(f"whoosh:{tmp_path}", create=True)
    documents = articles(chance, 90)
    # Each batch under a quarter of the one before stays a segment of its own.
    cuts = {1: [(0, 90)], 3: [(0, 72), (72, 87), (87, 90)]}[segments]
    for first, last in cuts:
        engine.update(documents[first:last], (), Checkpoint("archive", last))
    assert engine.stats().segments == segments
    with whoosh_index.open_dir(str(tmp_path)).searcher() as searcher:
        keys = [stored["key"] for stored in searcher.reader().all_stored_fields()]
        for _ in range(ROUNDS):
            query = random_query(chance)
            found = engine.search(query, limit=1000).found
            ours = {match.key: match.score for match in found}
            theirs = {keys[doc]: score for doc, score in scored(searcher, query)}
            assert ours.keys() == theirs.keys(), query
            for key, score in ours.items():
                assert score == pytest.approx(theirs[key], rel=1e-5, abs=1e-9), query


def scored(searcher: Searcher, query: Query) -> list[tuple[int, float]]:
    """Whoosh's answer: its document numbers and scores."""
    kept, dropped = query, None
    if isinstance(query, And) and isinstance(query.parts[-1], Not):
        kept, dropped = query.parts[0], in_whoosh(query.parts[-1].part)
    hits = searcher.search(in_whoosh(kept), limit=None, scored=True, mask=dropped)
    return [(hit.docnum, hit.score) for hit in hits]


def test_whoosh_finds_a_document_by_its_key_and_reads_it(tmp_path: Path) -> None:
    """Stored fields and the unique key work as in any Whoosh index."""
    documents = articles(random.Random(1), 30)
    open_engine(f"whoosh:{tmp_path}", create=True).update(documents, (), Checkpoint("a", 1))
    with whoosh_index.open_dir(str(tmp_path)).searcher() as searcher:
        for document in documents:
            assert searcher.document(key=document.key)["body"] == document.body


def test_whoosh_sees_deletions(tmp_path: Path) -> None:
    """A removed document is gone for Whoosh's searcher too."""
    documents = articles(random.Random(2), 30)
    engine = open_engine(f"whoosh:{tmp_path}", create=True)
    engine.update(documents, (), Checkpoint("a", 1))
    engine.update((), [documents[0].key], Checkpoint("a", 2))
    with whoosh_index.open_dir(str(tmp_path)).searcher() as searcher:
        assert searcher.doc_count() == 29
        assert searcher.document(key=documents[0].key) is None
        found = searcher.search(wq.Every(), limit=None)
        assert len(found) == 29


def test_whoosh_lists_our_vocabulary(tmp_path: Path) -> None:
    """Its lexicon of both fields is our list of terms; prefixes and statistics agree with it."""
    engine = open_engine(f"whoosh:{tmp_path}", create=True)
    engine.update(articles(random.Random(3), 60), (), Checkpoint("a", 1))
    with whoosh_index.open_dir(str(tmp_path)).reader() as reader:
        listed = {text.decode() for f in ("title", "body") for text in reader.lexicon(f"{f}_lemma")}
        assert listed == {one.text for one in engine.vocabulary().beginning("lemma", "", 1000)}
        for text in listed:
            info = reader.term_info("body_lemma", text)
            found = engine.search(Term("body", "lemma", text)).total
            assert info.doc_frequency() == reader.doc_frequency("body_lemma", text) == found
        some = next(iter(sorted(listed)))
        assert some[:1].encode() <= next(iter(reader.expand_prefix("body_lemma", some[:1])))


def test_writing_with_a_whoosh_writer_is_refused(tmp_path: Path) -> None:
    """Whoosh's writer would add one posting a call; its stock codec, a segment we cannot read."""
    engine = open_engine(f"whoosh:{tmp_path}", create=True)
    engine.update(articles(random.Random(4), 5), (), Checkpoint("a", 1))
    opened = whoosh_index.open_dir(str(tmp_path))
    codec = opened._read_toc().segments[0].codec()
    with pytest.raises(EngineError, match="bahith index"):
        opened.writer(codec=codec)
    writer: IndexWriter = opened.writer()
    writer.add_document(key="x", body_exact="كلمة")
    writer.commit(merge=False)
    with pytest.raises(EngineError, match="--rebuild"):
        engine.search(AtLeast(1, ()))
