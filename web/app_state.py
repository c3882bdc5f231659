"""AppState: the open index and archive behind the pages of one application.

Both are opened when first asked for, so that a server can start before `bahith index` ran and
answer the moment it did. Both are opened again when another file or directory stands in their place
(told by its inode, which a commit does not change): a backup moved in, an index rebuilt elsewhere.
The index is required; the archive adds to an article and to the counts.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from flask import current_app, request

from crawl import Archive, Article, CrawlError
from index import EngineError, directory_of
from searcher import Searcher
from web.metrics import Metrics
from web.results.periods import newest_day
from web.route import Route

EXTENSION = "bahith"
# Queries of a warm-up: a word, and one that no index answers, so that corrections are looked for.
WARMING = ("السفير", "qxqxqx")


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
    """What the views of an application share: the searcher, the archive, the metrics.

    `recency`: whether newer articles are preferred unless a reader says otherwise; None leaves it
    to what the question says.
    """

    def __init__(
        self,
        index_url: str,
        archive_path: Path,
        routes: Iterable[Route],
        *,
        recency: bool | None,
    ) -> None:
        self.index_url = index_url
        self.recency = recency
        self.archive_path = archive_path
        self.routes = {route.endpoint: route for route in routes}
        self.metrics = Metrics()
        self._lock = threading.Lock()
        self._searcher: Searcher | None = None
        self._archive: Archive | None = None
        self._index_directory: HeldFile | None = None
        self._archive_file: HeldFile | None = None
        self._opened = 0
        self._newest = ("", date.min)

    def searcher(self) -> Searcher:
        """The open index; `EngineError` while there is none."""
        with self._lock:
            if self._index_directory and not self._index_directory.still_there():
                # Not closed: other requests may be reading it. The last one lets go of its files.
                self._searcher = self._index_directory = None
            if self._searcher is None:
                self._index_directory = hold(directory_of(self.index_url))
                self._searcher = Searcher.open(self.index_url, recency=self.recency)
                self._opened += 1
            return self._searcher

    def newest_day(self) -> date:
        """The day of the newest article, looked up once for what the index holds today."""
        today = date.today()
        holds = f"{self.revision()} {today}"
        if self._newest[0] != holds:
            self._newest = (holds, newest_day(self.searcher(), today))
        return self._newest[1]

    def documents(self) -> int:
        """How many articles the index holds."""
        return self.searcher().engine.stats().documents

    def revision(self) -> str:
        """What the index holds now, as text: it changes whenever an answer may."""
        engine = self.searcher().engine
        return f"{self._opened} {engine.generation()} {engine.checkpoint()}"

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
                self.searcher().search(query, limit=1)
        except EngineError:
            return


def current_state() -> AppState:
    """The state of the application that answers the present request."""
    state = current_app.extensions[EXTENSION]
    assert isinstance(state, AppState)
    return state


def current_route() -> Route | None:
    """The row of the table of routes that answers the present request; None for static files."""
    endpoint = (request.endpoint or "").rpartition(".")[2]
    return current_state().routes.get(endpoint)
