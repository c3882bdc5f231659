"""Files that people write settings in: read once, bounded, with a sentence for what cannot be used.

    tables = read_settings_file("outlets.toml")
    tables.checked(tables.tables["site"][0], {"urls": TEXTS, "delay": number(3600)}, "site", 1)

Every such file (settings, outlets, rules of sites, alerts, keys) goes through its `checked`: a key
that is none is told with the nearest that is, a value of another kind with what it should be, both
with the file and, where it can be found, the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from crawl.errors import CrawlError

# A larger file is none that somebody wrote.
MOST_BYTES = 1_000_000
_LONGEST = 4_000  # letters of a text: a content policy is the longest
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_PART = re.compile(r'"((?:[^"\\]|\\.)*)"|\'([^\']*)\'|([\w-]+)')
_HEADER = re.compile(r"\s*(\[\[?)(.+?)\]")
_KEY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")

Place = tuple[str | int, ...]


class BadSettings(CrawlError):
    """A file of settings cannot be used as it is; the message names the file and the line."""


class Kind(NamedTuple):
    """What a value may be: in words, and as a test that takes anything."""

    said: str
    takes: Callable[[Any], bool]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST and not _CONTROL.search(value)


TEXT = Kind("a text of one line", _is_text)
TEXTS = Kind(
    'a list of texts, ["…", "…"]',
    lambda value: isinstance(value, list | tuple) and all(map(_is_text, value)),
)
FLAG = Kind("true or false", lambda value: isinstance(value, bool))
COUNT = Kind("a whole number from 0 on", lambda value: type(value) is int and 0 <= value < 2**31)


def number(most: float) -> Kind:
    """A number from 0 to some end; not a number is none.

    >>> number(5).takes(4.5), number(5).takes(float("nan")), number(5).takes(True)
    (True, False, False)
    """
    return Kind(
        f"a number from 0 to {most:g}",
        lambda value: type(value) in (int, float) and 0 <= value <= most,
    )


class SettingsFile(NamedTuple):
    """A file as it was read: its path, its text, and what stands in it."""

    path: str = ""
    text: str = ""
    tables: Mapping[str, Any] = {}

    def wrong(self, what: str, *place: str | int) -> BadSettings:
        """What to raise about a place: the names of tables and keys, entries counted from 1."""
        line = line_of(self.text, place) if self.text and place else 0
        where = f"{self.path}, line {line}: " if line else f"{self.path}: " if self.path else ""
        return BadSettings(_CONTROL.sub(" ", where + what[:1000]))

    def checked(
        self, table: object, kinds: Mapping[str, Kind], *place: str | int
    ) -> dict[str, Any]:
        """A table whose keys and values are of these kinds. Raises `BadSettings` otherwise."""
        name = ".".join(str(part) for part in place if not isinstance(part, int))
        if not isinstance(table, dict):
            raise self.wrong(f"{name} is a table of keys and values.", *place)
        for key, value in table.items():
            if key not in kinds:
                raise self.wrong(unknown(f"[{name}] has no key {key}", key, kinds), *place, key)
            if not kinds[key].takes(value):
                said = (
                    f"{name}.{key}".lstrip(".") + f" is {kinds[key].said}, not {repr(value)[:80]}"
                )
                raise self.wrong(said, *place, key)
        return dict(table)


def read_settings_file(path: str | Path, what: str = "settings") -> SettingsFile:
    """The tables of a TOML file. Raises `BadSettings` for one that cannot be read as such."""
    import tomllib  # most commands have no such file

    try:
        with open(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadSettings(f"cannot read the {what} of {path}: {error.strerror}") from error
    try:
        if len(content) > MOST_BYTES:
            raise ValueError(f"it is larger than {MOST_BYTES:,} bytes")
        text = content.decode("utf-8-sig")
        return SettingsFile(str(path), text, tomllib.loads(text))
    except (ValueError, RecursionError) as error:
        said = f"the {what} of {path} cannot be read as TOML: {error}; mend that file"
        raise BadSettings(_CONTROL.sub(" ", said)) from error


def unknown(said: str, name: str, known: Collection[str]) -> str:
    """A sentence on a name that is none, with the nearest that is.

    >>> unknown("there is no key titel", "titel", ["title", "body"])
    'there is no key titel; did you mean title?'
    """
    from difflib import get_close_matches  # few write what is not there

    near = get_close_matches(name[:100], known, 1, 0.5)
    return (
        f"{said[:200]}; did you mean {near[0]}?"
        if near
        else f"{said[:200]}; there are {', '.join(known)}."
    )


def line_of(text: str, place: Place) -> int:
    """The line of a TOML file where a place is written, or the nearest around it; 0: none.

    >>> line_of('a = 1\\n[[site]]\\nurls = []\\n[[site]]\\ndelay = "x"', ("site", 2, "delay"))
    5
    """
    best, found = 0, 0
    for line, here in _places(text):
        shared = len(place) if here[: len(place)] == place else len(here)
        if shared > best and here[:shared] == place[:shared]:
            best, found = shared, line
    return found


def _places(text: str) -> Iterator[tuple[int, Place]]:
    """Each line that begins a table or sets a key, and which."""
    table: Place = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _parts(header[2])
            if header[1] == "[[":
                counts[header[2]] = counts.get(header[2], 0) + 1
                table = (*table, counts[header[2]])
            yield number, table
        elif key := _KEY.match(line):
            yield number, (*table, *_parts(key[1]))


def _parts(name: str) -> Place:
    return tuple(found[1] or found[2] or found[3] or "" for found in _PART.finditer(name))
