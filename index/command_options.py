"""Options that commands of several packages take: where index and archive are, and JSON."""

from __future__ import annotations

from pathlib import Path

import click

from crawl import default_of

index_option = click.option(
    "--index",
    "index_url",
    envvar="BAHITH_INDEX",
    default=default_of("BAHITH_INDEX"),
    show_default="whoosh:data/index",
    help="The index; its scheme picks the engine.",
)
archive_option = click.option(
    "--archive",
    "archive_path",
    envvar="BAHITH_ARCHIVE",
    default=default_of("BAHITH_ARCHIVE"),
    show_default="data/articles.db",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file that holds the articles.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
