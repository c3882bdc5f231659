"""Record: what a file of results says of one article; the same columns in every format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from index import Document
from searcher.hits.snippet import lead
from searcher.options import SearchOptions
from searcher.search import Searcher

# Rows of one file: what a spreadsheet opens; an archive is exported whole by `archive export`.
MOST_RECORDS = 100_000


class Record(NamedTuple):
    """One article of a file of results; what is not known is empty."""

    id: str
    title: str
    url: str
    source: str
    section: str
    author: str
    date: str
    language: str
    tags: tuple[str, ...]
    excerpt: str

    @classmethod
    def of(cls, document: Document) -> Record:
        """The record of a stored article; its excerpt is the beginning of the text."""
        return cls(
            id=document.key,
            title=document.title,
            url=document.url,
            source=document.source,
            section=document.section,
            author=document.author,
            date=document.date,
            language=document.language,
            tags=document.tags,
            excerpt=lead(document.body).text,
        )


def records(
    searcher: Searcher, text: str, options: SearchOptions, most: int = MOST_RECORDS
) -> Iterator[Record]:
    """The articles that a query finds, in the order of its hits, read as they are asked for."""
    for document in searcher.documents(text, options.but(offset=0, limit=most)):
        yield Record.of(document)
