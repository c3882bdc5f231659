"""LimitedReader: pages are read in a child process that may spend only so much on each.

Whatever a page does to its parser, it costs at most `CPU_SECONDS` and `MEMORY`, ends as
`too-costly`, and leaves the crawl and the other pages as they were.

    crawl ──task──▶ reader      a fork, replaced when a limit ends it
      ◀──reading──┘    ▲
                  supervisor    waits for the reader, tells of its end, forks the next

The crawl cannot fork readers itself: by then it has threads. Both children end with the pipe.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import struct
import traceback
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from crawl.article import Article, Rejected
from crawl.discovery.links import PageLinks
from crawl.errors import CrawlError
from crawl.fetch.page_reading import PageReading, PageTask, ReadPage, read_page

# Of one page. The dearest of 613 real ones takes under two seconds and 200 MB.
CPU_SECONDS = 20
MEMORY = 1 << 30  # bytes beyond what the process has when it starts

TOO_COSTLY = "too-costly"
_LENGTH = struct.Struct(">Q")


class LimitedReader:
    """Reads pages in a child; use it in a `with`, opened before there are threads."""

    def __init__(
        self, read: ReadPage = read_page, *, cpu_seconds: int = CPU_SECONDS, memory: int = MEMORY
    ) -> None:
        self._work, self._cpu_seconds, self._memory = read, cpu_seconds, memory
        self._count = 0

    def __enter__(self) -> Self:
        task_end, self_tasks = os.pipe()
        self_answers, answer_end = os.pipe()
        self._supervisor = os.fork()
        if self._supervisor == 0:
            os.close(self_tasks)
            os.close(self_answers)
            _supervise(self, os.fdopen(task_end, "rb"), os.fdopen(answer_end, "wb"))
        os.close(task_end)
        os.close(answer_end)
        self._tasks, self._answers = os.fdopen(self_tasks, "wb"), os.fdopen(self_answers, "rb")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._tasks.close()
        self._answers.close()
        os.waitpid(self._supervisor, 0)

    def read(self, task: PageTask) -> PageReading:
        """What `read_page` gives, or a refusal as `too-costly`."""
        self._count += 1
        about = {"number": self._count, "url": task.url, "type": task.content_type}
        _send(self._tasks, about | {"robots": task.robots_tag}, task.body)
        while True:
            received = _receive(self._answers)
            if received is None:
                raise CrawlError("the process that reads pages ended; run the same command again")
            answer = received[0]
            if "fault" in answer:
                raise RuntimeError(answer["fault"])
            if answer.get("died") or (answer["number"] == self._count and answer.get("costly")):
                return PageReading(None, Rejected(task.url, TOO_COSTLY))
            if answer["number"] == self._count:  # else of a task whose reader was thought dead
                return _reading(answer)

    def serve(self, tasks: BinaryIO, answers: BinaryIO) -> None:
        """Answer tasks until there are no more; the reader's whole life."""
        self._limit_memory()
        while (received := _receive(tasks)) is not None:
            about, body = received
            self._limit_processor()
            answer: dict[str, Any] = {"number": about["number"]}
            try:
                task = PageTask(about["url"], body, about["type"], about["robots"])
                answer |= _plain(self._work(task))
            except MemoryError:
                answer["costly"] = True
            except Exception:
                answer["fault"] = traceback.format_exc()
            _send(answers, answer)

    def _limit_memory(self) -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        sizes = Path("/proc/self/statm")
        if sizes.exists():  # elsewhere the system counts addresses in other ways, or not at all
            held = int(sizes.read_text().split()[0]) * resource.getpagesize()
            most = resource.getrlimit(resource.RLIMIT_AS)[1]
            resource.setrlimit(resource.RLIMIT_AS, (held + self._memory, most))

    def _limit_processor(self) -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + 1 + self._cpu_seconds
        most = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (soft, most))


def _supervise(reader: LimitedReader, tasks: BinaryIO, answers: BinaryIO) -> None:
    """Keep one reader alive; never returns."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which ends us
    for inherited in (0, 1):  # a pipe that we held open would hide the end of its other holder
        os.dup2(os.open(os.devnull, os.O_RDWR), inherited)
    while True:
        pid = os.fork()
        if pid == 0:
            try:
                reader.serve(tasks, answers)
            except BrokenPipeError:
                os._exit(0)
            except BaseException:
                os._exit(1)
            os._exit(0)
        if os.waitpid(pid, 0)[1] == 0:
            os._exit(0)
        try:
            _send(answers, {"died": True})
        except BrokenPipeError:
            os._exit(0)


def _send(stream: BinaryIO, about: dict[str, Any], body: bytes = b"") -> None:
    head = json.dumps(about).encode("ascii")
    stream.write(_LENGTH.pack(len(head)) + _LENGTH.pack(len(body)) + head + body)
    stream.flush()


def _receive(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """The next message; None at the end."""
    lengths = stream.read(2 * _LENGTH.size)
    if len(lengths) < 2 * _LENGTH.size:
        return None
    head, body = _LENGTH.unpack_from(lengths), _LENGTH.unpack_from(lengths, _LENGTH.size)
    return json.loads(stream.read(head[0])), stream.read(body[0])


def _plain(reading: PageReading) -> dict[str, Any]:
    return {
        "links": reading.links._asdict() if reading.links else None,
        "found": asdict(reading.found),
    }


def _reading(answer: dict[str, Any]) -> PageReading:
    links, found = answer["links"], answer["found"]
    if "reason" in found:
        outcome: Article | Rejected = Rejected(**found)
    else:
        outcome = Article(**found | {"tags": tuple(found["tags"])})
    return PageReading(PageLinks(**links) if links else None, outcome)
