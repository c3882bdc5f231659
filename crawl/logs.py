"""Logging: what a command tells beside its results, on standard error, in plain lines or JSON.

    [log]
    level = "verbose"      quiet, normal, verbose or debug; BAHITH_LOG_LEVEL, --quiet, --verbose
    format = "json"        plain or json; BAHITH_LOG_FORMAT

`tell` is for progress, which `quiet` silences; `complain` for what went wrong, which nothing does.
Other loggers, ours and our libraries', are as loud as the level. A process that never asks for more
than sentences and results never loads this.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime

from crawl.configuration import DEFAULT, in_force, setting
from crawl.errors import CrawlError
from crawl.settings_file import unknown

FORMATS = ("plain", "json")
LEVELS = ("quiet", "normal", "verbose", "debug")
_LOUD = {"verbose": logging.INFO, "debug": logging.DEBUG}
# What a connection calls itself in its server's complaints: <… connected 192.0.2.7:50000 at 0x7f>.
_READER = re.compile(r"(?<= connected ).{1,200}?(?= at 0x)")


class PlainFormatter(logging.Formatter):
    """Sentences as they are, other loggers' lines as Flask has them."""

    def __init__(self) -> None:
        super().__init__("[%(asctime)s] %(levelname)s in %(module)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """One record, without a reader's address."""
        own = record.name.split(".")[0] == "bahith"
        return _READER.sub("…", record.getMessage() if own else super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and the trace where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """One record, without a reader's address."""
        row = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _READER.sub("…", record.getMessage()),
        }
        if record.exc_info:
            row["trace"] = _READER.sub("…", self.formatException(record.exc_info))
        return json.dumps(row, ensure_ascii=False)


class StandardError(logging.Handler):
    """Writes to what is standard error now, in one piece a line."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; one that cannot be written is let go."""
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except (OSError, ValueError):
            self.handleError(record)


HANDLER = StandardError()
HANDLER.setFormatter(PlainFormatter())
# With a level of its own, for some libraries (Scrapy) set the levels of their loggers.
_LIBRARIES = StandardError()
_complaints = logging.getLogger("bahith")
_complaints.propagate = False
_complaints.addHandler(HANDLER)
_progress = logging.getLogger("bahith.progress")
_progress.setLevel(logging.INFO)


def configure_logs(usual: int = logging.WARNING) -> None:
    """Take format and level from the settings; `usual` is the level of all others where normal.

    Raises `CrawlError` for a format or level that is none.
    """
    chosen = _chosen("BAHITH_LOG_FORMAT", FORMATS)
    level = _chosen("BAHITH_LOG_LEVEL", LEVELS)
    for one in (HANDLER, _LIBRARIES):
        one.setFormatter(JsonFormatter() if chosen == "json" else PlainFormatter())
    _LIBRARIES.setLevel(_LOUD.get(level, usual))
    logging.captureWarnings(capture=True)
    logging.getLogger().addHandler(_LIBRARIES)
    logging.getLogger().setLevel(_LOUD.get(level, usual))
    _progress.setLevel(logging.ERROR if level == "quiet" else logging.INFO)


def tell(text: str) -> None:
    """Say how far something is, unless the settings want quiet."""
    _progress.info("%s", text)


def complain(text: str) -> None:
    """Say what went wrong."""
    _complaints.error("%s", text)


def stamped(text: str) -> str:
    """A line of a log on standard output: the time and the text, or one JSON object of both."""
    if isinstance(HANDLER.formatter, JsonFormatter):
        made = {"name": "bahith", "levelno": logging.INFO, "levelname": "INFO", "msg": text}
        return HANDLER.format(logging.makeLogRecord(made))
    return f"{datetime.now(UTC).isoformat(timespec='seconds')} {text}"


def tell_settings() -> None:
    """Say which settings are not the usual ones, and where each comes from, to who wants more."""
    for one in in_force():
        if one.origin != DEFAULT:
            logging.getLogger(__name__).info("%s is %s (%s)", *one)


def shows_bar() -> bool:
    """Whether progress is a bar here: on a terminal, where neither quiet nor JSON is wanted."""
    plain = isinstance(HANDLER.formatter, PlainFormatter)
    return plain and _progress.isEnabledFor(logging.INFO) and sys.stderr.isatty()


def _chosen(variable: str, known: tuple[str, ...]) -> str:
    said = setting(variable)
    if said not in known:
        raise CrawlError(unknown(f"{variable}: {said!r} is none", said, known))
    return said
