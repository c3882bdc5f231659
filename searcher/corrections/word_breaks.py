"""Word breaks: two words typed as one, and one typed as two."""

from __future__ import annotations

from collections.abc import Iterator

# A single letter is no word: و and ب belong to what follows them.
SHORTEST_PART = 2


def breaks(word: str) -> Iterator[tuple[str, str]]:
    """The ways to read one word as two, from left to right.

    >>> list(breaks("يومأمس"))
    [('يو', 'مأمس'), ('يوم', 'أمس'), ('يومأ', 'مس')]
    """
    for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        yield word[:at], word[at:]
