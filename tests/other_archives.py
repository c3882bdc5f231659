"""Archive files as this bahith does not write them: older, newer, another program's.

The one place where tests write SQL into an archive: whatever this bahith has, they put there as its
users do (`tests/test_law_structure.py`).
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

# What makes a file of each kind of one of the present format.
MADE_BY = {
    "format 2": "drop table stories; create table signatures (key text);"
    " create table copies (key text); insert into meta values ('signed', 2);"
    " pragma user_version = 2",
    "no tombstones": "drop table tombstones; drop table redactions",
    "a newer bahith": "pragma user_version = 99",
    "another program": "create table theirs (a)",
}


def make_of(kind: str, path: Path) -> None:
    """Turn an archive, or nothing, into a file of a kind."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript(MADE_BY[kind])
