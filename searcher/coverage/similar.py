"""Similar articles: what else is about the same, found by an article's strongest words.

The lemmas that are frequent in the article and rare in the index (tf·idf, as in Lucene's
MoreLikeThis), and the pairs of them that stand side by side, become one query whose parts need not
hold. Copies of the article's own story are left out: they are named by themselves.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index import FIELDS, Document, Engine, analysis, columns, query
from searcher.search import Searcher

# Articles that are listed: a reader wants a few to go on with.
SHOWN = 6
# Of a body: a long report says in its first pages what it is about, and bounds the work.
MOST_LETTERS_READ = 20_000
# Words asked for; more find hardly more copies and cost more (`benchmarks.similar`).
STRONGEST = 25
# Pairs of neighbours asked for; without them one copy in six hundred is lost.
PAIRS = 12
# Articles that hold a word which leads from one to another.
FEWEST = 2


def similar(searcher: Searcher, document: Document, limit: int = SHOWN) -> list[Document]:
    """The articles most like one, its copies left out, the nearest first. Raises `EngineError`."""
    engine = searcher.engine
    wanted = alike(engine, document)
    if isinstance(wanted, query.Nothing):
        return []
    if document.story:
        wanted = query.And((wanted, query.Not(query.Attribute("story", document.story))))
    found = engine.search(wanted, limit=limit + 1, timeout=searcher.timeout).found
    keys = [match.key for match in found if match.key != document.key][:limit]
    return [one for one in engine.documents(keys) if one]


def alike(engine: Engine, document: Document) -> query.Query:
    """A query of an article's strongest words and pairs of words; `Nothing` where it has none."""
    title, body = (
        columns(text).lemma for text in (document.title, document.body[:MOST_LETTERS_READ])
    )
    counts = Counter((*title, *body))
    strengths = dict(_strengths(engine, counts))
    strongest = sorted(strengths, key=lambda lemma: (-strengths[lemma], lemma))[:STRONGEST]
    if not strongest:
        return query.Nothing()
    words = [
        query.Term(field, "lemma", lemma, boost=1 + math.log(counts[lemma]))
        for lemma in strongest
        for field in FIELDS
    ]
    return query.Or((*words, *_neighbours(title, body, set(strongest))))


def _strengths(engine: Engine, counts: Counter[str]) -> Iterator[tuple[str, float]]:
    """How much each lemma says of its article; those that say nothing of another are left out."""
    told = [lemma for lemma in counts if not analysis.is_stopword(lemma) and len(lemma) > 1]
    documents = engine.stats().documents
    held = engine.vocabulary().frequencies("lemma", told)
    for lemma, frequency in zip(told, held, strict=True):
        if frequency >= FEWEST:
            yield lemma, (1 + math.log(counts[lemma])) * math.log(1 + documents / frequency)


def _neighbours(
    title: Sequence[str], body: Sequence[str], strongest: set[str]
) -> Iterator[query.Phrase]:
    pairs = Counter(
        pair
        for lemmas in (title, body)
        for pair in pairwise(lemmas)
        if pair[0] in strongest and pair[1] in strongest
    )
    for (one, other), _ in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:PAIRS]:
        yield query.Phrase("body", "lemma", ((one,), (other,)))
