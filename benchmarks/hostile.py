"""Hostile input: the worst that one request and one page cost, over many random ones.

    python -m benchmarks.hostile                        10,000 requests, 10,000 pages (half an hour)
    python -m benchmarks.hostile --requests 200 --pages 200 --articles 500
    python -m benchmarks.hostile --only page:17         one of them again

Requests go through the whole application over an index of real articles, sockets apart; pages
through all that a crawl reads of one. Each is made from its number alone, so that the worst can be
made again. Processor seconds are this process's own; memory is what its peak rose by meanwhile.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from flask.testing import FlaskClient

from benchmarks.workload import build, news
from crawl import Rejected
from crawl.fetch.page_reading import PageTask, read_page
from web import create_app

PATHS = (
    *("/", "/search", "/search", "/search", "/api/search", "/api/suggest", "/feed", "/feed.json"),
    *("/search.csv", "/search.bib", "/article/0", "/embed.js", "/opensearch.xml", "/api/stats"),
)
NAMES = (
    *("q", "q", "q", "page", "source", "author", "section", "site", "language", "tags", "since"),
    *("until", "sort", "lang", "limit", "recency", "literal", "all_words", "month", "digits"),
)
WORDS = (
    *("السفير", "الروسي", "وزير", "الجزائر", "في", "من", "على", "قال", "محمد", "كتب", "مدرسة"),
    *("hgstdv", "alsafir", "COVID-19", "٢٠١٥", "رمضان", "1436", "اليوم", "الأسبوع الماضي"),
    *("OR", "AND", "NOT", "او", "ليس", "قرب/5", "عنوان:", "مصدر:", "site:", "date:2015"),
    *("=سفير", "سف*", "ا*", "سفير~2", "وزير~1", "^3", "«السفير", "الروسي»", '"في من على"'),
)
SIGNS = "\"«»()[]:*~^?=-+|&!٫،؛/\\'`‘’…<>%\x00\u200f\u202e\ufffd"
# Bytes of an address line; the server refuses more than 65,536 with its headers.
MOST_LINE = 60_000

LONGEST_PAGE = 1_000_000
OPENING = "<html dir=rtl><head><title>عنوان الخبر في الصحيفة</title></head><body>"


def letters(dice: random.Random) -> str:
    """A value somebody types, or a program: words, signs, one thing a thousand times."""
    match dice.randrange(8):
        case 0:
            piece = dice.choice((*WORDS, *SIGNS, "a", "لا", "ء", "السفير ", "a ", "(", '"في ', "-"))
            return str(piece) * (1 << dice.randrange(12))
        case 1:
            return "".join(chr(dice.randrange(1, 0x3000)) for _ in range(1 << dice.randrange(10)))
        case 2:
            return "".join(dice.choices("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", k=1 << dice.randrange(11)))
        case 3:
            return "".join(dice.choices("abcdefghijklmnopqrstuvwxyz'37", k=1 << dice.randrange(11)))
        case _:
            some = dice.choices((*WORDS, *SIGNS), k=1 << dice.randrange(8))
            return dice.choice((" ", " ", "")).join(some)


def address(dice: random.Random) -> str:
    """A path and its parameters."""
    count = 1 << dice.randrange(9) if dice.random() < 0.1 else dice.randrange(4)
    asked = [(dice.choice(NAMES), letters(dice)) for _ in range(count)]
    if dice.random() < 0.1:  # one name again and again
        asked = [(asked[0][0] if asked else "source", f"{v}{n}") for n, (_, v) in enumerate(asked)]
    line = "&".join(f"{name}={quote(value, errors='replace')}" for name, value in asked)
    most = MOST_LINE if dice.random() < 0.1 else 4_000
    return f"{dice.choice(PATHS)}?{line}"[:most]


def hundred(dice: random.Random) -> str:
    """Something of which a page may be full."""
    tag = dice.choice(("div", "span", "p", "li", "td", "a", "b", "h1", "time", "section", "svg"))
    words = " ".join(dice.choices(WORDS, k=dice.randrange(1, 12)))
    return dice.choice(
        (
            f"<{tag}>",
            f"<{tag} class=share>{words}",
            f"</{tag}>{words}",
            f"<{tag}>{words}</{tag}>",
            f"<p>{words}. {words}.</p>",
            "<p>25 نوفمبر 2026</p>",
            "25 نوفمبر 2026 ",
            f"<meta property=article:published_time content='{words}'>",
            f"<a href='/{dice.randrange(99)}?{dice.choice(SIGNS)}'>{words}</a>",
            '<script type="application/ld+json">{"@graph":[[[{"articleBody":"' + words + '"',
            "[[[[{",
            f"<img src=a><small>{words}</small><br>",
            f"<h1>{words}</h1>",
            " ".join(f"a{number}=1" for number in range(20)) + " ",
            f"<{tag} ",
            "<!--",
            "&#x200f;&amp;&amp",
            f"كتب: {words}<br>",
            f"<table><tr><td>{words}",
            f'<script>window.__DATA__={{"body":"{words}</script>',
        )
    )


def page(dice: random.Random) -> bytes:
    """A page: a few things, each up to many thousand times, in some encoding or none."""
    most = LONGEST_PAGE if dice.random() < 0.02 else 100_000
    wanted = int(200 * (most / 200) ** (dice.random() ** 1.5))
    parts = [OPENING] if dice.random() < 0.8 else []
    length = 0
    while length < wanted:
        piece = "".join(hundred(dice) for _ in range(dice.randrange(1, 4)))
        times = min(1 + (wanted - length) // len(piece), 1 << 2 * dice.randrange(9))
        parts.append(piece * times)
        length += len(piece) * times
    made = "".join(parts).encode(dice.choice(("utf-8", "utf-8", "cp1256", "utf-16")), "replace")
    if dice.random() < 0.1:
        broken = bytearray(made)
        for _ in range(100):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        made = bytes(broken)
    return made


class Cost(NamedTuple):
    """What one input cost: processor seconds, bytes of memory, and what became of it."""

    seconds: float
    memory: int
    outcome: str
    size: int


def status(name: str) -> int:
    """A size in bytes that the system tells of this process."""
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) << 10


def cost(do: Callable[[], str], size: int) -> Cost:
    """What doing something costs."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before = status("VmRSS")
    began = time.process_time()
    outcome = do()
    seconds = time.process_time() - began
    return Cost(seconds, max(0, status("VmHWM") - before), outcome, size)


def ask(client: FlaskClient, number: int) -> Cost:
    """The cost of the request of a number."""
    line = address(random.Random(f"request {number}"))

    def do() -> str:
        answer = client.get(line)
        return f"{answer.status_code} {len(answer.data)}"

    return cost(do, len(line))


def read(number: int) -> Cost:
    """The cost of the page of a number."""
    body = page(random.Random(f"page {number}"))

    def do() -> str:
        found = read_page(PageTask("https://barid.example/news/1.html", body)).found
        return found.reason if isinstance(found, Rejected) else "article"

    return cost(do, len(body))


def told(costs: Iterator[Cost], what: str) -> list[Cost]:
    """All of them; the table so far goes to standard error."""
    so_far = []
    for number, one in enumerate(costs, 1):
        so_far.append(one)
        if not number % 500:
            print(row(what, so_far), outcomes(so_far), file=sys.stderr, flush=True)
    return so_far


def row(what: str, costs: Sequence[Cost]) -> str:
    """A line of the table."""
    seconds = sorted(one.seconds for one in costs)
    slowest = max(range(len(costs)), key=lambda number: costs[number].seconds)
    largest = max(range(len(costs)), key=lambda number: costs[number].memory)
    cells = (
        f"{len(costs):,}",
        f"{seconds[len(seconds) // 2]:.3f}",
        f"{seconds[int(len(seconds) * 0.99)]:.2f}",
        f"{seconds[-1]:.2f} ({what}:{slowest}, {costs[slowest].size:,} bytes)",
        f"{costs[largest].memory / 1e6:.0f} MB ({what}:{largest}, {costs[largest].size:,} bytes)",
    )
    return f"| one {what} | " + " | ".join(cells) + " |"


def outcomes(costs: Sequence[Cost]) -> str:
    """How many of each status, or of each verdict on a page."""
    counts = Counter(one.outcome.split()[0] for one in costs).most_common()
    return ", ".join(f"{count:,} {outcome}" for outcome, count in counts)


def main() -> int:
    """Print the table; 1 when an answer was a fault of ours."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--articles", type=int, help="of the index; all real ones by default")
    parser.add_argument("--only", default="", help="request:N or page:N")
    asked = parser.parse_args()
    kind, _, number = asked.only.partition(":")
    if kind == "page":
        print(read(int(number)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder) / "index", news(asked.articles), 1).close()
        client = create_app(f"whoosh:{folder}/index", Path(folder) / "none.db").test_client()
        client.get("/search?q=السفير الروسي")  # the lexicon is loaded once a process
        if kind == "request":
            print(address(random.Random(f"request {number}"))[:2000], ask(client, int(number)))
            return 0
        requests = told((ask(client, n) for n in range(asked.requests)), "request")
    pages = told((read(n) for n in range(asked.pages)), "page")
    print("| | inputs | median s | 99 % s | worst s | most memory |\n|---|---|---|---|---|---|")
    for what, costs in (("request", requests), ("page", pages)):
        if costs:
            print(row(what, costs))
    for what, costs in (("requests", requests), ("pages", pages)):
        print(f"\n{what}: {outcomes(costs)}")
    return int(any(one.outcome.startswith("5") for one in requests))


if __name__ == "__main__":
    sys.exit(main())
