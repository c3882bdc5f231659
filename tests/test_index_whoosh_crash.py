"""A crash or an I/O error at every single call of a commit leaves one whole commit or the other.

A layer under the index notes what was synced: after a crash only that is there, as SQLite and
Lucene test it. What was renamed or removed without a sync of the folder may have happened or not;
both are tried. The archive's file is SQLite's own, which is tested so by its makers.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from index import Checkpoint, Document, EngineError
from index.engines.whoosh.engine import WhooshEngine, open_engine
from index.query import Everything
from tests.test_law_engines import articles

OLD = articles(random.Random(1), 12)
NEW = articles(random.Random(2), 6)
BEFORE = {one.key: one for one in OLD}
AFTER = {one.key: one for one in (*OLD[1:], *NEW)}
ANEW = {one.key: one for one in NEW}


class PowerCut(BaseException):
    """The machine is off."""


class Disk:
    """What of a folder is on the disk for good, and what happens at the call of a number."""

    def __init__(self, folder: Path, graves: Path, stop: int, happens: BaseException) -> None:
        self.folder, self.graves, self.stop, self.happens = folder, graves, stop, happens
        self.calls = 0
        self.names = self.listing()
        self.contents = {path.stat().st_ino: path.read_bytes() for path in folder.iterdir()}

    def listing(self) -> dict[str, int]:
        """The names of the folder and the files they mean now."""
        return {path.name: path.stat().st_ino for path in self.folder.iterdir()}

    def counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """A call of the system that may be the one at which it happens."""

        def instead(*arguments: Any, **named: Any) -> Any:
            self.calls += 1
            if self.calls == self.stop:
                raise self.happens
            return call(*arguments, **named)

        return instead

    def synced(self, file: int) -> None:
        """What `fsync` promises."""
        status = os.fstat(file)
        if stat.S_ISDIR(status.st_mode):
            self.names = self.listing()
        else:
            self.contents[status.st_ino] = Path(f"/proc/self/fd/{file}").read_bytes()

    def unlink(self, path: Any, **named: Any) -> None:
        """Remove a name; the file stays while a crash may bring the name back."""
        if Path(path).parent == self.folder and Path(path).exists():
            os.link(path, self.graves / f"{self.calls}-{Path(path).name}")
        os.remove(path, **named)

    def after_a_crash(self, target: Path, *, renamed: bool) -> None:
        """Make what a restarted machine finds: names with what was synced under them."""
        target.mkdir()
        for name, file in (self.listing() if renamed else self.names).items():
            (target / name).write_bytes(self.contents.get(file, b""))


def held(folder: Path) -> dict[str, Document]:
    """Everything that an index answers."""
    engine = open_engine(str(folder), create=False, fresh=False)
    keys = [match.key for match in engine.search(Everything(), limit=100).found]
    found = {one.key: one for one in engine.documents(keys) if one}
    assert len(found) == len(keys) == engine.stats().documents
    assert list(engine.faults()) == []
    engine.close()
    return found


def runs(folder: Path, fresh: bool, happens: BaseException) -> Iterator[Disk]:
    """One update after the other from the same state, each cut off a call later; then none is."""
    for stop in range(1, 1000):
        place, graves = folder / f"index{stop}", folder / f"graves{stop}"
        shutil.copytree(folder / "index", place)
        graves.mkdir()
        disk = Disk(place, graves, stop, happens)
        engine = open_engine(str(place), create=False, fresh=fresh)
        engine.processes = 1
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", disk.counted(disk.synced))
            patch.setattr(os, "unlink", disk.counted(disk.unlink))
            for name in ("rename", "replace"):
                patch.setattr(os, name, disk.counted(getattr(os, name)))
            with suppress(PowerCut, EngineError):
                _update(engine, fresh)
        yield disk
        if disk.calls < stop:
            assert stop > 8  # that many calls there are at the least
            return


def _update(engine: WhooshEngine, fresh: bool) -> None:
    removed = () if fresh else (OLD[0].key,)
    engine.update(NEW, removed, Checkpoint("a", 2))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an index of one commit."""
    engine = open_engine(str(tmp_path / "index"), create=True, fresh=False)
    engine.update(OLD, (), Checkpoint("a", 1))
    engine.close()
    return tmp_path


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize("renamed", [False, True])
def test_a_crash_at_any_call_leaves_one_whole_commit(
    folder: Path, *, fresh: bool, renamed: bool
) -> None:
    """With everything dropped that was not synced; and a commit that was told stays."""
    expected = ANEW if fresh else AFTER
    for disk in runs(folder, fresh, PowerCut()):
        found = folder / f"found{disk.stop}"
        disk.after_a_crash(found, renamed=renamed)
        assert held(found) in (BEFORE, expected)
        if disk.calls < disk.stop:
            assert held(found) == expected


@pytest.mark.parametrize("fresh", [False, True])
def test_an_error_at_any_call_leaves_one_whole_commit(folder: Path, *, fresh: bool) -> None:
    """It is told, readers have the last commit, and the next update goes on."""
    expected = ANEW if fresh else AFTER
    for disk in runs(folder, fresh, OSError(errno.EIO, "Input/output error")):
        assert held(disk.folder) in (BEFORE, expected)
        again = open_engine(str(disk.folder), create=False, fresh=fresh)
        again.processes = 1
        _update(again, fresh)
        assert held(disk.folder) == expected
