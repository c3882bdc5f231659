"""Segment data: some inverted documents, whether on disk or just made in memory.

Documents of a segment are numbered newest first (by day, then by key). That one choice makes the
order of ties, sorting by date and ranges of dates a matter of comparing numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

import numpy as np

from index.attributes import AttributeName
from index.document import FIELDS, FORMS, Field, Form
from index.engines.whoosh.storage.array_file import Array

STREAMS: tuple[tuple[Field, Form], ...] = tuple((f, m) for f in FIELDS for m in FORMS)


class Postings(NamedTuple):
    """The posting lists of consecutive terms of one field and form, one after the other.

    `counts[t]` postings and `place_counts[t]` positions belong to term t. A posting is a document
    (ascending within its term) and how often the term stands there: so many positions follow.
    """

    counts: Array
    place_counts: Array
    docs: Array
    frequencies: Array
    places: Array


class Attributes(NamedTuple):
    """What documents have of an attribute, and for each document which of these it is.

    One of `values` is all that a document has: mostly one value, none, or several tags.
    """

    values: list[tuple[str, ...]]
    codes: Array


class SegmentData(Protocol):
    """Inverted documents: what a merge reads."""

    @property
    def keys(self) -> Array:
        """The documents' keys, as UTF-8 (numpy type S)."""
        ...

    @property
    def days(self) -> Array:
        """Day numbers (`datetime.date.toordinal`), 0 for the undated; descending."""
        ...

    def lengths(self, field: Field) -> Array:
        """Tokens of each document's field."""
        ...

    def attribute(self, name: AttributeName) -> Attributes:
        """The documents' values of an attribute."""
        ...

    def vocabulary(self, form: Form) -> Sequence[str]:
        """The terms of a form over both fields, ascending."""
        ...

    def readings(self) -> Mapping[str, Sequence[str]]:
        """For each exact term that has any, the lemmas it can be read as besides its own."""
        ...

    def postings(self, field: Field, form: Form, first: int, last: int) -> Postings:
        """The posting lists of the terms numbered from `first` to before `last`."""
        ...

    def texts(self) -> Callable[[int], bytes]:
        """A function that gives a document's stored form, compressed."""
        ...

    @property
    def zdict(self) -> bytes:
        """What the stored forms were compressed with."""
        ...


def ordinal(day: str) -> int:
    """The number of a document's day for `SegmentData.days`; 0 for none.

    >>> ordinal("2015-08-01"), ordinal("")
    (735811, 0)
    """
    return date.fromisoformat(day).toordinal() if day else 0


def newest_first(days: Array, keys: Array) -> Array:
    """The order of documents in a segment."""
    return np.lexsort((keys, -days.astype(np.int64)))
