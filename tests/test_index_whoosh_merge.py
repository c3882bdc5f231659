"""Segments: merging loses nothing, files keep what was put in."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import CorruptIndex, Document
from index.analysis.batch import Wordbook
from index.engines.whoosh.storage.array_file import BLOCK, ArrayFile
from index.engines.whoosh.storage.array_writer import ArrayWriter
from index.engines.whoosh.storage.docstore import pack, unpack, zdict_of
from index.engines.whoosh.storage.merge import Source, write_segment
from index.engines.whoosh.storage.segment import SegmentFile
from index.engines.whoosh.storage.segment_data import SegmentData
from index.engines.whoosh.writing.inverter import invert
from index.engines.whoosh.writing.workers import inverted
from tests.test_law_engines import articles

ZDICT = "خبر عاجل".encode()


def whole(data: SegmentData) -> Source:
    """Inverted documents, all of them wanted."""
    return Source(data, np.ones(len(data.days), dtype=bool))


def same(one: Path, other: Path) -> None:
    """Two segment files hold the same arrays."""
    left, right = ArrayFile(one), ArrayFile(other)
    assert left.names() == right.names()
    for name in left.names():
        assert left.array(name).dtype == right.array(name).dtype, name
        assert left.array(name).tolist() == right.array(name).tolist(), name


@pytest.mark.parametrize("seed", range(5))
def test_merging_pieces_gives_what_inverting_all_at_once_gives(tmp_path: Path, seed: int) -> None:
    """From memory and from files, in any order, down to the last array."""
    chance = random.Random(seed)
    documents = articles(chance, 90)
    write_segment(tmp_path / "once", [whole(invert(documents, ZDICT, Wordbook()))])
    chance.shuffle(documents)
    pieces = [
        invert(documents[start : start + 17], ZDICT, Wordbook()) for start in range(0, 90, 17)
    ]
    write_segment(tmp_path / "pieces", [whole(piece) for piece in pieces])
    same(tmp_path / "once", tmp_path / "pieces")
    for number, piece in enumerate(pieces):
        write_segment(tmp_path / str(number), [whole(piece)])
    files = [SegmentFile(tmp_path / str(number)) for number in range(len(pieces))]
    write_segment(tmp_path / "files", [whole(file) for file in files])
    same(tmp_path / "once", tmp_path / "files")


def test_a_merge_leaves_unwanted_documents_and_their_terms_out(tmp_path: Path) -> None:
    """As if they had never been there."""
    documents = articles(random.Random(9), 40)
    documents.append(Document("zz", "urn:z", "نادر", "كلمة وحيدة", "2015-07-01"))
    piece = invert(documents, ZDICT, Wordbook())
    kept = [document for document in documents[:-1] if int(document.key, 16) % 2]
    names = {document.key.encode() for document in kept}
    live = np.array([key in names for key in piece.keys.tolist()])
    write_segment(tmp_path / "merged", [Source(piece, live)])
    write_segment(tmp_path / "direct", [whole(invert(kept, ZDICT, Wordbook()))])
    same(tmp_path / "merged", tmp_path / "direct")


def test_worker_processes_give_the_parts_that_this_process_gives() -> None:
    """In the documents' order, every document once."""
    documents = [
        Document(f"{n:05}", f"urn:{n}", f"خبر {n % 7}", "زار السفير المدينة") for n in range(3300)
    ]
    alone = [(list(chunk), piece) for chunk, piece in inverted(documents, ZDICT, 1)]
    shared = [(list(chunk), piece) for chunk, piece in inverted(iter(documents), ZDICT, 2)]
    assert [chunk for chunk, _ in alone] == [chunk for chunk, _ in shared]
    for (_, one), (_, other) in zip(alone, shared, strict=True):
        assert one.keys.tolist() == other.keys.tolist()
        assert one.vocabularies == other.vocabularies
        assert one.packed == other.packed
        for stream, postings in one.streams.items():
            for mine, theirs in zip(postings, other.streams[stream], strict=True):
                assert mine.tolist() == theirs.tolist()


@given(st.lists(st.text(), min_size=8, max_size=8))
def test_a_document_is_stored_as_it_is(values: list[str]) -> None:
    """Any text at all, compressed with any zdict."""
    document = Document(*values)
    for zdict in (b"", zdict_of([document])):
        assert unpack(pack(document, zdict), zdict) == document


def test_an_array_file_keeps_arrays_aligned_and_checked(tmp_path: Path) -> None:
    """Over several blocks; a slice checks the blocks it stands in and no others."""
    path = tmp_path / "file"
    big = np.arange(3 * BLOCK, dtype=np.uint8)
    with ArrayWriter(path) as file:
        pieces = (np.array([1, 2], np.uint16), np.array([3], np.uint16))
        file.add_pieces("pieces", np.dtype(np.uint16), pieces)
        file.add("none", np.empty(0, np.int32))
        file.add("big", big)
    data = bytearray(path.read_bytes())
    data[2 * BLOCK + 5] ^= 1
    opened = ArrayFile(path)
    assert opened.array("pieces").tolist() == [1, 2, 3]
    assert opened.array("none").tolist() == []
    assert np.array_equal(opened.array("big"), big)
    path.with_suffix(".harmed").write_bytes(data)
    harmed = ArrayFile(path.with_suffix(".harmed"))
    assert harmed.array("big", 0, BLOCK).tolist() == big[:BLOCK].tolist()
    with pytest.raises(CorruptIndex, match="block 2"):
        harmed.array("big", BLOCK, 2 * BLOCK)


def test_a_file_that_was_not_finished_is_removed(tmp_path: Path) -> None:
    """A failure while writing leaves nothing behind."""
    path = tmp_path / "file"
    with pytest.raises(AttributeError), ArrayWriter(path) as file:
        file.add("no array", [1, 2])  # type: ignore[arg-type]
    assert not path.exists()
