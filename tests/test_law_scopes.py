"""Law: a part of an index answers as an index that holds nothing else.

So no answer of it can tell anything of an article outside: not by totals, facets, scores, order,
words that are known, or counts.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import FIELDS, FORMS, Checkpoint, Document, Engine, EngineError, Filters, open_engine
from index.engine import Sort
from searcher import Searcher
from tests.test_law_engines import WORDS, agree, articles, filters, query
from tests.test_law_vocabulary import answers

SECRETS = "زلزال زلازل زلزل انفجار الانفجارات سفيرة وزيره مدن الكاتب كتاتيب"
SCOPES = (
    Filters(source=("الوطن",)),
    Filters(source=("الخبر", "وكالة الأنباء"), section=("رياضة",)),
    Filters(since="2015-08-01"),
    Filters(until="2015-07-15", author=("سمير", "أحمد علي")),
    Filters(site=("a.example",)),
    Filters(source=("لا أحد",)),
)
FACETS = ("source", "author", "section", "year", "month", "day")


@pytest.fixture(params=["memory", "whoosh", "opensearch"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty engine of each kind that can be reached."""
    url = {"memory": "memory:", "whoosh": f"whoosh:{tmp_path / 'index'}"}.get(request.param)
    made = open_engine(url or request.getfixturevalue("opensearch_url"), create=True)
    yield made
    made.close()


def corpus(chance: random.Random, count: int) -> list[Document]:
    """Random articles, some of which hold words that no other has."""
    return [
        Document(
            *(one.key, one.url, f"{one.title} {chance.choice(('', *SECRETS.split()))}", one.body),
            *(one.date, one.author, one.source, one.section),
        )
        for one in articles(chance, count)
    ]


def only(documents: list[Document], scope: Filters) -> Engine:
    """An index of nothing but what is inside a scope."""
    made = open_engine("memory:")
    inside = [one for one in documents if scope.passes(one)]
    made.update(inside, (), Checkpoint("archive", 1))
    return made


@pytest.fixture
def sampled(request: pytest.FixtureRequest) -> int:
    """Words that are asked about one by one; each question to a cluster is a request."""
    return 3 if "opensearch" in request.node.callspec.id else 12


@pytest.mark.parametrize("seed", range(2))
def test_a_part_of_an_index_is_an_index_of_its_documents(
    engine: Engine, seed: int, sampled: int
) -> None:
    """Matches, totals, scores, facets, documents, positions, counts, words; after each commit."""
    chance = random.Random(seed)
    documents: dict[str, Document] = {}
    parts = {scope: engine.within(scope) for scope in SCOPES}
    for step in range(2):
        batch = corpus(chance, 50)
        gone = chance.sample(sorted(documents), len(documents) // 4)
        engine.update(batch, gone, Checkpoint("archive", step))
        documents |= {one.key: one for one in batch}
        for key in gone:
            del documents[key]
        for scope in chance.sample(SCOPES, 3):
            part, alone = parts[scope], only(list(documents.values()), scope)
            assert part.stats() == alone.stats()
            assert part.documents(sorted(documents)) == alone.documents(sorted(documents))
            terms = {(field, form): {*WORDS, "مفقود"} for field in FIELDS for form in FORMS}
            keys = sorted(documents)[:20]
            assert part.located(keys, terms) == alone.located(keys, terms)
            asked = [*WORDS, *SECRETS.split()]
            expected, got = (
                answers(one.vocabulary(), asked, random.Random(seed), sampled)
                for one in (alone, part)
            )
            assert got == expected
            for _ in range(12):
                wanted = query(chance)
                narrowed = filters(chance)
                sort: Sort = chance.choice(("relevance", "newest", "oldest"))
                expected_matches, found = (
                    one.search(wanted, limit=100, filters=narrowed, sort=sort, facets=FACETS)
                    for one in (alone, part)
                )
                agree(expected_matches, found, f"{scope} {wanted} {narrowed} {sort}")
                assert part.held_terms(wanted, "lemma") == alone.held_terms(wanted, "lemma")


def test_a_part_of_a_part_is_inside_both(engine: Engine) -> None:
    """What a portal gives a reader never widens what it has itself."""
    documents = corpus(random.Random(1), 60)
    engine.update(documents, (), Checkpoint("archive", 1))
    one, other = Filters(source=("الوطن", "الخبر")), Filters(source=("الخبر",), since="2015-07-02")
    part = engine.within(one).within(other)
    inside = {two.key for two in documents if one.passes(two) and other.passes(two)}
    assert inside
    assert {two.key for two in part.documents([d.key for d in documents]) if two} == inside
    assert engine.within(one).within(Filters(source=("الوطن",))).within(other).stats()[0] == 0


def test_a_part_is_for_reading_alone(engine: Engine) -> None:
    """Who may see some may write none through it."""
    part = engine.within(SCOPES[0])
    with pytest.raises(EngineError, match="whole index"):
        part.update((), (), Checkpoint("archive", 1))


@pytest.mark.parametrize(
    "asked", ["زلزال", "زلزل", "الزلازل", "gu]", "زلز", "source:الخبر", "سفير"]
)
def test_a_searcher_within_a_scope_answers_as_one_of_nothing_else(asked: str) -> None:
    """Corrections, suggestions, names that are most alike: none knows what is outside."""
    documents = corpus(random.Random(7), 120)
    engine = open_engine("memory:")
    engine.update(documents, (), Checkpoint("archive", 1))
    scope = Filters(source=("الوطن",))
    part = Searcher(engine).within(scope)
    alone = Searcher(only(documents, scope))
    for changes in ({}, {"source": "الخبر"}, {"author": "سميرة", "sort": "newest"}):
        got, expected = (
            one.search(asked, facets=FACETS, **changes).to_json() | {"took_ms": 0}
            for one in (part, alone)
        )
        assert got == expected
    assert part.suggest(asked) == alone.suggest(asked)
