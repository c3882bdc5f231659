"""Law: every engine finds what `memory:` finds, with the same scores, on random queries."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import pytest

from index import (
    FACETS,
    FIELDS,
    FORMS,
    Checkpoint,
    Document,
    Engine,
    Filters,
    Matches,
    Recency,
    open_engine,
)
from index.engine import Sort
from index.query import (
    And,
    AtLeast,
    Attribute,
    Dates,
    Everything,
    Lead,
    Not,
    Nothing,
    Or,
    Phrase,
    Query,
    Term,
)
from tests.chances import cases

TEXT = "سفير روسيا الجزائر وزير وزراء مدينة المدينة كتاب كتب يكتب قال في من على خبر عاجل"
WORDS = TEXT.split()
SOURCES = ("الوطن", "الخبر", "وكالة الأنباء", "")
TAGS = ("نفط", "غزة", "مونديال")
PAIRS = list(permutations(FACETS, 2))
# An index in a cluster takes seconds to make, and a request costs what a hundred do in a process:
# it gets fewer corpora, and half of the questions.
CORPORA = [*(("whoosh", seed) for seed in range(6)), *(("opensearch", seed) for seed in range(2))]
FEWER = 2


def articles(chance: random.Random, count: int) -> list[Document]:
    """Random short articles: many ties, some undated, untitled or empty."""
    return [
        Document(
            key=f"{chance.getrandbits(32):08x}",
            url=f"https://{chance.choice(('www.a.example', 'b.example'))}/{number}",
            title=" ".join(chance.choices(WORDS, k=chance.randrange(6))),
            body=" ".join(chance.choices(WORDS, k=chance.randrange(40))),
            date=chance.choice(("", *(f"2015-0{m}-{d:02}" for m in (7, 8) for d in (1, 2, 15)))),
            source=chance.choice(SOURCES),
            author=chance.choice(("", "سمير", "أحمد علي")),
            section=chance.choice(("رياضة", "سياسة")),
            tags=TAGS[number % 4 :],
            agency=chance.choice(("واس", "رويترز", "", "")),
            story=chance.choice(("", "", "aaaa", "bbbb", "cccc")),
        )
        for number in range(count)
    ]


def term(chance: random.Random) -> Term:
    """A random term, sometimes one that does not occur."""
    return Term(
        chance.choice(("title", "body")),
        chance.choice(("exact", "lemma")),
        chance.choice([*WORDS, "مفقود"]),
        boost=chance.choice((1.0, 1.0, 0.5, 2.5)),
    )


def phrase(chance: random.Random) -> Phrase:
    """A random phrase, sometimes with alternatives, gaps, or empty."""
    one = term(chance)
    slots = tuple(
        tuple(chance.sample(WORDS, k=chance.choice((0, 1, 1, 1, 1, 2)) or 1))
        for _ in range(chance.choice((0, 1, 2, 2, 2, 3)))
    )
    return Phrase(one.field, one.form, slots, chance.choice((0, 0, 1, 4)), one.boost)


def parts(chance: random.Random, depth: int) -> tuple[Query, ...]:
    """The parts of a node."""
    return tuple(query(chance, depth - 1) for _ in range(chance.choice((0, 1, 2, 2, 3, 4))))


LEAVES: tuple[Callable[[random.Random], Query], ...] = (
    term,
    term,
    term,
    phrase,
    lambda chance: Lead(term(chance), chance.randrange(8)),
    lambda chance: Attribute(
        chance.choice(("source", "author", "section", "site", "agency", "story")),
        chance.choice(("الوطن", "الانباء", "احمد", "رياضة", "example", "aaaa", "!")),
    ),
    lambda chance: Dates(
        chance.choice(("", "2015-07-02", "2015-08")), chance.choice(("", "2015-08-02"))
    ),
    lambda _: Everything(),
    lambda _: Nothing(),
)
NODES: tuple[Callable[[random.Random, int], Query], ...] = (
    lambda chance, depth: And(parts(chance, depth)),
    lambda chance, depth: Or(parts(chance, depth)),
    lambda chance, depth: AtLeast(chance.randrange(4), parts(chance, depth), whole(chance)),
    lambda chance, depth: Not(query(chance, depth - 1)),
)


def whole(chance: random.Random) -> float:
    """What holding every part gains, mostly nothing."""
    return chance.choice((0.0, 0.0, 0.5, 10.0))


def query(chance: random.Random, depth: int = 3) -> Query:
    """A random tree of every kind of node."""
    if depth == 0 or chance.random() < 0.3:
        return chance.choice(LEAVES)(chance)
    return chance.choice(NODES)(chance, depth)


def filters(chance: random.Random) -> Filters:
    """Random filters, most of them open."""
    return Filters(
        source=chance.choice(((), (), ("الوطن", "الخبر"))),
        author=chance.choice(((), (), ("سمير",))),
        section=chance.choice(((), (), ("رياضة",))),
        site=chance.choice(((), (), ("a.example",))),
        agency=chance.choice(((), (), ("واس",))),
        story=chance.choice(((), (), (), ("aaaa", "cccc"))),
        since=chance.choice(("", "", "2015-07-15")),
        until=chance.choice(("", "", "2015-08-02")),
    )


def agree(expected: Matches, got: Matches, meaning: str) -> None:
    """The same matches, scores and facets; equal neighbours in the same order."""
    assert got.total == expected.total, meaning
    assert got.facets == expected.facets, meaning
    assert got.crosstabs == expected.crosstabs, meaning
    scores = {match.key: match.score for match in expected.found}
    assert {m.key: m.story for m in got.found} == {m.key: m.story for m in expected.found}, meaning
    assert {match.key for match in got.found} == scores.keys(), meaning
    for want, have in zip(expected.found, got.found, strict=True):
        assert have.score == pytest.approx(scores[have.key], rel=1e-5, abs=1e-9), meaning
        if want.key != have.key:  # only where rounding may have turned two neighbours round
            assert scores[have.key] == pytest.approx(want.score, rel=1e-6, abs=1e-9), meaning
            assert scores[have.key] != want.score, meaning


@pytest.fixture
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty engine of each kind that can be reached."""
    url = f"whoosh:{tmp_path / 'index'}"
    if request.param == "opensearch":
        url = request.getfixturevalue("opensearch_url")
    made = open_engine(url, create=True)
    yield made
    made.close()


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> Callable[[int], range]:
    """How often a test asks an engine, of so many times that it would like to."""
    share = FEWER if "opensearch" in request.node.callspec.id else 1
    return lambda wanted: range(cases(wanted) // share)


@pytest.mark.parametrize(("engine", "seed"), CORPORA, indirect=["engine"])
def test_every_engine_finds_what_memory_finds_with_the_same_scores(
    engine: Engine, seed: int, rounds: Callable[[int], range]
) -> None:
    """Matches, totals, order, scores and facets, for random queries of every node type."""
    chance = random.Random(seed)
    memory = open_engine("memory:")
    documents = articles(chance, 60)
    step = chance.choice((60, 25, 7))
    paired = random.Random(seed)
    for start in range(0, 60, step):
        for each in (engine, memory):
            each.update(documents[start : start + step], (), Checkpoint("archive", start))
    for _ in rounds(250):
        wanted, narrowed = query(chance), filters(chance)
        sort: Sort = chance.choice(("relevance", "relevance", "newest", "oldest"))
        recency = chance.choice((None, Recency("2015-08-10", 1.5, 20)))
        pairs = paired.sample(PAIRS, 2)
        expected, got = (
            each.search(
                wanted,
                limit=100,
                filters=narrowed,
                sort=sort,
                recency=recency,
                facets=FACETS,
                crosstabs=pairs,
            )
            for each in (memory, engine)
        )
        agree(expected, got, f"{wanted} {narrowed} {sort} {recency}")


@pytest.mark.parametrize(("engine", "seed"), CORPORA, indirect=["engine"])
def test_pages_of_an_engine_are_pieces_of_its_whole_answer(
    engine: Engine, seed: int, rounds: Callable[[int], range]
) -> None:
    """Limit and offset cut the list that a large limit gives."""
    chance = random.Random(seed)
    engine.update(articles(chance, 300), (), Checkpoint("archive", 1))
    for _ in rounds(60):
        wanted = query(chance, 2)
        sort: Sort = chance.choice(("relevance", "newest", "oldest"))
        whole = engine.search(wanted, limit=1000, sort=sort)
        offset, limit = chance.randrange(30), chance.randrange(30)
        page = engine.search(wanted, limit=limit, offset=offset, sort=sort)
        assert page.found == whole.found[offset : offset + limit], (wanted, sort)
        assert page.total == whole.total == len(whole.found)
        counted = engine.search(wanted, limit=0, sort=sort)
        assert (counted.total, counted.found) == (whole.total, ())


def ranked(chance: random.Random) -> Query:
    """A tree as the searcher makes it: some of the words, and what a document is better for.

    Most optional clauses are of the words' own terms, as the searcher's are; a few are of any kind.
    """
    words = [Or(tuple(term(chance) for _ in range(chance.randrange(1, 5)))) for _ in range(4)]
    words[0] = Or((*words[0].parts, phrase(chance)))
    optional: list[Query] = [And(tuple(term(chance) for _ in range(chance.randrange(1, 4))))]
    optional += [phrase(chance) for _ in range(3)]
    optional += [Lead(term(chance), chance.randrange(1, 20)) for _ in range(4)]
    optional += [term(chance) for _ in range(3)]
    if chance.random() < 0.3:
        optional.append(query(chance, 2))
    core = (
        AtLeast(chance.randrange(4), tuple(words), whole(chance)),
        *(query(chance, 1) for _ in range(2)),
    )
    return And((And(core[: chance.randrange(1, 4)]), AtLeast(0, tuple(optional))))


@pytest.mark.parametrize(("engine", "seed"), CORPORA, indirect=["engine"])
def test_the_best_few_of_a_ranked_tree_are_those_of_the_whole_answer(
    engine: Engine, seed: int, rounds: Callable[[int], range]
) -> None:
    """Leaving out what cannot be among the best changes no page; all of it is as in memory."""
    chance = random.Random(seed)
    memory = open_engine("memory:")
    for each in (engine, memory):
        each.update(articles(random.Random(seed), 150), (), Checkpoint("archive", 1))
    for _ in rounds(40):
        wanted = ranked(chance)
        expected, whole = (each.search(wanted, limit=150) for each in (memory, engine))
        agree(expected, whole, f"{wanted}")
        for limit in (0, 1, 5, 20):
            few = engine.search(wanted, limit=limit)
            assert few.found == whole.found[:limit], (wanted, limit)
            assert few.total == whole.total, wanted


@pytest.mark.parametrize(("engine", "seed"), CORPORA, indirect=["engine"])
def test_every_engine_holds_the_same_after_the_same_changes(
    engine: Engine, seed: int, rounds: Callable[[int], range]
) -> None:
    """Documents, positions and matches; scores aside."""
    chance = random.Random(seed)
    memory = open_engine("memory:")
    pool = articles(chance, 80)
    for step in range(12):
        batch = [
            Document(one.key, one.url, other.title, other.body, other.date, source=other.source)
            for one, other in zip(chance.sample(pool, 12), articles(chance, 12), strict=True)
        ]
        removed = [
            one.key for one in chance.sample(pool, 5) if one.key not in {b.key for b in batch}
        ]
        for each in (engine, memory):
            each.update(batch, removed, Checkpoint("archive", step))
    keys = [one.key for one in pool]
    assert engine.documents(keys) == memory.documents(keys)
    asked = {(field, form): {*WORDS, "مفقود"} for field in FIELDS for form in FORMS}
    assert engine.located(keys, asked) == memory.located(keys, asked)
    assert engine.checkpoint() == memory.checkpoint()
    assert engine.stats().documents == memory.stats().documents
    for _ in rounds(100):
        wanted = query(chance)
        expected, got = (each.search(wanted, limit=100, sort="newest") for each in (memory, engine))
        assert got.total == expected.total, wanted
        assert {m.key for m in got.found} == {m.key for m in expected.found}, wanted


@pytest.mark.parametrize(("engine", "seed"), CORPORA, indirect=["engine"])
def test_every_engine_counts_the_same_terms_of_the_same_matches(
    engine: Engine, seed: int, rounds: Callable[[int], range]
) -> None:
    """The most held, cut at a limit, and chosen ones; over several segments and deletions."""
    chance = random.Random(seed)
    memory = open_engine("memory:")
    documents = articles(chance, 60)
    for start in range(0, 60, 20):
        gone = [documents[start - 5].key] if start else []
        for each in (engine, memory):
            each.update(documents[start : start + 20], gone, Checkpoint("archive", start))
    for _ in rounds(60):
        wanted, narrowed, form = query(chance), filters(chance), chance.choice(FORMS)
        limit, among = chance.choice((1, 5, 100)), chance.choice((None, {*WORDS[:5], "مفقود"}))
        expected, got = (
            each.held_terms(wanted, form, filters=narrowed, limit=limit, among=among)
            for each in (memory, engine)
        )
        assert got == expected, f"{wanted} {narrowed} {form} {limit} {among}"
