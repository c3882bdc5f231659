"""Readers for Whoosh's searcher: a segment's documents, terms, posting lists; see `codec`."""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from whoosh.codec.base import EmptyCursor, PerDocumentReader, TermsReader
from whoosh.matching.mcore import LeafMatcher, ReadTooFar
from whoosh.query.spans import Span
from whoosh.reading import TermInfo

from index.document import Field, Form
from index.engines.whoosh.storage.array_file import Array
from index.engines.whoosh.storage.segment import SegmentFile
from index.engines.whoosh.storage.segment_data import STREAMS

KEY = "key"
# Whoosh's name of each field and form
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


class ArrayMatcher(LeafMatcher):
    """A posting list as Whoosh's query evaluation walks it, one document at a time."""

    def __init__(
        self,
        term: tuple[str, bytes],
        docs: Array,
        frequencies: Array,
        places: Array,
        format_: Any,
        scorer: Any,
    ) -> None:
        self._term = term
        self._lists = (docs, frequencies, places)
        self._docs: list[int] = docs.tolist()
        self._frequencies: list[int] = frequencies.tolist()
        self._ends = np.cumsum(frequencies, dtype=np.int64)
        self._i = 0
        self.format = format_
        self.scorer = scorer

    def copy(self) -> ArrayMatcher:
        """Another walker at the same place."""
        twin = ArrayMatcher(self._term, *self._lists, self.format, self.scorer)
        twin._i = self._i
        return twin

    def reset(self) -> None:
        """Back to the first document."""
        self._i = 0

    def is_active(self) -> bool:
        """Whether there is a document here."""
        return self._i < len(self._docs)

    def id(self) -> int:
        """The document."""
        return self._docs[self._i]

    def weight(self) -> float:
        """How often the term stands in it."""
        return float(self._frequencies[self._i])

    def next(self) -> None:
        """Go on by one."""
        if not self.is_active():
            raise ReadTooFar
        self._i += 1

    def skip_to(self, targetid: int) -> None:
        """Go on to the first document that is not before this one."""
        if not self.is_active():
            raise ReadTooFar
        self._i = max(self._i, int(np.searchsorted(self._lists[0], targetid)))

    def supports_block_quality(self) -> bool:
        """No: Whoosh then looks at every posting, which is what we want to be compared with."""
        return False

    def value(self) -> Any:
        """The positions in Whoosh's encoding."""
        return self.format.encode(self._positions()) if hasattr(self.format, "encode") else b""

    def value_as(self, astype: str) -> Any:
        """The posting as Whoosh asks for it."""
        values = {"positions": self._positions, "frequency": self.weight, "weight": self.weight}
        return values[astype]() if astype in values else super().value_as(astype)

    def spans(self) -> list[Span]:
        """The positions as spans."""
        return [Span(place) for place in self._positions()]

    def _positions(self) -> list[int]:
        end = int(self._ends[self._i])
        places: list[int] = self._lists[2][end - self._frequencies[self._i] : end].tolist()
        return places
