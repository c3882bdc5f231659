"""Names that some write as one word and others as two: عبد الله and عبدالله."""

from collections.abc import Iterator
from typing import NamedTuple

from index.analysis.lemmatizer import remembered
from index.analysis.text.folding import key

_SHORTEST_PART = 3
_SHORT_OPENERS = frozenset({"بو", "ابو", "ام", "بن", "ال"})


class Rewriting(NamedTuple):
    """A stretch of a query's words that may also be written as other words in a row.

    `words[start:end]` of the query ↔ the phrase `spelled`, each a word as one would type it.
    """

    start: int
    end: int
    spelled: tuple[str, ...]


def joined(first: str, second: str) -> str:
    """Two exact forms as one word, or nothing when no name is written so.

    >>> joined("عبد", "الله"), joined("كتا", "ب")
    ('عبدالله', '')
    """
    one = first + second
    return one if _is_name(one) and len(one) > 4 else ""


def splits(word: str) -> Iterator[tuple[str, str]]:
    """The ways to read one exact form as two words, of which an index may know both.

    >>> ("نور", "الدين") in splits("نورالدين")
    True
    """
    if not _is_name(word):
        return
    for at in range(2, len(word) - 1):
        first, second = word[:at], word[at:]
        if _is_part(first) and _is_part(second):
            yield first, second


def _is_part(part: str) -> bool:
    return len(part) >= _SHORTEST_PART or key(part) in _SHORT_OPENERS


def _is_name(word: str) -> bool:
    return remembered(word).origin in ("unknown", "name")
