"""Archive: every article we hold, the source of truth.

The crawl and the import write here; the indexer mirrors it by asking for what changed since the
last revision it saw. A revision is a number that only grows: each article that is new, changed or
removed takes the next one, and so does one that is found to be a copy. Replaced texts are kept as
versions.

>>> archive = Archive(":memory:")
>>> archive.put(Article(url="https://example.org/1", title="خبر", body="نص"))
'new'
>>> [(c.revision, c.article.title) for c in archive.changes(0)]
[(1, 'خبر')]
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, NamedTuple, Self

from crawl.archive.article_rows import (
    INSERT,
    LISTED,
    checksum_of,
    frozen,
    row_of,
    text_digest,
    thawed,
    verified,
)
from crawl.archive.changes import Change, read_changes
from crawl.archive.database import Database
from crawl.archive.tombstones import is_barred, redacted, redactions_of
from crawl.article import Article
from crawl.errors import DamagedArchive
from crawl.identity import key_of

# What became of an article that was put; "removed": it stays out, for it was removed for good.
Outcome = Literal["new", "changed", "same", "removed"]


class Version(NamedTuple):
    """A text that was replaced: its number from 1, the UTC time it was replaced, and itself."""

    number: int
    replaced: str
    article: Article


@dataclass(frozen=True, slots=True)
class ArchiveStats:
    """What the archive holds. Days are ISO or empty, `bytes` is the size of the file on disk."""

    articles: int
    sources: dict[str, int]
    first_day: str
    last_day: str
    versions: int
    refusals: dict[str, int]
    last_crawl: str
    bytes: int


class Archive:
    """Every article, by key. Use it in a `with`; it may be shared between threads."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.database = Database(path)
        self.damaged: list[str] = []
        self.name: str = self.database.value("select value from meta where name = 'name'")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return int(self.database.value("select count(*) from articles"))

    def __contains__(self, key: str) -> bool:
        return self.database.value("select 1 from articles where key = ?", (key,)) is not None

    def close(self) -> None:
        """Release the file."""
        self.database.close()

    def batch(self) -> AbstractContextManager[None]:
        """Many writes as one: durable, or undone, together when the block ends."""
        return self.database.transaction()

    @property
    def revision(self) -> int:
        """The number of the latest change; 0 when nothing was ever put."""
        return int(
            self.database.value(
                "select max(ifnull((select max(revision) from articles), 0),"
                " ifnull((select max(revision) from stories), 0),"
                " ifnull((select max(revision) from removed), 0))"
            )
        )

    def put(self, article: Article) -> Outcome:
        """Keep an article under its address; a different one there becomes an old version.

        Without what is to be left out of it, and not at all where it was removed for good.
        """
        key = key_of(article.url)
        with self.batch():
            if is_barred(self.database, article):
                return "removed"
            article = redacted(article, redactions_of(self.database, key))
            held = self.peek(key)
            self.database.run("delete from vanished where key = ?", (key,))
            if held == article:
                return "same"
            if held is not None:
                self._keep_version(key, held)
            self.replace(article)
        return "new" if held is None else "changed"

    def replace(self, article: Article) -> None:
        """Keep an article instead of the one under its address, of which no version remains."""
        key, row = key_of(article.url), row_of(article)
        with self.batch():
            revision = self.revision + 1
            self.database.run("delete from removed where key = ?", (key,))
            self.database.run(INSERT, (key, revision, text_digest(article), checksum_of(row), *row))

    def get(self, key: str) -> Article | None:
        """The article of a key, as it stands now; DamagedArchive when it cannot be read."""
        rows = self.database.rows(f"select checksum, {LISTED} from articles where key = ?", (key,))
        return verified(rows[0][0], rows[0][1:]) if rows else None

    def peek(self, key: str) -> Article | None:
        """The article of a key, or None where none can be read: a damaged one may be replaced."""
        try:
            return self.get(key)
        except DamagedArchive:
            return None

    def remove(self, key: str) -> bool:
        """Take an article out, leaving word of it for `changes`; False when it was not there."""
        with self.batch():
            revision = self.revision + 1
            if not self.database.run("delete from articles where key = ?", (key,)):
                return False
            self.database.run("insert or replace into removed values (?, ?)", (key, revision))
        return True

    def is_removed(self, key: str) -> bool:
        """Whether the article of a key was removed for good."""
        return self.database.value("select 1 from tombstones where key = ?", (key,)) is not None

    def removals(self) -> str:
        """What changes with every removal for good; empty while there was none."""
        told = "select max(removed) || ' ' || count(*) from tombstones"
        return self.database.value(told) or ""

    def mark_vanished(self, key: str) -> bool:
        """Note that an article is no longer where it was; it stays. False if none is held."""
        with self.batch():
            if key not in self:
                return False
            self.database.run("insert or ignore into vanished values (?, ?)", (key, _now()))
        return True

    def vanished(self, key: str) -> str:
        """Since when an article is no longer where it was (UTC), or ''."""
        return self.database.value("select since from vanished where key = ?", (key,)) or ""

    def changes(self, since: int) -> Iterator[Change]:
        """The latest state of every key that changed after a revision, oldest change first.

        The archive may be written to between two steps; what changes then comes later on. What
        cannot be read is passed over and named in `damaged`.
        """
        return read_changes(self.database, since, self.damaged.append)

    def versions(self, key: str) -> list[Version]:
        """The texts that an article's present one replaced, oldest first."""
        rows = self.database.rows(
            "select version, replaced, article, checksum from versions where key = ?"
            " order by version",
            (key,),
        )
        return [Version(number, when, thawed(text, mark)) for number, when, text, mark in rows]

    def stories(self) -> dict[str, list[str]]:
        """The stories with copies: the earliest one's key, and the keys of the others in order.

        As the last `update_stories` found them.
        """
        rows = self.database.rows(
            "select head, key from stories where head not in ('', key) order by moment, first"
        )
        found: dict[str, list[str]] = {}
        for head, key in rows:
            found.setdefault(head, []).append(key)
        return found

    def copies(self, key: str) -> list[str]:
        """The keys of the other articles that tell an article's story, the earliest first."""
        rows = self.database.rows(
            "select key from stories where key != ?1 and head != ''"
            " and head = (select head from stories where key = ?1) order by moment, first",
            (key,),
        )
        return [one for (one,) in rows]

    def same_text(self, article: Article) -> list[str]:
        """The keys of the articles whose title and body are exactly these."""
        digest = text_digest(article)
        rows = self.database.rows("select key from articles where digest = ?", (digest,))
        return [key for (key,) in rows]

    def stats(self) -> ArchiveStats:
        """Count what is held."""
        sources = self.database.rows(
            "select source, count(*) from articles group by source order by count(*) desc, source"
        )
        days = "select substr({}(date), 1, 10) from articles where date != ''"
        return ArchiveStats(
            articles=len(self),
            sources=dict(sources),
            first_day=self.database.value(days.format("min")) or "",
            last_day=self.database.value(days.format("max")) or "",
            versions=int(self.database.value("select count(*) from versions")),
            refusals=dict(
                self.database.rows(
                    "select reason, count(*) from pages where state = 'refused'"
                    " group by reason order by count(*) desc, reason"
                )
            ),
            last_crawl=self.database.value("select max(started) from runs") or "",
            bytes=self.path.stat().st_size if self.path.exists() else 0,
        )

    def _keep_version(self, key: str, held: Article) -> None:
        text = frozen(held)
        self.database.run(
            "insert into versions select ?, ifnull(max(version), 0) + 1, ?, ?, ?"
            " from versions where key = ?",
            (key, _now(), text, checksum_of([text]), key),
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
