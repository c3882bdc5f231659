"""Law: every engine's vocabulary answers as that of `memory:`, on random words and changes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import FORMS, Checkpoint, Document, Engine, Vocabulary, open_engine
from index.analysis import forms
from index.analysis.expansion.tables import TABLES
from tests.chances import cases

LETTERS = "ابتجدرسعغقكلمنهوي"
NAMES = "غوتيريش جوتيريس نتنياهو نتانياهو وواشنطن واشنطن كيفين كايفين بلومبرغ وبلومبرج"
# An index in a cluster takes seconds to make.
CORPORA = [*(("whoosh", seed) for seed in range(4)), *(("opensearch", seed) for seed in range(2))]
WORDS = "كتب كتاب يكتب الكتب والكتب سفير السفراء السفير للسفير وزير مدينة مدن المدن F16 2015"


def vocabulary(chance: random.Random) -> list[str]:
    """Some hundred words: real ones, names, and others that begin alike or are a slip apart."""
    stems = ["".join(chance.choices(LETTERS, k=chance.randrange(2, 8))) for _ in range(40)]
    slips = [
        stem[:at] + chance.choice(["", *LETTERS]) + stem[at + 1 :]
        for stem in stems
        for at in [chance.randrange(len(stem))]
    ]
    return [
        *WORDS.split(),
        *NAMES.split(),
        *stems,
        *filter(None, slips),
        *("ال" + stem for stem in stems[:20]),
    ]


def articles(chance: random.Random, words: list[str], count: int) -> list[Document]:
    """Articles whose keys come again in later batches."""
    return [
        Document(
            key=f"{chance.randrange(90):08x}",
            url=f"https://a.example/{number}",
            title=" ".join(chance.choices(words[:30], k=chance.randrange(7))),
            body=" ".join(chance.choices(words, k=chance.randrange(30))),
        )
        for number in range(count)
    ]


def answers(
    asked: Vocabulary, words: list[str], chance: random.Random, sampled: int = 12
) -> list[object]:
    """What a vocabulary says to questions of every kind, those for one word of a sample."""
    exact, lemmas = zip(*map(forms, words), strict=True)
    sample = [*chance.sample(exact, sampled), "مفقود"]
    prefixes = ["", "ال", "و", "zz", *(term[:2] for term in sample)]
    found: list[object] = [
        asked.frequencies("exact", [*exact, "مفقود", ""]),
        asked.frequencies("lemma", [*lemmas, "مفقود"]),
    ]
    found += [asked.beginning(f, p, n) for f in FORMS for p in prefixes for n in (0, 3, 500)]
    for table, rule in TABLES.items():
        terms = exact if rule.form == "exact" else lemmas
        keys = sorted({key for key, _ in rule.pairs(sorted(set(terms)))})
        found.append(asked.keyed(table, [*keys, "zz", ""]))
    found += [asked.near(term, slips, n) for term in sample for slips in (0, 1, 2) for n in (3, 99)]
    found += [
        asked.followers(term, p, n)
        for term in chance.sample(exact[:30], min(30, 2 * sampled))
        for p in ("", "ال")
        for n in (2, 99)
    ]
    return found


@pytest.fixture
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """The engine that is compared."""
    url = f"whoosh:{tmp_path / 'index'}"
    if request.param == "opensearch":
        url = request.getfixturevalue("opensearch_url")
    made = open_engine(url, create=True)
    yield made
    made.close()


@pytest.fixture
def sampled(request: pytest.FixtureRequest) -> int:
    """Words that are asked about one by one; each question to a cluster is a request."""
    return cases(25) if "opensearch" not in request.node.callspec.id else cases(8)


@pytest.mark.parametrize(("engine", "seed"), CORPORA, indirect=["engine"])
def test_every_vocabulary_answers_as_the_one_in_memory(
    engine: Engine, seed: int, sampled: int
) -> None:
    """After each of several changes: additions, replacements, removals, merges."""
    chance = random.Random(seed)
    words = vocabulary(chance)
    memory = open_engine("memory:")
    for step, count in enumerate((0, 120, 12, 30, 5)):
        batch = articles(chance, words, count)
        removed = [f"{chance.randrange(90):08x}" for _ in range(6 * step)]
        for each in (engine, memory):
            each.update(batch, removed, Checkpoint("archive", step))
        asked = chance.getrandbits(32)
        expected, got = (
            answers(each.vocabulary(), words, random.Random(asked), sampled)
            for each in (memory, engine)
        )
        for one, other in zip(expected, got, strict=True):
            assert one == other


def test_the_meaning_by_example() -> None:
    """What the questions give on three short articles."""
    texts = ["زار السفير الروسي", "السفير الروسي هنا", "السفير البريطاني"]
    memory = open_engine("memory:")
    documents = [Document(f"{n}", f"u:{n}", text, "") for n, text in enumerate(texts)]
    memory.update(documents, (), Checkpoint("a", 1))
    asked = memory.vocabulary()
    assert asked.frequencies("lemma", ["سفير", "وزير"]) == [3, 0]
    assert asked.beginning("exact", "ال", 2) == [("السفير", 3), ("الروسي", 2)]
    assert asked.near("السفر", 1, 5) == [("السفير", 3, 1)]
    assert asked.followers("السفير", "ال", 5) == [("الروسي", 2), ("البريطاني", 1)]
