"""Derived tables of a segment: what its vocabulary answers beyond looking a term up.

They are made from the terms alone and lie in a file beside the segment, so that new rules of sound
or of slips make new tables (`bahith index` writes them), never a new index.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from index.analysis.expansion.tables import TABLES, TABLES_VERSION
from index.analysis.lexicon.cache import load_whole
from index.document import Form
from index.engines.whoosh.storage.array_file import Array, ArrayFile
from index.engines.whoosh.storage.array_writer import ArrayWriter
from index.engines.whoosh.storage.keyed_table import KeyedTable, table_arrays
from index.engines.whoosh.storage.slip_filter import filter_arrays
from index.engines.whoosh.storage.term_dict import Arrays, TermDictionary

# For each exact term that has any, the lemmas it can be read as besides its own.
Readings = Mapping[str, Sequence[str]]


def derived_path(segment: Path) -> Path:
    """Where the tables of a segment file lie.

    >>> derived_path(Path("MAIN_a.arrays")).name
    'MAIN_a.derived'
    """
    return segment.with_suffix(".derived")


def derived_arrays(terms: Mapping[Form, Sequence[str]], readings: Readings) -> dict[str, Array]:
    """The tables of some terms. The readings are given: analysing every term would take seconds."""
    arrays = {**readings_arrays(terms["exact"], readings), **filter_arrays(terms["exact"])}
    for form, some in terms.items():
        numbers = {term: number for number, term in enumerate(some)}  # of one form at a time
        for table, rule in TABLES.items():
            if rule.form == form and table != "readings":
                arrays |= table_arrays(table, rule.pairs(some), numbers)
    return arrays


def readings_arrays(exact: Sequence[str], readings: Readings) -> dict[str, Array]:
    """The table of readings alone: what a segment needs that is merged in the commit it is of."""
    numbers = {term: number for number, term in enumerate(exact)}
    pairs = ((lemma, term) for term, lemmas in readings.items() for lemma in lemmas)
    rules = np.array([TABLES_VERSION], np.uint32)
    return {"rules": rules, **table_arrays("readings", pairs, numbers)}


def write_derived(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write the tables of a segment beside it; those of older rules serve until then."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with ArrayWriter(draft) as file:
        for name, array in arrays.items():
            file.add(name, array)
    draft.replace(path)


def open_derived(path: Path) -> Arrays | None:
    """The tables of a segment; None when there are none of today's rules."""
    try:
        file = ArrayFile(path)
    except FileNotFoundError:
        return None
    return file if file.array("rules").tolist() == [TABLES_VERSION] else None


def readings_of(arrays: Arrays, exact: TermDictionary) -> dict[str, list[str]]:
    """The readings that tables were made of."""
    table = KeyedTable(arrays, "readings")
    of_key, of_term = table.rows()
    keys, terms = table.keys.texts(of_key), exact.texts(of_term)
    found: dict[str, list[str]] = {}
    for lemma, term in zip(keys, terms, strict=True):
        found.setdefault(term, []).append(lemma)
    return found


def made_anew(terms: Mapping[Form, Sequence[str]]) -> dict[str, Array]:
    """The tables of some terms and nothing else; takes seconds."""
    load_whole()
    readings: dict[str, list[str]] = {}
    for lemma, term in TABLES["readings"].pairs(terms["exact"]):
        readings.setdefault(term, []).append(lemma)
    return derived_arrays(terms, readings)
