"""The SQLite file under the archive: opening it, its tables, and transactions.

One file holds the articles, their old versions, the frontier of the crawl and the
stories, so that the outcome of a page, its article and the links found on it are one transaction:
killed at any moment, the file says either all of it or nothing. WAL lets the indexer and the web
read while a crawl writes; every commit is synced to disk. This is the only module that imports
sqlite3: its errors leave here as `ArchiveError`.
"""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crawl.archive.schema import ADDED_TABLES, ALL_TABLES, UPGRADES
from crawl.errors import ArchiveError, DamagedArchive

FORMAT = 3
APPLICATION = 0x62616874  # "baht" in SQLite's application_id: the file is ours
WAIT_FOR_CRAWL = 10  # seconds for a crawl that was just told to stop
# Seconds for another process's transaction; an import of 20,000 articles takes a few.
WAIT_SECONDS = 60


class Database:
    """An open archive file; safe to share between threads, one transaction at a time."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._lock = threading.RLock()
        self._depth = 0
        self.read_only = False
        self._db = self._open()

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[Any]:
        """All rows of a query, read at one moment."""
        with self._lock, translate_sqlite_errors(self.path):
            return self._db.execute(sql, tuple(values)).fetchall()

    def value(self, sql: str, values: Iterable[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        rows = self.rows(sql, values)
        return rows[0][0] if rows else None

    def run(self, sql: str, values: Iterable[Any] = ()) -> int:
        """Carry out one statement; how many rows it touched."""
        with self._lock, translate_sqlite_errors(self.path):
            return self._db.execute(sql, tuple(values)).rowcount

    def run_many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> int:
        """Carry out one statement for each row; how many rows it touched."""
        with self._lock, translate_sqlite_errors(self.path):
            return self._db.executemany(sql, rows).rowcount

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; nested ones join the outermost, which alone commits."""
        with self._lock:
            if self._depth == 0:
                self.run("begin immediate")
            self._depth += 1
            try:
                yield
            except BaseException:
                if self._depth == 1:
                    self.run("rollback")
                raise
            else:
                if self._depth == 1:
                    self.run("commit")
            finally:
                self._depth -= 1

    def copy_to(self, path: Path) -> None:
        """Write what stands here at this moment into a new file, durably."""
        with self._lock, translate_sqlite_errors(path):
            target = sqlite3.connect(path)
            try:
                self._db.backup(target)
            finally:
                target.close()

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        with self._lock, translate_sqlite_errors(self.path):
            self._db.close()

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(
                f"cannot make the folder of the archive {self.path}: {error.strerror}; "
                "choose another place with --archive"
            ) from error
        with translate_sqlite_errors(self.path):
            try:
                return _opened(str(self.path), self.path, _prepare)
            except sqlite3.OperationalError as error:
                if _code(error) not in ("READONLY", "CANTOPEN") or not self.path.is_file():
                    raise
            return self._open_read_only()

    def _open_read_only(self) -> sqlite3.Connection:
        """A file, or a folder, in which we may not write: what it holds can still be read."""
        self.read_only = True
        wal = self.path.with_name(f"{self.path.name}-wal")
        # Without a write-ahead log the file alone is the archive; SQLite would make one to look.
        mode = "mode=ro" if wal.exists() and wal.stat().st_size else "immutable=1"
        return _opened(f"{self.path.absolute().as_uri()}?{mode}", self.path, _prepare_to_read)


@contextmanager
def exclusively(
    path: str | Path, purpose: str = "crawl", wait: float = WAIT_FOR_CRAWL
) -> Iterator[None]:
    """Be the only crawl of an archive, or the only `bahith run`; a killed one holds nothing back.

    The lock is SQLite's own, on an empty file beside the archive: it works on every system, and the
    system drops it with the process.
    """
    path = Path(path)
    beside = path.with_name(f"{path.name}-{purpose}")
    with translate_sqlite_errors(path):
        lock = sqlite3.connect(beside, timeout=wait, isolation_level=None)
        try:
            lock.execute("begin exclusive")
        except sqlite3.Error as error:
            lock.close()
            if _code(error) not in ("BUSY", "LOCKED"):
                raise
            raise ArchiveError(
                f"another {purpose} fills the archive {path}; wait until it ends"
            ) from error
    try:
        yield
    finally:
        lock.close()
        beside.unlink(missing_ok=True)


def _opened(
    name: str, path: Path, prepare: Callable[[sqlite3.Connection, Path], object]
) -> sqlite3.Connection:
    db = sqlite3.connect(
        name,
        timeout=WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        uri=name.startswith("file:"),
    )
    try:
        prepare(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _check_format(
    db: sqlite3.Connection, path: Path, upgradable: Container[int] = frozenset()
) -> int:
    """See that a file is ours and of this format; its format, 0 for an empty file."""
    (application,) = db.execute("pragma application_id").fetchone()
    (tables,) = db.execute("select count(*) from sqlite_master").fetchone()
    if tables and application != APPLICATION:
        raise ArchiveError(f"{path} is another program's database; choose another --archive")
    version: int = db.execute("pragma user_version").fetchone()[0]
    if version > FORMAT:
        raise ArchiveError(
            f"{path} was written by a newer bahith: update with pip install -U bahith"
        )
    if 0 < version < FORMAT and version not in upgradable:
        raise ArchiveError(
            f"{path} was written by an older bahith: export it with that one"
            " (bahith archive export) and import the file into a new --archive"
        )
    return version


def _prepare_to_read(db: sqlite3.Connection, path: Path) -> None:
    """See that a file is ours; tables that it lacks are empty."""
    _check_format(db, path)
    if not db.execute("select 1 from sqlite_master where name = 'tombstones'").fetchone():
        db.executescript(ADDED_TABLES.replace("create table", "create temporary table"))


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    """Make the tables of a new file; bring an old one to this format."""
    _check_format(db, path, UPGRADES)
    db.execute("pragma journal_mode = wal")
    db.execute("pragma synchronous = full")
    db.execute("pragma foreign_keys = on")
    db.execute("begin immediate")
    version = _check_format(db, path, UPGRADES)
    if version == 0:
        _run_all(db, ALL_TABLES)
        db.execute("insert into meta values ('name', ?)", (uuid.uuid4().hex,))
        db.execute(f"pragma application_id = {APPLICATION}")
    elif version < FORMAT:
        _run_all(db, UPGRADES[version])
        db.execute("delete from meta where name = 'signed'")
    if version < FORMAT:
        db.execute(f"pragma user_version = {FORMAT}")
    for statement in ADDED_TABLES.split(";\n"):
        db.execute(statement)
    db.execute("commit")


def _run_all(db: sqlite3.Connection, statements: str) -> None:
    for statement in statements.split(";\n"):
        db.execute(statement)


@contextmanager
def translate_sqlite_errors(path: Path) -> Iterator[None]:
    """SQLite's errors as sentences with a way out."""
    try:
        yield
    except UnicodeDecodeError as error:  # how sqlite3 tells of damaged names in its own sentences
        raise DamagedArchive(_damaged(path)) from error
    except sqlite3.Error as error:
        is_damage = _code(error) in ("CORRUPT", "NOTADB") or "decode to UTF-8" in str(error)
        raise (DamagedArchive if is_damage else ArchiveError)(_sentence(path, error)) from error


def _damaged(path: Path) -> str:
    return f"the archive {path} is damaged; `bahith check` names what cannot be read"


def _code(error: sqlite3.Error) -> str:
    """The primary result code of SQLite, without its prefix."""
    return (getattr(error, "sqlite_errorname", "").split("_")[1:] or [""])[0]


def _sentence(path: Path, error: sqlite3.Error) -> str:
    match _code(error):
        case "NOTADB":
            return f"{path} is no archive of bahith; choose another --archive"
        case "CORRUPT":
            return _damaged(path)
        case "CANTOPEN" | "READONLY" | "PERM" | "AUTH":
            return (
                f"cannot open the archive {path} for writing; choose another place with --archive"
            )
        case "BUSY" | "LOCKED":
            return f"another program is writing to the archive {path}; try again when it is done"
        case "FULL":
            return f"no space is left for the archive {path}; free some and run the same command"
        case "IOERR":
            return (
                f"the disk failed while the archive {path} was read or written"
                f" ({error.sqlite_errorname}): see the system's log; nothing that was kept before"
                " is lost, so run the same command when the disk is well"
            )
        case _:
            return f"the archive {path} cannot be used: {error}"
