"""Readers for Whoosh's searcher: a segment's documents, terms, posting lists; see `codec`."""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from whoosh.codec.base import EmptyCursor, PerDocumentReader, TermsReader
from whoosh.reading import TermInfo

from index.document import Field, Form
from index.engines.whoosh.interop.posting_matcher import ArrayMatcher
from index.engines.whoosh.storage.array_file import Array
from index.engines.whoosh.storage.segment import SegmentFile
from index.engines.whoosh.storage.segment_data import STREAMS

KEY = "key"
# Whoosh's name of each field and form.
STREAM_OF: dict[str, tuple[Field, Form]] = {f"{f}_{m}": (f, m) for f, m in STREAMS}


class ArrayDocuments(PerDocumentReader):
    """A segment's documents, for Whoosh."""

    def __init__(self, file: SegmentFile, deleted: frozenset[int]) -> None:
        self._file = file
        self._deleted = deleted
        self._lengths = {
            name: file.lengths(field).tolist() for name, (field, _) in STREAM_OF.items()
        }

    def doc_count(self) -> int:
        """Documents that are not deleted."""
        return self._file.documents - len(self._deleted)

    def doc_count_all(self) -> int:
        """All documents."""
        return self._file.documents

    def has_deletions(self) -> bool:
        """Whether any is deleted."""
        return bool(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        """Whether one is deleted."""
        return docnum in self._deleted

    def deleted_docs(self) -> Iterator[int]:
        """The deleted ones."""
        return iter(self._deleted)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Tokens of a field: exact, where Whoosh's own codec keeps one rounded byte."""
        lengths = self._lengths.get(fieldname)
        return (lengths[docnum] or default) if lengths is not None else default

    def field_length(self, fieldname: str) -> int:
        """Tokens of a field over all documents."""
        return sum(self._lengths.get(fieldname, ()))

    def min_field_length(self, fieldname: str) -> int:
        """The shortest."""
        return min(self._lengths.get(fieldname, ()), default=0)

    def max_field_length(self, fieldname: str) -> int:
        """The longest."""
        return max(self._lengths.get(fieldname, ()), default=0)

    def stored_fields(self, docnum: int) -> dict[str, str]:
        """The stored document."""
        return asdict(self._file.document(docnum))


class ArrayTerms(TermsReader):
    """A segment's terms, for Whoosh: the four streams, and the keys as terms of one document."""

    def __init__(self, file: SegmentFile) -> None:
        self._file = file

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return len(self._docs(*term)) > 0

    def indexed_field_names(self) -> list[str]:
        """All searchable fields, ascending."""
        return sorted([KEY, *STREAM_OF])

    def cursor(self, fieldname: str, fieldobj: Any) -> Any:
        """A cursor over a field's terms; used by Whoosh's spelling."""
        del fieldobj
        texts = [text.decode() for _, text in self.terms_from(fieldname, b"", only=True)]
        return ArrayCursor(texts)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """All (field, term), ascending."""
        return self.terms_from("", b"")

    def terms_from(
        self, fieldname: str, prefix: bytes, only: bool = False
    ) -> Iterator[tuple[str, bytes]]:
        """All (field, term) from one on; `only` those of its field."""
        for name in self.indexed_field_names():
            if name == fieldname or (name > fieldname and not only):
                for text in self._texts(name):
                    if name > fieldname or text >= prefix:
                        yield name, text

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """All terms with their statistics."""
        return self.items_from("", b"")

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """All terms from one on, with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """A term's statistics; raises `KeyError` when there is no such term."""
        docs, frequencies, _ = self._list(fieldname, text)
        if not len(docs):
            raise KeyError((fieldname, text))
        lengths = np.ones(1)
        if fieldname in STREAM_OF:
            lengths = self._file.lengths(STREAM_OF[fieldname][0])[docs]
        return TermInfo(
            weight=int(frequencies.sum()),
            df=len(docs),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=int(frequencies.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> int:
        """How often a term stands in all documents."""
        return int(self._list(fieldname, text)[1].sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """In how many documents a term stands."""
        return len(self._docs(fieldname, text))

    def matcher(
        self, fieldname: str, text: bytes, format_: Any, scorer: Any = None
    ) -> ArrayMatcher:
        """A term's posting list as Whoosh walks it."""
        return ArrayMatcher((fieldname, text), *self._list(fieldname, text), format_, scorer)

    def _texts(self, fieldname: str) -> Iterator[bytes]:
        if fieldname == KEY:
            yield from sorted(self._file.keys.tolist())
            return
        field, form = STREAM_OF[fieldname]
        for number, text in enumerate(self._file.vocabulary(form)):
            if self._file.count(field, form, number):
                yield text.encode()

    def _docs(self, fieldname: str, text: bytes) -> Array:
        return self._list(fieldname, text)[0]

    def _list(self, fieldname: str, text: bytes) -> tuple[Array, Array, Array]:
        if fieldname == KEY:
            number = self._file.number_of(text.decode())
            docs = np.array([] if number is None else [number], dtype=np.int64)
            return docs, np.ones(len(docs), dtype=np.int64), np.zeros(len(docs), dtype=np.int64)
        if fieldname not in STREAM_OF:
            return np.empty(0, int), np.empty(0, int), np.empty(0, int)
        field, form = STREAM_OF[fieldname]
        number = self._file.term(form, text.decode())
        if number < 0:
            return np.empty(0, int), np.empty(0, int), np.empty(0, int)
        docs, frequencies = self._file.posting_list(field, form, number)
        return docs, frequencies, self._file.places(field, form, number)[1]


class ArrayCursor(EmptyCursor):
    """Walks a field's terms."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._at = 0

    def first(self) -> str | None:
        """Go to the first term."""
        self._at = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Go to the first term that is not before this one."""
        wanted = term.decode() if isinstance(term, bytes) else term
        self._at = int(np.searchsorted(np.array(self._texts, dtype=object), wanted))
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """The term, or None past the last."""
        return self._texts[self._at] if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether there is a term here."""
        return self._at < len(self._texts)
