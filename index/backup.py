"""`bahith backup` and `bahith restore`: archive and index of one moment, in a folder.

    DIR/articles.db     the archive, copied while it may be written to
    DIR/index/          the files of the index's last commit, as hard links where that can be
    DIR/backup.json     what it is, written last

The index is taken first: its checkpoint is never ahead of the archive's, so that `bahith index`
goes on from there. A new backup is made beside the old one and takes its place when it was checked.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import click

from crawl import Archive, check_archive, complain, copy_archive, replace_archive
from index.check import check_index
from index.command_options import archive_option, index_option, json_option
from index.commands import existing
from index.engines.whoosh.snapshot import link_snapshot, replace_index
from index.errors import EngineError, NoIndex
from index.opening import directory_of

ARCHIVE, INDEX, NOTE = "articles.db", "index", "backup.json"


class BackupReport(NamedTuple):
    """What a backup holds, its two parts in bytes; 0 where no index was taken."""

    articles: int
    revision: int
    archive_bytes: int
    index_bytes: int
    made: str


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@archive_option
@index_option
@json_option
def backup(folder: Path, archive_path: Path, index_url: str, as_json: bool) -> None:
    """Keep archive and index as they are now in a folder, while crawl, index and serve go on.

    The folder's earlier backup is replaced when the new one is whole and was checked. An index in
    a cluster is not taken: it is made anew from the archive.

    \b
    Example:
      bahith backup /srv/backup/bahith
    """
    with existing(archive_path) as archive:
        report = make_backup(archive, index_url, folder)
    if as_json:
        click.echo(json.dumps(report._asdict()))
    else:
        kept = (
            "without the index" if not report.index_bytes else f"index {report.index_bytes} bytes"
        )
        click.echo(f"{folder}: {report.articles} articles, {report.archive_bytes} bytes; {kept}")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option("--replace", is_flag=True, help="Replace the archive and the index that are there.")
@archive_option
@index_option
def restore(folder: Path, replace: bool, archive_path: Path, index_url: str) -> None:
    """Put a backup's archive and index in their places; a server shows them at once.

    \b
    Example:
      bahith restore /srv/backup/bahith --replace
    """
    report = read_note(folder)
    place = directory_of(index_url)
    for one in (archive_path, place):
        if one and one.exists() and not replace:
            raise EngineError(f"{one} is there already. Add --replace to put the backup there.")
    with _disk_errors(folder):
        draft = archive_path.with_name(f".{archive_path.name}.new")
        draft.unlink(missing_ok=True)
        draft.parent.mkdir(parents=True, exist_ok=True)
        with Archive(folder / ARCHIVE) as kept:
            copy_archive(kept, draft)
        replace_archive(archive_path, draft)
        if place and report.index_bytes:
            replace_index(place, folder / INDEX)
    click.echo(f"{archive_path}: {report.articles} articles as of {report.made}")
    if not (place and report.index_bytes):
        complain("backup: it holds no index; type `bahith index --rebuild`")


def make_backup(archive: Archive, index_url: str, folder: Path) -> BackupReport:
    """Make, check and put in place a backup; `EngineError` leaves the earlier one as it was."""
    if folder.exists() and any(folder.iterdir()):
        read_note(folder)  # a stranger's folder is not replaced
    folder = folder.absolute()
    draft, old = (folder.with_name(f".{folder.name}.{word}") for word in ("new", "old"))
    with _disk_errors(folder):
        shutil.rmtree(draft, ignore_errors=True)
        try:
            report = _filled(archive, index_url, draft)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        shutil.rmtree(old, ignore_errors=True)
        if folder.exists():
            os.rename(folder, old)
        os.rename(draft, folder)
        shutil.rmtree(old, ignore_errors=True)
    return report


def read_note(folder: Path) -> BackupReport:
    """What a folder holds by its note. Raises `EngineError` for a folder that is no backup."""
    try:
        return BackupReport(**json.loads((folder / NOTE).read_bytes()))
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise EngineError(
            f"{folder} is no backup of bahith: name an empty folder, or one."
        ) from error


def _filled(archive: Archive, index_url: str, draft: Path) -> BackupReport:
    draft.mkdir(parents=True)
    place = directory_of(index_url)
    size = 0
    if place:
        try:
            size = link_snapshot(place, draft / INDEX)
        except NoIndex:
            shutil.rmtree(draft / INDEX, ignore_errors=True)
    copy_archive(archive, draft / ARCHIVE)
    with Archive(draft / ARCHIVE) as copy:
        faults = [*check_archive(copy), *(check_index(copy, f"whoosh:{draft / INDEX}"))]
        if faults:
            raise EngineError(f"not backed up, type `bahith check`: {faults[0]}")
        articles, revision = len(copy), copy.revision
    made = datetime.now(UTC).isoformat(timespec="seconds")
    bytes_ = (draft / ARCHIVE).stat().st_size
    report = BackupReport(articles, revision, bytes_, size, made)
    with (draft / NOTE).open("w", encoding="utf-8") as note:
        json.dump(report._asdict(), note)
        note.flush()
        os.fsync(note.fileno())
    return report


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    """What the disk refuses, as a sentence."""
    try:
        yield
    except OSError as error:
        raise EngineError(
            f"{folder} cannot be written: {error.strerror}; what was there before is as it was."
        ) from error
