"""Keyboard: what would have been typed with the other layout on.

The layouts are those of Arabic 101 and 102 (they differ in the place of ذ) over an American
keyboard, and over a French one. Reversible: English typed with the Arabic layout on comes back too.
"""

from __future__ import annotations

import re

# Key by key as an American keyboard prints it, row by row, without and with Shift.
_PLAIN = dict(
    zip(
        "qwertyuiop[]asdfghjkl;'zxcvnm,./`\\",
        "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظذذ",
        strict=True,
    )
)
_SHIFTED = dict(zip("YHNZCVXJUIOPK", "إأآ~{}ْـ‘÷×؛،", strict=True))
_PAIRS = {"b": "لا", "T": "لإ", "G": "لأ", "B": "لآ"}
_MARKS = dict.fromkeys("QWERASX", "")  # Shift and these keys type vowel marks

_TO_ARABIC = {**{key.upper(): letter for key, letter in _PLAIN.items() if key.isalpha()}}
_TO_ARABIC |= _PLAIN | _SHIFTED | _PAIRS | _MARKS

# The letter keys of a French keyboard by what an American one has in their place.
_FRENCH = str.maketrans("azqwAZQWmM,;:!^$ù", "qwazQWAZ;:m,./[]'")

_LETTERS = {letter: key for key, letter in _PLAIN.items() if key.isalpha()}
_TO_LATIN = {**_LETTERS, "أ": "H", "إ": "Y", "آ": "N"}
_LAM_ALEF = re.compile("ل[اأإآ]")
_PAIRED = {letters: key for key, letters in _PAIRS.items()}

_ARABIC = re.compile("[ء-ي]")
_LATIN = re.compile("[A-Za-z]")


def retyped(query: str) -> list[str]:
    """The query as each other layout would have typed it, the likeliest first; none is like it.

    >>> retyped("hgstdv")[0], retyped("lpl] fk sglhk")[0]
    ('السفير', 'محمد بن سلمان')
    >>> retyped("لخخلمث")
    ['google']
    """
    if _ARABIC.search(query):
        return [] if _LATIN.search(query) else list(_latin(query))
    if not _LATIN.search(query) and not set(query) & set(_PLAIN):
        return []
    american = _arabic(query)
    french = _arabic(query.translate(_FRENCH))
    # In capitals by accident: the same keys without Shift.
    small = _arabic(query.lower()) if query.isupper() else american
    return list(dict.fromkeys(one for one in (american, small, french) if one))


def _arabic(query: str) -> str:
    return "".join(_TO_ARABIC.get(key, key) for key in query)


def _latin(query: str) -> list[str]:
    """Both readings of لا, which is one key and two."""
    one_key = _LAM_ALEF.sub(lambda found: _PAIRED[found[0]], query)
    both = (one_key, query)
    return list(dict.fromkeys("".join(_TO_LATIN.get(c, c) for c in one) for one in both))
