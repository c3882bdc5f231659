"""Upkeep: what can be put right in an index without a document being touched."""

from __future__ import annotations

from pathlib import Path

from index.engines.whoosh.interop.toc import writing
from index.engines.whoosh.storage.commit_file import Contents, remove_unused
from index.engines.whoosh.storage.derived import (
    derived_path,
    made_anew,
    open_derived,
    write_derived,
)
from index.engines.whoosh.storage.segment import segment_file


def tidy(folder: Path, contents: Contents) -> None:
    """Remove what a killed commit left; make tables anew that older rules made."""
    if contents.generation < 0:
        return
    with writing(folder):
        remove_unused(folder, contents)
        for segment in contents.segments:
            path = derived_path(segment.path(folder))
            if open_derived(path) is None:
                file = segment_file(segment.path(folder))
                write_derived(path, made_anew(file.vocabularies()))
