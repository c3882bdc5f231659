"""Locating: the documents of a page, and where the terms of its query stand in them.

The positions are in the index already: reading those of fifty terms in ten documents costs less
than analysing one of the documents.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from index.document import Field, Form, Located, Positions
from index.engines.whoosh.searching.accumulator import workspace
from index.engines.whoosh.searching.segment_reader import POSTING, Shelf, Snapshot


def locate(
    snapshot: Snapshot,
    keys: Sequence[str],
    terms: Mapping[tuple[Field, Form], Collection[str]],
) -> list[Located | None]:
    """See `Engine.located`."""
    places = [snapshot.find(key) for key in keys]
    positions: dict[Shelf, dict[int, Positions]] = {}
    for shelf, number in filter(None, places):
        positions.setdefault(shelf, {})[number] = {}
    for shelf, found in positions.items():
        _fill(found, shelf, terms)
    return [
        place and Located(place[0].file.document(place[1]), positions[place[0]][place[1]])
        for place in places
    ]


def _fill(
    found: dict[int, Positions],
    shelf: Shelf,
    terms: Mapping[tuple[Field, Form], Collection[str]],
) -> None:
    """Add the positions of terms to those of some documents of a segment, by their numbers."""
    numbers = sorted(found)
    asked = np.array(numbers)
    for (field, form), texts in terms.items():
        entries = {text: shelf.entry(field, form, text).docs for text in texts}
        held = {text: docs for text, docs in entries.items() if len(docs)}
        places = shelf.file.all_places(field, form)
        among = workspace.among(list(held.values()), asked, shelf.documents)
        for text, (at, ranks) in zip(held, among, strict=True):
            if not len(at):
                continue
            postings = shelf.postings(field, form, text)[at].view(POSTING)
            for rank, (start, count, _) in zip(ranks.tolist(), postings.tolist(), strict=True):
                of_document = found[numbers[rank]].setdefault((field, form), {})
                of_document[text] = places[start : start + count].tolist()
