"""`bahith serve` and `bahith demo`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from web.app import create_app
from web.serving.demo import demo_paths, first_search, newspaper
from web.serving.server import free_port, listening, run, warm_up
from web.serving.workers import serve_in_workers

HOST = "127.0.0.1"
PORT = 8000
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
@click.option(
    "--index",
    "index_url",
    envvar="BAHITH_INDEX",
    default="whoosh:data/index",
    show_default=True,
    help="The index; its scheme picks the engine.",
)
@click.option(
    "--archive",
    "archive_path",
    envvar="BAHITH_ARCHIVE",
    default="data/articles.db",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file that holds the articles.",
)
@click.option(
    "--recency/--no-recency",
    envvar="BAHITH_RECENCY",
    default=None,
    help="Prefer newer articles, or do not; without it only where a question asks for news.",
)
@click.option(
    "--keys",
    "keys_path",
    envvar="BAHITH_KEYS",
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
    app = create_app(place.index_url, place.archive)
    chosen = free_port(HOST, PORT) if port is None else port
    with listening(app, HOST, chosen) as server, newspaper(place):
        first_search(place)
        run(server, HOST)
