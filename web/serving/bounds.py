"""Waitress with bounds: what one connection, one request and the queue may cost.

Waitress reads requests in one loop without threads, so that a slow sender occupies a socket and
nothing else; what it lacks is added here: a request that never becomes whole, a reader that stops
reading, and a queue that only grows. Bodies are read of requests that send articles alone.
"""

from __future__ import annotations

import resource
import time
from copy import copy
from functools import partial
from io import BytesIO
from typing import Any

from flask import Flask, Request
from waitress.adjustments import Adjustments  # type: ignore[import-untyped]
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.parser import HTTPRequestParser  # type: ignore[import-untyped]
from waitress.server import TcpWSGIServer  # type: ignore[import-untyped]
from waitress.task import ThreadedTaskDispatcher, WSGITask  # type: ignore[import-untyped]
from waitress.utilities import Error  # type: ignore[import-untyped]

import web.views.ingest as ingest

THREADS = 8
# A question of 2,000 letters takes 12 kB in an address line, twenty filters of 200 letters 24 kB.
HEADER_BYTES = 1 << 16
# What has a larger body is refused before the body is read, unless it sends articles.
BODY_BYTES = 4096
# Seconds without a byte in either direction, or until a request is whole, or while one is read.
PATIENCE = 20
# How often silent connections are looked for, in seconds.
ROUND = 2
# A browser opens six; with files of the index and the archive these fit the usual hard limit 4,096.
CONNECTIONS = 2000
# Requests that wait for a thread: at 10 ms each the last is answered after a tenth of a second.
QUEUE = 100
# What a refused reader is told to wait, in seconds.
RETRY_AFTER = 2
# File descriptors besides connections: the index, the archive, the log.
OTHER_FILES = 200
# Bytes of an answer that wait to be sent before its thread waits too.
UNSENT = 1 << 22

SETTINGS: dict[str, Any] = {
    "threads": THREADS,
    "ident": None,
    "max_request_header_size": HEADER_BYTES,
    "max_request_body_size": BODY_BYTES,
    "channel_timeout": PATIENCE,
    "cleanup_interval": ROUND,
    "asyncore_use_poll": True,
    "outbuf_high_watermark": UNSENT,
}


class Overloaded(Error):  # type: ignore[misc]
    """503 with Retry-After: the queue is full."""

    code = 503
    reason = "Service Unavailable"

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """Waitress' plain answer, with the time after which to come again."""
        status, headers, body = super().to_response(ident)
        return status, [*headers, ("Retry-After", str(RETRY_AFTER))], body


class NoBody:
    """A buffer that keeps nothing: the body of who may not send any is read and thrown away.

    Closing the connection instead would break it before the refusal is read.
    """

    def append(self, _data: bytes) -> None:
        """Let it go."""

    def getfile(self) -> BytesIO:
        """An empty one."""
        return BytesIO()

    def __len__(self) -> int:
        """Nothing is held."""
        return 0

    def close(self) -> None:
        """Nothing is held."""


class BoundedParser(HTTPRequestParser):  # type: ignore[misc]
    """A request whose body may be large where it sends articles, and is kept if it may."""

    def __init__(self, adj: Adjustments, *, application: Flask) -> None:
        super().__init__(adj)
        self._usual = adj
        self._application = application

    def parse_header(self, header_plus: bytes) -> None:
        """Read the headers; they decide how large the body may be."""
        super().parse_header(header_plus)
        if (self.command, self.path) != ("POST", ingest.PATH) or self.body_rcv is None:
            return
        larger = copy(self._usual)
        larger.max_request_body_size = ingest.MOST_BYTES + 1
        self.adj = larger
        headers = {f"HTTP_{name}": value for name, value in self.headers.items()}
        if not ingest.someone_may_write(self._application, Request(headers)):
            self.body_rcv.buf = NoBody()


class BoundedDispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Threads with a queue of at most `QUEUE` requests; one more is refused by the next thread."""

    def add_task(self, task: Any) -> None:
        """Queue a connection's next request, or put its refusal before all that wait."""
        with self.lock:
            if len(self.queue) < QUEUE:
                self.queue.append(task)
            else:
                task.requests[0].error = Overloaded("The server is busy. Try again in a moment.")
                self.queue.appendleft(task)
            self.queue_cv.notify()


class KeptOpenTask(WSGITask):  # type: ignore[misc]
    """A request whose answer may have no body, such as 304, without the connection being closed.

    Waitress closes after every answer without a length; these end with their headers (RFC 9112,
    6.3), so that the next request can follow.
    """

    def set_close_on_finish(self) -> None:
        """Close after this answer, unless it has no body and nobody asked for it."""
        asked = self.request.headers.get("CONNECTION", "").lower() == "close"
        if asked or self.has_body or self.version != "1.1":
            super().set_close_on_finish()


class BoundedChannel(HTTPChannel):  # type: ignore[misc]
    """A connection that remembers when its present request began to come in."""

    task_class = KeptOpenTask
    began = 0.0

    def __init__(self, server: BoundedServer, *arguments: Any, **named: Any) -> None:
        super().__init__(server, *arguments, **named)
        self.parser_class = partial(BoundedParser, application=server.flask)

    def received(self, data: bytes) -> bool:
        """Take bytes in; the first ones of a request start its clock."""
        if self.request is None:
            self.began = time.time()
        return bool(super().received(data))

    def stalled(self, now: float) -> bool:
        """Whether the other side keeps us waiting: it sends too slowly, or does not read."""
        incoming = self.request is not None and now - self.began > PATIENCE
        unread = self.total_outbufs_len and now - self.last_activity > PATIENCE
        return bool(incoming or unread)


class BoundedServer(TcpWSGIServer):  # type: ignore[misc]
    """Waitress' server over bounded connections."""

    channel_class = BoundedChannel

    def __init__(self, flask: Flask, *arguments: Any, **named: Any) -> None:
        self.flask = flask  # waitress puts what it adds around its `application`
        super().__init__(flask, *arguments, **named)

    def maintenance(self, now: float) -> None:
        """Close what is silent, and what keeps a thread or a buffer waiting."""
        super().maintenance(now)
        for channel in list(self.active_channels.values()):
            if channel.stalled(now):
                channel.will_close = True


def connection_limit() -> int:
    """How many connections may be open, with the process's limit of files raised to allow them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return CONNECTIONS if soft == resource.RLIM_INFINITY else min(CONNECTIONS, soft - OTHER_FILES)
