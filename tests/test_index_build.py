"""Mirroring an archive: only what changed, in batches, to be gone on with after a kill."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from pathlib import Path

import pytest

from crawl import Archive, Article, key_of
from index import Checkpoint, Document, Engine, EngineError, build, open_engine, rebuild
from index.engines.memory import MemoryEngine
from index.query import Term


def article(number: int, body: str = "زار السفير المدينة") -> Article:
    """The article of a number."""
    return Article(f"https://e.example/{number}", f"خبر {number}", body, date="2015-08-01")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive of ten articles."""
    filled = Archive(tmp_path / "articles.db")
    for number in range(10):
        filled.put(article(number))
    return filled


@pytest.fixture(params=["memory:", "whoosh:"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """An empty engine."""
    place = "" if request.param == "memory:" else str(tmp_path / "index")
    return open_engine(request.param + place, create=True)


def test_a_build_adds_what_is_new_and_then_has_nothing_to_do(
    archive: Archive, engine: Engine
) -> None:
    """The checkpoint remembers how far the archive was read."""
    assert build(archive, engine) == (10, 0, 10)
    generation = engine.generation()
    assert build(archive, engine) == (0, 0, 10)
    assert engine.generation() == generation


def test_a_build_replaces_what_changed_and_drops_what_left(
    archive: Archive, engine: Engine
) -> None:
    """Old words are no longer found."""
    build(archive, engine)
    archive.put(article(3, "كلام جديد"))
    archive.remove(key_of(article(4).url))
    assert build(archive, engine) == (1, 1, 9)
    assert engine.search(Term("body", "exact", "السفير")).total == 8
    assert engine.documents([key_of(article(4).url)]) == [None]
    changed = engine.documents([key_of(article(3).url)])[0]
    assert changed is not None
    assert changed.body == "كلام جديد"


def test_a_build_that_is_interrupted_goes_on_where_its_last_batch_ended(
    archive: Archive, engine: Engine
) -> None:
    """Whole batches stay; nothing is indexed twice or forgotten."""
    seen: list[int] = []

    def stop(done: int, total: int) -> None:
        seen.append(done)
        if done >= 6:
            raise KeyboardInterrupt
        assert total == 10

    with pytest.raises(KeyboardInterrupt):
        build(archive, engine, batch=3, progress=stop)
    assert engine.stats().documents == 6
    assert build(archive, engine, batch=3) == (4, 0, 10)


def test_a_rebuild_replaces_everything_in_one_commit(archive: Archive, tmp_path: Path) -> None:
    """The old index answers until the new one is complete."""
    url = f"whoosh:{tmp_path / 'index'}"
    old = open_engine(url, create=True)
    build(archive, old)
    archive.remove(key_of(article(0).url))
    during: list[int] = []

    class Watched:
        """A fresh engine that looks at the old one while it reads the documents."""

        def __init__(self) -> None:
            self.engine = open_engine(url, fresh=True)

        def __getattr__(self, name: str) -> object:
            return getattr(self.engine, name)

        def update(
            self, documents: Iterable[Document], removed: Iterable[str], checkpoint: Checkpoint
        ) -> None:
            def watched() -> Iterable[Document]:
                for document in documents:
                    during.append(old.stats().documents)
                    yield document

            self.engine.update(watched(), removed, checkpoint)

    assert rebuild(archive, Watched()) == (9, 0, 9)  # type: ignore[arg-type]
    assert set(during) == {10}
    assert old.stats().documents == 9
    assert build(archive, old) == (0, 0, 9)


def test_an_index_of_another_archive_is_not_mixed_with_this_one(
    archive: Archive, engine: Engine, tmp_path: Path
) -> None:
    """The reader is told how to replace it."""
    build(archive, engine)
    with pytest.raises(EngineError, match="--rebuild"):
        build(Archive(tmp_path / "other.db"), engine)


def test_several_archives_may_feed_one_index(
    archive: Archive, engine: Engine, tmp_path: Path
) -> None:
    """Where that is asked for: each is read from where it had been read to, in any order."""
    build(archive, engine)
    other = Archive(tmp_path / "other.db")
    for number in range(100, 105):
        other.put(article(number))
    with pytest.raises(EngineError, match="--also"):
        build(other, engine)
    assert build(other, engine, also=True) == (5, 0, 15)
    assert build(archive, engine) == (0, 0, 15)
    archive.remove(key_of(article(4).url))
    other.put(article(105))
    assert build(archive, engine) == (0, 1, 14)
    assert build(other, engine) == (1, 0, 15)  # known now: nothing needs to be asked for
    assert [one.archive for one in engine.checkpoints()] == [archive.name, other.name]
    assert engine.checkpoint() == Checkpoint(other.name, other.revision)


def test_an_empty_archive_makes_an_empty_index(tmp_path: Path) -> None:
    """A search then says that nothing was found, not that there is no index."""
    url = f"whoosh:{tmp_path / 'index'}"
    build(Archive(tmp_path / "empty.db"), open_engine(url, create=True))
    assert open_engine(url).stats().documents == 0


def test_articles_are_let_go_while_the_engine_still_works(archive: Archive) -> None:
    """When an engine merges what it took, the texts it took it from are no longer in memory."""

    class Watched(MemoryEngine):
        alive = -1

        def update(
            self, documents: Iterable[Document], removed: Iterable[str], checkpoint: Checkpoint
        ) -> None:
            """Take them all, then look which articles are left."""
            taken = list(documents)
            gc.collect()
            self.alive = sum(isinstance(one, Article) for one in gc.get_objects())
            super().update(taken, removed, checkpoint)

    before = sum(isinstance(one, Article) for one in gc.get_objects())
    engine = Watched()
    assert build(archive, engine).added == 10
    assert engine.alive <= before + 1
