"""Article and Rejected: what a page can become.

The first stage's nouns. `crawl.extract` turns the bytes of a page into an `Article` (clean text,
frozen from then on: every later offset points into it) or into a `Rejected`, which is a value to be
counted and shown, never an exception.

>>> Article(url="https://example.org/1", title="خبر", body="نص").date
''
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One article: what the archive keeps and the index reads.

    `url` is repeated as it was given. Unknown strings are empty. `date` and `modified` are ISO
    8601, a day (`2015-08-01`) or, when the hour is known, an instant with its offset
    (`2015-08-01T14:30:00+03:00`). `body` holds paragraphs separated by one newline. `language` is
    a BCP 47 code.
    """

    url: str
    title: str
    body: str
    date: str = ""
    author: str = ""
    source: str = ""
    section: str = ""
    language: str = "ar"
    modified: str = ""
    canonical: str = ""
    image: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A page that is no article, and why: `reason` is a short fixed word such as `too-short`."""

    url: str
    reason: str
