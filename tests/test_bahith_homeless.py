"""A user without a home directory, as a container's number is, works as any other does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOMELESS = """
import os, pwd
def unknown(_number):
    raise KeyError("no such user")
pwd.getpwuid = unknown
for name in ("HOME", "XDG_CACHE_HOME", "USER", "LOGNAME"):
    os.environ.pop(name, None)
import bahith
bahith.main()
"""
ROW = b'{"url": "https://a.example/1", "title": "\xd8\xae\xd8\xa8\xd8\xb1"}'


def test_a_user_without_a_home_imports_indexes_and_searches(tmp_path: Path) -> None:
    """Nothing asks where that would be."""
    for words, told in (
        (["import", "-"], b""),
        (["index"], b""),
        (["search", "خبر"], b"a.example"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", HOMELESS, *words],
            cwd=tmp_path,
            input=ROW,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        assert told in done.stdout
