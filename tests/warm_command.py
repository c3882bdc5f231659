"""`bahith` as a user types it, in a process forked from one that has its imports done.

A process of its own for each of a hundred commands would spend half of the suite's time on imports.
A fork is the same in every other respect: its own folder, environment, streams and exit code.
That they start from nothing as well is tested in `test_docs.py` and `test_web_server.py`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.warm_worker import FORKS


def bahith(
    *arguments: str,
    folder: Path | None = None,
    given: str | bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run one command, in a folder, with what stands on its standard input.

    `environment` is added to that of the tests.
    """
    with tempfile.TemporaryDirectory() as place:
        streams = [Path(place, name) for name in ("in", "out", "err")]
        streams[0].write_bytes(given.encode() if isinstance(given, str) else given)
        told = {**os.environ, **(environment or {})}
        process = FORKS.Process(target=_run, args=(arguments, folder or Path.cwd(), told, streams))
        process.start()
        process.join(120)
        assert process.exitcode is not None, f"{arguments} did not end"
        out, err = (path.read_bytes() for path in streams[1:])
    assert b"Traceback" not in err, err.decode()
    return subprocess.CompletedProcess(arguments, process.exitcode, out, err)


def _run(
    arguments: tuple[str, ...], folder: Path, environment: dict[str, str], streams: list[Path]
) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, (path, flags) in enumerate(
        zip(streams, (os.O_RDONLY, *[os.O_WRONLY | os.O_CREAT] * 2), strict=True)
    ):
        opened = os.open(path, flags)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    sys.argv = ["bahith", *arguments]
    from bahith import main

    main()
