"""What `benchmarks.speed` works on: real articles, ten times as many made of them, queries."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.data import read_news
from crawl import key_of
from index import FIELDS, FORMS, Checkpoint, Document, Engine
from index.analysis import STOPWORDS, columns
from index.engines.whoosh.engine import WhooshEngine
from index.engines.whoosh.searching.segment_reader import IndexReader
from index.engines.whoosh.storage.commit_file import NOTHING
from index.query import And, Or, Phrase, Query, Term

SEED = 1
QUERIES = 200
# Bands of document frequency, as parts of the corpus.
BANDS = {"rare": (0.0, 0.002), "middling": (0.002, 0.05), "common": (0.05, 1.0)}


def news(limit: int | None) -> list[Document]:
    """The real articles, one for each key."""
    rows = (
        Document(
            key_of(row["url"]),
            row["url"],
            row["title"],
            row["body"],
            row.get("date", ""),
            row.get("author", ""),
            row.get("source", ""),
        )
        for row in read_news(limit)
    )
    return list({document.key: document for document in rows}.values())


def shuffled(documents: Sequence[Document], times: int) -> Iterator[Document]:
    """`times` as many articles, each of random sentences, as many as some real one has."""
    chance = random.Random(SEED)
    cut = [re.split(r"(?<=[.!؟\n])", document.body) for document in documents]
    pool = [sentence for sentences in cut for sentence in sentences]
    for number in range(times * len(documents)):
        model = documents[number % len(documents)]
        count = len(cut[number % len(documents)])
        yield Document(
            f"{number:016x}",
            f"urn:made:{number}",
            chance.choice(documents).title,
            "".join(chance.choices(pool, k=count)),
            model.date,
            model.author,
            model.source,
        )


def queries(documents: Sequence[Document], engine: Engine) -> dict[str, list[Query]]:
    """Random queries of each kind, from the words of real headlines."""
    chance = random.Random(SEED)
    chosen = chance.sample(list(documents), min(len(documents), 20 * QUERIES))
    titles = [columns(document.title) for document in chosen]
    kinds: dict[str, list[Query]] = {"or": [], "and": [], "phrase": []}
    for exact, lemma in ((title.exact, title.lemma) for title in titles):
        told = [i for i, text in enumerate(exact) if text not in STOPWORDS]
        if 3 <= len(told) <= 14 and len(kinds["or"]) < QUERIES:
            kinds["or"].append(
                Or(
                    tuple(
                        Term(field, form, (exact if form == "exact" else lemma)[i])
                        for i in told
                        for field in FIELDS
                        for form in FORMS
                    )
                )
            )
            picked = chance.sample(told, 3)
            kinds["and"].append(And(tuple(Term("body", "lemma", lemma[i]) for i in picked)))
            at = chance.randrange(len(exact) - 1)
            kinds["phrase"].append(Phrase("body", "exact", ((exact[at],), (exact[at + 1],))))
    terms = engine.vocabulary().beginning("lemma", "", 1 << 40)
    chance.shuffle(terms)
    for name, (low, high) in BANDS.items():
        wanted = (low * len(documents), high * len(documents))
        found: list[Query] = []
        for text, count in terms:
            if wanted[0] < count <= wanted[1]:
                found.append(Term("body", "lemma", text))
            if len(found) == QUERIES:
                break
        kinds[f"term, {name}"] = found
    return kinds


def build(
    folder: Path, documents: Iterator[Document] | Sequence[Document], processes: int
) -> Engine:
    """An index of the documents, in one commit."""
    engine = WhooshEngine(folder, IndexReader(folder, NOTHING), processes=processes)
    engine.update(documents, (), Checkpoint("benchmark", 1))
    return engine


def raw_size(documents: Sequence[Document]) -> int:
    """Bytes of title and body in UTF-8."""
    return sum(len((document.title + document.body).encode()) for document in documents)
