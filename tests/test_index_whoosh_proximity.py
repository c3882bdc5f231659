"""Words side by side that are one word twice."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from index import Checkpoint, Document, open_engine
from index.query import And, AtLeast, Phrase, Term


@pytest.mark.parametrize("slop", [0, 1, 4])
def test_a_word_beside_itself_gains_as_in_memory(tmp_path: Path, slop: int) -> None:
    """A query may say a word twice, and an article too: each place counts with another one."""
    chance = random.Random(slop)
    titles = [
        " ".join(chance.choices(["كتب", "قلم", "درس"], k=chance.randrange(1, 9))) for _ in range(60)
    ]
    memory = open_engine("memory:")
    whoosh = open_engine(f"whoosh:{tmp_path}", create=True)
    for each in (memory, whoosh):
        documents = [
            Document(f"k{n}", f"https://a.example/{n}", one, "") for n, one in enumerate(titles)
        ]
        each.update(documents, (), Checkpoint("archive", 1))
    beside = Phrase("title", "exact", (("كتب",), ("كتب",)), slop)
    wanted = And(
        (
            AtLeast(2, (Term("title", "exact", "قلم"), Term("title", "exact", "درس"))),
            AtLeast(0, (beside,)),
        )
    )
    expected, found = (
        {m.key: m.score for m in each.search(wanted, limit=60).found} for each in (memory, whoosh)
    )
    assert found == pytest.approx(expected, rel=1e-5)
    assert len(found) > 20


def test_a_word_that_stands_alone_is_not_beside_itself(tmp_path: Path) -> None:
    """Not even where it is the only one of its article and of all that are asked."""
    engine = open_engine(f"whoosh:{tmp_path}", create=True)
    engine.update([Document("k", "https://a.example/", "في كتب", "")], (), Checkpoint("a", 1))
    word = Term("title", "exact", "في")
    twice = Phrase("title", "exact", (("كتب",), ("كتب",)), 0)
    with_it, without = (
        engine.search(And((AtLeast(1, (word,)), *more))).found[0].score
        for more in ((AtLeast(0, (twice,)),), ())
    )
    assert with_it == without
