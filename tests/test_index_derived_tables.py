"""Tables derived from the terms of an index: new rules have a new number and make new tables."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from crawl import Archive
from index import Checkpoint, build, open_engine
from index.analysis.expansion.tables import TABLES, TABLES_VERSION
from tests.golden_forms import golden
from tests.test_law_vocabulary import answers, articles, vocabulary

WORDS = 800  # of the golden ones, which only grow
DIGEST = (1, "d61b78fad60dcbf6")


def test_the_rules_of_tables_change_with_their_number() -> None:
    """Who changes a rule raises `TABLES_VERSION` and puts the digest that this prints above."""
    rows = [row for row in golden()[1] if row[1]][:WORDS]
    terms = {"exact": sorted({row[1] for row in rows}), "lemma": sorted({row[2] for row in rows})}
    pairs = [(name, sorted(set(rule.pairs(terms[rule.form])))) for name, rule in TABLES.items()]
    digest = hashlib.sha256(repr(pairs).encode()).hexdigest()[:16]
    assert (TABLES_VERSION, digest) == DIGEST


def test_tables_of_older_rules_are_made_anew_from_the_terms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In memory by who searches, beside the segment by who writes; answers stay the same."""
    chance = random.Random(1)
    words = vocabulary(chance)
    url = f"whoosh:{tmp_path}"
    open_engine(url, create=True).update(articles(chance, words, 60), (), Checkpoint("a", 1))
    expected = answers(open_engine(url).vocabulary(), words, random.Random(2))
    (table,) = tmp_path.glob("*.derived")
    before = table.read_bytes()
    monkeypatch.setattr("index.engines.whoosh.storage.derived.TABLES_VERSION", TABLES_VERSION + 1)
    engine = open_engine(url)
    assert answers(engine.vocabulary(), words, random.Random(2)) == expected
    assert table.read_bytes() == before
    engine.tidy()
    assert table.read_bytes() != before
    assert answers(open_engine(url).vocabulary(), words, random.Random(2)) == expected
    table.unlink()
    assert answers(open_engine(url).vocabulary(), words, random.Random(2)) == expected


def test_what_a_killed_commit_left_goes_with_the_next_run(tmp_path: Path) -> None:
    """Even when there is nothing to index."""
    url = f"whoosh:{tmp_path / 'index'}"
    with Archive(tmp_path / "archive.db") as archive:
        build(archive, open_engine(url, create=True))
        left = [tmp_path / "index" / name for name in ("MAIN_zz.arrays", "MAIN_zz.derived.new")]
        for path in left:
            path.write_bytes(b"half")
        build(archive, open_engine(url, create=True))
    assert not any(path.exists() for path in left)
