"""`bahith archive`: look into the archive, and take things out of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from crawl.archive.archive import Archive
from crawl.archive.refusals import refused_pages
from crawl.archive.removal import allow_again, remove_for_good, tombstones, wipe
from crawl.archive.removal import redact as leave_out
from crawl.configuration import default_of
from crawl.errors import CrawlError
from crawl.formats.exporter import EXPORTS
from crawl.formats.jsonl import to_row
from crawl.identity import key_of
from crawl.logs import complain, tell
from crawl.reasons import sentence

archive_option: Callable[..., Any] = click.option(
    "--archive",
    "archive_path",
    default=default_of("BAHITH_ARCHIVE"),
    envvar="BAHITH_ARCHIVE",
    show_default="data/articles.db",
    show_envvar=True,
    help="The archive: one SQLite file.",
)
json_option: Callable[..., Any] = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON."
)


@click.group()
def archive() -> None:
    """Look into the archive: old versions, export, duplicates.

    \b
    Example:
      bahith archive export --output articles.jsonl
    """


@archive.command()
@click.argument("url")
@archive_option
@json_option
def history(url: str, archive_path: str, as_json: bool) -> None:
    """Show every version of an article, the present one last.

    \b
    Example:
      bahith archive history https://example.org/1
    """
    with Archive(archive_path) as articles:
        key = key_of(url)
        present, vanished = articles.get(key), articles.vanished(key)
        versions = [(v.replaced, v.article) for v in articles.versions(key)]
    if present is None:
        complain(f"the archive holds no {url}")
        sys.exit(1)
    for number, (until, article) in enumerate([*versions, ("", present)], 1):
        if as_json:
            row = {"version": number, "until": until or None, "vanished": vanished or None}
            click.echo(json.dumps(row | to_row(article), ensure_ascii=False))
        else:
            state = f"until {until}" if until else f"vanished {vanished}" if vanished else "now"
            click.echo(f"── version {number}, {state}\n{article.title}\n\n{article.body}\n")


@archive.command()
@click.option(
    "--format", "kind", type=click.Choice(list(EXPORTS)), default="jsonl", show_default=True
)
@click.option("--output", default="-", metavar="FILE", help="Where to; standard output by default.")
@archive_option
def export(kind: str, output: str, archive_path: str) -> None:
    """Write all articles as JSON Lines, which `bahith import` reads back, or as CSV.

    What is damaged is left out and named; then the exit code is 1.

    \b
    Example:
      bahith archive export --output articles.jsonl
      bahith archive export --format csv --output articles.csv
    """
    with Archive(archive_path) as articles, _written(output) as stream:
        count = EXPORTS[kind](articles, stream)
    for fault in articles.damaged:
        complain(f"left out, damaged: {fault}")
    tell(f"{count} articles")
    sys.exit(0 if count and not articles.damaged else 1)


@archive.command()
@archive_option
@json_option
def duplicates(archive_path: str, as_json: bool) -> None:
    """Find the copies of each story, and list them under the earliest one.

    A crawl does this when it ends, and `bahith index` before it begins.

    \b
    Example:
      bahith archive duplicates --json
    """
    from crawl.archive.stories import update_stories  # loads numpy

    with Archive(archive_path) as articles:
        update_stories(articles)
        for earliest, copies in articles.stories().items():
            urls = [article.url for key in (earliest, *copies) if (article := articles.get(key))]
            if as_json:
                line = {"earliest": urls[0], "copies": urls[1:]}
                click.echo(json.dumps(line, ensure_ascii=False))
            else:
                click.echo("\n  ".join(urls))


@archive.command()
@click.option("--reason", default="", metavar="WORD", help="Only those refused for this reason.")
@archive_option
@json_option
def refused(reason: str, archive_path: str, as_json: bool) -> None:
    """List the addresses that crawls refused, and why.

    \b
    Example:
      bahith archive refused --reason too-short
    """
    is_empty = True
    with Archive(archive_path) as articles:
        for page in refused_pages(articles, reason):
            is_empty = False
            row = {"url": page.url, "reason": page.reason, "meaning": sentence(page.reason)}
            line = json.dumps(row, ensure_ascii=False)
            click.echo(line if as_json else f"{page.url}\t{row['meaning']}")
    sys.exit(1 if is_empty else 0)


@archive.command()
@click.argument("urls", nargs=-1, required=True, metavar="URL…")
@click.option("--reason", default="", help="Why; `bahith archive removed` shows it.")
@click.option("--redact", metavar="TEXT", help="Leave only this text out of the article.")
@archive_option
@json_option
def remove(
    urls: tuple[str, ...], reason: str, redact: str | None, archive_path: str, as_json: bool
) -> None:
    """Remove articles for good: text, versions, all; no crawl or import brings them back.

    Then type `bahith index` (with --rebuild no byte of them is left there either). Backups and
    WARC files are yours to remove.

    \b
    Example:
      bahith archive remove https://example.org/1 --reason "court order 12"
      bahith archive remove https://example.org/1 --redact "سليم الحداد"
    """
    with existing(archive_path) as articles:
        if redact is not None:
            rows = [{"url": url, "places": leave_out(articles, url, redact)} for url in urls]
            missed = not all(row["places"] for row in rows)
        else:
            removals = [remove_for_good(articles, url, reason) for url in urls]
            rows = [removal._asdict() for removal in removals]
            missed = not all(removal.held for removal in removals)
        wipe(articles)
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _removal_line(row))
    complain("archive: type `bahith index` now, for the index still holds it")
    sys.exit(int(missed))


@archive.command()
@click.option("--allow", metavar="URL", help="Let this one in again.")
@archive_option
@json_option
def removed(allow: str | None, archive_path: str, as_json: bool) -> None:
    """List the addresses that were removed for good, with the day and the reason.

    \b
    Example:
      bahith archive removed
    """
    with existing(archive_path) as articles:
        if allow is not None:
            sys.exit(0 if allow_again(articles, allow) else 1)
        listed = list(tombstones(articles))
    for one in listed:
        click.echo(
            json.dumps(one._asdict(), ensure_ascii=False) if as_json else "\t".join(one).rstrip()
        )
    sys.exit(0 if listed else 1)


def existing(path: str) -> Archive:
    """The archive at a path; opening a missing one would make an empty file there."""
    if not Path(path).exists():
        raise CrawlError(f"there is no archive at {path}; name another with --archive")
    return Archive(path)


def _removal_line(row: dict[str, Any]) -> str:
    """What became of one address, in a line, and the copies of it that are still there."""
    if "places" in row:
        return f"{row['url']}\tleft out in {row['places']} places"
    first = f"{row['url']}\t{'removed' if row['held'] else 'was not held; it stays out'}"
    return "\n  ".join((first, *(f"a copy stands at {url}" for url in row["copies"])))


@contextmanager
def _written(output: str) -> Iterator[IO[str]]:
    if output == "-":
        yield sys.stdout
        return
    try:
        with Path(output).open("w", encoding="utf-8", newline="") as stream:
            yield stream
    except OSError as error:
        raise CrawlError(
            f"cannot write {output}: {error.strerror}; choose another --output"
        ) from error
