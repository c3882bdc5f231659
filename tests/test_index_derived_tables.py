"""Tables derived from the terms of an index: new rules have a new number and make new tables."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from crawl import Archive
from index import Checkpoint, build, open_engine
from index.analysis.expansion.tables import TABLES_VERSION
from tests import golden_forms
from tests.test_law_vocabulary import answers, articles, vocabulary


def test_the_rules_of_tables_change_with_their_number() -> None:
    """Tables that an index carries are taken for those of today by their number alone."""
    known, now = golden_forms.TABLES_FILE.read_text("utf-8").split(), golden_forms.tables()
    if known[:2] == now[:2]:
        assert known == now, "raise TABLES_VERSION, run python -m tests.golden_forms"
    assert known == now, "run python -m tests.golden_forms"


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
