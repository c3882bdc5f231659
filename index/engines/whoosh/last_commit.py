"""The last commit of a directory, opened for searching, whichever process made it.

A commit renames a file in the directory, which changes its time: that is looked at before every
search, and the directory is listed only when it changed.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

from index.analysis import version
from index.engines.whoosh.searching.segment_reader import IndexReader
from index.engines.whoosh.storage import commit_file
from index.engines.whoosh.storage.array_file import damaged
from index.errors import EngineError, OutdatedAnalysis

# Nanoseconds; file systems' clocks tick every 10 ms or more often.
_TICK = 100_000_000


def open_last_commit(folder: Path) -> IndexReader:
    """The last commit, opened. Raises what `index.errors` lists."""
    missing = folder
    for _ in range(10):
        try:
            return IndexReader(folder, commit_file.read_contents(folder, version()))
        except FileNotFoundError as error:  # a newer commit may have merged the segment away
            missing = Path(error.filename)
            time.sleep(0.01)
        except OSError as error:
            raise EngineError(
                f"{folder} cannot be read: {error.strerror}. Put that right and try again."
            ) from error
    raise damaged(missing, "it is missing")


class LastCommit:
    """Gives the last commit; one that is `fresh` does not see any before its own first."""

    def __init__(self, folder: Path, opened: IndexReader, *, fresh: bool) -> None:
        self.fresh = fresh
        self._folder, self._opened = folder, opened
        self._place = str(folder)  # asked for its time at every search, which is faster so
        self._listed = -1  # the directory's time when no newer commit was found in it
        self._opening = threading.Lock()

    def now(self) -> IndexReader:
        """The last commit, opened.

        Listing the directory for every search would take longer than many searches.
        """
        if self.fresh:
            return self._opened
        changed = commit_file.changed(self._place)
        if changed == self._listed:
            return self._opened
        now = time.time_ns()
        if commit_file.latest_generation(self._folder) != self._opened.contents.generation:
            with self._opening:
                self._open_again()
        # Two changes within a tick of the file system's clock look the same: not believed yet.
        self._listed = changed if now - changed > _TICK else -1
        return self._opened

    def let_go(self) -> None:
        """Let go of the files; they are unmapped when the last search has ended."""
        self._opened = IndexReader(self._folder, commit_file.NOTHING)
        self.fresh = True

    def _open_again(self) -> None:
        """Go on with the last commit; with the one that is open, where newer rules made the last.

        So an index that is rebuilt after an update costs no reader an answer: the old process
        serves what it holds until it is started again.
        """
        try:
            self._opened = open_last_commit(self._folder)
        except OutdatedAnalysis:
            if self._opened.contents is commit_file.NOTHING:
                raise
