"""AppState: the open index and archive of a blueprint; RequestState: what of them one may see.

Both are opened when first asked for, so that a server can start before `bahith index` ran and
answer the moment it did. Both are opened again when another file or directory stands in their place
(told by its inode, which a commit does not change): a backup moved in, an index rebuilt elsewhere.
The index is required; the archive adds to an article and to the counts.

Views read through `current_state()` alone, which lets a request see what is inside its scopes, and
nothing where nobody has decided on them: a new route is guarded before its author thinks of it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path

from flask import Request, abort, current_app, g, has_request_context, request

from crawl import Archive, Article, CrawlError
from index import Document, EngineError, Filters, directory_of
from searcher import Results, Searcher
from web.indexing import Indexing
from web.locale.outlets import OutletNames
from web.metrics import Metrics
from web.query_log import QueryLog
from web.results.periods import newest_day
from web.rights.rate import Rate
from web.route import Route
from web.search_params import SearchParams

EXTENSION = "bahith"
# Queries of a warm-up: a word, and one that no index answers, so that corrections are looked for.
WARMING = ("السفير", "qxqxqx")
# Scopes whose searchers are kept: each remembers words and lists of its own.
MOST_SCOPES = 50
NO_NAMES = OutletNames()

# What the reader who sends a request may see: all that passes filters; None: nothing at all.
Allowed = Callable[[Request], Filters | None]
# Filters that all hold; none of them: everything may be seen.
Scopes = tuple[Filters, ...]


class HeldFile:
    """A file or directory kept open, so that nothing new can be given its inode."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor = os.open(path, os.O_RDONLY)

    def __del__(self) -> None:
        """Let go of it."""
        if hasattr(self, "_descriptor"):
            os.close(self._descriptor)

    def still_there(self) -> bool:
        """Whether its path still leads to it."""
        try:
            return os.path.samestat(os.stat(self.path), os.fstat(self._descriptor))
        except OSError:
            return False


def hold(path: Path | None) -> HeldFile | None:
    """What stands at a path, held; None where nothing does that can be read."""
    try:
        return HeldFile(path) if path else None
    except OSError:
        return None


class AppState:
    """What the requests to one blueprint share: the searcher, the archive, the metrics.

    `recency`: whether newer articles are preferred unless a reader says otherwise; None leaves it
    to what the question says. `title`: what the pages call themselves, if not as the application
    does. `fixed`: what all readers are confined to; `allowed`: what each is, None: no more. `rate`:
    how often each may ask. `outlets`: what sources are called.
    """

    def __init__(
        self,
        index_url: str,
        archive_path: Path,
        routes: Iterable[Route],
        *,
        recency: bool | None,
        title: str = "",
        fixed: Scopes = (),
        allowed: Allowed | None = None,
        rate: Rate | None = None,
        query_log: QueryLog | None = None,
        outlets: OutletNames = NO_NAMES,
    ) -> None:
        self.index_url = index_url
        self.recency = recency
        self.title = title
        self.fixed = tuple(plain(scope) for scope in fixed)
        self.allowed = allowed
        self.rate = rate
        self.query_log = query_log
        self.outlets = outlets
        self.archive_path = archive_path
        self.routes = {route.endpoint: route for route in routes}
        self.metrics = Metrics()
        self.indexing = Indexing(index_url, archive_path)
        self._lock = threading.Lock()
        self._searcher: Searcher | None = None
        self._archive: Archive | None = None
        self._index_directory: HeldFile | None = None
        self._archive_file: HeldFile | None = None
        self._opened = 0
        self._newest = ("", date.min)
        self._parts: dict[Scopes, Searcher] = {}

    def searcher(self, scopes: Scopes) -> Searcher:
        """The open index inside some scopes; `EngineError` while there is none."""
        with self._lock:
            if self._index_directory and not self._index_directory.still_there():
                # Not closed: other requests may be reading it. The last one lets go of its files.
                self._searcher = self._index_directory = None
            if self._searcher is None:
                self._index_directory = hold(directory_of(self.index_url))
                self._searcher = Searcher.open(self.index_url, recency=self.recency)
                self._opened += 1
                self._parts = {}
            if scopes and scopes not in self._parts:
                part = self._searcher
                for scope in scopes:
                    part = part.within(scope)
                while len(self._parts) >= MOST_SCOPES:
                    del self._parts[next(iter(self._parts))]
                self._parts[scopes] = part
            return self._parts[scopes] if scopes else self._searcher

    def newest_day(self) -> date:
        """The day of the newest article, looked up once for what the index holds today."""
        today = date.today()
        holds = f"{self.revision()} {today}"
        if self._newest[0] != holds:
            self._newest = (holds, newest_day(self.searcher(()), today))
        return self._newest[1]

    def revision(self) -> str:
        """What the index holds now, as text: it changes whenever an answer may."""
        engine = self.searcher(()).engine
        return f"{self._opened} {engine.generation()} {engine.checkpoint()} {self._removals()}"

    def _removals(self) -> str:
        """What changes with every removal for good; a damaged archive costs no page of hits."""
        archive = self.archive()
        try:
            return archive.removals() if archive else ""
        except CrawlError:
            return ""

    def archive(self) -> Archive | None:
        """The archive, or None where it is missing or unusable."""
        with self._lock:
            if self._archive_file and not self._archive_file.still_there():
                self._archive = self._archive_file = None
            # Opening makes the file; a page must not.
            if self._archive is None and self.archive_path.is_file():
                self._archive_file = hold(self.archive_path)
                try:
                    self._archive = Archive(self.archive_path)
                except CrawlError:
                    return None
            return self._archive

    def close_archive(self) -> None:
        """Close the archive until it is asked for again; nobody else may be reading it."""
        with self._lock:
            if self._archive:
                self._archive.close()
            self._archive = self._archive_file = None

    def archived(self, key: str) -> Article | None:
        """The archived article of a key, with what the index does not keep."""
        archive = self.archive()
        try:
            return archive.get(key) if archive else None
        except CrawlError:
            return None

    def updated(self) -> str:
        """When the index was last written, an ISO instant in UTC; empty without files."""
        directory = directory_of(self.index_url)
        try:
            when = os.stat(directory).st_mtime if directory else 0.0
        except OSError:
            when = 0.0
        return datetime.fromtimestamp(when, UTC).isoformat(timespec="minutes") if when else ""

    def warm_up(self) -> None:
        """Load what first searches would wait for: lexicon, vocabulary, tables of corrections."""
        try:
            for query in WARMING:
                self.searcher(self.fixed).search(query, limit=1)
        except EngineError:
            return


@dataclass(frozen=True, slots=True)
class RequestState:
    """What the present request may read; `scopes` None: nobody has said yet that it may."""

    shared: AppState
    scopes: Scopes | None

    @property
    def narrowed(self) -> bool:
        """Whether there may be articles that this request must not tell of."""
        return self.scopes != ()

    @property
    def metrics(self) -> Metrics:
        """Counters, which count requests and never what they read."""
        return self.shared.metrics

    @property
    def recency(self) -> bool | None:
        """Whether newer articles are preferred here."""
        return self.shared.recency

    def note_query(self, params: SearchParams, results: Results) -> None:
        """Note what was asked, where the installation keeps a log of it."""
        if self.shared.query_log:
            self.shared.query_log.note(params, results)

    def searcher(self) -> Searcher:
        """The index as far as it may be seen: every search, count and stored text comes by here."""
        if self.scopes is None:
            abort(401)
        return self.shared.searcher(self.scopes)

    def archive(self) -> Archive | None:
        """The archive, where all of it may be seen: it knows no scopes."""
        return None if self.narrowed else self.shared.archive()

    def archived(self, key: str) -> Article | None:
        """The archived article of a key, with what the index does not keep, if it may be seen."""
        return self.shared.archived(key) if self.searcher().document(key) else None

    def stored(self, key: str) -> Document:
        """The stored article of a key; 404 where none may be seen, 410 where it was removed."""
        archive = self.archive()
        if archive and archive.is_removed(key):
            abort(410)
        return self.searcher().document(key) or abort(404)

    def stored_among(self, keys: Sequence[str]) -> list[Document]:
        """The stored articles of some keys that may be seen, in their order."""
        archive = self.archive()
        found = self.searcher().engine.documents(keys)
        return [one for one in found if one and not (archive and archive.is_removed(one.key))]

    def documents(self) -> int:
        """How many articles may be seen."""
        return self.searcher().engine.stats().documents

    def newest_day(self) -> date:
        """The day of the newest article."""
        if self.narrowed:
            return newest_day(self.searcher(), date.today())
        return self.shared.newest_day()

    def updated(self) -> str:
        """When the index was last written; empty where that may tell of an article unseen."""
        return "" if self.narrowed else self.shared.updated()


def plain(scope: Filters) -> Filters:
    """A scope as a value that can be looked up: tuples for lists, nothing but filters.

    >>> plain(Filters(source=["الوطن"], section="رياضة"))  # as a portal may write it
    Filters(source=('الوطن',), author=(), section=('رياضة',), ...)
    """
    values = {field.name: getattr(scope, field.name) for field in fields(Filters)}
    several = {
        name: (value,) if isinstance(value, str) else tuple(value)
        for name, value in values.items()
        if name not in ("since", "until")
    }
    return Filters(**(values | several))


def shared_state() -> AppState:
    """The state of the blueprint that answers the present request, else of the first."""
    states: dict[str, AppState] = current_app.extensions[EXTENSION]
    named = states.get(request.blueprint or "") if has_request_context() else None
    return named or next(iter(states.values()))


def current_state() -> RequestState:
    """What the present request may read."""
    scopes: Scopes | None = g.get("bahith_scopes")
    return RequestState(shared_state(), scopes)


def current_route() -> Route | None:
    """The row of the table of routes that answers the present request; None for static files."""
    endpoint = (request.endpoint or "").rpartition(".")[2]
    return shared_state().routes.get(endpoint)
