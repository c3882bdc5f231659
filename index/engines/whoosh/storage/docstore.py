"""Docstore: stored documents, each compressed by itself, so that ten cost ten and not ten blocks.

DEFLATE with a preset dictionary (RFC 1950, 2.2; `zdict`: beginnings of the index's own
first articles) does as well on single articles as blocks of eight do without one, and unpacks an
article in a few hundredths of a millisecond.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter

from index.document import Document

# Of level 1, 2, 3, 6 and 9: 0.39, 0.36, 0.34, 0.31, 0.30 of the text at 69, 64, 40, 13 and 5 MB/s
# (benchmarks/speed.py's corpus); an index of level 3 is 2 % smaller, and 5 % slower to make.
LEVEL = 2
# Bytes of a document: one that claims more was not written by us.
LARGEST = 1 << 28
_WINDOW = 1 << 15  # what DEFLATE can look back
_OPENING = 600  # bytes of an article that go into the preset dictionary

# `dataclasses.astuple` would go through `copy.deepcopy` for each string.
_NAMES = tuple(field.name for field in fields(Document))
_values = attrgetter(*_NAMES)


def zdict_of(documents: Sequence[Document]) -> bytes:
    """A preset dictionary: as many openings of documents as the compressor can look back on."""
    step = max(1, len(documents) * _OPENING // _WINDOW)
    openings = [_encoded(document)[:_OPENING] for document in documents[::step]]
    return b"".join(openings)[-_WINDOW:]


def pack(document: Document, zdict: bytes) -> bytes:
    """The stored form of a document."""
    packer = _compressor(zdict).copy()
    return packer.compress(_encoded(document)) + packer.flush()


def unpack(packed: bytes, zdict: bytes) -> Document:
    """A document from its stored form; raises `ValueError` for what is none."""
    try:
        raw = zlib.decompressobj(-zlib.MAX_WBITS, zdict).decompress(packed, LARGEST)
        document = Document.read(dict(zip(_NAMES, json.loads(raw), strict=True)))
    except (zlib.error, TypeError, RecursionError) as error:
        raise ValueError("no stored document") from error
    if not set(map(type, _values(document))) <= {str, tuple}:
        raise ValueError("no stored document")
    return document


@lru_cache(1)
def _compressor(zdict: bytes) -> zlib._Compress:
    """A compressor that has read the dictionary: copying it costs a quarter of priming one."""
    return zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, 9, 0, zdict)


def _encoded(document: Document) -> bytes:
    return json.dumps(_values(document), ensure_ascii=False).encode("utf-8", "surrogatepass")
