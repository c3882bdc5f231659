"""Index writer: one commit of new segments, deletions in old ones, merging, and the contents last.

Nothing a reader can see changes before the last step. Small segments are merged into the new one,
so that their number grows with the logarithm of the documents.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.analysis import version
from index.document import Document
from index.engine import Checkpoint, with_checkpoint
from index.engines.whoosh.interop.toc import new_segment_name, write_contents, writing
from index.engines.whoosh.storage import commit_file
from index.engines.whoosh.storage.array_file import Array
from index.engines.whoosh.storage.commit_file import NOTHING, Contents, SegmentInfo
from index.engines.whoosh.storage.docstore import zdict_of
from index.engines.whoosh.storage.merge import Source, write_segment
from index.engines.whoosh.storage.segment import segment_file
from index.engines.whoosh.storage.segment_data import SegmentData
from index.engines.whoosh.writing.workers import CHUNK, available, inverted
from index.errors import EngineError

# Characters of text that are gathered before a segment is written: some 50 MB of memory. More
# would save little: what is merged at the end of a commit is written once more, whatever its size.
FLUSH = 8_000_000
# A segment up to this many times the new one is merged with it: each document is then written about
# log(documents) / log(1 + 3) times, and a few segments stand beside each other.
MERGE_FACTOR = 3


class Batch(NamedTuple):
    """Fresh fresh for one segment, which of their documents count, and whether more will come."""

    fresh: list[SegmentData]
    live: list[Array]
    last: bool


def commit_update(
    folder: Path,
    documents: Iterable[Document],
    removed: Iterable[str],
    checkpoint: Checkpoint,
    *,
    fresh: bool,
    processes: int | None,
) -> None:
    """See `Engine.update`; `fresh` forgets what the index held, in the same commit.

    So many `processes` analyse; None: one a core.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with writing(folder):
            _commit(folder, documents, removed, checkpoint, fresh, processes or available())
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        hint = "Make room, then type" if full else "Put that right, then type"
        raise EngineError(
            f"{folder} cannot be written: {error.strerror}. The last commit is still in force."
            f" {hint} the same command again."
        ) from error


def _commit(
    folder: Path,
    documents: Iterable[Document],
    removed: Iterable[str],
    checkpoint: Checkpoint,
    fresh: bool,
    processes: int,
) -> None:
    last = _last(folder, fresh)
    if not fresh:  # an index to be replaced serves until then, and may be unreadable
        commit_file.remove_unused(folder, last)  # what a killed commit left behind
    segments = [_without(folder, segment, set(removed)) for segment in last.segments]
    zdict = segment_file(segments[0].path(folder)).zdict if segments else b""
    new: list[SegmentInfo] = []
    for batch in _batches(documents, zdict, processes):
        keys = {key.decode() for segment in batch.fresh for key in segment.keys.tolist()}
        segments, new = ([_without(folder, s, keys) for s in each] for each in (segments, new))
        # Merging waits for the last batch: before it, the same documents would be merged again.
        merged = [] if not batch.last else [*new, *_worth_merging(segments, new, batch)]
        segments, new = ([s for s in each if s not in merged] for each in (segments, new))
        new.append(_written(folder, batch, merged))
        del batch  # or it stays until the next one is gathered
    segments = [segment for segment in [*segments, *new] if segment.live]
    reached = with_checkpoint(last.checkpoints, checkpoint)
    contents = Contents(last.generation + 1, tuple(segments), reached)
    write_contents(folder, contents, version())
    commit_file.remove_unused(folder, contents)


def _last(folder: Path, fresh: bool) -> Contents:
    generation = commit_file.latest_generation(folder)
    if fresh or generation < 0:
        return NOTHING._replace(generation=generation)
    return commit_file.read_contents(folder, version())


def _batches(documents: Iterable[Document], zdict: bytes, processes: int) -> Iterator[Batch]:
    """Inverted documents, gathered until they are worth a segment."""
    stream = iter(documents)
    first = list(islice(stream, CHUNK))
    made = inverted(chain(first, stream), zdict or zdict_of(first), processes)
    fresh: list[SegmentData] = []
    size = 0
    coming = next(made, None)
    while coming is not None:
        chunk, segment = coming
        fresh.append(segment)
        size += sum(len(document.body) for document in chunk)
        coming = next(made, None)
        if coming is None or size > FLUSH:
            yield Batch(fresh, _latest(fresh), last=coming is None)
            fresh, size = [], 0


def _latest(fresh: list[SegmentData]) -> list[Array]:
    """For each segment which documents count: of several with one key, the last."""
    seen: set[bytes] = set()
    found: list[Array] = []
    for segment in reversed(fresh):
        keys = segment.keys.tolist()
        found.append(np.array([key not in seen for key in keys], dtype=bool))
        seen.update(keys)
    return found[::-1]


def _without(folder: Path, segment: SegmentInfo, keys: set[str]) -> SegmentInfo:
    """The segment with more of its documents deleted."""
    if not keys:
        return segment
    held = segment_file(segment.path(folder)).keys
    gone = np.flatnonzero(np.isin(held, np.array([key.encode() for key in keys], dtype="S")))
    return segment._replace(deleted=segment.deleted | frozenset(gone.tolist()))


def _worth_merging(
    segments: list[SegmentInfo], new: list[SegmentInfo], batch: Batch
) -> list[SegmentInfo]:
    """The segments that are small beside what is new, and those that are mostly deleted."""
    documents = sum(int(np.count_nonzero(live)) for live in batch.live)
    documents += sum(segment.live for segment in new)
    chosen = []
    for segment in sorted(segments, key=lambda one: one.live):
        small = segment.live <= MERGE_FACTOR * documents
        if small or 2 * len(segment.deleted) > segment.documents:
            chosen.append(segment)
            documents += segment.live
    return chosen


def _written(folder: Path, batch: Batch, merged: list[SegmentInfo]) -> SegmentInfo:
    name = new_segment_name()
    sources = [Source(segment, live) for segment, live in zip(batch.fresh, batch.live, strict=True)]
    for old in merged:
        live = np.ones(old.documents, dtype=bool)
        live[list(old.deleted)] = False
        sources.append(Source(segment_file(old.path(folder)), live))
    path = SegmentInfo(name, 0).path(folder)
    return SegmentInfo(name, write_segment(path, sources, lasting=batch.last))
