"""What can be wrong with an index, said so that the reader knows what to type next.

EngineError                 the root: catch this one
├── NoIndex                 nothing there yet
├── ForeignIndex            something else stands there, or another version's format
├── OutdatedAnalysis        built by other rules of Arabic than the ones installed
├── CorruptIndex            a file is damaged; names the file
├── ReadOnly                a part of an index was to be written
└── Unreachable             the engine's server or library is not there
"""

from __future__ import annotations


class EngineError(Exception):
    """The root of this package's exceptions; its message says what to do."""


class NoIndex(EngineError):
    """There is no index at the given place."""


class ForeignIndex(EngineError):
    """What stands at the given place was not made by bahith, or by another format version."""


class OutdatedAnalysis(EngineError):
    """The index was built by another analysis than the installed one; it must be rebuilt."""


class CorruptIndex(EngineError):
    """A file of the index is damaged; the message names it and the command to rebuild."""


class ReadOnly(EngineError):
    """A view of some documents of an index was to be written."""

    def __init__(self) -> None:
        super().__init__("a part of an index is for reading alone; write to the whole index.")


class Unreachable(EngineError):
    """The engine cannot be reached: its server is down or its library is not installed."""
