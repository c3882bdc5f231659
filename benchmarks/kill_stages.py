"""What `benchmarks.kills` ends: an archive, an index, and the stages that fill and serve them."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from crawl import Archive, key_of, update_stories
from crawl.formats.importer import ImportReport, import_files
from index import build, open_engine, rebuild
from tests.hostile_server import WORDS
from web import create_app
from web.serving.server import listening, run

# Articles that each round adds; kept in batches of `BATCH`.
ROWS = 40
BATCH = 8


class Room:
    """An archive, an index, a file to import for each round, and what must be held by now."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.archive = folder / "articles.db"
        self.index = f"whoosh:{folder / 'index'}"
        self.wanted: set[str] = set()
        self.stories: dict[str, list[str]] = {}
        """The copies that have been found, under the earliest of each."""
        self.coming: dict[str, list[str]] = {}
        """Those that are found next."""

    def rows(self, number: int) -> Path:
        """The file of a round: each second article is a copy of the one before, a word shorter."""
        dice = random.Random(number)
        words = WORDS.split()
        path = self.folder / f"{number}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            day = date(2020, 1, 1) + timedelta(days=10 * number)
            first, body = "", ""
            for row in range(ROWS):
                url = f"https://kills.example/{number}/{row}"
                title = " ".join(dice.choices(words, k=6))
                if row % 2:
                    self.coming[key_of(first)] = [key_of(url)]
                    body = body.rpartition(" ")[0]
                else:
                    first, body = url, " ".join(dice.choices(words, k=120))
                article = {"url": url, "title": title, "body": body, "date": day.isoformat()}
                file.write(json.dumps(article) + "\n")
        return path


def importing(room: Room, file: Path, told: Any) -> None:
    """Import a file; tell how many articles are kept."""

    def progress(report: ImportReport) -> None:
        told.value = report.articles

    with mock.patch("crawl.formats.importer._BATCH", BATCH), Archive(room.archive) as archive:
        import_files([file], archive, progress=progress)


def finding_copies(room: Room, _told: Any) -> None:
    """Find which articles are copies of one another."""
    with Archive(room.archive) as archive:
        update_stories(archive)


def indexing(room: Room, told: Any) -> None:
    """Bring the index up to date; tell the last revision that is committed."""
    with Archive(room.archive) as archive:
        engine = open_engine(room.index, create=True)
        build(archive, engine, batch=BATCH, progress=lambda *_: _tell(engine, told))
        _tell(engine, told)


def _tell(engine: Any, told: Any) -> None:
    told.value = engine.checkpoint().revision


def rebuilding(room: Room, _told: Any) -> None:
    """Make the index anew beside itself."""
    with Archive(room.archive) as archive:
        rebuild(archive, open_engine(room.index, create=True, fresh=True))


def serving(room: Room, port: int, _told: Any) -> None:
    """Serve until killed."""
    app = create_app(room.index, room.archive)
    with listening(app, "127.0.0.1", port) as server:
        run(server, "127.0.0.1")
