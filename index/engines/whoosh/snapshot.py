"""Snapshots of an index: the files of one commit, linked into another folder.

No file of an index changes after its commit, so that a hard link is a copy that takes no room; it
stays when a merge removes the name it had in the index.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from index.analysis import version
from index.engines.whoosh.interop.toc import sync_folder, writing
from index.engines.whoosh.storage import commit_file

# How often a commit that is merged away meanwhile is left for the next one.
TRIES = 10


def link_snapshot(folder: Path, target: Path) -> int:
    """The last commit of an index in a new folder; the bytes of its files.

    Copied where the target is on another file system. Raises `NoIndex` and its like, and `OSError`.
    """
    for last in range(TRIES - 1, -1, -1):
        files = commit_file.files(folder, commit_file.read_contents(folder, version()))
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        try:
            for file in files:
                _link(file, target / file.name)
        except FileNotFoundError:
            if not last:
                raise
        else:
            sync_folder(target)
            break
    return sum(file.stat().st_size for file in target.iterdir())


def replace_index(folder: Path, snapshot: Path) -> None:
    """Put a snapshot in the place of an index; readers notice at their next request."""
    fresh, old = (folder.with_name(f".{folder.name}.{word}") for word in ("new", "old"))
    for one in (fresh, old):
        shutil.rmtree(one, ignore_errors=True)
    link_snapshot(snapshot, fresh)
    if folder.exists():
        with writing(folder):
            os.rename(folder, old)
            os.rename(fresh, folder)
    else:
        os.rename(fresh, folder)
    sync_folder(folder.parent)
    shutil.rmtree(old, ignore_errors=True)


def _link(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except FileNotFoundError:
        raise
    except OSError:  # another file system, or one without links
        shutil.copyfile(file, target)
        with target.open("rb+") as copied:
            os.fsync(copied.fileno())
