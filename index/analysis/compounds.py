"""Names that some write as one word and others as two: عبد الله and عبدالله."""

from typing import NamedTuple


class Rewriting(NamedTuple):
    """A stretch of a query's words that may also be written as other words in a row.

    `words[start:end]` of the query ↔ the phrase `spelled`, each a word as one would type it.
    """

    start: int
    end: int
    spelled: tuple[str, ...]


_OPENERS = ("عبد", "أبو", "ابو", "نور", "سيف", "ضياء", "صلاح", "علاء", "بهاء")
_SHORTEST_REST = 3


def joined(first: str, second: str) -> str:
    """Two words as one: ("عبد", "الله") → "عبدالله".

    >>> joined("عبد", "الله")
    'عبدالله'
    """
    return first + second


def split(word: str) -> list[tuple[str, str]]:
    """The ways to read one word as two, by the words that open compound names.

    >>> split("عبدالله")
    [('عبد', 'الله')]
    """
    return [
        (opener, word[len(opener) :])
        for opener in _OPENERS
        if word.startswith(opener) and len(word) - len(opener) >= _SHORTEST_REST
    ]
