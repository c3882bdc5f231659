"""Vocabulary: what query expansion, corrections and suggestions may ask of an index's terms.

Narrow questions in batches, none for all terms: a file or a cluster can answer them from sorted
tables, and a process starts without reading the vocabulary. `scan.ScannedVocabulary` is their
meaning.
"""

from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple, Protocol

Form = Literal["exact", "lemma"]
# Tables derived from the terms, by key; `tables.TABLES` has their rules.
Table = Literal["names", "hidden", "readings", "consonants"]


class TermCount(NamedTuple):
    """A term and how often: documents that hold it, or titles in which it follows another."""

    text: str
    frequency: int


class NearTerm(NamedTuple):
    """A term near another: how many documents hold it, and how many slips lie between the two."""

    text: str
    frequency: int
    slips: int


class Vocabulary(Protocol):
    """The terms of one index, over title and body, that a document holds now."""

    def frequencies(self, form: Form, terms: Sequence[str]) -> list[int]:
        """In how many documents each term occurs, in either field; 0 when absent."""
        ...

    def beginning(self, form: Form, prefix: str, limit: int) -> list[TermCount]:
        """The terms that begin so, the most frequent first, ties by text; at most `limit`.

        A prefix is itself such a term.
        """
        ...

    def keyed(self, table: Table, keys: Sequence[str]) -> list[list[str]]:
        """For each key the terms that have it in a derived table, ascending."""
        ...

    def near(self, term: str, slips: int, limit: int) -> list[NearTerm]:
        """Exact terms at most so many slips from one, itself included if held; at most `limit`.

        A slip is a letter too many, too few, wrong, or two neighbours swapped (the distance of
        optimal string alignment). The fewest slips first, then the most frequent, then by text.
        """
        ...

    def followers(self, term: str, prefix: str, limit: int) -> list[TermCount]:
        """Exact terms beginning with `prefix` that stand right behind an exact term in titles.

        With the number of such titles, the most frequent first, ties by text. Titles alone:
        editors write there what readers ask, and a list of their words is short.
        """
        ...


def within_slips(term: str, others: Collection[str], slips: int) -> list[tuple[str, int]]:
    """Those of some terms that are at most so many slips from one, each with how many.

    >>> within_slips("سفير", ["سفيرة", "وزير", "سفري"], 1)
    [('سفيرة', 1), ('سفري', 1)]
    """
    # Loaded here: most queries are spelled well, and it takes as long as a search to load.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(term, others, scorer=OSA.distance, score_cutoff=slips, limit=None)
    return [(text, int(far)) for text, far, _ in found]
