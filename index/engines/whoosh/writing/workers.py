"""Worker processes that invert documents: analysis is Python and takes most of a build's time.

Each worker is a fresh interpreter fed through pipes. (Forking would copy the threads' locks of a
web server that indexes; `multiprocessing`'s other ways run the caller's main module again, which
hurts a script that has no `__main__` guard.)
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import islice
from queue import SimpleQueue
from typing import IO, Any

from index.analysis.batch import Wordbook
from index.document import Document
from index.engines.whoosh.writing.inverter import MemorySegment, invert
from index.errors import EngineError

# Documents inverted at a time: the more, the fewer words are sorted and merged again and again.
# Their texts, words and posting lists are what a worker holds besides the words it remembers.
CHUNK = 750
# Fewer documents than this are done sooner than a worker has started.
WORTH_IT = 3_000


def inverted(
    documents: Iterable[Document], zdict: bytes, processes: int
) -> Iterator[tuple[Sequence[Document], MemorySegment]]:
    """Segments of the documents in their order, each with its documents."""
    stream = iter(documents)
    first = list(islice(stream, WORTH_IT if processes > 1 else 0))
    if processes < 2 or len(first) < WORTH_IT:
        words = Wordbook()
        for chunk in _chunks(first, stream):
            yield chunk, invert(chunk, zdict, words)
        return
    with _workers(processes) as idle, ThreadPoolExecutor(processes) as threads:
        waiting: list[tuple[Sequence[Document], Future[MemorySegment]]] = []
        for chunk in _chunks(first, stream):
            waiting.append((chunk, threads.submit(_inverted_by, idle, chunk, zdict)))
            if len(waiting) > processes + 1:
                done, future = waiting.pop(0)
                yield done, future.result()
        for done, future in waiting:
            yield done, future.result()


def available() -> int:
    """How many processes may run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _chunks(first: list[Document], rest: Iterator[Document]) -> Iterator[list[Document]]:
    while first:
        chunk, first[:CHUNK] = first[:CHUNK], ()  # none is held until the last is done
        yield chunk
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


@contextmanager
def _workers(count: int) -> Iterator[SimpleQueue[subprocess.Popen[bytes]]]:
    """Workers that are ready, as a queue to take one from and put it back."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-P", "-m", "index.engines.whoosh.writing.workers"]
    running = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        for _ in range(count)
    ]
    idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
    for worker in running:
        idle.put(worker)
    try:
        yield idle
    finally:
        for worker in running:
            _end(worker)


def _inverted_by(
    idle: SimpleQueue[subprocess.Popen[bytes]], documents: Sequence[Document], zdict: bytes
) -> MemorySegment:
    worker = idle.get()
    assert worker.stdin is not None
    assert worker.stdout is not None
    try:
        pickle.dump((documents, zdict), worker.stdin, protocol=5)
        worker.stdin.flush()
        segment: MemorySegment = pickle.load(worker.stdout)  # nosec B301
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        raise EngineError(
            "a process that analyses articles ended before its work was done (out of memory?)."
            " Type the same command again to go on where the last commit ended."
        ) from error
    finally:
        idle.put(worker)
    return segment


def _end(worker: subprocess.Popen[bytes]) -> None:
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdout.close()
    with suppress(BrokenPipeError):
        worker.stdin.close()
    try:
        worker.wait(timeout=5)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def _serve(source: IO[bytes], target: IO[bytes]) -> None:
    """A worker's life: documents in, a segment out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is its parent's to answer
    words = Wordbook()
    while True:
        try:
            documents, zdict = pickle.load(source)  # nosec B301
        except EOFError:
            return
        segment: Any = invert(documents, zdict, words)
        del documents
        pickle.dump(segment, target, protocol=5)
        del segment  # nothing is held while waiting for more
        target.flush()


if __name__ == "__main__":
    _serve(sys.stdin.buffer, sys.stdout.buffer)
    os._exit(0)  # taking 400,000 remembered words apart one by one would make the commit wait
