"""What processes hold and spend: a builder with its children, a cluster's server."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

# Seconds between two looks at the memory of the processes.
LOOK = 0.5


class Memory(NamedTuple):
    """Kilobytes that are held, what processes share counted once; `own` is no copy of a file."""

    held: int
    own: int


class MostMemory(threading.Thread):
    """Watches what a process and its children hold together."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._most = Memory(0, 0)
        self._ended = threading.Event()
        self.start()

    def run(self) -> None:
        while not self._ended.wait(LOOK):
            now = held_by(family(self._pid))
            self._most = Memory(*map(max, self._most, now))

    def stop(self) -> str:
        """The most of each, in words."""
        self._ended.set()
        self.join()
        held, own = (kilobytes / 1000 for kilobytes in self._most)
        return f"{held:.0f} MB in all processes ({own:.0f} without mapped files)"


def family(pid: int) -> list[int]:
    """A process with its children and theirs."""
    found = [pid]
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += family(int(child))
    return found


def held_by(pids: list[int]) -> Memory:
    """What some processes hold together (proportional set size)."""
    sums = {"Pss:": 0, "Pss_Anon:": 0}
    for pid in pids:
        with suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                name, value, *_ = line.split()
                if name in sums:
                    sums[name] += int(value)
    return Memory(*sums.values())
