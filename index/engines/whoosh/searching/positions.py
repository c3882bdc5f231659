"""Positions of a query's terms in the documents of a page, with the stored documents.

The positions are in the index already: reading those of fifty terms in ten documents costs less
than analysing one of the documents.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from index.document import Field, Form, Located, Positions
from index.engines.whoosh.searching.accumulator import accumulator
from index.engines.whoosh.searching.segment_reader import POSTING, IndexReader, SegmentReader


def locate(
    snapshot: IndexReader,
    keys: Sequence[str],
    terms: Mapping[tuple[Field, Form], Collection[str]],
) -> list[Located | None]:
    """See `Engine.located`."""
    places = [snapshot.find(key) for key in keys]
    positions: dict[SegmentReader, dict[int, Positions]] = {}
    for reader, number in filter(None, places):
        positions.setdefault(reader, {})[number] = {}
    for reader, found in positions.items():
        _fill(found, reader, terms)
    return [
        place and Located(place[0].file.document(place[1]), positions[place[0]][place[1]])
        for place in places
    ]


def _fill(
    found: dict[int, Positions],
    reader: SegmentReader,
    terms: Mapping[tuple[Field, Form], Collection[str]],
) -> None:
    """Add the positions of terms to those of some documents of a segment, by their numbers."""
    numbers = sorted(found)
    asked = np.array(numbers)
    for (field, form), texts in terms.items():
        entries = {text: reader.scored(field, form, text).docs for text in texts}
        held = {text: docs for text, docs in entries.items() if len(docs)}
        places = reader.file.all_places(field, form)
        among = accumulator.among(list(held.values()), asked, reader.documents)
        for text, (at, ranks) in zip(held, among, strict=True):
            if not len(at):
                continue
            postings = reader.postings(field, form, text)[at].view(POSTING)
            for rank, (start, count, _) in zip(ranks.tolist(), postings.tolist(), strict=True):
                of_document = found[numbers[rank]].setdefault((field, form), {})
                of_document[text] = places[start : start + count].tolist()
