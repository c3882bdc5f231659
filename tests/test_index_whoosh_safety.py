"""A damaged index is refused, never answered from; an interrupted commit leaves the last one."""

from __future__ import annotations

import json
import os
import pickle
import random
import shutil
import signal
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import FORMS, Checkpoint, CorruptIndex, Engine, EngineError, open_engine
from index.engines.whoosh.storage.array_file import ArrayFile
from index.engines.whoosh.storage.array_writer import ArrayWriter
from index.query import And, Attribute, Dates, Lead, Or, Phrase, Term
from tests.chances import cases
from tests.test_law_engines import WORDS, articles

QUERIES = (
    *(Term(f, m, word) for f in ("title", "body") for m in ("exact", "lemma") for word in WORDS),
    Or(tuple(Term("body", "lemma", word) for word in WORDS)),
    And((Term("body", "exact", "قال"), Term("body", "exact", "في"))),
    Phrase("body", "exact", (("قال",), ("في",)), slop=3),
    Phrase("title", "lemma", (("سفير",), ("روسيا",)), slop=1),
    Lead(Term("body", "exact", "خبر"), 4),
    Attribute("author", "سمير"),
    Dates("2015-07-02", "2015-08-01"),
)


def answers(engine: Engine, keys: list[str]) -> list[object]:
    """Everything an engine can be asked."""
    facets = ("source", "author", "section", "month")
    return [
        [engine.search(query, limit=100, facets=facets) for query in QUERIES],
        engine.documents(keys),
        [engine.vocabulary().beginning(form, "", 1000) for form in FORMS],
        engine.vocabulary().frequencies("lemma", ["قال", "مفقود"]),
        engine.vocabulary().keyed("readings", ["كتاب"]),
        engine.vocabulary().near("سفر", 1, 5),
        engine.vocabulary().followers("سفير", "", 5),
        engine.checkpoint(),
    ]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], list[object]]:
    """An index of two segments with a deletion, its keys, and all it answers."""
    folder = tmp_path_factory.mktemp("sound") / "index"
    documents = articles(random.Random(7), 50)
    engine = open_engine(f"whoosh:{folder}", create=True)
    engine.update(documents[:44], (), Checkpoint("archive", 44))
    engine.update(documents[44:], [documents[0].key], Checkpoint("archive", 50))
    assert engine.stats().segments == 2
    keys = [document.key for document in documents]
    return folder, keys, answers(engine, keys)


def harm(
    sound: tuple[Path, list[str], list[object]],
    tmp_path: Path,
    name: str,
    change: Callable[[bytearray], None],
) -> bool:
    """Damage one file of a copy; True when it was refused, an error when it answered wrongly."""
    folder, keys, expected = sound
    copy = tmp_path / f"copy{time.monotonic_ns()}"
    shutil.copytree(folder, copy)
    data = bytearray((copy / name).read_bytes())
    change(data)
    (copy / name).write_bytes(data)
    try:
        assert answers(open_engine(f"whoosh:{copy}"), keys) == expected
    except EngineError as error:
        return "bahith index" in str(error)
    finally:
        shutil.rmtree(copy)
    return False


def index_files(folder: Path) -> list[str]:
    """The files that hold something."""
    return sorted(path.name for path in folder.iterdir() if path.stat().st_size)


def test_a_flipped_bit_anywhere_is_refused(
    sound: tuple[Path, list[str], list[object]], tmp_path: Path
) -> None:
    """In heads, tails, tables and arrays, of every file; never a wrong answer or a crash."""
    chance = random.Random(1)
    for name in index_files(sound[0]):
        size = (sound[0] / name).stat().st_size
        edges = [*range(24), *range(size - 40, size)]
        places = {*chance.sample(edges, min(len(edges), cases(75)))}
        places |= {chance.randrange(size) for _ in range(cases(75))}
        for place in places:
            bit = 1 << chance.randrange(8)

            def flip(data: bytearray, place: int = place, bit: int = bit) -> None:
                data[place] ^= bit

            assert harm(sound, tmp_path, name, flip), (name, place)


def test_a_truncated_file_is_refused(
    sound: tuple[Path, list[str], list[object]], tmp_path: Path
) -> None:
    """Cut anywhere, or grown."""
    chance = random.Random(2)
    for name in index_files(sound[0]):
        size = (sound[0] / name).stat().st_size
        for length in [0, 1, 8, size - 1, *(chance.randrange(size) for _ in range(cases(20)))]:

            def cut(data: bytearray, length: int = length) -> None:
                del data[length:]

            assert harm(sound, tmp_path, name, cut), (name, length)
        assert harm(sound, tmp_path, name, lambda data: data.extend(b"\0")), name


def test_a_missing_segment_file_is_refused_with_its_name(
    sound: tuple[Path, list[str], list[object]], tmp_path: Path
) -> None:
    """The table of contents names it; the reader is told what to type."""
    copy = tmp_path / "index"
    shutil.copytree(sound[0], copy)
    lost = next(copy.glob("*.arrays"))
    lost.unlink()
    with pytest.raises(CorruptIndex, match=lost.name):
        open_engine(f"whoosh:{copy}")


def test_a_damaged_index_can_be_replaced(
    sound: tuple[Path, list[str], list[object]], tmp_path: Path
) -> None:
    """What the message says to type works."""
    copy = tmp_path / "index"
    shutil.copytree(sound[0], copy)
    next(copy.glob("*.toc")).write_bytes(b"nonsense")
    with pytest.raises(CorruptIndex, match="--rebuild"):
        open_engine(f"whoosh:{copy}")
    engine = open_engine(f"whoosh:{copy}", fresh=True)
    engine.update(articles(random.Random(1), 3), (), Checkpoint("archive", 3))
    assert open_engine(f"whoosh:{copy}").stats().documents == 3


WRITER = """
import random, sys
from index import Checkpoint, Document, open_engine
from tests.chances import cases
from tests.test_law_engines import articles
engine = open_engine(f"whoosh:{sys.argv[1]}", create=True)
start = engine.checkpoint().revision
for step in range(start + 1, start + 1 + int(sys.argv[2])):
    engine.update(articles(random.Random(step), 20), (), Checkpoint("archive", step))
    print(step, flush=True)
"""


def writer(folder: Path, steps: int) -> list[str]:
    """The command of a process that commits 20 documents a step."""
    return [sys.executable, "-c", WRITER, str(folder), str(steps)]


def test_a_writer_killed_at_any_moment_leaves_the_last_commit(root: Path, tmp_path: Path) -> None:
    """kill -9 at random moments: what is found is exactly some number of whole commits."""
    folder = tmp_path / "index"
    chance = random.Random(3)
    for _ in range(6):
        process = subprocess.Popen(
            writer(folder, 1000), cwd=root, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        process.stdout.readline()  # it has started to commit
        time.sleep(chance.random() * 0.3)
        process.send_signal(signal.SIGKILL)
        told = [line for line in process.stdout.read().split() if line.isdigit()]
        process.wait()
        process.stdout.close()
        engine = open_engine(f"whoosh:{folder}")
        step = engine.checkpoint().revision
        assert not told or step >= int(told[-1])
        assert engine.stats().documents == 20 * step
        keys = [one.key for n in range(1, step + 1) for one in articles(random.Random(n), 20)]
        assert None not in engine.documents(keys)
    named = {*(path.name for path in folder.glob("*.toc"))}
    assert len(named) <= 2


@pytest.mark.skipif(os.name != "posix", reason="file-size limits are POSIX")
def test_a_full_disk_leaves_the_last_commit_and_says_so(root: Path, tmp_path: Path) -> None:
    """With a small file-size limit the write fails in the middle; the index still answers."""
    folder = tmp_path / "index"
    subprocess.run(writer(folder, 1), cwd=root, check=True, capture_output=True)
    import resource

    limit = (9000, 9000)
    failed = subprocess.run(
        writer(folder, 5),
        cwd=root,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )
    assert failed.returncode == 1
    assert "Make room" in failed.stderr
    engine = open_engine(f"whoosh:{folder}")
    assert engine.checkpoint().revision >= 1
    assert engine.stats().documents == 20 * engine.checkpoint().revision
    assert engine.search(Term("body", "exact", "قال")).total
    engine.update(articles(random.Random(99), 20), (), Checkpoint("archive", 99))
    assert not [path for path in folder.iterdir() if path.suffix == ".new"]


class RunsCode:
    """A pickle that leaves a file behind when it is read."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return Path.touch, (self.mark,)


def forged(folder: Path, change: Callable[[bytes, dict[str, Any]], tuple[bytes, Any]]) -> None:
    """Replace Whoosh's table and our note in an index, under a checksum that is right."""
    path = next(folder.glob("*.toc"))
    data = path.read_bytes()
    (length,) = struct.unpack_from("<I", data, len(data) - 16)
    end = len(data) - 16
    table, note = change(data[: end - length], json.loads(data[end - length : end]))
    written = json.dumps(note).encode()
    body = table + written + struct.pack("<I", len(written))
    path.write_bytes(body + struct.pack("<I8s", zlib.crc32(body), b"bahithTC"))


def test_a_strangers_index_runs_nothing(
    sound: tuple[Path, list[str], list[object]], tmp_path: Path
) -> None:
    """Whoosh's table is a pickle; opening, searching, counting and writing never read it."""
    folder, keys, expected = sound
    copy, mark = tmp_path / "index", tmp_path / "ran"
    shutil.copytree(folder, copy)
    forged(copy, lambda table, note: (pickle.dumps(RunsCode(mark)) + table, note))
    engine = open_engine(f"whoosh:{copy}")
    assert answers(engine, keys) == expected
    engine.stats()
    engine.update((), keys[:1], Checkpoint("archive", 60))
    assert not mark.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"segments": [["MAIN_../../secret", 1, []]]},
        {"segments": [["/etc/passwd", 1, []]]},
        {"segments": [["MAIN_a", 3, [7]]]},
        {"segments": [["MAIN_a", -1, []]]},
        {"segments": [["MAIN_a", "x", []]]},
        {"segments": 5},
        {"segments": [5]},
        {"checkpoints": "x"},
        {"checkpoints": [[1, "x"]]},
        {"format": 1},
        {"format": None},
    ],
)
def test_a_note_that_claims_what_cannot_be_is_refused(
    sound: tuple[Path, list[str], list[object]], tmp_path: Path, change: dict[str, Any]
) -> None:
    """Anyone can make a checksum: what is under it is looked at before it is used."""
    copy = tmp_path / "index"
    shutil.copytree(sound[0], copy)
    forged(copy, lambda table, note: (table, note | change))
    with pytest.raises(EngineError, match="bahith index"):
        open_engine(f"whoosh:{copy}")


@pytest.mark.parametrize(
    "section", [["|O", 64, 1], ["<u8", 64, 1 << 40], ["<u2", -8, 1], ["<u2", 64, True], [1], {}]
)
def test_a_directory_that_claims_what_cannot_be_is_refused(tmp_path: Path, section: Any) -> None:
    """No objects, nothing outside the arrays' bytes."""
    path = tmp_path / "MAIN_a.arrays"
    with ArrayWriter(path) as file:
        file.add("days", np.arange(10))
    data = path.read_bytes()
    offset, length, *_ = struct.unpack("<QIIQI", data[-28:])
    directory = json.loads(data[offset : offset + length])
    directory["sections"]["days"] = section
    raw = json.dumps(directory).encode()
    tail = struct.pack("<QIIQ", offset, len(raw), zlib.crc32(raw), offset + len(raw) + 28)
    path.write_bytes(data[:offset] + raw + tail + struct.pack("<I", zlib.crc32(tail)))
    with pytest.raises(CorruptIndex, match="directory"):
        ArrayFile(path)
