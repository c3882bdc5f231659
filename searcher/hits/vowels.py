"""Vowels: of texts that hold a word typed with its vowels, those that write others go below.

Papers print few vowels and an index keeps none, so عِلْم, «science», and عَلَم, «flag», find the same
articles. Where the reader writes vowels and a text does too, they are evidence: a text is put
below if it writes the word with other vowels wherever it writes it; a bare text stays where it is.
It is asked of the texts themselves, so that every engine answers alike.

>>> contradicts("عِلْم", "عَلَم"), contradicts("عِلْم", "علمٌ"), contradicts("عِلْم", "عِلمَ")
(True, False, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawl.text.letters import MARKS, VOWEL_MARKS, without_marks
from index import Document, Engine, Match, analysis, cut

# Matches that are looked at, the best of the search.
WINDOW = 50
# Characters of a text that are looked at, words of a query, and the letters and marks of a word.
MOST_READ, MOST_WORDS, LONGEST = 20_000, 8, 64

_MARK, _VOWEL = re.compile(f"[{MARKS}]").match, re.compile(f"[{VOWEL_MARKS}]").match
_VOWELLED = re.compile(f"[{VOWEL_MARKS}](?!ا$)(?=[ء-ي])").search  # not «شكرًا»
_ATTACHED = "[وفبلك]{0,2}(?:ال|لل)?"


def vowelled_words(query: str) -> list[str]:
    """The words of a query that are typed with a vowel before the last letter.

    >>> vowelled_words("عِلْم الفلكِ شكرًا")
    ['عِلْم']
    """
    words = (query[start:end] for start, end in zip(*cut(query), strict=True))
    return [word for word in words if len(word) <= LONGEST and _VOWELLED(word)][:MOST_WORDS]


def agreeing_first(
    engine: Engine, found: Sequence[Match], words: Sequence[str]
) -> tuple[Match, ...]:
    """The matches in their order, but those that contradict a word after the others."""
    texts = engine.documents([match.key for match in found])
    other = [one is not None and _is_another(one, words) for one in texts]
    order = sorted(range(len(found)), key=other.__getitem__)
    return tuple(found[place] for place in order)


def contradicts(typed: str, read: str) -> bool:
    """Whether two spellings of the same letters have different vowels before the last letter.

    Only where both have a mark on a letter.
    """
    one, other = _letters(typed), _letters(read)
    if [letter for letter, _ in one] != [letter for letter, _ in other]:
        return False
    return any(
        mine and yours and mine != yours
        for (_, mine), (_, yours) in zip(one[:-1], other[:-1], strict=True)
    )


def _is_another(document: Document, words: Sequence[str]) -> bool:
    """Whether a text has some word with other vowels only."""
    text = f"{document.title}\n{document.body[:MOST_READ]}"
    return any(_contradicted(word, text) for word in words)


def _contradicted(word: str, text: str) -> bool:
    read = [contradicts(word, found) for found in _spellings(word, text)]
    return bool(read) and all(read)


def _spellings(word: str, text: str) -> Iterator[str]:
    """The places where a text has the letters of a word, as written, without what is before."""
    bare = analysis.without_article(without_marks(word))
    letters = f"[{MARKS}]*".join(map(re.escape, bare))
    before = rf"(?<![ء-ي{MARKS}]){_ATTACHED}"
    pattern = re.compile(rf"{before}({letters}[{MARKS}]*)(?![ء-ي])")
    return (found[1] for found in pattern.finditer(text))


def _letters(word: str) -> list[tuple[str, frozenset[str]]]:
    """Each letter with the marks on it, of a word without its article."""
    found: list[tuple[str, frozenset[str]]] = []
    for letter in word:
        if not _MARK(letter):
            found.append((letter, frozenset()))
        elif found and _VOWEL(letter):
            found[-1] = (found[-1][0], found[-1][1] | {letter})
    article = [letter for letter, _ in found[:2]] == ["ا", "ل"]
    return found[2:] if article and len(found) > 3 else found
