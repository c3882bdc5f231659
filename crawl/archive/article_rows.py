"""Articles as rows: their columns, and the checksum that tells a damaged row from a whole one.

>>> article = Article(url="https://example.org/1", title="خبر", body="نص", tags=("أ", "ب"))
>>> read_row(row_of(article)) == article
True
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields

from crawl.article import Article
from crawl.errors import DamagedArchive

COLUMNS = tuple(field.name for field in fields(Article))
LISTED = ", ".join(COLUMNS)
INSERT = (
    f"insert or replace into articles (key, revision, digest, checksum, {LISTED}) "
    f"values ({', '.join('?' * (len(COLUMNS) + 4))})"
)


def row_of(article: Article) -> list[str]:
    """The values of an article in the order of `COLUMNS`."""
    row = [getattr(article, name) for name in COLUMNS]
    return [value if isinstance(value, str) else "\n".join(value) for value in row]


def read_row(row: Sequence[str]) -> Article:
    """The article of a row."""
    values = dict(zip(COLUMNS, row, strict=True))
    tags = tuple(tag for tag in values.pop("tags").split("\n") if tag)
    return Article(**values, tags=tags)


def verified(checksum: bytes, row: Sequence[str]) -> Article:
    """The article of a row whose checksum fits; DamagedArchive otherwise."""
    try:
        if checksum_of(row) == checksum:
            return read_row(row)
    except (TypeError, AttributeError):  # a number or nothing where a text belongs
        pass
    raise DamagedArchive(f"the text of {row[0]!r} is not what was archived")


def checksum_of(row: Iterable[str]) -> bytes:
    """Eight bytes over all columns of a row."""
    text = "\x1f".join(row).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=8).digest()


def text_digest(article: Article) -> bytes:
    """What the reader reads, as 16 bytes: equal for equal titles and bodies."""
    text = f"{article.title}\n{article.body}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=16).digest()


def frozen(article: Article) -> str:
    """An article as the text that a version keeps."""
    return json.dumps(asdict(article), ensure_ascii=False)


def thawed(text: str, checksum: bytes) -> Article:
    """The article of a version whose checksum fits; DamagedArchive otherwise."""
    if checksum_of([text]) != checksum:
        raise DamagedArchive("an old version is not what was archived")
    values = json.loads(text)
    return Article(**values | {"tags": tuple(values["tags"])})
