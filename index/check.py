"""`bahith check`: whether archive and index are whole and agree with each other."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from crawl import Archive, check_archive
from index.commands import archive_option, existing, index_option, json_option
from index.engines.whoosh.snapshot import verify
from index.errors import EngineError, NoIndex
from index.opening import directory_of, open_engine


@click.command()
@archive_option
@index_option
@json_option
def check(archive_path: Path, index_url: str, as_json: bool) -> None:
    """Look for damage in the archive and the index, and see that the index mirrors the archive.

    Reads every byte once. Exit code 1 when anything is wrong, each fault on a line.

    \b
    Example:
      bahith check
    """
    with existing(archive_path) as archive:
        faults = {
            "archive": list(check_archive(archive)),
            "index": list(check_index(archive, index_url)),
        }
    if as_json:
        click.echo(json.dumps(faults, ensure_ascii=False))
    else:
        for part, found in faults.items():
            for fault in found or ["no fault"]:
                click.echo(f"{part}: {fault}")
    sys.exit(1 if any(faults.values()) else 0)


def check_index(archive: Archive, index_url: str) -> Iterator[str]:
    """Each way in which an index does not agree with its archive; none when there is no index."""
    try:
        engine = open_engine(index_url)
    except NoIndex:
        return
    except EngineError as error:
        yield str(error)
        return
    try:
        if place := directory_of(index_url):
            verify(place)
        checkpoint, documents = engine.checkpoint(), engine.stats().documents
    except EngineError as error:
        yield str(error)
        return
    finally:
        engine.close()
    if checkpoint.archive not in ("", archive.name):
        yield "it was built from another archive: type `bahith index --rebuild`"
    elif checkpoint.revision > archive.revision:
        yield "it knows changes that the archive has lost: type `bahith index --rebuild`"
    elif checkpoint.revision == archive.revision and documents != len(archive):
        yield (
            f"it holds {documents} of the archive's {len(archive)} articles:"
            " type `bahith index --rebuild`"
        )
