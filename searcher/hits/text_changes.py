"""Text changes: what a version of an article says otherwise than the next, word by word.

Words are compared as the analysis folds them and without their hamza's seats, so vowel marks,
hamzas and punctuation are no changes. Numbers and names that changed are called out: they are what
a correction is mostly about.

>>> changes("قُتل ١٢ جنديًا في عدن", "قتل 15 جنديا في عدن.")
[TextChange(before='قتل', removed='١٢', added='15', kind='number')]
"""

from __future__ import annotations

from itertools import islice
from typing import Literal, NamedTuple

from index import analysis, cut, fold, loose_words

# Words of a text that are compared; the longest article of a real archive has fewer.
MOST_WORDS = 4_000
# Changes that are told of one version.
MOST_CHANGES = 60
# Words that lead to a change.
BEFORE = 3
# Words of a change that are shown.
SHOWN = 40

ChangeKind = Literal["", "number", "name"]


class TextChange(NamedTuple):
    """Words that were replaced, dropped or added, and those before them."""

    before: str
    removed: str
    added: str
    kind: ChangeKind = ""


def changes(old: str, new: str) -> list[TextChange]:
    """The changes from one text to another, in the order of the text, the first of them."""
    from difflib import SequenceMatcher  # most processes compare no versions

    left, right = _Words(old), _Words(new)
    # Frequent words align badly and cost most: `autojunk` leaves them to their neighbours.
    matcher = SequenceMatcher(None, left.forms, right.forms, autojunk=len(left.forms) > 200)
    found = (
        TextChange(
            right.text(max(0, start - BEFORE), start),
            left.text(first, last),
            right.text(start, stop),
            _kind([*left.words(first, last), *right.words(start, stop)]),
        )
        for tag, first, last, start, stop in matcher.get_opcodes()
        if tag != "equal"
    )
    return list(islice(found, MOST_CHANGES))


def _kind(words: list[str]) -> ChangeKind:
    if any(map(str.isdigit, "".join(words))):
        return "number"
    return "name" if any(analysis.is_name(fold(word)) for word in words) else ""


class _Words:
    """A text as folded words, each with its place."""

    def __init__(self, text: str) -> None:
        starts, ends = cut(text)
        self._source = text
        self._spans = list(zip(starts, ends, strict=True))[:MOST_WORDS]
        self.forms = [" ".join(loose_words(text[s:e])) for s, e in self._spans]

    def words(self, first: int, last: int) -> list[str]:
        """The words from one to before another."""
        return [self._source[start:end] for start, end in self._spans[first:last]]

    def text(self, first: int, last: int) -> str:
        """The words from one to before another, as they are written."""
        if first >= last:
            return ""
        shown = min(last, first + SHOWN)
        end = "…" if shown < last else ""
        return self._source[self._spans[first][0] : self._spans[shown - 1][1]] + end
