"""Indexing on request: what was sent to `/api/articles` is found within seconds.

The archive is the source of truth and holds an article before its sender is answered; the index
follows. It is brought up to date by a `bahith index` in a process of its own, so that searches go
on at their pace and a build's memory ends with it; *rejected:* a thread of ours, which would take
turns with those that answer. What fails, such as where another process writes the index, is told
once and tried again.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

# Seconds in which more may come before a process is started: a portal sends in rows.
GATHER = 0.5
# Seconds before another attempt, twice as many each time, up to the longest.
PAUSE = 2.0
LONGEST_PAUSE = 60.0
_COMMAND = ("-P", "-c", "from bahith import main; main()", "index")
_log = logging.getLogger(__name__)


class Indexing:
    """Brings an index up to date with its archive, in the background, whenever it is asked to."""

    def __init__(self, index_url: str, archive_path: Path) -> None:
        self._options = ("--index", index_url, "--archive", str(archive_path))
        self._archive_path = archive_path
        self._asked = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._told = ""

    def ask(self) -> None:
        """Have all that the archive holds now indexed soon; nobody waits for it."""
        with self._lock:
            # Made here, not at the start: a worker process has none of its parent's threads.
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
        self._asked.set()

    def _work(self) -> None:
        while self._asked.wait():
            time.sleep(GATHER)
            self._asked.clear()
            pause = PAUSE
            while self._archive_path.exists() and not self._is_built():
                time.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)

    def _is_built(self) -> bool:
        """Run `bahith index`; whether it ended well."""
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        try:
            done = subprocess.run(
                [sys.executable, *_COMMAND, *self._options],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                check=False,
            )
            code, said = done.returncode, done.stderr.decode("utf-8", "replace").strip()
        except OSError as error:
            code, said = 1, str(error)
        if code and said != self._told:
            _log.warning("articles that were sent are not indexed yet: %s", said)
        self._told = said if code else ""
        return not code
