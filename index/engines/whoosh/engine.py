"""The `whoosh:` engine: a directory that is a Whoosh index, searched on its arrays.

Opening it again is never needed: every search looks whether another process has committed, and goes
on with the new generation. Searches of several threads run side by side; commits take turns.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from index.analysis import Vocabulary
from index.document import Document, Field, Form, Located
from index.engine import (
    NO_FILTERS,
    Checkpoint,
    Checkpoints,
    EngineStats,
    Facet,
    FacetPair,
    Filters,
    HeldTerms,
    Matches,
    Recency,
    Sort,
)
from index.engines.memory import most_held
from index.engines.whoosh.counting.facets import count_crosstabs, count_facets
from index.engines.whoosh.counting.held_terms import count_held
from index.engines.whoosh.last_commit import LastCommit, open_last_commit
from index.engines.whoosh.searching.matching import TimeUp
from index.engines.whoosh.searching.positions import locate
from index.engines.whoosh.searching.segment_reader import IndexReader, SegmentReader
from index.engines.whoosh.searching.segment_search import search_segment, segment_query
from index.engines.whoosh.searching.top_k import Candidate, best
from index.engines.whoosh.storage import commit_file
from index.engines.whoosh.storage.array_file import Array, ArrayFile
from index.errors import EngineError, NoIndex, ReadOnly
from index.query import Query


def open_engine(rest: str, *, create: bool, fresh: bool) -> WhooshEngine:
    """See `index.open_engine`; `rest` is the directory."""
    folder = Path(rest or "data/index").expanduser()
    nothing = IndexReader(folder, commit_file.NOTHING)
    if fresh:
        commit_file.refuse_foreign(folder)
        return WhooshEngine(folder, nothing, fresh=True)
    try:
        return WhooshEngine(folder, open_last_commit(folder))
    except NoIndex:
        if not create:
            raise
        return WhooshEngine(folder, nothing)


class WhooshEngine:
    """An index in a directory; see `Engine` for what each method means."""

    def __init__(
        self,
        folder: Path,
        snapshot: IndexReader,
        *,
        fresh: bool = False,
        processes: int | None = None,
    ) -> None:
        self.folder = folder
        self.processes = processes  # that analyse; None: one a core
        self._last = LastCommit(folder, snapshot, fresh=fresh)
        self._writing = threading.Lock()

    def update(
        self, documents: Iterable[Document], removed: Iterable[str], checkpoint: Checkpoint
    ) -> None:
        """See `Engine.update`. Raises `EngineError` when another writes, or the disk is full."""
        # Only writing needs Whoosh: a process that searches does without it.
        from index.engines.whoosh.writing.index_writer import commit_update

        with self._writing:
            commit_update(
                self.folder,
                documents,
                removed,
                checkpoint,
                fresh=self._last.fresh,
                processes=self.processes,
            )
            self._last.fresh = False

    def tidy(self) -> None:
        """See `Engine.tidy`."""
        from index.engines.whoosh.writing.upkeep import tidy

        with self._writing:
            tidy(self.folder, self._now().contents)

    def checkpoint(self) -> Checkpoint:
        """See `Engine.checkpoint`."""
        return self._now().contents.checkpoint

    def checkpoints(self) -> Checkpoints:
        """See `Engine.checkpoints`."""
        return self._now().contents.checkpoints

    def generation(self) -> int:
        """See `Engine.generation`."""
        return self._now().contents.generation

    def search(
        self,
        query: Query,
        *,
        limit: int = 10,
        offset: int = 0,
        filters: Filters = NO_FILTERS,
        sort: Sort = "relevance",
        recency: Recency | None = None,
        facets: Sequence[Facet] = (),
        crosstabs: Sequence[FacetPair] = (),
        timeout: float = math.inf,
    ) -> Matches:
        """See `Engine.search`."""
        snapshot = self._now()
        wanted = offset + limit if sort == "relevance" else None
        asked = segment_query(query, filters, wanted, time.monotonic() + timeout)
        priors = snapshot.priors(recency) if recency is not None else None
        candidates: list[Candidate] = []
        counted: list[tuple[SegmentReader, Array]] = []
        total, partial, all_seen = 0, False, True
        for number, reader in enumerate(snapshot.readers):
            try:
                found = search_segment(
                    asked, reader, priors[number] if priors is not None else None
                )
            except TimeUp:
                partial, all_seen = True, False
                break
            partial |= found.partial
            total += found.total
            candidates += best(reader, found, sort, offset + limit)
            if facets or crosstabs:
                counted.append((reader, found.numbers()))
        candidates.sort()
        return Matches(
            total=total,
            found=tuple(each.match for each in candidates[offset : offset + limit]),
            total_exact=all_seen,
            partial=partial,
            facets=count_facets(facets, counted),
            crosstabs=count_crosstabs(crosstabs, counted),
        )

    def held_terms(
        self,
        query: Query,
        form: Form,
        *,
        filters: Filters = NO_FILTERS,
        limit: int = 1000,
        among: Collection[str] | None = None,
        timeout: float = math.inf,
    ) -> HeldTerms:
        """See `Engine.held_terms`."""
        end = time.monotonic() + timeout
        asked = segment_query(query, filters, 0, end)
        matches = 0
        try:
            found = [
                (reader, search_segment(asked, reader, None).numbers())
                for reader in self._now().readers
            ]
            matches = sum(len(docs) for _, docs in found)
            counts = count_held(found, form, limit, among, end)
        except TimeUp:
            return HeldTerms(matches, (), partial=True)
        return HeldTerms(matches, most_held(counts, limit))

    def documents(self, keys: Sequence[str]) -> list[Document | None]:
        """See `Engine.documents`."""
        return [one and one.document for one in self.located(keys, {})]

    def located(
        self, keys: Sequence[str], terms: Mapping[tuple[Field, Form], Collection[str]]
    ) -> list[Located | None]:
        """See `Engine.located`."""
        return locate(self._now(), keys, terms)

    def vocabulary(self) -> Vocabulary:
        """See `Engine.vocabulary`."""
        return self._now().vocabulary

    def stats(self) -> EngineStats:
        """See `Engine.stats`; files that a newer commit took away are counted no more."""
        snapshot, size = self._now(), 0
        for path in commit_file.files(self.folder, snapshot.contents):
            with suppress(FileNotFoundError):
                size += path.stat().st_size
        return EngineStats(snapshot.live_count(), size, len(snapshot.readers))

    def faults(self) -> Iterator[str]:
        """See `Engine.faults`; the table of contents was looked at when it was opened."""
        for path in commit_file.files(self.folder, self._now().contents)[1:]:
            try:
                yield from ArrayFile(path).faults()
            except EngineError as error:
                yield str(error)

    def within(self, scope: Filters) -> WhooshEngine:
        """See `Engine.within`."""
        return _IndexPart(self, scope)

    def close(self) -> None:
        """Let go of the files; they are unmapped when the last search has ended."""
        self._last.let_go()

    def _now(self) -> IndexReader:
        """The commit that answers now."""
        return self._last.now()


class _IndexPart(WhooshEngine):
    """What of an index is inside a scope; made anew for each commit of the whole."""

    def __init__(self, whole: WhooshEngine, scope: Filters) -> None:
        super().__init__(whole.folder, IndexReader(whole.folder, commit_file.NOTHING))
        self._whole, self._scope = whole, scope
        self._seen: IndexReader | None = None
        self._part = IndexReader(whole.folder, commit_file.NOTHING)
        self._opening = threading.Lock()

    def update(
        self, documents: Iterable[Document], removed: Iterable[str], checkpoint: Checkpoint
    ) -> None:
        """See `Engine.within`."""
        del documents, removed, checkpoint
        raise ReadOnly

    def tidy(self) -> None:
        """See `Engine.within`."""
        raise ReadOnly

    def stats(self) -> EngineStats:
        """See `Engine.stats`; files hold the whole, and say nothing of a part."""
        return EngineStats(self._now().live_count(), 0, 1)

    def _now(self) -> IndexReader:
        whole = self._whole._now()
        if self._seen is not whole:
            with self._opening:
                if self._seen is not whole:
                    self._part = whole.within(self._scope)
                    self._seen = whole
        return self._part
