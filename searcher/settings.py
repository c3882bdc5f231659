"""Settings: what an installation may set of ranking and snippets, out of a TOML file.

    [ranking]            any field of `Weights`
    title = 3.0

    [snippets]           any field of `SnippetOptions`
    length = 200

`crawl.configuration` finds the file and reads its other tables. A key or value that is none raises
`SearchError`, which names the nearest key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, NamedTuple, TypeVar

from crawl import CrawlError, read_tables
from searcher.errors import SearchError
from searcher.expansion.weights import Weights
from searcher.hits.snippet import SnippetOptions

Table = TypeVar("Table", Weights, SnippetOptions)


class Settings(NamedTuple):
    """The weights of ranking and the lengths of snippets."""

    weights: Weights = Weights()
    snippets: SnippetOptions = SnippetOptions()


def read_settings() -> Settings:
    """The settings in force here; the usual ones without a file."""
    try:
        tables = read_tables()
    except CrawlError as error:
        raise SearchError(str(error)) from error
    return settings_of(tables)


def settings_of(tables: Mapping[str, Any]) -> Settings:
    """The settings of a parsed file.

    >>> settings_of({"ranking": {"title": 3}}).weights.title
    3.0
    """
    ranking, snippets = tables.get("ranking", {}), tables.get("snippets", {})
    return Settings(_read(Weights, "ranking", ranking), _read(SnippetOptions, "snippets", snippets))


def _read(kind: type[Table], name: str, table: object) -> Table:
    if not isinstance(table, dict):
        raise SearchError(f"[{name}] is a table of keys and values.")
    usual = {field.name: field.default for field in fields(kind)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in usual:
            from difflib import get_close_matches

            near = get_close_matches(key, usual, 1)
            hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(usual)}."
            raise SearchError(f"[{name}] has no key {key}{hint}")
        values[key] = _value(f"{name}.{key}", value, usual[key])
    return kind(**values)


def _value(name: str, value: object, usual: object) -> object:
    """A value of the kind of the usual one: a number not below zero, or a list of them."""
    if isinstance(usual, tuple) and isinstance(value, list):
        alike = len(set(map(type, usual))) == 1  # else a pair, each part of a kind of its own
        if alike or len(value) == len(usual):
            kinds = [usual[0]] * len(value) if alike else usual
            return tuple(_value(name, one, kind) for one, kind in zip(value, kinds, strict=True))
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e6:
        if isinstance(usual, float):
            return float(value)
        if isinstance(usual, int) and isinstance(value, int):
            return value
    raise SearchError(f"{name} cannot be {value!r}; usually it is {usual!r}.")
