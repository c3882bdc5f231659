"""Law: every hit of a positive query has a highlight, and taking the marks out changes nothing."""

from __future__ import annotations

import json
import lzma
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawl import Article
from index import Checkpoint, Document, Engine, analyze, open_engine
from searcher import Hit, Searcher
from searcher.hits.snippet import CUT_AFTER, CUT_BEFORE, JOIN

WORDS = [
    *("السفيرُ", "والسفراء", "سفيرٌ", "بالجزائر", "الجزائريين", "كتبـــت", "للكاتب"),
    *("وزارة", "،الصحة", "2015", "ﻭﺯﻳﺮ", "أو", "«في»", "من"),
]
STOPS = [" ", "\n", ". ", "، ", "! ", "\u200f ", " … "]
text = st.lists(
    st.tuples(st.sampled_from(WORDS) | st.text(max_size=6), st.sampled_from(STOPS)), max_size=120
).map(lambda pairs: "".join(word + stop for word, stop in pairs))
question = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


def engine_of(*documents: Document) -> Engine:
    """A `memory:` engine that holds these."""
    engine = open_engine("memory:")
    engine.update(documents, [], Checkpoint("law", 1))
    return engine


def assert_lawful(hit: Hit, document: Document) -> None:
    """The marks are whole words of the source, in order, and at least one is shown."""
    passages = [document.body[start:end] for start, end in hit.snippet.passages]
    shown = JOIN.join(passages)
    assert hit.snippet.text in {a + shown + b for a in ("", CUT_BEFORE) for b in ("", CUT_AFTER)}
    for shown, marks in ((hit.title, hit.title_marks), (hit.snippet.text, hit.snippet.marks)):
        ends = [0, *(place for mark in marks for place in mark)]
        assert ends == sorted(ends), "marks ascend and never overlap"
        words = {(token.start, token.end) for token in analyze(shown)}
        assert set(marks) <= words, "a mark is a whole word"
    assert hit.title == document.title
    assert hit.title_marks or hit.snippet.marks, "a hit shows why it is one"
    assert hit.words


@given(text, text, question)
def test_every_hit_shows_whole_words_of_its_source(title: str, body: str, asked: str) -> None:
    """Whatever the text is made of, whatever was asked."""
    document = Document("k", "https://example.org/1", title, body)
    for hit in Searcher(engine_of(document)).search(asked).hits:
        assert_lawful(hit, document)


@pytest.mark.parametrize(
    "asked", ["«السفير الروسي»", "سفي*", "=السفير", "سفير OR زلزال", "سفير -حرب"]
)
def test_every_kind_of_clause_is_highlighted(asked: str) -> None:
    """Phrases, beginnings, spellings, alternatives; nothing that was not wanted."""
    document = Document("k", "u", "لقاء", "زار السفير الروسي سفيرة مصر في زلزال السلام.")
    (hit,) = Searcher(engine_of(document)).search(asked).hits
    assert_lawful(hit, document)


def test_real_articles_keep_the_law(shared_data: Path) -> None:
    """A hundred real articles, asked for by words out of their middle."""
    with lzma.open(shared_data / "news.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line, _ in zip(lines, range(120), strict=False)]
    documents = {
        document.key: document
        for row in rows
        for document in [Document.of(Article(row["url"], row["title"], row["body"]))]
    }
    searcher = Searcher(engine_of(*documents.values()))
    chosen = random.Random(1)
    for document in chosen.sample(list(documents.values()), 20):
        words = [token.word for token in analyze(document.body)]
        if len(words) < 3:
            continue
        at = chosen.randrange(len(words) - 2)
        for hit in searcher.search(" ".join(words[at : at + 3]), literal=True).hits:
            assert_lawful(hit, documents[hit.id])
