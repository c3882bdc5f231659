"""The production server under `bahith serve` and `bahith demo`: bounded, and stopped in order.

listening(app, host, port)  holds the port      run(server)  answers until SIGTERM or Ctrl+C
"""

from __future__ import annotations

import errno
import select
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from flask import Flask, g
from waitress.adjustments import Adjustments  # type: ignore[import-untyped]

from crawl import tell
from index import EngineError
from web.app_state import shared_state
from web.errors import WebError
from web.serving.bounds import (
    PATIENCE,
    SETTINGS,
    THREADS,
    BoundedDispatcher,
    BoundedServer,
    connection_limit,
)
from web.views.ingest import catch_up

FIRST_PAGE = "/search?q=السفير"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def run(server: BoundedServer, host: str) -> None:
    """Say where a server listens and answer requests until Ctrl+C or SIGTERM.

    What is under way then is finished first; a second signal ends at once. A signal that was
    ignored when the process started (as under `nohup`) stays ignored.
    """
    tell(f"bahith: serving on {address(host, server.effective_port)}")
    tell("bahith: stop with Ctrl+C")
    answer(server, minded_signals())


def minded_signals() -> tuple[signal.Signals, ...]:
    """The signals that stop a server: those that were not ignored when the process started."""
    return tuple(one for one in STOP_SIGNALS if signal.getsignal(one) is not signal.SIG_IGN)


def answer(
    server: BoundedServer,
    signals: Iterable[signal.Signals],
    *,
    ready: Callable[[], object] = lambda: None,
) -> None:
    """Answer until one of some signals, of which `ready` is told when they are minded."""
    stopped = threading.Event()

    def stop(number: int, _frame: object) -> None:
        if stopped.is_set():
            raise SystemExit(128 + number)
        stopped.set()
        server.pull_trigger()

    for one in signals:
        signal.signal(one, stop)
    ready()
    catch_up(server.flask)
    serve_until(server, stopped)
    drain(server)


def serve_until(server: BoundedServer, stopped: threading.Event) -> None:
    """Turn the loop of connections until told to stop."""
    while not stopped.is_set():
        server.asyncore.loop(timeout=1, use_poll=True, map=server._map, count=1)


def drain(server: BoundedServer) -> None:
    """Take no more connections, finish the requests that are under way, let the threads go."""
    while select.select([server.socket], [], [], 0)[0]:
        server.asyncore.loop(timeout=0, use_poll=True, map=server._map, count=1)
    server.accepting = False
    server.del_channel()
    server.socket.close()
    end = time.monotonic() + PATIENCE
    while server.active_channels and time.monotonic() < end:
        for channel in list(server.active_channels.values()):
            if not (channel.requests or channel.request or channel.total_outbufs_len):
                channel.will_close = True
        server.asyncore.loop(timeout=0.1, use_poll=True, map=server._map, count=1)
    server.task_dispatcher.shutdown()


def warm_up(app: Flask) -> None:
    """Let the first reader not wait: make a page while the server begins to listen."""
    threading.Thread(target=warm, args=(app,), daemon=True).start()


def warm(app: Flask) -> None:
    """Load what first searches and their page wait for; nothing of it is counted."""
    with app.test_request_context(FIRST_PAGE):
        g.bahith_scopes = ()  # nobody reads it
        shared_state().warm_up()
        with suppress(EngineError):  # no index yet
            app.dispatch_request()


@contextmanager
def listening(app: Flask, host: str, port: int) -> Iterator[BoundedServer]:
    """A server that holds its port, 0 for any free one; `WebError` where it cannot be had."""
    dispatcher = BoundedDispatcher()
    try:
        adj = Adjustments(host=host, port=port, connection_limit=connection_limit(), **SETTINGS)
        server = BoundedServer(app, map={}, dispatcher=dispatcher, adj=adj, sockinfo=adj.listen[0])
    except (OSError, ValueError) as error:
        raise WebError(refusal(error, host, port)) from error
    dispatcher.set_thread_count(THREADS)
    try:
        yield server
    finally:
        server.close()


@contextmanager
def listening_on(app: Flask, held: socket.socket) -> Iterator[BoundedServer]:
    """A server on a socket that listens already, and that other processes may share."""
    dispatcher = BoundedDispatcher()
    adj = Adjustments(sockets=[held], connection_limit=connection_limit(), **SETTINGS)
    server = BoundedServer(
        *(app, {}, True, held),
        dispatcher=dispatcher,
        adj=adj,
        sockinfo=(held.family, held.type, held.proto, held.getsockname()),
        bind_socket=False,
    )
    dispatcher.set_thread_count(THREADS)
    try:
        yield server
    finally:
        server.close()


def free_port(host: str, wanted: int) -> int:
    """The wanted port, or 0, which stands for any free one, where another program has it."""
    with socket.socket() as probe:
        # As the server itself does it: a port whose last owner just left is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, wanted))
        except OSError:
            return 0
    return wanted


def address(host: str, port: int) -> str:
    """What to type into a browser on this machine.

    >>> address("0.0.0.0", 8000), address("::1", 8000)
    ('http://127.0.0.1:8000/', 'http://[::1]:8000/')
    """
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # nosec B104
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def refusal(error: OSError | ValueError, host: str, port: int) -> str:
    """Why a server cannot listen, and what to type instead."""
    match getattr(error, "errno", None):
        case errno.EADDRINUSE:
            return f"port {port} is taken by another program. Choose one: --port {port + 1}"
        case errno.EACCES | errno.EPERM:
            return f"port {port} needs the rights of an administrator. Choose one: --port 8000"
        case _:
            return f"cannot listen on {host}:{port} ({error}). Try --host 127.0.0.1 --port 8000"
