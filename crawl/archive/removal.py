"""Removal for good: an article, or a text inside it, goes from every table and from the file.

SQLite overwrites what it deletes (`secure_delete`), the write-ahead log is emptied, and the file is
written anew (`vacuum`), so that no byte of it is left there. The index lets go of it at its next
build, and of its bytes when the segment that holds them is merged.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from crawl.archive.archive import Archive
from crawl.archive.article_rows import checksum_of, frozen
from crawl.archive.tombstones import LONGEST, Tombstone, redacted, redaction_of
from crawl.errors import CrawlError
from crawl.identity import key_of


class Removal(NamedTuple):
    """What became of one address: whether an article was held, and addresses of its copies."""

    url: str
    held: bool
    copies: tuple[str, ...]


def remove_for_good(archive: Archive, url: str, reason: str = "") -> Removal:
    """Take an article and all its versions out, and keep it out; `wipe` makes it final."""
    key = key_of(url)
    archive.database.run("pragma secure_delete = on")
    with archive.batch():
        copies = _copies(archive, key)
        held = archive.remove(key)
        for table in ("versions", "vanished", "redactions"):
            archive.database.run(f"delete from {table} where key = ?", (key,))
        _forget_words(archive, key)
        archive.database.run(
            "update pages set state = 'refused', reason = 'removed', digest = x'', etag = '',"
            " last_modified = '' where key = ?",
            (key,),
        )
        archive.database.run(
            "insert or replace into tombstones values (?, ?, ?, ?)", (key, url, _now(), reason)
        )
    return Removal(url, held, copies)


def redact(archive: Archive, url: str, text: str) -> int:
    """Leave a text out of an article and its versions, now and whenever it comes again.

    The number of places it stood in.
    """
    if not 1 < len(text.strip()) <= LONGEST:
        raise CrawlError(f"a text to leave out has two to {LONGEST} letters; give another --redact")
    key = key_of(url)
    mark = redaction_of(text)
    archive.database.run("pragma secure_delete = on")
    with archive.batch():
        present = archive.get(key)
        if present is None:
            raise CrawlError(f"the archive holds no {url}; check the address")
        count = frozen(present).count(text)
        archive.database.run("insert into redactions values (?, ?, ?, ?)", (key, *mark))
        for version in archive.versions(key):
            count += frozen(version.article).count(text)
            kept = frozen(redacted(version.article, [mark]))
            archive.database.run(
                "update versions set article = ?, checksum = ? where key = ? and version = ?",
                (kept, checksum_of([kept]), key, version.number),
            )
        archive.replace(redacted(present, [mark]))
        _forget_words(archive, key)
    return count


def wipe(archive: Archive) -> None:
    """Write the file anew, without a byte of what was deleted. Waits for other writers."""
    archive.database.run("vacuum")
    (blocked, _, _) = archive.database.rows("pragma wal_checkpoint(truncate)")[0]
    if blocked:
        raise CrawlError(
            "another program still reads the archive: what was removed is gone from it, but stands"
            " in its write-ahead log until you type the same command again"
        )


def tombstones(archive: Archive) -> Iterator[Tombstone]:
    """The addresses that stay out, in the order of their removal."""
    rows = archive.database.rows(
        "select url, removed, reason from tombstones order by removed, url"
    )
    yield from (Tombstone(*row) for row in rows)


def allow_again(archive: Archive, url: str) -> bool:
    """Let the article of an address in again; False when it was not kept out."""
    return archive.database.run("delete from tombstones where key = ?", (key_of(url),)) > 0


def _copies(archive: Archive, key: str) -> tuple[str, ...]:
    """The addresses that hold the same story or the very same text."""
    held = archive.peek(key)
    keys = {*archive.copies(key), *(archive.same_text(held) if held else ())}
    found = (archive.peek(one) for one in sorted(keys - {key}))
    return tuple(article.url for article in found if article)


def _forget_words(archive: Archive, key: str) -> None:
    """Leave nothing of a text's words in its story, which the next update takes it out of."""
    archive.database.run("update stories set sketch = x'' where key = ?", (key,))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
