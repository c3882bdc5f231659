"""Settings: what an installation may set of ranking and snippets, out of a TOML file.

    [ranking]            any field of `Weights`
    title = 3.0

    [snippets]           any field of `SnippetOptions`
    length = 200

`crawl.configuration` finds the file and reads its other tables. A key or value that is none raises
`SearchError`, which names the nearest key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from crawl import CrawlError, config_file
from crawl.settings_file import Kind, SettingsFile, read_settings_file
from searcher.errors import SearchError
from searcher.expansion.weights import Weights
from searcher.hits.snippet import SnippetOptions

_MOST = 1e6  # of any weight or length

Table = TypeVar("Table", Weights, SnippetOptions)


class Settings(NamedTuple):
    """The weights of ranking and the lengths of snippets."""

    weights: Weights = Weights()
    snippets: SnippetOptions = SnippetOptions()


def read_settings(path: Path | None = None) -> Settings:
    """The settings of a file, else those in force here; the usual ones without any."""
    try:
        return _settings(read_settings_file(path) if path else config_file())
    except CrawlError as error:
        raise SearchError(str(error)) from error


def settings_of(tables: Mapping[str, Any]) -> Settings:
    """The settings of a parsed file.

    >>> settings_of({"ranking": {"title": 3}}).weights.title
    3.0
    """
    try:
        return _settings(SettingsFile(tables=tables))
    except CrawlError as error:
        raise SearchError(str(error)) from error


def _settings(file: SettingsFile) -> Settings:
    return Settings(
        _read(Weights, file, "ranking"),
        _read(SnippetOptions, file, "snippets"),
    )


def _read(kind: type[Table], file: SettingsFile, name: str) -> Table:
    usual = {field.name: field.default for field in fields(kind)}
    kinds = {key: _like(value) for key, value in usual.items()}
    table = file.checked(file.tables.get(name, {}), kinds, name)
    return kind(**{key: _as(value, usual[key]) for key, value in table.items()})


def _like(usual: object) -> Kind:
    """What may stand for a usual value: a number not below zero, or a list of them."""
    if isinstance(usual, tuple):
        return Kind(f"a list like {list(usual)!r}", lambda value: _is_like(value, usual))
    whole = "a whole number" if isinstance(usual, int) else "a number"
    return Kind(f"{whole}, usually {usual!r}", lambda value: _is_like(value, usual))


def _is_like(value: object, usual: object) -> bool:
    if isinstance(usual, tuple):
        return (
            isinstance(value, list)
            and (len(value) == len(usual) or len(set(map(type, usual))) == 1)
            and all(map(_is_like, value, _parts_like(value, usual)))
        )
    if type(value) not in (int, float) or not 0 <= value < _MOST:  # type: ignore[operator]
        return False
    return isinstance(usual, float) or isinstance(value, int)


def _parts_like(value: list[Any], usual: tuple[Any, ...]) -> Sequence[Any]:
    """A usual part for each: a list of one kind has any length, a pair a kind for each place."""
    return usual if len(value) == len(usual) else [usual[0]] * len(value)


def _as(value: Any, usual: Any) -> Any:
    if isinstance(usual, tuple):
        return tuple(map(_as, value, _parts_like(value, usual)))
    return float(value) if isinstance(usual, float) else value
