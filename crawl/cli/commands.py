"""The commands of this stage: crawl, import, extract, and the archive's own group."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from crawl.archive.archive import Archive
from crawl.article import Article, Rejected
from crawl.cli.archive import archive, archive_option, json_option
from crawl.cli.pause import seconds_of_pause
from crawl.cli.progress import CrawlProgress
from crawl.configuration import default_of
from crawl.fetch.run import crawl_sites
from crawl.formats.importer import ImportReport, import_files
from crawl.logs import complain, shows_bar
from crawl.options import DELAY, CrawlOptions, Site, read_sites
from crawl.reasons import sentence
from crawl.report import CrawlReport
from crawl.urls import with_scheme

__all__ = ["archive", "crawl", "extract", "import_"]

_SHOWN_REFUSALS = 20


@click.command()
@click.argument("urls", nargs=-1, metavar="URL…")
@click.option("--sites", type=click.Path(), help="A TOML file of outlets ([[site]] urls = […]).")
@click.option(
    "--every", callback=seconds_of_pause, metavar="15m", help="Go on for ever, with such a pause."
)
@click.option(
    "--max-pages", default=0, help="Fetch at most so many pages in this run; 0: no limit."
)
@click.option("--max-depth", default=0, help="Follow at most so many clicks from a start; 0: all.")
@click.option("--include", multiple=True, metavar="REGEX", help="Fetch only such addresses.")
@click.option("--exclude", multiple=True, metavar="REGEX", help="Never fetch such addresses.")
@click.option("--delay", default=DELAY, show_default=True, help="Seconds between pages of a host.")
@click.option("--per-host", default=1, show_default=True, help="Requests at once towards a host.")
@click.option("--refetch", is_flag=True, help="Fetch again what is known, changed or not.")
@click.option("--allow-private", is_flag=True, help="Let it reach loopback and private networks.")
@click.option(
    "--language", multiple=True, default=["ar"], show_default=True, help="Keep pages in it only."
)
@click.option("--warc", default="", metavar="DIR", help="Write what is fetched as WARC files.")
@click.option("--render", is_flag=True, help="Show empty pages to a browser (needs Chromium).")
@click.option("--proxy", default="", metavar="URL", help="Fetch through this HTTP proxy alone.")
@click.option(
    "--contact",
    default=lambda: default_of("BAHITH_CONTACT")() or "",
    envvar="BAHITH_CONTACT",
    help="Whom a site may write to.",
)
@archive_option
@json_option
def crawl(
    urls: tuple[str, ...], sites: str | None, every: float | None, max_pages: int, max_depth: int,
    include: tuple[str, ...], exclude: tuple[str, ...], delay: float, per_host: int, refetch: bool,
    allow_private: bool, language: tuple[str, ...], warc: str, render: bool, proxy: str,
    contact: str, archive_path: str, as_json: bool,
) -> None:  # fmt: skip
    """Fetch news sites into the archive, politely.

    Start from home pages, sections, sitemaps or feeds; the site's others are found. A second crawl
    fetches what is new or may have changed; a killed one goes on where it was. Ctrl-C ends it in
    order. With --every, each round asks only what is due: listings that bring news more often.

    \b
    Example:
      bahith crawl https://example.org --max-pages 500
      bahith crawl https://example.org/feed.xml --include /politics/
      bahith crawl --sites outlets.toml --every 15m
    """
    wanted = [
        Site((with_scheme(url),), include=include, exclude=exclude, max_depth=max_depth)
        for url in urls
    ]
    wanted += read_sites(sites) if sites else []
    options = CrawlOptions(
        delay=delay, per_host=per_host, max_pages=max_pages, allow_private=allow_private,
        refetch=refetch, due_only=every is not None, contact=contact,
        languages=language, warc=warc and str(Path(warc).absolute()), render=render,
        proxy=proxy,
    )  # fmt: skip
    with Archive(archive_path) as articles:
        while True:
            with CrawlProgress(max_pages) as progress:
                report = crawl_sites(wanted, articles, options=options, progress=progress.show)
            _tell_crawl(report, as_json=as_json)
            if every is None or report.interrupted:
                sys.exit(1 if report.unreachable else 0)
            options = replace(options, refetch=False)
            time.sleep(every)


def _tell_crawl(report: CrawlReport, *, as_json: bool) -> None:
    for url, reason in report.unreachable.items():
        complain(f"{url}: {sentence(reason)}")
    click.echo(json.dumps(report.to_json(), ensure_ascii=False) if as_json else report.table())


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--url", default="", help="The address of a single saved page.")
@click.option(
    "--language", multiple=True, default=["ar"], show_default=True, help="Take pages in it only."
)
@archive_option
@json_option
def import_(
    files: tuple[str, ...], url: str, language: tuple[str, ...], archive_path: str, as_json: bool
) -> None:
    """Put articles from files or folders into the archive; `-` reads standard input.

    JSON Lines ({"url", "title", "body", "date"?, "author"?, "source"?, "section"?}), saved HTML
    pages, RSS, Atom and JSON feeds, web archives (WARC, ARC, WACZ), each also compressed (.gz, .xz,
    .bz2). What cannot be read, such as a PDF, is named and the rest is imported; then the exit code
    is 1.

    \b
    Example:
      bahith import articles.jsonl.xz
      other-program | bahith import -
    """
    with Archive(archive_path) as articles:
        report = import_files(files, articles, url=url, languages=language, progress=_counted)
    _tell_refusals(report)
    if as_json:
        refused = [r._asdict() for r in report.refused]
        click.echo(json.dumps(asdict(report) | {"refused": refused}, ensure_ascii=False))
    else:
        click.echo(
            f"{report.added} added, {report.changed} changed, {report.same} the same, "
            f"{report.reasons.total()} refused → {archive_path}"
        )
    sys.exit(1 if report.refused else 0)


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option("--url", default="", help="The page's address; dates and links are read with it.")
@click.option("--content-type", default="", help="The Content-Type header it came with.")
@click.option(
    "--language", multiple=True, default=["ar"], show_default=True, help="Take pages in it only."
)
@click.option("--explain", is_flag=True, help="Say also what won, and why.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON, not an indented one.")
def extract(
    file: str, url: str, content_type: str, language: tuple[str, ...], explain: bool, as_json: bool
) -> None:
    """Print the article on one saved page as JSON, or {"rejected": reason} and exit code 1.

    \b
    Example:
      curl -s https://example.org/1 | bahith extract - --url https://example.org/1
    """
    from crawl import extract as stage  # loads lxml and Beautiful Soup

    explained = stage.explain(_bytes_of(file), url, content_type, languages=language)
    shown = _shown(explained.outcome)
    if explain:
        shown |= {"why": explained.why, "dropped": explained.dropped}
    click.echo(json.dumps(shown, ensure_ascii=False, indent=None if as_json else 2))
    if isinstance(explained.outcome, Rejected):
        complain(f"{file}: {sentence(explained.outcome.reason)}")
        sys.exit(1)


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
    known = {"title", "body", "tags"}  # empty is an answer there; elsewhere it means unknown
    return {
        name: value if value or name in known else None for name, value in asdict(found).items()
    }


def _counted(report: ImportReport) -> None:
    if shows_bar():
        click.echo(f"\r{report.articles} articles", nl=False, err=True)


def _tell_refusals(report: ImportReport) -> None:
    if shows_bar():
        click.echo("\r\033[K", nl=False, err=True)
    for line, reason, file in report.refused[:_SHOWN_REFUSALS]:
        place = f"{file}:{line}" if line else file
        complain(f"{place}: {sentence(reason)}")
    if (more := report.reasons.total() - _SHOWN_REFUSALS) > 0:
        counts = ", ".join(f"{count} {reason}" for reason, count in report.reasons.most_common())
        complain(f"… and {more} more, in all: {counts} (named with --json)")
