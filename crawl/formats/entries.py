"""What an import reads a file into: articles, or why there is none, each with its place."""

from __future__ import annotations

from typing import NamedTuple

from crawl.article import Article, Rejected
from crawl.reasons import sentence


class Unreadable(NamedTuple):
    """A place of a file that cannot be read: a reason of `crawl.reasons`, and where exactly."""

    reason: str
    detail: str = ""

    @property
    def text(self) -> str:
        """The sentence for a person."""
        return sentence(self.reason) + (f" ({self.detail})" if self.detail else "")


class ImportEntry(NamedTuple):
    """One place of a file, its line or record from 1 (0: the whole file), and what it held."""

    place: int
    found: Article | Rejected | Unreadable
