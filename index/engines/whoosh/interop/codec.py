"""Whoosh codec: our segment files behind Whoosh's reader interface.

With it `whoosh.index.open_dir` opens a bahith index, and Whoosh's own searcher, queries and
matchers work on it. Our own search does not pass through here (it reads the arrays directly); a
test holds the two to the same documents and scores.

Whoosh pickles the codec's segments into its table of contents by module path: this module and its
classes keep their names for ever. Writing goes through `commit`, in whole posting lists; Whoosh's
writers, which add one posting a call, are refused.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, NoReturn

from whoosh.analysis.tokenizers import SpaceSeparatedTokenizer
from whoosh.codec.base import Codec, Segment
from whoosh.fields import ID, STORED, TEXT, Schema

from index.document import Document
from index.engines.whoosh.interop.readers import STREAM_OF, ArrayDocuments, ArrayTerms
from index.engines.whoosh.storage.commit_file import NAME, SegmentInfo
from index.engines.whoosh.storage.segment import segment_file
from index.errors import EngineError

_STORED = tuple(field.name for field in fields(Document) if field.name != "key")


def schema() -> Schema:
    """The fields as Whoosh sees them: four of positions (text is terms parted by spaces), a key."""
    searched = {name: TEXT(analyzer=SpaceSeparatedTokenizer()) for name in STREAM_OF}
    return Schema(
        key=ID(unique=True, stored=True), **searched, **{name: STORED() for name in _STORED}
    )


class ArraySegment(Segment):
    """What the table of contents knows of a segment: its name, size, and deleted documents."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self.documents = 0
        self.deleted: frozenset[int] = frozenset()

    @classmethod
    def of(cls, info: SegmentInfo) -> ArraySegment:
        """A segment as Whoosh pickles it."""
        segment = cls(NAME)
        segment.segid = info.name.removeprefix(f"{NAME}_")
        segment.documents, segment.deleted = info.documents, info.deleted
        return segment

    def codec(self) -> ArrayCodec:
        """The codec that reads it."""
        return ArrayCodec()

    def path(self, folder: Path) -> Path:
        """Its file."""
        return SegmentInfo(self.segment_id(), self.documents).path(folder)

    def should_assemble(self) -> bool:
        """No: it is one file already, with aligned arrays."""
        return False

    def set_doc_count(self, doccount: int) -> None:
        """Called by Whoosh's writer."""
        self.documents = doccount

    def doc_count_all(self) -> int:
        """Documents, the deleted ones included."""
        return self.documents

    def deleted_count(self) -> int:
        """Deleted documents."""
        return len(self.deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Their numbers."""
        return iter(self.deleted)

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return docnum in self.deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete a document, or bring it back."""
        self.deleted = self.deleted | {docnum} if delete else self.deleted - {docnum}


class ArrayCodec(Codec):
    """Opens our segments for Whoosh."""

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTerms:
        """Terms and posting lists."""
        return ArrayTerms(segment_file(segment.path(Path(storage.folder))))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocuments:
        """Lengths, stored documents, deletions."""
        file = segment_file(segment.path(Path(storage.folder)))
        return ArrayDocuments(file, segment.deleted)

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        """An empty segment."""
        del storage
        return ArraySegment(indexname)

    def _refused(self, *_: Any, **__: Any) -> NoReturn:
        raise EngineError("write to this index with `bahith index`, not with Whoosh's writer.")

    per_document_writer = field_writer = postings_writer = postings_reader = _refused
