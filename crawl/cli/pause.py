"""A pause as it is typed for --every: `90s`, `15m`, `2h`, `1d`."""

from __future__ import annotations

import re

import click

_PAUSE = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
# Seconds: a year, well under the three hundred after which `time.sleep` raises OverflowError.
_LONGEST = 366 * 86_400


def seconds_of_pause(
    _context: click.Context | None, _option: click.Parameter | None, text: str | None
) -> float | None:
    """What was typed for --every, in seconds; no pause at all would be a round without end.

    >>> seconds_of_pause(None, None, "15m"), seconds_of_pause(None, None, "0.5s")
    (900.0, 0.5)
    """
    if text is None:
        return None
    found = _PAUSE.fullmatch(text)
    if not found:
        raise click.BadParameter(f"{text} is no pause; type 90s, 15m, 2h or 1d")
    seconds = float(found[1]) * _SECONDS[found[2]]
    if not 0 < seconds <= _LONGEST:
        raise click.BadParameter(f"{text} is no pause: more than nothing, at most 366d")
    return seconds
