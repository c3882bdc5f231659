"""The commands `bahith run` and `bahith alerts`."""

from __future__ import annotations

from pathlib import Path

import click

from crawl import (
    Archive,
    ArchiveError,
    CrawlOptions,
    complain,
    default_of,
    exclusively,
    read_sites,
    stamped,
)
from crawl.cli.pause import seconds_of_pause
from index.command_options import archive_option, index_option
from searcher.monitoring.alerting import AlertReport, explore, run_alerts
from searcher.monitoring.delivery import as_text
from searcher.monitoring.rounds import Rounds, keep_alive


@click.command()
@click.argument("outlets", type=click.Path(path_type=Path))
@click.option(
    "--every", callback=seconds_of_pause, default="15m", show_default=True, help="The pause."
)
@click.option(
    "--alerts", type=click.Path(path_type=Path), help="Alerts to run after each round (TOML)."
)
@click.option(
    "--rounds",
    "most",
    type=click.IntRange(0),
    default=0,
    help="Stop after so many rounds; 0: go on for ever.",
)
@click.option(
    "--contact",
    default=lambda: default_of("BAHITH_CONTACT")() or "",
    envvar="BAHITH_CONTACT",
    help="Whom a site may write to.",
)
@click.option("--delay", default=1.0, show_default=True, help="Seconds between pages of a host.")
@click.option("--allow-private", is_flag=True, help="Let it reach loopback and private networks.")
@click.option("--proxy", default="", metavar="URL", help="Fetch through this HTTP proxy alone.")
@index_option
@archive_option
def run(
    outlets: Path,
    every: float,
    alerts: Path | None,
    most: int,
    contact: str,
    delay: float,
    allow_private: bool,
    proxy: str,
    index_url: str,
    archive_path: Path,
) -> None:
    """Keep an archive alive: crawl, index, find copies, send alerts, in rounds, for ever.

    OUTLETS is the file of `bahith crawl --sites`. Ctrl-C or SIGTERM ends it in order.

    \b
    Example:
      bahith run outlets.toml --every 15m --alerts alerts.toml
    """
    options = CrawlOptions(
        delay=delay, due_only=True, contact=contact, allow_private=allow_private, proxy=proxy
    )
    rounds = Rounds(tuple(read_sites(outlets)), archive_path, index_url, alerts, options, every)
    archive_path.parent.mkdir(parents=True, exist_ok=True)
    with exclusively(archive_path, "run", wait=0):
        keep_alive(rounds, _say, most=most)


def _say(line: str) -> None:
    click.echo(stamped(line))


@click.group()
def alerts() -> None:
    """Questions that are asked of everything new (docs/operations.md).

    \b
    Example:
      bahith alerts run --explore
    """


@alerts.command("run")
@click.option(
    "--alerts",
    "path",
    default="alerts.toml",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The file of alerts.",
)
@click.option(
    "--explore", "only_look", is_flag=True, help="Print what would be sent; send nothing."
)
@archive_option
@click.pass_context
def run_once(context: click.Context, path: Path, only_look: bool, archive_path: Path) -> None:
    """Ask the alerts of what arrived since the last time, and send the answers.

    \b
    Example:
      bahith alerts run --explore
      bahith alerts run --alerts alerts.toml
    """
    if not archive_path.is_file():
        raise ArchiveError(f"there is no archive at {archive_path}; fill one with bahith crawl")
    with Archive(archive_path) as archive:
        report = explore(path, archive) if only_look else run_alerts(path, archive)
    _show(report, only_look)
    context.exit(1 if report.failures else 0)


def _show(report: AlertReport, only_look: bool) -> None:
    for message in report.found:
        click.echo(f"→ {message.to}\n{as_text(message)}")
    if not only_look:
        click.echo(f"{report.sent} sent, {report.waiting} waiting")
    for failure in report.failures:
        complain(f"kept for the next run: {failure}")
