"""UpstreamProxy: the proxy through which alone a machine reaches the Internet (`--proxy`).

It is asked for tunnels to numbers (HTTP `CONNECT`, RFC 9110 section 9.3.6), never to names: which
address a name leads to was looked up, and looked at, before. Environments' `http_proxy` is not
read, since whoever sets it thinks of other programs.

>>> UpstreamProxy.of("http://reader:secret@proxy.example:3128")
UpstreamProxy(host='proxy.example', port=3128, credentials='reader:secret')
>>> UpstreamProxy.of("") is None
True
"""

from __future__ import annotations

import socket
from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import unquote

from crawl.urls import split_web

# Bytes of the proxy's answer to a request for a tunnel; more is no proxy's.
LARGEST_ANSWER = 16 * 1024
_USUAL_PORT = 8080


@dataclass(frozen=True, slots=True)
class UpstreamProxy:
    """A proxy that opens tunnels; `credentials` are a name and password, or empty."""

    host: str
    port: int
    credentials: str = ""

    @classmethod
    def of(cls, url: str) -> UpstreamProxy | None:
        """The proxy of an address that `CrawlOptions.proxy` takes; None where that is empty."""
        parts = split_web(url)
        if parts is None or not parts.hostname:
            return None
        known = [unquote(one) for one in (parts.username, parts.password) if one is not None]
        return cls(parts.hostname, parts.port or _USUAL_PORT, ":".join(known))

    def connect(self, address: str, port: int, patience: float) -> socket.socket:
        """A tunnel to a numeric address. Raises `OSError` where the proxy opens none."""
        where = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
        lines = [f"CONNECT {where} HTTP/1.1", f"Host: {where}"]
        if self.credentials:
            told = b64encode(self.credentials.encode()).decode()
            lines.append(f"Proxy-Authorization: Basic {told}")
        tunnel = socket.create_connection((self.host, self.port), patience)
        try:
            tunnel.sendall("".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii"))
            status = _answer(tunnel).split(b" ", 2)[1:2]
            if not status or not status[0].startswith(b"2"):
                raise OSError(f"the proxy opens no tunnel to {where}: {status}")
        except BaseException:
            tunnel.close()
            raise
        return tunnel


def _answer(tunnel: socket.socket) -> bytes:
    """The head of an answer, byte by byte: what follows it belongs to the tunnel."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        piece = tunnel.recv(1)
        if not piece or len(head) > LARGEST_ANSWER:
            raise OSError("the proxy gives no answer")
        head += piece
    return head
