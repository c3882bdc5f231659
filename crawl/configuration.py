"""Configuration: what an installation sets once, in a file or in the environment.

    bahith.toml            or the file that BAHITH_CONFIG (`bahith --config FILE`) names
    archive = "/srv/bahith/articles.db"

    [serve]
    hosts = ["search.example.org"]

An option of a command goes before the environment, the environment before the file. `SETTINGS` is
the one table of them; `[ranking]` and `[snippets]` are read by `searcher.settings`. A key that is
none is refused, with the nearest that is: a setting that is misspelt would say nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from crawl.errors import CrawlError
from crawl.settings_file import (
    FLAG,
    TEXT,
    TEXTS,
    Kind,
    SettingsFile,
    read_settings_file,
    unknown,
)

FILE = "bahith.toml"
DEFAULT = "default"


class Setting(NamedTuple):
    """One setting: its table and key in the file, its variable, what it is where nobody says."""

    table: str
    key: str
    variable: str
    usual: str

    @property
    def name(self) -> str:
        """Its name as a path in the file.

        >>> Setting("serve", "hosts", "BAHITH_HOSTS", "").name
        'serve.hosts'
        """
        return f"{self.table}.{self.key}".lstrip(".")


class InForce(NamedTuple):
    """A setting's value here, and where it comes from: environment, file, or default."""

    name: str
    value: str
    origin: str


SETTINGS = (
    Setting("", "archive", "BAHITH_ARCHIVE", "data/articles.db"),
    Setting("", "index", "BAHITH_INDEX", "whoosh:data/index"),
    Setting("crawl", "contact", "BAHITH_CONTACT", ""),
    Setting("crawl", "rules", "BAHITH_SITES", ""),
    Setting("analysis", "words", "BAHITH_WORDS", ""),
    Setting("serve", "name", "BAHITH_NAME", ""),
    Setting("serve", "recency", "BAHITH_RECENCY", ""),
    Setting("serve", "hosts", "BAHITH_HOSTS", ""),
    Setting("serve", "origins", "BAHITH_ORIGINS", ""),
    Setting("serve", "content_policy", "BAHITH_CONTENT_POLICY", ""),
    Setting("serve", "frames", "BAHITH_FRAMES", ""),
    Setting("serve", "keys", "BAHITH_KEYS", ""),
    Setting("serve", "rate", "BAHITH_RATE", ""),
    Setting("serve", "query_log", "BAHITH_QUERY_LOG", ""),
    Setting("serve", "outlets", "BAHITH_OUTLETS", ""),
    Setting("log", "format", "BAHITH_LOG_FORMAT", "plain"),
    Setting("log", "level", "BAHITH_LOG_LEVEL", "normal"),
)
_BY_VARIABLE = {one.variable: one for one in SETTINGS}
OTHER_TABLES = ("ranking", "snippets")
_SETTING = Kind(
    "a text of one line, true or false, or a list of texts",
    lambda value: any(kind.takes(value) for kind in (TEXT, TEXTS, FLAG)),
)


def setting(variable: str, usual: str | None = None) -> str:
    """What the environment says, else the file, else the usual value.

    >>> setting("BAHITH_CONTACT", "nobody")
    'nobody'
    """
    found = _resolved(_BY_VARIABLE[variable])
    return found.value if usual is None or found.origin != DEFAULT else usual


def default_of(variable: str) -> Callable[[], str | None]:
    """The default of an option that the environment goes before: the file's, or the usual one."""
    return lambda: _in_file(_BY_VARIABLE[variable]) or _BY_VARIABLE[variable].usual or None


def in_force() -> Iterator[InForce]:
    """Every setting as it is here, and where it comes from."""
    yield from map(_resolved, SETTINGS)


def config_path() -> Path | None:
    """The file of settings; None where there is none."""
    named = os.environ.get("BAHITH_CONFIG", "")
    return Path(named) if named else Path(FILE) if Path(FILE).is_file() else None


def read_tables() -> Mapping[str, Any]:
    """The file as it is written, every name in it known; empty without one.

    Raises `CrawlError` for a file that cannot be read, or holds what is no setting.
    """
    return config_file().tables


def config_file() -> SettingsFile:
    """The file of settings with its place and text. Raises as `read_tables`."""
    path = config_path()
    if path is None:
        return SettingsFile()
    try:
        changed = os.stat(path).st_mtime_ns
    except (OSError, ValueError) as error:
        raise CrawlError(f"{path} cannot be read as TOML: {error}") from error
    return _read(path, changed)


@lru_cache(4)
def _read(path: Path, _changed: int) -> SettingsFile:
    file = read_settings_file(path)
    known = [one.name for one in SETTINGS]
    for place, value in _written(file.tables):
        name = ".".join(place)
        if name not in known:
            raise file.wrong(unknown(f"{name} is no setting", name, known), *place)
        file.checked({place[-1]: value}, {place[-1]: _SETTING}, *place[:-1])
    return file


def _written(tables: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The places and values of a file, but for the tables that others read."""
    for name, value in tables.items():
        if name in OTHER_TABLES:
            continue
        if isinstance(value, dict):
            yield from (((name, key), inner) for key, inner in value.items())
        else:
            yield (name,), value


def text_of(value: str | bool | list[str]) -> str:
    """A value as the environment would say it: yes is 1, a list is parted by blanks.

    >>> text_of(["a.example", "b.example"]), text_of(False)
    ('a.example b.example', '0')
    """
    if isinstance(value, bool):
        return str(int(value))
    return value if isinstance(value, str) else " ".join(value)


def _resolved(one: Setting) -> InForce:
    """The environment goes before the file, the file before the default."""
    if one.variable in os.environ:
        return InForce(one.name, os.environ[one.variable], f"environment {one.variable}")
    told = _in_file(one)
    if told is not None:
        return InForce(one.name, told, f"file {config_path()}")
    return InForce(one.name, one.usual, DEFAULT)


def _in_file(one: Setting) -> str | None:
    tables = read_tables()
    table = tables.get(one.table, {}) if one.table else tables
    return text_of(table[one.key]) if one.key in table else None
