"""bahith (باحث): the command line, assembled from the four packages; no logic of its own.

Commands are imported when they are called, so that `bahith search` never waits for Scrapy or Flask.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any, NoReturn

import click

from crawl import CrawlError, read_tables
from index import EngineError
from searcher import SearchError

COMMANDS = {
    "demo": "web.commands:demo",
    "crawl": "crawl.cli.commands:crawl",
    "import": "crawl.cli.commands:import_",
    "extract": "crawl.cli.commands:extract",
    "archive": "crawl.cli.commands:archive",
    "index": "index.commands:index",
    "search": "searcher.commands:search",
    "analyze": "index.commands:analyze",
    "explain": "searcher.commands:explain",
    "serve": "web.commands:serve",
    "keys": "web.rights.commands:keys",
    "queries": "web.commands:queries",
    "config": "web.commands:config",
    "stats": "index.commands:stats",
    "check": "index.check:check",
    "backup": "index.backup:backup",
    "restore": "index.backup:restore",
}


class LazyGroup(click.Group):
    """The group of all commands, in the order of a first day's work."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The commands in their order of use."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the one command that was asked for."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what a package refuses becomes a sentence and exit code 2."""
        try:
            return super().invoke(ctx)
        except (CrawlError, EngineError, SearchError) as error:
            click.echo(f"bahith: {error}", err=True)
            ctx.exit(2)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bahith")
@click.option("--config", metavar="FILE", help="The file of settings; else bahith.toml here.")
def bahith(config: str | None) -> None:
    """Search Arabic news: crawl sites, index them, serve the results.

    \b
    Example:
      bahith demo                        the whole way, on a bundled sample newspaper
      bahith crawl https://example.org   a site → data/articles.db
      bahith index                       → data/index
      bahith search "السفير الروسي"
    """
    if config:
        os.environ["BAHITH_CONFIG"] = config
    read_tables()  # what is wrong in the file is told before any work


def main() -> NoReturn:
    """The console script: `bahith`."""
    try:
        bahith.main(prog_name="bahith")
    except BrokenPipeError:
        # The reader of our output went away (`bahith search … | head`): nothing is wrong with us.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    raise AssertionError("click ends the process")


if __name__ == "__main__":
    main()
