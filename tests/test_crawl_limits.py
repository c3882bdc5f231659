"""A page costs at most so much: what asks for more is refused, and the others are unharmed."""

from __future__ import annotations

import os
import signal
import zlib

import pytest

from crawl import Article, Rejected
from crawl.discovery.links import PageLinks
from crawl.fetch.limited_reader import LimitedReader
from crawl.fetch.page_reading import PageReading, PageTask, read_page
from crawl.text.decompression import MOST_CODINGS, BadEncoding, unpack
from tests.hostile_server import article

URL = "https://paper.example/1"
COSTLY = PageReading(None, Rejected(URL, "too-costly"))


def dear(task: PageTask) -> PageReading:
    """A parser with faults: some pages take for ever, some all memory, some end it."""
    match task.body:
        case b"processor":
            while True:
                pass
        case b"memory":
            bytearray(8 << 30)
        case b"killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"fault":
            raise ValueError("a fault of our own")
    return PageReading(PageLinks([task.url], [], False, False), Article("u", task.robots_tag, "ن"))


def test_a_costly_page_is_refused_and_the_next_one_read() -> None:
    """Processor time, memory, a crash of the parser: each costs its own page."""
    with LimitedReader(dear, cpu_seconds=1, memory=1 << 28) as reader:
        for body in (b"memory", b"good", b"processor", b"killed", b"killed", b"good"):
            reading = reader.read(PageTask(URL, body, "", "خبر \udfff"))
            if body == b"good":
                assert reading.found == Article("u", "خبر \udfff", "ن")
                assert reading.links == PageLinks([URL], [], False, False)
            else:
                assert reading == COSTLY


def test_a_fault_of_our_own_is_told_as_one() -> None:
    """It is no property of the page, and ends no reader."""
    with LimitedReader(dear) as reader:
        with pytest.raises(RuntimeError, match="a fault of our own"):
            reader.read(PageTask(URL, b"fault"))
        assert reader.read(PageTask(URL, b"good")).links is not None


def test_a_page_read_in_a_child_is_the_same_page() -> None:
    """Links, wishes, article and refusal come back as they were."""
    bodies = [article("a", links=("/2", "/3")).body, b"", b"%PDF-1.4", "<p>قصير</p>".encode()]
    with LimitedReader() as reader:
        for body in bodies:
            task = PageTask(URL, body, "text/html", "")
            assert reader.read(task) == read_page(task)


def test_no_process_is_left_behind() -> None:
    """The reader and its supervisor end with the crawl, in order or not."""
    with LimitedReader(dear) as reader:
        reader.read(PageTask(URL, b"good"))
        children = [reader._supervisor]
    for pid in children:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_packings_of_packings_are_bounded() -> None:
    """A header may name a coding as often as it likes; a body is unpacked a few times only."""
    body = b"<html>"
    for _ in range(MOST_CODINGS):
        body = zlib.compress(body)
    assert unpack(body, ",".join(["deflate"] * MOST_CODINGS), 1000) == b"<html>"
    with pytest.raises(BadEncoding, match="bomb"):
        unpack(body, "deflate," * 10_000, 1000)
