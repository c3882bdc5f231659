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
from crawl.errors import CrawlError
from crawl.formats.exporter import EXPORTS
from crawl.formats.jsonl import to_row
from crawl.identity import key_of
from crawl.reasons import sentence

archive_option: Callable[..., Any] = click.option(
    "--archive",
    "archive_path",
    default="data/articles.db",
    envvar="BAHITH_ARCHIVE",
    show_default=True,
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
        click.echo(f"the archive holds no {url}", err=True)
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
        click.echo(f"left out, damaged: {fault}", err=True)
    click.echo(f"{count} articles", err=True)
    sys.exit(0 if count and not articles.damaged else 1)


@archive.command()
@archive_option
@json_option
def duplicates(archive_path: str, as_json: bool) -> None:
    """Find the copies of each story, and list them under the earliest one.

    A crawl does this when it ends; after an import, this command does.

    \b
    Example:
      bahith archive duplicates --json
    """
    from crawl.archive.near_duplicates import update_clusters  # loads numpy

    with Archive(archive_path) as articles:
        update_clusters(articles)
        for earliest, copies in articles.clusters().items():
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
