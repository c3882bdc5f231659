"""Workers: several processes that answer on one listening socket, and the one that minds them.

The index is opened and warm before the first fork, so that no reader waits for it and its mapped
files, the lexicon and the code are held once. The minding process answers nobody: it starts
another worker where one died, and hands SIGTERM on. What the workers count of their answers,
`/metrics` of any of them adds up.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from waitress.adjustments import Adjustments  # type: ignore[import-untyped]

from crawl import complain, tell
from web.app_state import shared_state
from web.errors import WebError
from web.metrics import count_in
from web.serving.server import (
    STOP_SIGNALS,
    address,
    answer,
    listening_on,
    minded_signals,
    refusal,
    warm,
)

# Connections that wait to be taken, as waitress has it.
BACKLOG = 1024
# Seconds before another worker takes the place of one that died: one that dies at once, such as
# where memory is short, must not keep the machine busy.
PAUSE = 1.0


def serve_in_workers(make_app: Callable[[], Flask], host: str, port: int, count: int) -> bool:
    """Answer with so many processes until SIGTERM or Ctrl+C; whether all of them ended well.

    `make_app` is called once. `WebError` where the port cannot be had.
    """
    with tempfile.TemporaryDirectory(prefix="bahith-workers-") as folder, door(host, port) as held:
        count_in(Path(folder))
        app = make_app()
        warm_before_forks(app)
        gc.freeze()  # what all hold alike is never looked through, which would copy its pages
        tell(f"bahith: serving on {address(host, held.getsockname()[1])}")
        tell(f"bahith: {count} workers; stop with Ctrl+C")
        return Crew(app, held, count).mind()


def warm_before_forks(app: Flask) -> None:
    """Warm all that workers share, and close what none can: SQLite breaks when carried over."""
    warm(app)
    with app.app_context():
        shared_state().close_archive()


@contextmanager
def door(host: str, port: int) -> Iterator[socket.socket]:
    """The socket that listens for all; `WebError` where it cannot be had."""
    try:
        family, kind, protocol, place = Adjustments(host=host, port=port).listen[0]
        held = socket.socket(family, kind, protocol)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            held.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        held.bind(place)
        held.listen(BACKLOG)
        held.setblocking(False)
    except (OSError, ValueError) as error:
        raise WebError(refusal(error, host, port)) from error
    with held:
        yield held


class Crew:
    """The worker processes of one socket, by their numbers."""

    def __init__(self, app: Flask, held: socket.socket, count: int) -> None:
        self._app, self._held, self._count = app, held, count
        self._workers: set[int] = set()
        self._stopped = False
        self._well = True

    def mind(self) -> bool:
        """Keep so many at work until told to stop; whether all then ended well."""
        minded = minded_signals()
        for number in minded:
            signal.signal(number, self._stop)
        while self._workers or not self._stopped:
            while not self._stopped and len(self._workers) < self._count:
                self._start(minded)
            pid, status = os.wait()
            self._workers.discard(pid)
            if self._stopped:
                self._well &= status == 0
            else:
                complain(f"bahith: worker {pid} died; another takes its place")
                time.sleep(PAUSE)
        return self._well

    def _start(self, minded: tuple[signal.Signals, ...]) -> None:
        """One more worker. A signal meanwhile waits, so that none is missed by either."""
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
        pid = os.fork()
        if not pid:
            self._work(minded)
        self._workers.add(pid)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)

    def _work(self, minded: tuple[signal.Signals, ...]) -> None:
        """Be a worker, to the end of the process. Ctrl+C reaches all, and is the minder's."""
        code = 1
        try:
            if signal.SIGINT in minded:
                signal.signal(signal.SIGINT, signal.SIG_IGN)
            with listening_on(self._app, self._held) as server:
                answer(server, (signal.SIGTERM,), ready=_unblock)
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        finally:
            os._exit(code)

    def _stop(self, _number: int, _frame: object) -> None:
        """Have all finish what is under way; told a second time, end at once."""
        how = signal.SIGKILL if self._stopped else signal.SIGTERM
        self._stopped = True
        for pid in self._workers:
            os.kill(pid, how)


def _unblock() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
