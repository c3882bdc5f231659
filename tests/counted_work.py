"""Work counted in calls, and memory bounded by the system: claims that no busy machine bends."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def calls_of(work: Callable[[], object]) -> int:
    """How many functions, of Python and of C, a piece of work calls."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def run_in_memory(code: str, megabytes: int) -> str:
    """What a Python program prints that may not take more memory than this (RLIMIT_AS)."""
    limit = f"import resource\nresource.setrlimit(resource.RLIMIT_AS, ({megabytes} << 20,) * 2)\n"
    done = subprocess.run(
        [sys.executable, "-c", limit + code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
