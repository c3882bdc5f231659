"""The commands of this stage: crawl, import, extract, and the archive's own group."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from crawl.archive import Archive
from crawl.article import Article, Rejected
from crawl.importing import ImportReport, import_files

_SHOWN_REFUSALS = 20

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


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--url", default="", help="The address of a single saved page.")
@archive_option
@json_option
def import_(files: tuple[str, ...], url: str, archive_path: str, as_json: bool) -> None:
    """Put articles from files or folders into the archive; `-` reads standard input.

    JSON Lines ({"url", "title", "body", "date"?, "author"?, "source"?, "section"?}), saved HTML
    pages, RSS or Atom files and WARC, each also compressed (.gz, .xz, .bz2). Broken lines are named
    and the rest is imported; then the exit code is 1.

    \b
    Example:
      bahith import articles.jsonl.xz
      other-program | bahith import -
    """
    with Archive(archive_path) as archive:
        report = import_files(files, archive, url=url, progress=_counted)
    _tell_refusals(report)
    if as_json:
        refused = [r._asdict() for r in report.refused]
        click.echo(json.dumps(asdict(report) | {"refused": refused}, ensure_ascii=False))
    else:
        click.echo(
            f"{report.added} added, {report.changed} changed, {report.same} the same, "
            f"{len(report.refused)} refused → {archive_path}"
        )
    sys.exit(1 if report.refused else 0)


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option("--url", default="", help="The page's address; dates and links are read with it.")
@click.option("--content-type", default="", help="The Content-Type header it came with.")
def extract(file: str, url: str, content_type: str) -> None:
    """Print the article on one saved page as JSON, or {"rejected": reason} and exit code 1.

    \b
    Example:
      curl -s https://example.org/1 | bahith extract - --url https://example.org/1
    """
    from crawl import extract as stage  # loads lxml and Beautiful Soup

    found = stage.extract(_bytes_of(file), url, content_type)
    click.echo(json.dumps(_shown(found), ensure_ascii=False))
    sys.exit(1 if isinstance(found, Rejected) else 0)


def _bytes_of(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise click.UsageError(f"cannot read {file}: {error.strerror}") from error


def _shown(found: Article | Rejected) -> dict[str, Any]:
    if isinstance(found, Rejected):
        return {"rejected": found.reason, "url": found.url}
    return {
        name: value if value or name == "tags" else None for name, value in asdict(found).items()
    }


def _counted(report: ImportReport) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{report.articles} articles", nl=False, err=True)


def _tell_refusals(report: ImportReport) -> None:
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)
    for line, reason, file in report.refused[:_SHOWN_REFUSALS]:
        click.echo(f"{file}:{line}: {reason}" if line else f"{file}: {reason}", err=True)
    if (more := len(report.refused) - _SHOWN_REFUSALS) > 0:
        click.echo(f"… and {more} more (all of them with --json)", err=True)
