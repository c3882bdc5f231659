"""Files into the archive: JSON Lines, saved pages, feeds, WARC; plain or compressed.

What a file is, its first bytes say, not its name. Every format is read into the same entries: an
article, or the reason why there is none, with its place (line, record or entry). Nothing broken
stops the rest, and a thousand entries at a time are on disk before the next are read.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

from crawl.archive.archive import Archive, Outcome
from crawl.article import Article, Rejected
from crawl.errors import CrawlError
from crawl.formats.detect import read_entries
from crawl.formats.entries import ImportEntry

PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
OTHERS = frozenset(
    {
        ".jsonl",
        ".ndjson",
        ".xml",
        ".rss",
        ".atom",
        ".json",
        ".warc",
        ".arc",
        ".wacz",
        ".gz",
        ".xz",
        ".bz2",
    }
)
MOST_NAMED = 10_000  # refusals kept with their places; the rest are counted
_BATCH = 1000


class Refused(NamedTuple):
    """A place of a file that gave no article: its line (or record), why, and which file."""

    line: int
    reason: str
    file: str


@dataclass(slots=True)
class ImportReport:
    """How many articles an import added, changed and found the same, and what it refused.

    `reasons` counts every refusal by its word, `refused` names the first `MOST_NAMED`.
    """

    added: int = 0
    changed: int = 0
    same: int = 0
    refused: list[Refused] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def articles(self) -> int:
        """All articles that were read."""
        return self.added + self.changed + self.same

    def refuse(self, place: int, reason: str, text: str, file: str) -> None:
        """Note a place of a file that gave no article."""
        self.reasons[reason] += 1
        if len(self.refused) < MOST_NAMED:
            self.refused.append(Refused(place, text, file))

    def count(self, outcome: Outcome) -> None:
        """Note what became of one article."""
        match outcome:
            case "new":
                self.added += 1
            case "changed":
                self.changed += 1
            case "same":
                self.same += 1


def import_files(
    paths: Sequence[str | Path],
    archive: Archive,
    *,
    url: str = "",
    languages: Collection[str] = ("ar",),
    progress: Callable[[ImportReport], None] = lambda _: None,
) -> ImportReport:
    """Put every article of some files or folders (`-`: standard input) into the archive.

    `url` is the address of a single saved page that does not hold its own; pages in other
    `languages` (BCP 47 codes) are refused. `progress` is called after each batch. A path that does
    not exist is a CrawlError before anything is read.
    """
    files = [file for path in paths for file in _files(path)]
    report = ImportReport()
    for file in files:
        with _opened(file) as stream:
            entries = read_entries(stream, str(file), url, languages)
            while batch := list(islice(entries, _BATCH)):
                with archive.batch():
                    _keep(batch, str(file), archive, report)
                progress(report)
    return report


def _keep(batch: Iterable[ImportEntry], file: str, archive: Archive, report: ImportReport) -> None:
    for entry in batch:
        match entry.found:
            case Article() as article:
                outcome = archive.put(article)
                if outcome == "removed":
                    report.refuse(entry.place, outcome, outcome, file)
                else:
                    report.count(outcome)
            case Rejected(reason=reason):
                report.refuse(entry.place, reason, reason, file)
            case unreadable:
                report.refuse(entry.place, unreadable.reason, unreadable.text, file)


def _files(path: str | Path) -> Iterator[str | Path]:
    if str(path) == "-":
        yield "-"
        return
    path = Path(path)
    if path.is_dir():
        wanted = PAGES | OTHERS
        yield from sorted(p for p in path.rglob("*") if p.suffix.lower() in wanted and p.is_file())
    elif path.is_file():
        yield path
    else:
        raise CrawlError(f"there is no file {path} to import; check its name")


def _opened(file: str | Path) -> BinaryIO:
    if file == "-":
        return sys.stdin.buffer
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise CrawlError(f"cannot read {file}: {error.strerror}; check its permissions") from error
