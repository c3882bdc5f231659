"""Tombstones: addresses whose articles were removed for good, and texts that are left out of some.

The archive asks here before it keeps anything, so that no crawl or import brings back what was
taken out. A text that is left out is not kept, or it would still be there: only its length, and a
digest with a salt, by which it is found again in what is about to be kept.

>>> mark = redaction_of("سليم الحداد", b"salt")
>>> without("كتبه سليم الحداد أمس", [mark])
'كتبه […] أمس'
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from crawl.archive.database import Database
from crawl.article import Article
from crawl.identity import key_of

LEFT_OUT = "[…]"
# Letters of a text that is left out; a longer one is most of the article.
LONGEST = 2_000

_FIELDS = ("title", "body", "author", "section", "source")


class Tombstone(NamedTuple):
    """An address that stays out of the archive: since when (UTC), and why."""

    url: str
    removed: str
    reason: str


class Redaction(NamedTuple):
    """A text that is left out of an article, by what it can be found again with."""

    length: int
    salt: bytes
    digest: bytes


def redaction_of(text: str, salt: bytes | None = None) -> Redaction:
    """The mark of a text."""
    salt = salt or secrets.token_bytes(16)
    return Redaction(len(text), salt, _digest(text, salt))


def without(text: str, redactions: Iterable[Redaction]) -> str:
    """A text without what is to be left out, wherever it stands."""
    for length, salt, digest in redactions:
        at = 0
        while at + length <= len(text):
            if _digest(text[at : at + length], salt) == digest:
                text = text[:at] + LEFT_OUT + text[at + length :]
                at += len(LEFT_OUT)
            else:
                at += 1
    return text


def redacted(article: Article, redactions: Sequence[Redaction]) -> Article:
    """An article without what is to be left out of it."""
    if not redactions:
        return article
    changes = {name: without(getattr(article, name), redactions) for name in _FIELDS}
    tags = tuple(without(tag, redactions) for tag in article.tags)
    return replace(article, tags=tags, **changes)


def is_barred(database: Database, article: Article) -> bool:
    """Whether an article's address, or the one it says is its own, was removed for good."""
    keys = (key_of(article.url), key_of(article.canonical or article.url))
    return database.value("select 1 from tombstones where key in (?, ?)", keys) is not None


def redactions_of(database: Database, key: str) -> list[Redaction]:
    """What is left out of the article of a key."""
    rows = database.rows("select length, salt, digest from redactions where key = ?", (key,))
    return [Redaction(*row) for row in rows]


def _digest(text: str, salt: bytes) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, key=salt).digest()
