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
import re
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from flask import Request

from crawl import CrawlError
from crawl.settings_file import FLAG, TEXT, TEXTS, Kind, SettingsFile
from index import ATTRIBUTE_NAMES, Filters
from web.errors import WebError

# A larger file is none of ours.
MOST_BYTES = 10_000_000
_log = logging.getLogger(__name__)
_PREFIX = "bahith_"
_ENDS = ("since", "until")
_DIGEST = re.compile("[0-9a-f]{64}")


def _is_day(value: object) -> bool:
    """Whether it is a day as days are compared, or empty: never `20261128`."""
    try:
        return value == "" or date.fromisoformat(str(value)).isoformat() == value
    except ValueError:
        return False


_DAY = Kind("a day such as 2026-11-28, or empty", _is_day)
_ROWS = Kind("a list of keys", lambda value: isinstance(value, list))
_VALUES = Kind("a list of values", lambda value: bool(value) and TEXTS.takes(value))
_SCOPE = dict.fromkeys(ATTRIBUTE_NAMES, _VALUES) | dict.fromkeys(_ENDS, _DAY)
_KEY = {
    "name": TEXT,
    "sha256": Kind("64 hexadecimal digits", lambda value: bool(_DIGEST.fullmatch(str(value)))),
    "scope": Kind("a table of filters", lambda value: isinstance(value, dict)),
    "expires": _DAY,
    "write": FLAG,
}


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
                    self._read = (state, {key.digest: key for key in _keys_of(self.path, told)})
            except FileNotFoundError as error:
                raise WebError(
                    f"there are no keys at {self.path} yet. Type: bahith keys add NAME"
                ) from error
            except CrawlError as error:
                raise WebError(str(error)) from error
            except (OSError, ValueError, RecursionError) as error:
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


def _keys_of(path: Path, told: object) -> list[ApiKey]:
    """The keys of a file; what is not understood might widen one, and is an error."""
    file = SettingsFile(str(path))
    rows = file.checked(told, {"keys": _ROWS}, "keys").get("keys")
    if rows is None:
        raise file.wrong("keys are missing")
    return [_key_of(file, f"keys[{number}]", row) for number, row in enumerate(rows, 1)]


def _key_of(file: SettingsFile, place: str, told: object) -> ApiKey:
    row = file.checked(told, _KEY, place)
    if missing := {"name", "sha256", "scope"} - row.keys():
        raise file.wrong(f"{place} has no {min(missing)}")
    scope = file.checked(row["scope"], _SCOPE, f"{place}.scope")
    values: dict[str, Any] = {
        key: tuple(one) if isinstance(one, list) else one for key, one in scope.items()
    }
    return ApiKey(
        row["name"],
        row["sha256"],
        Filters(**values),
        row.get("expires", ""),
        row.get("write", False),
    )
