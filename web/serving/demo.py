"""The whole way, once: the bundled newspapers on loopback, crawled, indexed, searched."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

from crawl import Archive, CrawlOptions, crawl_sites, tell
from crawl.sample.server import FIRST, OUTLETS, SITE, serve_sample
from index import build, open_engine
from searcher import Hit, Searcher
from web.errors import WebError
from web.locale.locale import DEFAULT

FOLDER = Path("data/demo")
# A plural that no article of the answer needs to hold: it finds «السفير» too.
FIRST_QUERY = "سفراء"
FIRST_HITS = 3
EDITED = "local/water-outage.html"


class DemoPaths(NamedTuple):
    """Where a demo keeps its data."""

    archive: Path
    index_url: str


@contextmanager
def newspaper(place: DemoPaths) -> Iterator[None]:
    """Crawl and index the sample; its three newspapers answer as long as the block runs.

    One page is edited between two visits, so that there is a version to see.
    """
    clear(place)
    with ExitStack() as papers:
        others = [papers.enter_context(serve_sample(folders=(one,))) for one in OUTLETS]
        with Archive(place.archive) as archive:
            base = crawl_both_editions(archive, others)
            papers.enter_context(serve_sample(port_of(base)))
            engine = open_engine(place.index_url, create=True)
            built = build(archive, engine)
            engine.close()
            say(f"indexed into {place.index_url}: {built.documents} articles")
        yield


def crawl_both_editions(archive: Archive, others: Sequence[str]) -> str:
    """Crawl the newspapers, then what was edited in the first of them; its address."""
    # Every other crawl keeps off loopback, and a delay is for other people's servers.
    options = CrawlOptions(delay=0, allow_private=True)
    with serve_sample(folders=(FIRST, SITE)) as base:
        say(f"the sample newspapers are at {base}/ {' '.join(f'{one}/' for one in others)}")
        starts = [f"{one}/" for one in (base, *others)]
        report = crawl_sites(starts, archive, options=options)
    say(f"crawled {report.pages} pages: {report.new} articles")
    again = replace(options, refetch=True, max_pages=1)
    with serve_sample(port_of(base)):
        edited = crawl_sites([f"{base}/{EDITED}"], archive, options=again)
    say(f"crawled one of them again: {edited.changed} changed")
    return base


def port_of(base: str) -> int:
    """The port of a sample newspaper's address."""
    return int(base.rpartition(":")[2])


def demo_paths() -> DemoPaths:
    """`data/demo` here, or a temporary folder where this one cannot be written to."""
    folder = FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK)
    except OSError:
        writable = False
    if not writable:
        folder = _temporary()
        say(f"{FOLDER} cannot be written here; everything goes to {folder}")
    return DemoPaths(folder / "articles.db", f"whoosh:{folder / 'index'}")


def clear(place: DemoPaths) -> None:
    """Remove what an earlier demo left: the newspaper's port, and so its addresses, are new."""
    folder = place.archive.parent
    for old in folder.glob(f"{place.archive.name}*"):
        old.unlink()
    shutil.rmtree(folder / "index", ignore_errors=True)


def _temporary() -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix="bahith-demo-"))
    except OSError as error:
        raise WebError(f"no folder can be written to ({error}); type it in another one") from error


def first_search(place: DemoPaths) -> int:
    """Print a search and its answer; how many articles it found."""
    searcher = Searcher.open(place.index_url)
    results = searcher.search(FIRST_QUERY, limit=FIRST_HITS)
    searcher.close()
    click.echo(f"{FIRST_QUERY}: {DEFAULT.counted(results.total, 'results')}")
    for hit in results.hits:
        click.echo(shown(hit))
    return results.total


def shown(hit: Hit) -> str:
    """A hit in four lines, the words that answered in bold where the terminal can."""
    title = emphasised(hit.title, hit.title_marks)
    facts = " · ".join(filter(None, (hit.source, hit.section, hit.date[:10])))
    return f"\n{title}\n{facts}\n{emphasised(hit.snippet.text, hit.snippet.marks)}\n{hit.url}"


def emphasised(text: str, marks: Sequence[tuple[int, int]]) -> str:
    """A text with its spans in bold.

    >>> emphasised("زار السفير", [(4, 10)])
    'زار \\x1b[1mالسفير\\x1b[0m'
    """
    for start, end in reversed(marks):
        text = text[:start] + click.style(text[start:end], bold=True) + text[end:]
    return text


def say(line: str) -> None:
    """Progress, on standard error."""
    tell(f"demo: {line}")
