"""`bahith keys`: who may read what a server serves."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from crawl import default_of, tell
from index import Filters
from searcher import read_dates
from web.rights.keys import KeyFile, scope_text

keys_option = click.option(
    "--keys",
    "keys_path",
    envvar="BAHITH_KEYS",
    default=lambda: default_of("BAHITH_KEYS")() or "data/keys.json",
    show_default="data/keys.json",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file of keys.",
)


def _days(_context: click.Context, option: click.Parameter, text: str) -> str:
    """The first day of a time, or its last for an end."""
    found = read_dates(text, date.today()) if text else ("", "")
    if found is None:
        raise click.BadParameter(f"{text!r} is no date; write 2027-12-31.")
    return found[0] if option.name == "since" else found[1]


@click.group()
def keys() -> None:
    """Make, list and take away the keys of readers.

    \b
    Example:
      bahith keys add newsroom --source "بريد المرسى" --expires 2027-12-31
      bahith serve --keys data/keys.json
    """


@keys.command()
@click.argument("name")
@click.option("--source", multiple=True, help="Only this source; may be given again.")
@click.option("--section", multiple=True, help="Only this section; may be given again.")
@click.option("--author", multiple=True, help="Only this author; may be given again.")
@click.option("--site", multiple=True, help="Only this site; may be given again.")
@click.option("--language", multiple=True, help="Only this language; may be given again.")
@click.option("--agency", multiple=True, help="Only of this agency; may be given again.")
@click.option("--tags", multiple=True, help="Only with this tag; may be given again.")
@click.option("--since", default="", callback=_days, help="Only from this day on.")
@click.option("--until", default="", callback=_days, help="Only up to this day, included.")
@click.option("--expires", default="", callback=_days, help="The last day of the key.")
@click.option("--write", is_flag=True, help="Let it send articles: POST /api/articles.")
@keys_option
def add(
    name: str,
    keys_path: Path,
    since: str,
    until: str,
    expires: str,
    write: bool,
    **values: tuple[str, ...],
) -> None:
    """Make a key that lets see only what passes all of its options; without any, everything.

    With --write it also lets send articles, and only such as it lets see.

    The key is printed this once; the file keeps a digest of it. Values are compared as they are
    written in the index: `bahith stats` lists the sources.

    \b
    Example:
      bahith keys add newsroom --source "بريد المرسى" --source "الساحل" --expires 2027-12-31
      bahith keys add portal --site portal.example --write
    """
    if not all(one.strip() for some in values.values() for one in some):
        raise click.UsageError("An empty value lets nothing in; leave the option out.")
    scope = Filters(**values, since=since, until=until)
    click.echo(KeyFile(keys_path).add(name, scope, expires, write=write))
    may = "see and write" if write else "see"
    tell(f"keys: {name} may {may} {scope_text(scope)}; the key is shown only now")


@keys.command("list")
@keys_option
@click.option("--json", "as_json", is_flag=True, help="Print an object a line.")
def list_(keys_path: Path, as_json: bool) -> None:
    """List the keys by name: what each may see, until when.

    \b
    Example:
      bahith keys list
    """
    for key in KeyFile(keys_path).listed():
        scope, valid = scope_text(key.scope), key.is_valid(date.today())
        if as_json:
            told = {"name": key.name, "scope": scope, "expires": key.expires, "valid": valid}
            told["write"] = key.write
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            state = ("write " if key.write else "") + ("" if valid else "expired")
            click.echo("\t".join((key.name, scope, key.expires, state.strip())))


@keys.command()
@click.argument("name")
@keys_option
def revoke(name: str, keys_path: Path) -> None:
    """Take a key away; a server refuses it from its next request on.

    \b
    Example:
      bahith keys revoke newsroom
    """
    KeyFile(keys_path).revoke(name)
    tell(f"keys: {name} is no more")
