"""Merge of inverted documents into one segment file: the only way a segment is written.

Fresh documents of one commit and old segments that are worth merging are the same to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.attributes import ATTRIBUTE_NAMES, AttributeName
from index.document import FIELDS, FORMS, Field
from index.engines.whoosh.storage.array_file import Array, narrow
from index.engines.whoosh.storage.array_writer import ArrayWriter
from index.engines.whoosh.storage.derived import (
    Readings,
    derived_arrays,
    derived_path,
    readings_arrays,
    write_derived,
)
from index.engines.whoosh.storage.docstore import pack, unpack
from index.engines.whoosh.storage.merge_postings import starts_of, write_form
from index.engines.whoosh.storage.segment_data import SegmentData, newest_first


class Source(NamedTuple):
    """Inverted documents, and which of them are still wanted."""

    data: SegmentData
    live: Array


def write_segment(path: Path, sources: Sequence[Source], *, lasting: bool = True) -> int:
    """Write the live documents of all sources as one segment; return how many there are.

    The file at `path`, and the tables derived from its terms beside it; of one that is not
    `lasting`, and will be merged before anyone searches it, those alone that a merge reads.
    """
    keys = _joined([source.data.keys[source.live] for source in sources])
    days = np.concatenate([source.data.days[source.live] for source in sources])
    order = newest_first(days, keys)
    renumbered = _renumbered(sources, order)
    with ArrayWriter(path) as file:
        file.add("keys", keys[order])
        file.add("key_order", narrow(np.argsort(keys[order], kind="stable")))
        file.add("days", days[order])
        lengths = {field: _lengths(sources, field)[order] for field in FIELDS}
        for field, some in lengths.items():
            file.add(f"{field}.lengths", narrow(some))
        for name in ATTRIBUTE_NAMES:
            _write_attribute(file, name, sources, order)
        data = [source.data for source in sources]
        terms = {form: write_form(file, form, data, renumbered, lengths["title"]) for form in FORMS}
        _write_texts(file, sources, order)
    read_as = _readings(sources, terms["exact"])
    exact = terms["exact"]
    tables = derived_arrays(terms, read_as) if lasting else readings_arrays(exact, read_as)
    write_derived(derived_path(path), tables)
    return len(order)


def _lengths(sources: Sequence[Source], field: Field) -> Array:
    return np.concatenate([source.data.lengths(field)[source.live] for source in sources])


def _readings(sources: Sequence[Source], exact: Sequence[str]) -> Readings:
    """What each exact term can be read as besides its own lemma, from where it was found out."""
    found: dict[str, Sequence[str]] = {}
    for source in sources:
        found.update(source.data.readings())
    held = set(exact)  # a term whose last document went is no term any more
    return {term: lemmas for term, lemmas in found.items() if term in held}


def _renumbered(sources: Sequence[Source], order: Array) -> list[Array]:
    """For each source, each document's number in the merged segment, or -1."""
    numbers = np.empty(len(order), dtype=np.int64)
    numbers[order] = np.arange(len(order))
    found, first = [], 0
    for source in sources:
        docs = np.full(len(source.live), -1, dtype=np.int64)
        alive = int(np.count_nonzero(source.live))
        docs[source.live] = numbers[first : first + alive]
        found.append(docs)
        first += alive
    return found


def _write_attribute(
    file: ArrayWriter, name: AttributeName, sources: Sequence[Source], order: Array
) -> None:
    had = [source.data.attribute(name) for source in sources]
    codes = [each.codes[source.live] for each, source in zip(had, sources, strict=True)]
    used = [np.unique(some).tolist() for some in codes]  # the last one's value may have gone
    values = sorted(
        {each.values[code] for each, some in zip(had, used, strict=True) for code in some}
    )
    numbers = {value: number for number, value in enumerate(values)}
    codes = [
        np.array([numbers.get(value, 0) for value in each.values], dtype=np.int64)[some]
        for each, some in zip(had, codes, strict=True)
    ]
    listed = json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass")
    file.add(f"{name}.values", np.frombuffer(listed, np.uint8))
    file.add(f"{name}.codes", narrow(np.concatenate(codes)[order]))


def _write_texts(file: ArrayWriter, sources: Sequence[Source], order: Array) -> None:
    """Stored documents in their new order; those of another dictionary are packed again."""
    zdict = max((source.data.zdict for source in sources), key=len)
    fetches = [source.data.texts() for source in sources]
    of = np.concatenate([np.full(int(s.live.sum()), i) for i, s in enumerate(sources)])[order]
    old = np.concatenate([np.flatnonzero(source.live) for source in sources])[order]
    sizes: list[int] = []

    def stored() -> Iterator[Array]:
        for source, doc in zip(of.tolist(), old.tolist(), strict=True):
            packed = fetches[source](doc)
            if sources[source].data.zdict != zdict:
                packed = pack(unpack(packed, sources[source].data.zdict), zdict)
            sizes.append(len(packed))
            yield np.frombuffer(packed, np.uint8)

    file.add("zdict", np.frombuffer(zdict, np.uint8))
    file.add_pieces("texts", np.dtype(np.uint8), stored())
    file.add("text_starts", narrow(starts_of(np.array(sizes, dtype=np.int64))))


def _joined(arrays: Sequence[Array]) -> Array:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
