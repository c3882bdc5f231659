"""Copies of one story: the same text elsewhere, or nearly, as clusters with the earliest named.

Agencies' stories run in many papers with the lead cut, a line added, paragraphs moved, sentences
dropped. Two articles are copies when they share enough of their runs of three words. That share
(the Jaccard index of the two sets) is estimated from MinHash signatures (Broder 1997), and pairs
worth comparing are found by locality-sensitive hashing (Leskovec, Rajaraman, Ullman: Mining of
Massive Datasets, 3.4), so that nothing is ever compared with everything.

Signatures stay in the archive; an update reads only what changed. The words are made comparable by
a few lines of our own: the analysis stands to our right and is not needed for this.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from crawl.archive.archive import Archive
from crawl.text.letters import bare_letters, without_marks

Hashes = npt.NDArray[np.uint64]
Signatures = npt.NDArray[np.uint32]

RUN = 3  # words of a run; 2 joins weather reports, 4 loses copies with many small edits
BANDS, ROWS = 42, 3  # a pair that shares half of its runs is compared with a chance of 99.6 %
SIZE = BANDS * ROWS
# The share of common runs from which two articles are copies, and the fewest words that can tell:
# benchmarks/duplicates.py prints precision and recall around them.
ALIKE = 0.4
FEWEST_WORDS = 25

_WORD = re.compile(r"\w+")

_dice = np.random.default_rng(2026)  # fixed: signatures of years ago must compare with today's
_FACTORS: Hashes = _dice.integers(1, 2**63, SIZE, dtype=np.uint64) | np.uint64(1)
_OFFSETS: Hashes = _dice.integers(0, 2**63, SIZE, dtype=np.uint64)
_PLACES: Hashes = _dice.integers(1, 2**63, RUN, dtype=np.uint64) | np.uint64(1)


class Cluster(NamedTuple):
    """The keys of the copies of one story, the earliest first."""

    earliest: str
    copies: tuple[str, ...]


def update_clusters(archive: Archive) -> int:
    """Find the copies among all articles, after signing the new ones; the number of clusters."""
    with archive.batch():
        _sign_changes(archive)
        clusters = list(_clusters(archive))
        archive.database.run("delete from copies")
        archive.database.run_many(
            "insert into copies values (?, ?)",
            [(key, one.earliest) for one in clusters for key in (one.earliest, *one.copies)],
        )
    return len(clusters)


def signature(text: str) -> Signatures | None:
    """The MinHash signature of a text: SIZE numbers; None when it has too few words to tell."""
    words = _WORD.findall(bare_letters(without_marks(text)).lower())
    if len(words) < FEWEST_WORDS:
        return None
    numbers = np.array([_number(word) for word in words], dtype=np.uint64)
    count = len(numbers) - RUN + 1
    runs = sum(
        (numbers[place : place + count] * factor for place, factor in enumerate(_PLACES)),
        start=np.zeros(count, dtype=np.uint64),
    )
    runs ^= runs >> np.uint64(29)
    drawn = np.unique(runs)[:, None] * _FACTORS + _OFFSETS
    smallest: Hashes = drawn.min(axis=0)
    return (smallest >> np.uint64(32)).astype(np.uint32)


def group(signatures: Signatures) -> npt.NDArray[np.int64]:
    """For each row of signatures, the first row that is a copy of it, itself if there is none.

    Copies of copies are copies: chains are followed to their first row.
    """
    parents = np.arange(len(signatures), dtype=np.int64)
    for one, other in _pairs(signatures):
        first, second = _root(parents, one), _root(parents, other)
        if first != second and _share(signatures, one, other) >= ALIKE:
            parents[max(first, second)] = min(first, second)
    for row in range(len(parents)):
        parents[row] = _root(parents, row)
    return parents


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    """A number for a word, the same in every run (`hash` is not)."""
    return zlib.crc32(word.encode("utf-8", "replace"))


def _pairs(signatures: Signatures) -> Iterator[tuple[int, int]]:
    """Pairs of rows that agree in a whole band: each with the one before and with the first."""
    for band in range(BANDS):
        part = np.ascontiguousarray(signatures[:, band * ROWS : (band + 1) * ROWS])
        names = part.view([("", part.dtype)] * ROWS).ravel()
        _, inverse = np.unique(names, return_inverse=True)
        order = np.argsort(inverse, kind="stable")
        first = -1
        for place in np.flatnonzero(inverse[order][1:] == inverse[order][:-1]).tolist():
            if first < 0 or inverse[order[place]] != inverse[order[first]]:
                first = place
            row = int(order[place + 1])
            yield int(order[place]), row
            if first != place:
                yield int(order[first]), row


def _share(signatures: Signatures, one: int, other: int) -> float:
    return float(np.mean(signatures[one] == signatures[other]))


def _root(parents: npt.NDArray[np.int64], row: int) -> int:
    while parents[row] != row:
        parents[row] = parents[parents[row]]
        row = int(parents[row])
    return row


def _sign_changes(archive: Archive) -> None:
    since = archive.database.value("select value from meta where name = 'signed'") or 0
    rows = []
    for change in archive.changes(int(since)):
        signed = signature(change.article.body) if change.article else None
        rows.append((change.key, signed.tobytes() if signed is not None else None))
    database = archive.database
    database.run_many("delete from signatures where key = ?", [(key,) for key, _ in rows])
    database.run_many("insert into signatures values (?, ?)", [row for row in rows if row[1]])
    database.run("insert or replace into meta values ('signed', ?)", (str(archive.revision),))


def _clusters(archive: Archive) -> Iterator[Cluster]:
    """The clusters of two and more, in the order of their earliest copies."""
    rows = archive.database.rows(
        # Without a date an article counts as later than those with one; then who came first.
        "select s.key, s.signature from signatures s join articles a using (key)"
        " order by a.date = '', a.date, a.revision"
    )
    keys = [key for key, _ in rows]
    raw = b"".join(signed for _, signed in rows)
    members: dict[int, list[str]] = {}
    for row, first in enumerate(group(np.frombuffer(raw, dtype=np.uint32).reshape(-1, SIZE))):
        members.setdefault(int(first), []).append(keys[row])
    return (Cluster(one[0], tuple(one[1:])) for one in members.values() if len(one) > 1)
