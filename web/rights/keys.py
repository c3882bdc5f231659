"""API keys: a file of who may see what, without the keys themselves.

A key is 256 random bits, so that its SHA-256 in the file leads nobody back to it. The file is read
again whenever it changed; a key that is revoked there is refused by the next request. What in it
cannot be understood opens nothing: the whole file is refused, with the place.

    {"keys": [{"name": "desk", "sha256": "…", "scope": {"source": ["الوطن"]}, "expires": "",
               "write": false}]}
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from flask import Request

from index import ATTRIBUTE_NAMES, Filters
from web.errors import WebError

# A larger file is none of ours.
MOST_BYTES = 10_000_000
_log = logging.getLogger(__name__)
_PREFIX = "bahith_"
_ENDS = ("since", "until")


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key by its digest: what it lets see, its last day (empty: none), whether it lets write."""

    name: str
    digest: str
    scope: Filters
    expires: str = ""
    write: bool = False

    def is_valid(self, today: date) -> bool:
        """Whether its last day is not over."""
        return not self.expires or today.isoformat() <= self.expires


class KeyFile:
    """The keys of a file, as it stands now."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._read: tuple[tuple[int, ...], dict[str, ApiKey]] = ((), {})

    def listed(self) -> list[ApiKey]:
        """All keys in their order. Raises `WebError` for a file that cannot be read."""
        return list(self._known().values())

    def find(self, secret: str) -> ApiKey | None:
        """The key of that secret, unless it has expired."""
        key = self._known().get(digest_of(secret))
        return key if key and key.is_valid(date.today()) else None

    def add(self, name: str, scope: Filters, expires: str = "", *, write: bool = False) -> str:
        """Make a key; its secret, which is told this once."""
        with self._writing() as keys:
            if any(key.name == name for key in keys):
                raise WebError(f"there is a key {name} already: revoke it, or choose another name.")
            secret = _PREFIX + secrets.token_urlsafe(32)
            keys.append(ApiKey(name, digest_of(secret), scope, expires, write))
        return secret

    def revoke(self, name: str) -> None:
        """Take a key away. Raises `WebError` where there is none of that name."""
        with self._writing() as keys:
            left = [key for key in keys if key.name != name]
            if len(left) == len(keys):
                raise WebError(f"there is no key {name} in {self.path}. Type: bahith keys list")
            keys[:] = left

    def _known(self) -> dict[str, ApiKey]:
        with self._lock:
            try:
                now = os.stat(self.path)
                state = (now.st_ino, now.st_mtime_ns, now.st_size)
                if state != self._read[0]:
                    with self.path.open("rb") as file:
                        told = json.loads(file.read(MOST_BYTES))
                    self._read = (state, {key.digest: key for key in map(_key_of, told["keys"])})
            except FileNotFoundError as error:
                raise WebError(
                    f"there are no keys at {self.path} yet. Type: bahith keys add NAME"
                ) from error
            except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
                raise WebError(f"{self.path} cannot be read as keys: {error}") from error
            return self._read[1]

    @contextmanager
    def _writing(self) -> Iterator[list[ApiKey]]:
        """All keys, to be changed; written whole or not at all, one process at a time."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                fcntl.flock(folder, fcntl.LOCK_EX)
                keys = self.listed() if self.path.exists() else []
                yield keys
                _write(self.path, keys)
            finally:
                os.close(folder)
        except OSError as error:
            raise WebError(f"{self.path} cannot be written: {error.strerror}") from error


class KeyRights:
    """What the key of a request lets its reader see; `web.app_state.Allowed` for a file of keys."""

    def __init__(self, path: Path) -> None:
        self._file = KeyFile(path)
        self._file.listed()  # who starts a server hears at once what is wrong

    def __call__(self, request: Request) -> Filters | None:
        """The scope of the key that a request carries; None without a valid one."""
        key = self._key_of(request)
        return key.scope if key else None

    def may_write(self, request: Request) -> bool:
        """Whether the key of a request lets it send articles.

        Not as the password of Basic: browsers send that along with what any page makes them send.
        """
        sent = request.authorization
        key = None if sent and sent.type == "basic" else self._key_of(request)
        return key is not None and key.write

    def any_writes(self) -> bool:
        """Whether some key lets send articles."""
        return any(key.write for key in self._file.listed())

    def _key_of(self, request: Request) -> ApiKey | None:
        secret = secret_of(request)
        try:
            return self._file.find(secret) if secret else None
        except WebError as error:
            _log.error("%s", error)
            return None


def secret_of(request: Request) -> str:
    """The key that a request carries, in any of the ways programs and browsers have.

    `Authorization: Bearer KEY`, `X-API-Key: KEY`, or the password of Basic, which browsers ask for
    and feed readers keep. Never in the address, which is logged and passed on.
    """
    sent = request.authorization
    if sent and sent.type == "bearer":
        return sent.token or ""
    if sent and sent.type == "basic":
        return sent.password or ""
    return request.headers.get("X-API-Key", "")


def digest_of(secret: str) -> str:
    """What the file knows a key by."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def scope_text(scope: Filters) -> str:
    """A scope in one line.

    >>> scope_text(Filters(source=("الوطن", "الخبر"), since="2015-08-01")), scope_text(Filters())
    ('source=الوطن source=الخبر since=2015-08-01', 'everything')
    """
    said = [f"{name}={one}" for name in ATTRIBUTE_NAMES for one in getattr(scope, name)]
    said += [f"{name}={getattr(scope, name)}" for name in _ENDS if getattr(scope, name)]
    return " ".join(said) or "everything"


def _write(path: Path, keys: Sequence[ApiKey]) -> None:
    told = {"keys": [_row_of(key) for key in keys]}
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        json.dump(told, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _row_of(key: ApiKey) -> dict[str, Any]:
    values = {field.name: getattr(key.scope, field.name) for field in fields(Filters)}
    scope = {name: value for name, value in values.items() if value}
    told = {"name": key.name, "sha256": key.digest, "scope": scope, "expires": key.expires}
    return told | ({"write": True} if key.write else {})


def _key_of(told: Any) -> ApiKey:
    """A key as the file tells it; what is not understood might widen it, and is an error."""
    unknown = told.keys() - {"name", "sha256", "scope", "expires", "write"}
    unknown |= told["scope"].keys() - {*ATTRIBUTE_NAMES, *_ENDS}
    if unknown:
        raise ValueError(f"{told['name']} has {', '.join(sorted(unknown))}, which is not known")
    scope: dict[str, Any] = {}
    for name, value in told["scope"].items():
        listed = name in ATTRIBUTE_NAMES
        if not value or not all(isinstance(one, str) for one in (value if listed else [value])):
            raise ValueError(f"{told['name']}: {name} cannot be {value!r}")
        scope[name] = tuple(value) if listed and isinstance(value, list) else value
        if listed and isinstance(value, str):
            raise ValueError(f"{told['name']}: {name} is a list of values")
    for day in (told.get("expires", ""), scope.get("since", ""), scope.get("until", "")):
        if day:
            date.fromisoformat(day)
    write = told.get("write", False)
    if not isinstance(write, bool):
        raise ValueError(f"{told['name']}: write is true or false")
    return ApiKey(told["name"], told["sha256"], Filters(**scope), told.get("expires", ""), write)
