"""The bundled sample newspapers, served on loopback as real sites would be.

What `bahith demo` crawls and what the crawler's tests meet: plain files, real HTTP. `SITE` is
«بريد المرسى»; `OUTLETS` tell some of its stories too; a page of `FIRST` is as it stood before it
was edited. Sitemaps, feeds and canonical links need absolute addresses, which a file cannot know
before a port is chosen: the files say `{{BASE}}`, and the server puts its own address there.

>>> answer("/politics/", "http://paper.example").status
200
>>> answer("/no-such-page", "http://paper.example").status
404
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

SAMPLE = Path(__file__).resolve().parent
SITE = SAMPLE / "site"
FIRST = SAMPLE / "first"
OUTLETS = (SAMPLE / "outlets" / "agency", SAMPLE / "outlets" / "echo")
NAMES = SAMPLE / "outlets.toml"

_TYPES = {
    ".html": "text/html",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
_FEEDS = {"feed.xml": "application/rss+xml", "atom.xml": "application/atom+xml"}

# A browser looks for a page's own word on its charset in this many bytes (HTML standard, 13.2.3.2).
_PRESCAN = 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site says to one request; `location` is where a redirect leads, else empty."""

    status: int
    content_type: str
    content: bytes
    location: str = ""


@contextmanager
def serve_sample(port: int = 0, *, folders: Sequence[Path] = (SITE,)) -> Iterator[str]:
    """Serve the sample newspaper on 127.0.0.1 while the block runs, and yield its base URL.

    The URL has no slash at its end. Port 0 takes any free one; a port in use raises OSError. Of
    several folders that hold a page the first counts.
    """
    server = _Server(("127.0.0.1", port), folders)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer(target: str, base: str, folders: Sequence[Path] = (SITE,)) -> Answer:
    """Answer a request for `target` (path and query as sent) of the site that stands at `base`."""
    path = unquote(target.partition("?")[0])
    found = ((folder, file) for folder in folders if (file := _find(folder, path)))
    folder, file = next(found, (folders[-1], None))
    if file is None:
        return Answer(404, "text/html; charset=utf-8", _filled(folder / "404.html", base))
    if file.is_dir():
        # Built from the file: the request's own «//host» must not become an address elsewhere.
        return Answer(
            301, "text/plain", b"", location=f"{base}/{file.relative_to(folder).as_posix()}/"
        )
    content = _filled(file, base)
    return Answer(200, _content_type(file, content), content)


def _find(folder: Path, path: str) -> Path | None:
    """The file behind a path, a folder that lacks its slash, or None (also outside the site)."""
    try:
        file = (folder / path.lstrip("/")).resolve()
        found = file.is_relative_to(folder) and file.exists()
    except (OSError, ValueError):  # a name too long for the disk, a zero byte
        return None
    if found and path.endswith("/"):
        file /= "index.html"
        found = file.is_file()
    return file if found else None


def _filled(file: Path, base: str) -> bytes:
    content = file.read_bytes()
    return content if file.suffix == ".svg" else content.replace(b"{{BASE}}", base.encode())


def _content_type(file: Path, content: bytes) -> str:
    kind = _FEEDS.get(file.name) or _TYPES.get(file.suffix, "application/octet-stream")
    # Pages of the old layout are windows-1256 and say so in their own head alone, as such pages do.
    if kind == "text/html" and b'charset="utf-8"' in content[:_PRESCAN].lower():
        return "text/html; charset=utf-8"
    return kind


class _Server(ThreadingHTTPServer):
    """A server of some folders."""

    def __init__(self, address: tuple[str, int], folders: Sequence[Path]) -> None:
        super().__init__(address, _Handler)
        self.folders = folders


class _Handler(BaseHTTPRequestHandler):
    """GET and HEAD, with an ETag so that a second crawl may ask whether anything changed."""

    protocol_version = "HTTP/1.1"
    # Headers and body leave in two writes: without this each answer waits for a delayed ACK.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        self._send(with_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: standard error belongs to the crawl's progress."""

    def _send(self, *, with_body: bool) -> None:
        host, port = self.connection.getsockname()
        assert isinstance(self.server, _Server)
        said = answer(self.path, f"http://{host}:{port}", self.server.folders)
        etag = f'"{hashlib.sha256(said.content).hexdigest()[:16]}"'
        unchanged = said.status == 200 and self.headers.get("If-None-Match") == etag
        content = b"" if unchanged else said.content
        self.send_response(304 if unchanged else said.status)
        self.send_header("Content-Type", said.content_type)
        self.send_header("Content-Length", str(len(content)))
        if said.status == 200:
            self.send_header("ETag", etag)
        if said.location:
            self.send_header("Location", said.location)
        self.end_headers()
        if with_body:
            self.wfile.write(content)
