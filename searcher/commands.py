"""The commands `bahith search` and `bahith explain`."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from itertools import chain
from typing import Any, TextIO, TypeVar

import click
from click.core import ParameterSource

from crawl import default_of
from crawl.text.times import read_dates
from index import ATTRIBUTES
from index.command_options import index_option, json_option
from searcher.explain import explain as explained
from searcher.explain import explain_lines
from searcher.exports.formats import EXPORT_FORMATS
from searcher.exports.records import MOST_RECORDS, records
from searcher.options import LARGEST, SearchOptions
from searcher.search import TIMEOUT, Searcher
from searcher.terminal import show

F = TypeVar("F", bound=Callable[..., Any])
# Options that a file of all hits takes no notice of.
_OF_LISTS = ("explain_score", "fold")


def _day(_context: click.Context, _option: click.Parameter, text: str) -> str:
    """What was typed for --since or --until, if it is a time."""
    if text and read_dates(text, date.today()) is None:
        raise click.BadParameter(
            f"{text!r} is no date; write 2015-08-01, 2015-08, 15/8/2015 or «رمضان 1436»."
        )
    return text


def attribute_options(command: F) -> F:
    """A repeatable option for each attribute."""
    for spec in reversed(ATTRIBUTES):
        text = f"Only this {spec.name}; may be given again."
        command = click.option(f"--{spec.name}", multiple=True, help=text)(command)
    return command


@click.command()
@click.argument("words", nargs=-1, metavar="QUERY")
@index_option
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option(
    "--offset", type=click.IntRange(0, LARGEST), default=0, help="How many hits to pass over."
)
@attribute_options
@click.option("--since", default="", callback=_day, help="From this time on: 2015-08 or 15/8/2015.")
@click.option("--until", default="", callback=_day, help="Up to this time, included.")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance")
@click.option(
    "--recency/--no-recency",
    envvar="BAHITH_RECENCY",
    default=default_of("BAHITH_RECENCY"),
    help="Prefer newer articles, or never; else where the query asks for news.",
)
@click.option("--literal", is_flag=True, help="Take the query as typed, without corrections.")
@click.option("--all-words", is_flag=True, help="Leave out articles that lack a word.")
@click.option("--fold", is_flag=True, help="List each story once, its copies under it.")
@click.option("--explain-score", is_flag=True, help="Say what each score is made of.")
@click.option(
    "--batch",
    type=click.File("r", encoding="utf-8"),
    metavar="FILE",
    help="Answer many: JSON Lines {id, query} in, {id, hits: [{url, score}]} out; - is stdin.",
)
@json_option
@click.option(
    "--format",
    "file_format",
    type=click.Choice(list(EXPORT_FORMATS)),
    help="Write all hits as a file to standard output; --limit cuts it.",
)
@click.pass_context
def search(
    context: click.Context,
    /,
    words: tuple[str, ...],
    index_url: str,
    batch: TextIO | None,
    as_json: bool,
    file_format: str | None,
    **options: Any,
) -> None:
    """Find articles; the query language is in docs/query.md.

    \b
    Example:
      bahith search "السفير الروسي في الجزائر"
      bahith search '«السفير الروسي» -رياضة' --since 2015-08 --sort newest
      bahith search --batch queries.jsonl --json
      bahith search "السفير الروسي" --format csv > hits.csv
    """
    if bool(words) == bool(batch):
        raise click.UsageError("Give a query, or --batch with a file of queries.")
    timeout = math.inf if batch else TIMEOUT  # a script would rather wait than miss answers
    with closing(Searcher.open(index_url, timeout=timeout)) as searcher:
        if batch:
            context.exit(_answer_all(searcher, batch, options["limit"]))
        if file_format:
            limit_given = context.get_parameter_source("limit") is not ParameterSource.DEFAULT
            most = options["limit"] if limit_given else MOST_RECORDS
            context.exit(_write_file(searcher, " ".join(words), options, file_format, most))
        results = searcher.search(" ".join(words), **options)
    if as_json:
        click.echo(json.dumps(results.to_json(), ensure_ascii=False))
    else:
        show(results)
    context.exit(0 if results.hits else 1)


@click.command()
@click.argument("query", required=False)
@click.argument("text", required=False)
@click.option(
    "--batch",
    type=click.File("r", encoding="utf-8", errors="replace"),
    metavar="FILE",
    help="Answer many: JSON Lines {id, query, text} in, one answer a line out; - is stdin.",
)
@json_option
@click.pass_context
def explain(
    context: click.Context, query: str | None, text: str | None, batch: TextIO | None, as_json: bool
) -> None:
    """Say whether a text answers a query, with which of its words, and why.

    \b
    Example:
      bahith explain "وزير" "اجتمع الوزراء أمس"
      bahith explain --batch pairs.jsonl --json
    """
    if batch:
        if query is not None:
            raise click.UsageError("Give a query and a text, or --batch with a file of them.")
        failed = False
        for line in explain_lines(batch):
            failed = failed or "error" in json.loads(line)
            click.echo(line)
        context.exit(int(failed))
    if query is None or text is None:
        raise click.UsageError("Give a query and a text, or --batch with a file of them.")
    found = explained(query, text)
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False))
    else:
        for one in found.words:
            click.echo(f"{one.word}\t{one.form}\t{one.start}-{one.end}\t{one.why}")
    context.exit(0 if found.match else 1)


def _write_file(
    searcher: Searcher, query: str, options: dict[str, Any], name: str, most: int
) -> int:
    """Write a query's hits to standard output in a format; 1 when there are none."""
    chosen = EXPORT_FORMATS[name]
    if not chosen.is_text and sys.stdout.isatty():
        raise click.UsageError(
            f"{name} is no text. Write it to a file: … --format {name} > hits.{name}"
        )
    asked = {key: value for key, value in options.items() if key not in _OF_LISTS}
    found = records(searcher, query, SearchOptions().but(**asked), most)
    first = next(found, None)
    for piece in chosen.write(chain([first] if first else [], found)):
        sys.stdout.buffer.write(piece)
    return 0 if first else 1


def _answer_all(searcher: Searcher, lines: TextIO, limit: int) -> int:
    """Print one answer a line, in order; 1 when a line could not be read."""
    failed = 0
    from crawl import complain  # loads logging, which no single search needs

    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            answer = {"id": asked.get("id"), "hits": _found(searcher, str(asked["query"]), limit)}
        except (ValueError, KeyError, AttributeError):
            failed = 1
            complain(f'line {number}: expected {{"id": …, "query": …}}')
            answer = {"id": None, "hits": [], "error": f"line {number} is not a query"}
        click.echo(json.dumps(answer, ensure_ascii=False))
    return failed


def _found(searcher: Searcher, query: str, limit: int) -> list[dict[str, Any]]:
    matches = searcher.best(query, limit=limit)
    return [{"url": url, "score": round(score, 4)} for url, score in matches]
