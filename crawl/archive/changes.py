"""Changes: the latest state of every article since a revision, past rows that cannot be read.

Read in portions, so that no lock is held between two steps. A damaged page or a row whose checksum
does not fit costs itself alone: the portion that holds it is read again row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from crawl.archive.article_rows import COLUMNS, LISTED, verified
from crawl.archive.database import Database
from crawl.article import Article
from crawl.errors import DamagedArchive

_PORTION = 500  # articles read at a time: a few megabytes
# An article whose story was found, or is another one now, changed too: its later revision counts.
_BETWEEN = f"""
    select * from (
        select * from (select a.revision, a.key, ifnull(s.head, ''), checksum, {LISTED}
                       from articles a left join stories s using (key)
                       where a.revision > ?1 and ifnull(s.revision, 0) < a.revision
                       order by a.revision limit ?2)
        union all
        select * from (select s.revision, s.key, s.head, checksum, {LISTED}
                       from stories s join articles a using (key)
                       where s.revision > ?1 and s.revision > a.revision
                       order by s.revision limit ?2)
        union all
        select * from (select revision, key, '', null, {", ".join("''" for _ in COLUMNS)}
                       from removed where revision > ?1 order by revision limit ?2))
    order by revision limit ?2"""
# Answered by the indexes of revisions alone, which stand on other pages than the texts.
_REVISIONS = """
    select revision, rowid from articles where revision > ?1
    union all
    select s.revision, a.rowid from stories s join articles a using (key) where s.revision > ?1
    order by 1 limit ?2"""
_BY_ROW = f"""
    select a.key, ifnull(s.head, ''), checksum, {LISTED}
    from articles a left join stories s using (key) where a.rowid = ?"""
_REMOVED = "select revision, key from removed where revision > ? order by revision limit ?"

# Told the name of each row that could not be read.
Damage = Callable[[str], object]


class Change(NamedTuple):
    """The latest state of one key: its article, or None when it left the archive.

    `story`: the key of the earliest of the article's copies; empty when it has none.
    """

    revision: int
    key: str
    article: Article | None
    story: str = ""


def read_changes(database: Database, since: int, damage: Damage) -> Iterator[Change]:
    """Every key that changed after a revision, oldest change first."""
    while True:
        last, portion = _portion(database, since, damage)
        yield from portion
        if last is None:
            return
        since = last


def _portion(database: Database, since: int, damage: Damage) -> tuple[int | None, list[Change]]:
    """The next changes, and the revision of the last of them; None when no more follow."""
    try:
        rows = database.rows(_BETWEEN, (since, _PORTION))
        portion = [_change(row) for row in rows]
    except DamagedArchive:
        return _one_by_one(database, since, damage)
    return (rows[-1][0] if len(rows) == _PORTION else None), portion


def _one_by_one(database: Database, since: int, damage: Damage) -> tuple[int | None, list[Change]]:
    held = database.rows(_REVISIONS, (since, _PORTION))
    gone = database.rows(_REMOVED, (since, _PORTION))
    last = max([row[0] for row in (*held, *gone)], default=None)
    for rows in (held, gone):
        if len(rows) == _PORTION and last is not None:
            last = min(last, rows[-1][0])  # beyond it this table may hold more
    portion = [Change(revision, key, None) for revision, key in gone if revision <= (last or 0)]
    for revision, rowid in held:
        if revision <= (last or 0):
            try:
                (row,) = database.rows(_BY_ROW, (rowid,))
                portion.append(_change((revision, *row)))
            except (DamagedArchive, ValueError) as error:
                damage(f"revision {revision}: {error}")
    return last, sorted(portion, key=lambda change: change.revision)


def _change(row: Any) -> Change:
    revision, key, story, checksum, *columns = row
    article = None if checksum is None else verified(checksum, columns)
    return Change(revision, key, article, story)
