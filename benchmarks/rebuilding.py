"""Rebuilding under load: not one request fails while an index is made anew beside its server.

    python -m benchmarks.rebuilding                    2,000 articles, three rebuilds, four readers
    python -m benchmarks.rebuilding --articles 20000 --rebuilds 5 --readers 8

A server of `bahith serve` answers readers who ask without pause, each connection kept; beside it
`bahith index --rebuild` runs again and again, and more articles are pushed into the archive between
two of them, so that each index is another. Every answer must be 200, whole, and hold at least what
the index before the present one did. Printed: requests, failures, the slowest answer. Where wrk is
installed it asks as well, by as many connections, and tells its own requests and failures.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from crawl import Archive, Article
from tests.newsroom import served
from web import create_app

WORDS = ("السفير", "الروسي", "ميناء", "وزير", "سوق", "القمح", "مباراة", "الفريق", "مطر", "جسر")
ASKED = ("/api/search?q=" + quote("السوق"), "/search?q=" + quote("وزير"), "/api/suggest?q=السف")
MORE = 50  # articles that come before each rebuild


class Readers:
    """Connections that ask without pause, and what they were answered."""

    def __init__(self, place: str, count: int) -> None:
        self.answers: Counter[int] = Counter()
        self.failures: list[str] = []
        self.slowest = 0.0
        self.least = 0
        self._place, self._over = place, threading.Event()
        self._threads = [threading.Thread(target=self._read) for _ in range(count)]

    def __enter__(self) -> Readers:
        for one in self._threads:
            one.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        for one in self._threads:
            one.join()

    def _read(self) -> None:
        connection = http.client.HTTPConnection(self._place, timeout=60)
        number = 0
        while not self._over.is_set():
            number += 1
            self._ask(connection, quote(ASKED[number % len(ASKED)], safe="/?=&%"))
        connection.close()

    def _ask(self, connection: http.client.HTTPConnection, address: str) -> None:
        least, began = self.least, time.monotonic()
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.failures.append(f"{address}: {error!r}")
            connection.close()
            return
        self.answers[answer.status] += 1
        self.slowest = max(self.slowest, time.monotonic() - began)
        if answer.status != 200:
            self.failures.append(f"{address}: {answer.status}")
        elif address.startswith("/api/search") and json.loads(body)["total"] < least:
            self.failures.append(f"{address}: fewer than before")


@contextmanager
def wrk(address: str, connections: int) -> Iterator[dict[str, int]]:
    """Let wrk ask beside, where it is installed; its counts when it has ended."""
    counts: dict[str, int] = {}
    if not shutil.which("wrk"):
        yield counts
        return
    told = ["-t1", f"-c{connections}", "-d1h", "--timeout", "60s", address + ASKED[0]]
    with subprocess.Popen(["wrk", *told], stdout=subprocess.PIPE, text=True) as running:
        yield counts
        running.send_signal(signal.SIGINT)
        printed = running.communicate()[0]
    failed = re.findall(r"(?:connect|read|write|timeout|responses:) (\d+)", printed)
    counts["requests"] = int(re.findall(r"(\d+) requests in", printed)[0])
    counts["failures"] = sum(map(int, failed))


def article(number: int) -> Article:
    """One of many articles, all of which answer the question about markets."""
    chosen = [WORDS[number * step % len(WORDS)] for step in range(1, 60)]
    day = f"2015-{1 + number % 12:02}-{1 + number % 28:02}"
    body = " ".join(["السوق", *chosen, str(number)])
    return Article(f"https://a.example/{number}", f"خبر {number}", body, date=day)


def put(archive: Path, first: int, count: int) -> None:
    """Put some articles into an archive."""
    with Archive(archive) as opened, opened.batch():
        for number in range(first, first + count):
            opened.put(article(number))


def typed(*words: str) -> None:
    """Run a command of bahith to its end."""
    subprocess.run([sys.executable, "-m", "bahith", *words], check=True, stdout=subprocess.DEVNULL)


def measured(articles: int, rebuilds: int, readers: int) -> dict[str, Any]:
    """Rebuild under load, and what the readers were answered."""
    with tempfile.TemporaryDirectory() as folder:
        archive, index = Path(folder) / "articles.db", f"whoosh:{folder}/index"
        places = ("--archive", str(archive), "--index", index)
        put(archive, 0, articles)
        typed("index", *places)
        took = []
        with (
            served(create_app(index, archive)) as address,
            Readers(address.removeprefix("http://"), readers) as asking,
            wrk(address, readers) as beside,
        ):
            for number in range(rebuilds):
                put(archive, articles + number * MORE, MORE)
                asking.least = articles + max(0, number - 1) * MORE
                began = time.monotonic()
                typed("index", "--rebuild", *places)
                took.append(round(time.monotonic() - began, 1))
            time.sleep(1)
        return {
            "requests": asking.answers.total(),
            "statuses": dict(asking.answers),
            "failures": len(asking.failures),
            "first_failures": asking.failures[:5],
            "slowest_s": round(asking.slowest, 2),
            "rebuilds_s": took,
            "wrk": beside,
        }


def main() -> None:
    """Print what was found; exit code 1 where a request failed."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--articles", type=int, default=2000)
    given.add_argument("--rebuilds", type=int, default=3)
    given.add_argument("--readers", type=int, default=4)
    chosen = given.parse_args()
    found = measured(chosen.articles, chosen.rebuilds, chosen.readers)
    print(json.dumps(found, ensure_ascii=False))
    sys.exit(1 if found["failures"] or found["wrk"].get("failures") else 0)


if __name__ == "__main__":
    main()
