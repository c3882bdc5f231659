"""`bahith serve`, `demo`, `config`, `queries`, and `bahith eval judge`, which serves a page too."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TextIO

import click

from crawl import default_of, in_force, setting
from crawl.sample.server import NAMES
from index.command_options import archive_option, index_option
from searcher import Searcher, read_settings
from searcher.evaluation.judgements import read_judgements, read_pool
from web.app import create_app
from web.errors import WebError
from web.query_log import asked_queries
from web.serving.demo import demo_paths, first_search, newspaper
from web.serving.judging import JudgingSession, judging_app
from web.serving.server import free_port, listening, run, warm_up
from web.serving.workers import serve_in_workers

HOST = "127.0.0.1"
PORT = 8000
JUDGING_PORT = 8001
MOST_WORKERS = 64


@click.command()
@click.option("--host", default=HOST, show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=PORT,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0 takes any free one.",
)
@index_option
@archive_option
@click.option(
    "--recency/--no-recency",
    envvar="BAHITH_RECENCY",
    default=default_of("BAHITH_RECENCY"),
    help="Prefer newer articles, or do not; without it only where a question asks for news.",
)
@click.option(
    "--keys",
    "keys_path",
    envvar="BAHITH_KEYS",
    default=default_of("BAHITH_KEYS"),
    type=click.Path(dir_okay=False, path_type=Path),
    help="Answer only those who have a key of this file (`bahith keys`).",
)
@click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    default=1,
    show_default=True,
    help="Processes that answer: as many as there are cores to spare.",
)
def serve(
    host: str,
    port: int,
    index_url: str,
    archive_path: Path,
    recency: bool | None,
    keys_path: Path | None,
    workers: int,
) -> None:
    """Serve the search page and the API.

    \b
    Example:
      bahith serve
      bahith serve --workers 2
      bahith serve --host 0.0.0.0 --port 80 --index whoosh:/var/lib/bahith/index
    """
    make_app = partial(create_app, index_url, archive_path, recency=recency, keys=keys_path)
    if workers > 1:
        sys.exit(0 if serve_in_workers(make_app, host, port, workers) else 1)
    app = make_app()
    with listening(app, host, port) as server:
        warm_up(app)
        run(server, host)


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=f"The port to listen on.  [default: {PORT}, or any free one where that is taken]",
)
@click.option("--no-serve", is_flag=True, help="Stop after the first search.")
def demo(port: int | None, no_serve: bool) -> None:
    """Crawl the bundled sample newspaper over loopback, index it, search it, serve it.

    Everything it makes stands in data/demo and is made anew each time.

    \b
    Example:
      bahith demo
      bahith demo --no-serve
    """
    place = demo_paths()
    if no_serve:
        with newspaper(place):
            sys.exit(0 if first_search(place) else 1)
    # The port first: who cannot have it should not wait for a crawl to hear so.
    app = create_app(place.index_url, place.archive, outlets=NAMES)
    chosen = free_port(HOST, PORT) if port is None else port
    with listening(app, HOST, chosen) as server, newspaper(place):
        first_search(place)
        run(server, HOST)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print an object a line.")
def config(as_json: bool) -> None:
    """Print every setting as it is here, and where it comes from.

    An option goes before the environment, the environment before the file (bahith.toml).

    \b
    Example:
      bahith config
      bahith --config /etc/bahith.toml config
    """
    rows = [one._asdict() for one in in_force()]
    for table, values in read_settings()._asdict().items():
        usual = asdict(type(values)())
        name = {"weights": "ranking"}.get(table, table)
        rows += [
            {
                "name": f"{name}.{key}",
                "value": str(value),
                "origin": "default" if value == usual[key] else "file",
            }
            for key, value in asdict(values).items()
        ]
    for row in rows:
        shown = json.dumps(row, ensure_ascii=False) if as_json else "\t".join(row.values())
        click.echo(shown)


@click.command()
@click.option("--log", "log_path", metavar="FILE", help="The query log; BAHITH_QUERY_LOG else.")
@click.option("--unanswered", is_flag=True, help="Only questions that found nothing.")
@click.option("--corrected", is_flag=True, help="Only questions that were asked otherwise.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print an object a line.")
def queries(
    log_path: str | None, unanswered: bool, corrected: bool, limit: int, as_json: bool
) -> None:
    """List what readers asked, the most frequent first: times, total, question, correction.

    \b
    Example:
      bahith queries --unanswered
    """
    path = log_path or setting("BAHITH_QUERY_LOG")
    if not path:
        raise WebError("no query log is kept. Name one: BAHITH_QUERY_LOG=data/queries.jsonl")
    try:
        with Path(path).open("rb") as lines:
            asked = asked_queries(lines)
    except OSError as error:
        raise WebError(f"{path} cannot be read: {error.strerror}") from error
    wanted = [
        one for one in asked if not (unanswered and one.total) and (one.corrected or not corrected)
    ][:limit]
    for one in wanted:
        if as_json:
            click.echo(json.dumps(one._asdict(), ensure_ascii=False))
        else:
            click.echo("\t".join((str(one.times), str(one.total), one.query, one.corrected)))
    sys.exit(0 if wanted else 1)


@click.command()
@click.argument("pool", type=click.File("r", encoding="utf-8", errors="replace"))
@click.option(
    "--qrels",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file of judgements; what stands in it is not asked again.",
)
@index_option
@click.option("--port", type=click.IntRange(0, 65535), default=JUDGING_PORT, show_default=True)
def judge(pool: TextIO, qrels: Path, index_url: str, port: int) -> None:
    """Serve a page, to this machine alone, on which a pool is judged: 0 wrong, 1 near, 2 right.

    \b
    Example:
      bahith eval pool --queries questions.tsv > pool.jsonl
      bahith eval judge pool.jsonl --qrels qrels.txt
      bahith eval qrels.txt --queries questions.tsv
    """
    entries = read_pool(pool)
    if not entries:
        raise WebError("the pool is empty. Type: bahith eval pool --queries FILE")
    try:
        qrels.touch()
        with qrels.open(encoding="utf-8", errors="replace") as lines:
            judged = list(read_judgements(lines))
    except OSError as error:
        raise WebError(f"{qrels} cannot be written: {error.strerror}") from error
    with closing(Searcher.open(index_url)) as searcher:
        app = judging_app(JudgingSession(searcher, entries, qrels, judged))
        with listening(app, HOST, port) as server:
            run(server, HOST)
