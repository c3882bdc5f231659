"""What can be wrong with a search, said so that the reader knows what to type next."""

from __future__ import annotations


class SearchError(Exception):
    """The root of this package's exceptions.

    A query is never an error: what a search could not use of it stands in `Results.notes`.
    """


class MissingLibrary(SearchError):
    """An optional library is not installed; the message says what to type."""
