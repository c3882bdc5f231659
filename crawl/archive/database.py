"""The SQLite file under the archive: opening it, its tables, and transactions.

One file holds the articles, their old versions, the frontier of the crawl and the duplicate
clusters, so that the outcome of a page, its article and the links found on it are one transaction:
killed at any moment, the file says either all of it or nothing. WAL lets the indexer and the web
read while a crawl writes; every commit is synced to disk. This is the only module that imports
sqlite3: its errors leave here as `ArchiveError`.
"""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crawl.archive.schema import TABLES
from crawl.errors import ArchiveError

FORMAT = 2
APPLICATION = 0x62616874  # "baht" in SQLite's application_id: the file is ours
WAIT_FOR_CRAWL = 10  # seconds for a crawl that was just told to stop
WAIT_SECONDS = 60  # for another process's transaction; an import of 20,000 articles takes a few


class Database:
    """An open archive file; safe to share between threads, one transaction at a time."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._lock = threading.RLock()
        self._depth = 0
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
            db = sqlite3.connect(
                self.path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                _prepare(db, self.path)
            except BaseException:
                db.close()
                raise
        return db


@contextmanager
def exclusively(path: str | Path) -> Iterator[None]:
    """Be the only crawl of an archive; a killed one holds nothing back.

    The lock is SQLite's own, on an empty file beside the archive: it works on every system, and the
    system drops it with the process.
    """
    path = Path(path)
    beside = path.with_name(f"{path.name}-crawl")
    beside.parent.mkdir(parents=True, exist_ok=True)
    lock = sqlite3.connect(beside, timeout=WAIT_FOR_CRAWL, isolation_level=None)
    try:
        lock.execute("begin exclusive")
    except sqlite3.Error as error:
        lock.close()
        raise ArchiveError(f"another crawl fills the archive {path}; wait until it ends") from error
    try:
        yield
    finally:
        lock.close()
        beside.unlink(missing_ok=True)


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    """Make the tables of a new file, or see that an old one is ours and of this format."""
    (application,) = db.execute("pragma application_id").fetchone()
    (tables,) = db.execute("select count(*) from sqlite_master").fetchone()
    if tables and application != APPLICATION:
        raise ArchiveError(f"{path} is another program's database; choose another --archive")
    db.execute("pragma journal_mode = wal")
    db.execute("pragma synchronous = full")
    db.execute("pragma foreign_keys = on")
    db.execute("begin immediate")
    (version,) = db.execute("pragma user_version").fetchone()
    if version > FORMAT:
        raise ArchiveError(
            f"{path} was written by a newer bahith: update with pip install -U bahith"
        )
    if 0 < version < FORMAT:
        raise ArchiveError(
            f"{path} was written by an older bahith: export it with that one"
            " (bahith archive export) and import the file into a new --archive"
        )
    if version == 0:
        for statement in TABLES.split(";\n"):
            db.execute(statement)
        db.execute("insert into meta values ('name', ?)", (uuid.uuid4().hex,))
        db.execute(f"pragma application_id = {APPLICATION}")
        db.execute(f"pragma user_version = {FORMAT}")
    db.execute("commit")


@contextmanager
def translate_sqlite_errors(path: Path) -> Iterator[None]:
    """SQLite's errors as sentences with a way out."""
    try:
        yield
    except sqlite3.Error as error:
        raise ArchiveError(_sentence(path, error)) from error


def _sentence(path: Path, error: sqlite3.Error) -> str:
    match getattr(error, "sqlite_errorname", "").split("_")[:2]:
        case ["SQLITE", "NOTADB"]:
            return f"{path} is no archive of bahith; choose another --archive"
        case ["SQLITE", "CORRUPT"]:
            return (
                f"the archive {path} is damaged; restore it from a copy or choose another --archive"
            )
        case ["SQLITE", "CANTOPEN" | "READONLY" | "PERM" | "AUTH"]:
            return (
                f"cannot open the archive {path} for writing; choose another place with --archive"
            )
        case ["SQLITE", "BUSY" | "LOCKED"]:
            return f"another program is writing to the archive {path}; try again when it is done"
        case ["SQLITE", "FULL"]:
            return f"no space is left for the archive {path}; free some and run the same command"
        case _:
            return f"the archive {path} cannot be used ({error}); choose another --archive"
