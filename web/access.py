"""Which host names we answer to, and which other origins may read our answers.

A browser sends the name it was told to connect to (`Host`) and the page that asks (`Origin`). An
unknown name is refused, because our feeds repeat it and because a stranger's name that points to
this machine (DNS rebinding) would let the stranger's page read it; an unknown origin gets no CORS
headers, so a page on the open web cannot read an intranet's archive through its visitor.
"""

from __future__ import annotations

import ipaddress
import re

from flask import Response, current_app, request

from web.locale.locale import Locale

ANY = "*"
# RFC 1035 §2.3.4: labels of up to 63 letters, 255 in all; an address in brackets; a port.
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"({_LABEL}(?:\.{_LABEL})*\.?|\[[0-9a-f:.]+\])(?::[0-9]{{1,5}})?")
_LONGEST = 255 + len(":65535")


def names(setting: str) -> frozenset[str]:
    """The names of a setting, parted by commas or spaces.

    >>> sorted(names("search.example, portal.example"))
    ['portal.example', 'search.example']
    """
    return frozenset(setting.lower().replace(",", " ").split())


def host_allowed(host: str, allowed: frozenset[str]) -> bool:
    """Whether a `Host` header is well formed and names one of ours; `.example` allows subdomains.

    This machine and addresses of numbers are always ours: no stranger's name resolves to them.

    >>> host_allowed("search.example:8000", frozenset({"search.example"}))
    True
    >>> host_allowed("evil.example", frozenset()), host_allowed("127.0.0.1:8000", frozenset())
    (False, True)
    """
    written = _HOST.fullmatch(host.lower()) if len(host) <= _LONGEST else None
    if written is None:
        return False
    name = written.group(1).rstrip(".")
    return (
        ANY in allowed
        or name in allowed
        or name == "localhost"
        or _is_address(name)
        or any(name.endswith(domain) for domain in allowed if domain.startswith("."))
    )


def refuse_unknown_host() -> Response | None:
    """400 in plain text for a host that is not ours; None to go on.

    No page: its links would need the very name that is refused.
    """
    if host_allowed(request.host, names(current_app.config["BAHITH_HOSTS"])):
        return None
    said = Locale.of(request.args).text("unknown_host")
    return Response(said + "\n", 400, content_type="text/plain; charset=utf-8")


def allowed_origin(origin: str, setting: str) -> str:
    """What `Access-Control-Allow-Origin` says to a page of this origin; empty: nothing.

    >>> allowed_origin("https://portal.example", "https://portal.example")
    'https://portal.example'
    >>> allowed_origin("https://evil.example", "https://portal.example"), allowed_origin("x", "*")
    ('', '*')
    """
    allowed = names(setting)
    if ANY in allowed:
        return ANY
    return origin if origin.lower() in allowed else ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
