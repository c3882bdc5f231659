"""GuardedProxy: an HTTP proxy on loopback that leads to the public Internet alone.

A page that runs in a browser asks for whatever its scripts want. Every connection of it passes
here: the name is resolved once, private addresses are refused, and the address that was looked at
is the one that is connected to, so no name can change in between. A crawl that may reach the
Internet by a proxy alone (`--proxy`) passes here as well, and from here through that one.
"""

from __future__ import annotations

import select
import socket
import socketserver
import threading
from contextlib import suppress
from typing import Self

from crawl.fetch.network.upstream_proxy import UpstreamProxy
from crawl.frontier.address_guard import is_private
from crawl.urls import split_web

LARGEST_HEAD = 64 * 1024  # bytes of a request's line and headers
MOST_BYTES = 50 * 1024 * 1024  # of one connection, in both directions together
PATIENCE = 15.0  # seconds of silence, or until a connection stands
_PIECE = 65_536
_DROPPED = (b"proxy-", b"connection:")
_END = b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_REFUSED = b"HTTP/1.1 403 Forbidden" + _END
_UNREACHABLE = b"HTTP/1.1 502 Bad Gateway" + _END
_OPENED = b"HTTP/1.1 200 Connection established\r\n\r\n"


class GuardedProxy(socketserver.ThreadingTCPServer):
    """Serves while its block runs; `refused` are the hosts that it kept its client from.

    `upstream`: the proxy that connections are made through. `patience`: seconds of silence, or
    until a connection stands. `most_bytes` of one connection, in both directions together.
    """

    daemon_threads = True

    def __init__(
        self,
        *,
        allow_private: bool,
        upstream: UpstreamProxy | None = None,
        patience: float = PATIENCE,
        most_bytes: float = MOST_BYTES,
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.allow_private = allow_private
        self.upstream = upstream
        self.patience = patience
        self.most_bytes = most_bytes
        self.refused: set[str] = set()

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self.shutdown()
        self.server_close()

    @property
    def url(self) -> str:
        """Where it listens on loopback."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def connect(self, host: str, port: int) -> socket.socket | None:
        """A connection to a host at an address that may be asked; None where there is none."""
        with suppress(OSError, UnicodeError):
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            addresses = [str(where[0]) for *_, where in found]
            may_be_asked = [a for a in addresses if self.allow_private or not is_private(a)]
            if not may_be_asked:
                self.refused.add(host)
            for address in may_be_asked:
                with suppress(OSError):
                    if self.upstream:
                        return self.upstream.connect(address, port, self.patience)
                    return socket.create_connection((address, port), self.patience)
        return None


class _Connection(socketserver.BaseRequestHandler):
    """One request of the client: a tunnel, or a page that is not encrypted."""

    def handle(self) -> None:
        """Connect and pass on, in both directions, until one side is done."""
        client: socket.socket = self.request
        proxy = self.server
        assert isinstance(proxy, GuardedProxy)
        client.settimeout(proxy.patience)
        with suppress(OSError, ValueError):
            head, rest = _read_head(client)
            method, target, _ = head[0].split(b" ", 2)
            is_tunnel = method == b"CONNECT"
            host, port, path = _where(target.decode("latin-1"), is_tunnel=is_tunnel)
            server = proxy.connect(host, port) if host else None
            if server is None:
                client.sendall(_UNREACHABLE if host and host not in proxy.refused else _REFUSED)
                return
            with server:
                if is_tunnel:
                    client.sendall(_OPENED)
                else:
                    kept = [line for line in head[1:] if not line.lower().startswith(_DROPPED)]
                    asked = b" ".join([method, path.encode("latin-1"), b"HTTP/1.1"])
                    server.sendall(b"\r\n".join([asked, *kept, b"Connection: close", b"", b""]))
                server.sendall(rest)
                _pass_on(client, server, proxy)


def _read_head(client: socket.socket) -> tuple[list[bytes], bytes]:
    """The lines of a request's head, and what came after it; ValueError where it is too long."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = client.recv(_PIECE)
        data += piece
        if not piece or len(data) > LARGEST_HEAD:
            raise ValueError("no request")
    head, _, rest = data.partition(b"\r\n\r\n")
    return head.split(b"\r\n"), rest


def _where(target: str, *, is_tunnel: bool) -> tuple[str, int, str]:
    """Host, port and path of what a request asks for; an empty host when it is no address."""
    parts = split_web(f"https://{target}/" if is_tunnel else target)
    if parts is None or not parts.hostname:
        return "", 0, ""
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return parts.hostname, parts.port or (443 if is_tunnel else 80), path


def _pass_on(client: socket.socket, server: socket.socket, proxy: GuardedProxy) -> None:
    """Pass bytes on between two sockets until one ends, falls silent, or has sent too many."""
    total, other = 0, {client: server, server: client}
    while total < proxy.most_bytes:
        ready, _, _ = select.select([client, server], [], [], proxy.patience)
        for side in ready:
            piece = side.recv(_PIECE)
            if not piece:
                return
            other[side].sendall(piece)
            total += len(piece)
        if not ready:
            return
