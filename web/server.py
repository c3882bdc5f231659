"""The production server under `bahith serve` and `bahith demo`: waitress."""

from __future__ import annotations

import errno
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask import Flask
from waitress.server import create_server  # type: ignore[import-untyped]

from web.app_state import current_state
from web.errors import WebError

THREADS = 8
# A long question in Arabic takes six bytes a letter in an address line.
LONGEST_REQUEST = 1 << 20


def run(server: Any, host: str) -> None:
    """Say where a server listens and answer requests until Ctrl+C."""
    click.echo(f"bahith: serving on {address(host, server.effective_port)}", err=True)
    click.echo("bahith: stop with Ctrl+C", err=True)
    server.run()


def warm_up(app: Flask) -> None:
    """Let the first reader not wait for the lexicon: load it while the server begins to listen."""
    with app.app_context():
        state = current_state()
    threading.Thread(target=state.warm_up, daemon=True).start()


@contextmanager
def listening(app: Flask, host: str, port: int) -> Iterator[Any]:
    """A server that holds its port, 0 for any free one; `WebError` where it cannot be had."""
    # Its one remark, that requests wait for a thread, is what /metrics measures.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            max_request_header_size=LONGEST_REQUEST,
        )
    except (OSError, ValueError) as error:
        raise WebError(refusal(error, host, port)) from error
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
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)
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
