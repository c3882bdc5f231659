"""Keyboard: what would have been typed with the other layout on.

The layouts are those of Arabic 101 and 102 (they differ in the place of ذ) over an American
keyboard, and over a French one. Reversible: English typed with the Arabic layout on comes back too.
"""

from __future__ import annotations

import re

# The letters of an Arabic keyboard, row by row.
ROWS = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ")

# Key by key as an American keyboard prints it, row by row, without and with Shift.
_PLAIN = dict(zip("qwertyuiop[]asdfghjkl;'zxcvnm,./`\\", "".join(ROWS) + "ذذ", strict=True))
_SHIFTED = {"Y": "إ", "H": "أ", "N": "آ", "?": "؟"}
_PAIRS = {"b": "لا", "T": "لإ", "G": "لأ", "B": "لآ"}
_TO_ARABIC = _PLAIN | _SHIFTED | _PAIRS
# With Shift the other letters type signs and vowel marks (P is ؛, O is ×, A a kasra): who typed
# one of them did not mean Arabic.
_NO_LETTER = re.compile("[ACDEFIJKLMOPQRSUVWXZ{}]")

# The letter keys of a French keyboard by what an American one has in their place.
_FRENCH = str.maketrans("azqwAZQWmM,;:!^$ù", "qwazQWAZ;:m,./[]'")

_LETTERS = {letter: key for key, letter in _PLAIN.items() if key.isalpha()}
_TO_LATIN = {**_LETTERS, "أ": "H", "إ": "Y", "آ": "N"}
_LAM_ALEF = re.compile("ل[اأإآ]")
_PAIRED = {letters: key for key, letters in _PAIRS.items()}

_ARABIC = re.compile("[ء-ي]")
_LATIN = re.compile("[A-Za-z]")


def retyped(text: str) -> list[str]:
    """A text without spaces as each other layout would have typed it, the likeliest first.

    Empty where none is like it, or where other layouts would have typed signs.

    >>> retyped("hgstdv")[0], retyped("fk")[0]
    ('السفير', 'بن')
    >>> retyped("لخخلمث"), retyped("Putin")
    (['google'], [])
    """
    if _ARABIC.search(text):
        return [] if _LATIN.search(text) else _latin(text)
    if not _LATIN.search(text) and not set(text) & set(_PLAIN):
        return []
    # In capitals by accident: the same keys without Shift.
    small = text.lower() if text.isupper() else text
    found = (_arabic(one) for one in (small, small.translate(_FRENCH)))
    return list(dict.fromkeys(filter(None, found)))


def _arabic(text: str) -> str:
    """Key by key; empty where a key types no letter."""
    return "" if _NO_LETTER.search(text) else "".join(_TO_ARABIC.get(key, key) for key in text)


def _latin(text: str) -> list[str]:
    """Both readings of لا, which is one key and two."""
    one_key = _LAM_ALEF.sub(lambda found: _PAIRED[found[0]], text)
    both = (one_key, text)
    return list(dict.fromkeys("".join(_TO_LATIN.get(c, c) for c in one) for one in both))
