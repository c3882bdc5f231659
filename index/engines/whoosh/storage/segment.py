"""Segment file: one segment as its file holds it; the arrays every reader works on.

It is a `SegmentData` for merging, gives posting lists for searching and documents for showing.
Nothing is copied out of the mapped file but what is asked for.
"""

from __future__ import annotations

import json
import threading
import weakref
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.attributes import AttributeName
from index.document import FORMS, Document, Field, Form
from index.engines.whoosh.storage.array_file import Array, ArrayFile
from index.engines.whoosh.storage.derived import derived_path, made_anew, open_derived, readings_of
from index.engines.whoosh.storage.docstore import unpack
from index.engines.whoosh.storage.segment_data import Attributes, Postings
from index.engines.whoosh.storage.term_dict import Arrays, MemoryArrays, TermDictionary

_REMEMBERED = 50_000  # terms whose numbers are kept: 10 MB


_open_files: weakref.WeakValueDictionary[Path, SegmentFile] = weakref.WeakValueDictionary()
_opening = threading.Lock()


class PostingList(NamedTuple):
    """A term's posting list: ascending documents, and how often the term stands in each."""

    docs: Array
    frequencies: Array


NO_POSTINGS = PostingList(np.empty(0, np.uint8), np.empty(0, np.uint8))


class SegmentFile:
    """A segment's arrays. Raises `CorruptIndex` when it reads a damaged byte."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = ArrayFile(path)
        self.terms = {form: TermDictionary(self.file, form) for form in FORMS}
        self.documents = self.file.count("days")
        self._numbers: dict[tuple[Form, str], int] = {}

    @cached_property
    def keys(self) -> Array:
        """See `SegmentData.keys`."""
        return self.file.array("keys")

    @cached_property
    def days(self) -> Array:
        """See `SegmentData.days`."""
        return self.file.array("days")

    @cached_property
    def zdict(self) -> bytes:
        """See `SegmentData.zdict`."""
        return self.file.bytes("zdict")

    def lengths(self, field: Field) -> Array:
        """See `SegmentData.lengths`."""
        return self.file.array(f"{field}.lengths")

    def attribute(self, name: AttributeName) -> Attributes:
        """See `SegmentData.attribute`."""
        values = json.loads(self.file.bytes(f"{name}.values").decode("utf-8", "surrogatepass"))
        return Attributes(list(map(tuple, values)), self.file.array(f"{name}.codes"))

    def vocabulary(self, form: Form) -> Sequence[str]:
        """See `SegmentData.vocabulary`."""
        return self.terms[form].all()

    def readings(self) -> Mapping[str, Sequence[str]]:
        """See `SegmentData.readings`."""
        return readings_of(self.derived, self.terms["exact"])

    @cached_property
    def derived(self) -> Arrays:
        """The tables derived from the terms; made anew where none of today's rules lie beside."""
        found = open_derived(derived_path(self.path))
        return found or MemoryArrays(made_anew(self.vocabularies()))

    def vocabularies(self) -> dict[Form, Sequence[str]]:
        """The terms of both forms."""
        return {form: self.vocabulary(form) for form in FORMS}

    def postings(self, field: Field, form: Form, first: int, last: int) -> Postings:
        """See `SegmentData.postings`."""
        name = f"{field}.{form}"
        starts = self.file.array(f"{name}.starts", first, last + 1).astype(np.int64)
        place_starts = self.file.array(f"{name}.place_starts", first, last + 1).astype(np.int64)
        start, stop = int(starts[0]), int(starts[-1])
        return Postings(
            counts=np.diff(starts),
            place_counts=np.diff(place_starts),
            docs=self.file.array(f"{name}.docs", start, stop),
            frequencies=self.file.array(f"{name}.frequencies", start, stop),
            places=self.file.array(f"{name}.places", int(place_starts[0]), int(place_starts[-1])),
        )

    def texts(self) -> Callable[[int], bytes]:
        """See `SegmentData.texts`."""
        starts = self.file.array("text_starts")

        def packed(doc: int) -> bytes:
            return self.file.bytes("texts", int(starts[doc]), int(starts[doc + 1]))

        return packed

    def document(self, doc: int) -> Document:
        """The stored document of a number."""
        start, stop = self.file.array("text_starts", doc, doc + 2).tolist()
        try:
            return unpack(self.file.bytes("texts", start, stop), self.zdict)
        except ValueError as error:
            raise self.file.damaged(f"document {doc}") from error

    def number_of(self, key: str) -> int | None:
        """The number of the document of a key, or None."""
        wanted = key.encode()
        place = int(np.searchsorted(self._sorted_keys, wanted))
        if place < self.documents and self._sorted_keys[place] == wanted:
            return int(self.file.array("key_order")[place])
        return None

    def term(self, form: Form, text: str) -> int:
        """The number of a term, or -1."""
        number = self._numbers.get((form, text))
        if number is None:
            if len(self._numbers) >= _REMEMBERED:
                self._numbers = {}
            number = self._numbers[form, text] = self.terms[form].find(text)
        return number

    def count(self, field: Field, form: Form, term: int) -> int:
        """How many documents a term stands in."""
        if term < 0:
            return 0
        start, stop = self.file.array(f"{field}.{form}.starts", term, term + 2).tolist()
        return int(stop - start)

    def posting_list(self, field: Field, form: Form, term: int) -> PostingList:
        """A term's posting list; empty for the term -1."""
        if term < 0:
            return NO_POSTINGS
        name = f"{field}.{form}"
        start, stop = self.file.array(f"{name}.starts", term, term + 2).tolist()
        return PostingList(
            self.file.array(f"{name}.docs", start, stop),
            self.file.array(f"{name}.frequencies", start, stop),
        )

    def places(self, field: Field, form: Form, term: int) -> tuple[int, Array]:
        """A term's positions, document after document, and where they begin among all."""
        name = f"{field}.{form}"
        start, stop = self.file.array(f"{name}.place_starts", term, term + 2).tolist()
        return start, self.file.array(f"{name}.places", start, stop)

    def all_places(self, field: Field, form: Form) -> Array:
        """The positions of all terms; only those of terms asked for in `places` are checked."""
        return self.file.unchecked(f"{field}.{form}.places")

    @cached_property
    def _sorted_keys(self) -> Array:
        return self.keys[self.file.array("key_order")]


def segment_file(path: Path) -> SegmentFile:
    """The segment file at a path, mapped once however many readers there are."""
    with _opening:
        found = _open_files.get(path)
        if found is None:
            found = _open_files[path] = SegmentFile(path)
        return found
