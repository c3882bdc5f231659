"""bahith (باحث): the command line, assembled from the four packages; no logic of its own.

Commands are imported when they are called, so that `bahith search` never waits for Scrapy or Flask;
so are the names of Python's front door: `from bahith import Searcher, create_app`.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

PACKAGES = ("crawl", "index", "searcher", "web")
# Objects between two looks for garbage. What a command imports all stays: looking through it again
# and again (every 700 objects, as Python does) is a seventh of the time of `bahith search`.
GARBAGE = 50_000
HERE = os.path.dirname(os.path.abspath(__file__))


def refuse_foreign_packages() -> None:
    """Say in a sentence which other program's package stands in the way of one of ours."""
    for name in PACKAGES:
        found = importlib.util.find_spec(name)
        places = list(found.submodule_search_locations or ()) if found else []
        if not any(os.path.dirname(os.path.abspath(one)) == HERE for one in places):
            other = places[0] if places else (found.origin if found else "no such package")
            raise ImportError(
                f"bahith's own package {name} is hidden by another ({other}):"
                " rename that one, or start from another folder"
            )


refuse_foreign_packages()

from crawl import read_tables, setting  # noqa: E402 - not before it is known whose it is

if TYPE_CHECKING:
    from crawl import Archive, Article
    from index import Filters, analyze, open_engine
    from searcher import Searcher
    from web import bahith_blueprint, blueprint, create_app

__all__ = [
    "Archive",
    "Article",
    "Filters",
    "Searcher",
    "analyze",
    "bahith_blueprint",
    "blueprint",
    "create_app",
    "open_engine",
]

_HOMES = {
    "Archive": "crawl",
    "Article": "crawl",
    "Filters": "index",
    "Searcher": "searcher",
    "analyze": "index",
    "bahith_blueprint": "web",
    "blueprint": "web",
    "create_app": "web",
    "open_engine": "index",
}

if not TYPE_CHECKING:  # a type checker would believe in any name

    def __getattr__(name: str) -> object:
        """A name of the front door, loaded when it is first asked for."""
        if name not in _HOMES:
            raise AttributeError(f"module 'bahith' has no attribute {name!r}")
        return getattr(importlib.import_module(_HOMES[name]), name)


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
    "mcp": "web.serving.mcp_server:mcp",
    "keys": "web.rights.commands:keys",
    "queries": "web.commands:queries",
    "eval": "searcher.evaluation.commands:evaluate",
    "config": "web.commands:config",
    "run": "searcher.monitoring.commands:run",
    "alerts": "searcher.monitoring.commands:alerts",
    "stats": "index.commands:stats",
    "check": "index.check:check",
    "backup": "index.backup:backup",
    "restore": "index.backup:restore",
}


# Commands of a later package that are typed under a name of an earlier one, which knows none of it.
PARTS = {"eval": "web.commands:judge"}


class LazyGroup(click.Group):
    """The group of all commands, in the order of a first day's work."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The commands in their order of use."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the one command that was asked for."""
        if cmd_name not in COMMANDS:
            return None
        command = _loaded(COMMANDS[cmd_name])
        if isinstance(command, click.Group) and cmd_name in PARTS:
            command.add_command(_loaded(PARTS[cmd_name]))
        return _with_loudness(command)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what a package refuses becomes a sentence and exit code 2."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            if not isinstance(error, _refusals()):
                raise
            from crawl import complain

            complain(f"bahith: {error}")
            ctx.exit(2)


def _loaded(home: str) -> click.Command:
    """A command by its module and name."""
    module, _, name = home.partition(":")
    command = getattr(importlib.import_module(module), name)
    assert isinstance(command, click.Command)
    return command


def _set_level(context: click.Context, option: click.Parameter, times: int) -> None:
    """Let `--quiet` or `--verbose` go before the environment, here and in processes of ours."""
    if not times:
        return
    said = context.find_root().meta.setdefault("loudness", option.name)
    if said != option.name:
        raise click.UsageError("--quiet and --verbose contradict each other", context)
    quiet = option.name == "quiet"
    os.environ["BAHITH_LOG_LEVEL"] = "quiet" if quiet else "verbose" if times == 1 else "debug"
    if context.parent:  # the group's own are read before its file of settings is known
        _configure_logs()


def _configure_logs() -> None:
    """Set up logs where they are wanted otherwise than usual: who only searches loads none."""
    if (setting("BAHITH_LOG_LEVEL"), setting("BAHITH_LOG_FORMAT")) != ("normal", "plain"):
        from crawl import configure_logs, tell_settings

        configure_logs()
        tell_settings()


LOUDNESS = [
    click.Option(
        [f"--{name}"], count=True, expose_value=False, callback=_set_level, help=f"{does}."
    )
    for name, does in (
        ("quiet", "Tell no progress: only results and what goes wrong"),
        ("verbose", "Tell more of what is done; twice: everything"),
    )
]


def _with_loudness(command: click.Command) -> click.Command:
    """A command and its subcommands, which take `--quiet` and `--verbose` too."""
    command.params += [one for one in LOUDNESS if one not in command.params]
    for one in command.commands.values() if isinstance(command, click.Group) else ():
        _with_loudness(one)
    return command


def _refusals() -> tuple[type[Exception], ...]:
    """What packages raise with a sentence; loaded where there is one to tell."""
    from crawl import CrawlError
    from index import EngineError
    from searcher import SearchError

    return CrawlError, EngineError, SearchError


@click.group(
    cls=LazyGroup, params=LOUDNESS[:], context_settings={"help_option_names": ["-h", "--help"]}
)
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
    _configure_logs()


def main() -> NoReturn:
    """The console script: `bahith`."""
    gc.set_threshold(GARBAGE, 20, 20)
    try:
        bahith.main(prog_name="bahith")
    except BrokenPipeError:
        # The reader of our output went away (`bahith search … | head`): nothing is wrong with us.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    raise AssertionError("click ends the process")


if __name__ == "__main__":
    main()
