"""The two files that browsers and robots ask every site for."""

from __future__ import annotations

from pathlib import Path

from flask import Response

ICON = Path(__file__).resolve().parent.parent / "static" / "icon.svg"
KEEP_SECONDS = 24 * 3600
# Results are without end, and copies of articles belong to their newspapers.
ROBOTS = "User-agent: *\nDisallow: /\n"


def favicon() -> Response:
    """`/favicon.ico`: the icon, for browsers that look for it by this name."""
    response = Response(ICON.read_bytes(), content_type="image/svg+xml")
    response.headers["Cache-Control"] = f"public, max-age={KEEP_SECONDS}"
    return response


def robots() -> Response:
    """`/robots.txt`: nothing here is for the indexes of other search engines."""
    return Response(ROBOTS, content_type="text/plain; charset=utf-8")
