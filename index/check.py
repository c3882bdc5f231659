"""`bahith check`: whether archive and index are whole and agree with each other."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import click

from crawl import Archive, Change, check_archive
from index.command_options import archive_option, index_option, json_option
from index.commands import existing
from index.document import Document
from index.engine import Engine, reached
from index.errors import EngineError, NoIndex
from index.opening import open_engine

# An index that has more needs no list of them.
MOST_FAULTS = 100
# Articles held against the index at once: a few megabytes.
AT_ONCE = 500


@click.command()
@archive_option
@index_option
@json_option
def check(archive_path: Path, index_url: str, as_json: bool) -> None:
    """Look for damage in the archive and the index, and see that the index mirrors the archive.

    Reads every article and all of the index once. Exit code 1 when anything is wrong, each fault
    on a line.

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
    """Each way in which an index is damaged or disagrees with its archive, the first hundred.

    None when there is no index. What the archive got later than the index knows is no fault.
    """
    try:
        engine = open_engine(index_url)
    except NoIndex:
        return
    except EngineError as error:
        yield str(error)
        return
    try:
        yield from islice(chain(engine.faults(), _disagreements(archive, engine)), MOST_FAULTS)
    except EngineError as error:
        yield str(error)
    finally:
        engine.close()


def _disagreements(archive: Archive, engine: Engine) -> Iterator[str]:
    known, documents = engine.checkpoints(), engine.stats().documents
    checkpoint = reached(known, archive.name)
    if known and not checkpoint.archive:
        yield "it was built from another archive: type `bahith index --rebuild`"
        return
    if checkpoint.revision > archive.revision:
        yield "it knows changes that the archive has lost: type `bahith index --rebuild`"
        return
    expected = later = 0
    for portion in _portions(archive.changes(0)):
        seen = [change for change in portion if change.revision <= checkpoint.revision]
        later += len(portion) - len(seen)
        held = engine.documents([change.key for change in seen])
        for change, document in zip(seen, held, strict=True):
            expected += change.article is not None
            wanted = change.article and Document.of(change.article, change.story)
            if document != wanted:
                url = wanted.url if wanted else document.url if document else change.key
                yield f"{url}: the index has another text: type `bahith index --rebuild`"
    # What changed since may be held as it was, what the archive cannot read may be held too, and
    # what other archives put is held besides.
    uncertain = archive.damaged or len(known) > 1
    if not expected <= documents <= expected + later and not uncertain:
        yield (
            f"it holds {documents} documents, the archive {expected} articles that it knows:"
            " type `bahith index --rebuild`"
        )


def _portions(changes: Iterable[Change]) -> Iterator[list[Change]]:
    iterator = iter(changes)
    while portion := list(islice(iterator, AT_ONCE)):
        yield portion
