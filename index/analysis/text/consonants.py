"""Consonant key of an Arabic word: vowels left out, letters that Latin confuses made one.

Transliteration finds its candidates by it: both scripts agree on these consonants.

>>> consonants("المحكمة"), consonants("قطر") == consonants("كتر")
('لمحقم', True)
"""

import re

# Consonants that one script confuses, under one letter; the rest, weak, are left out.
_CLASSES = {
    ord(letter): group[0]
    for group in ("ب", "تط", "ث", "ج", "ح", "خ", "دض", "ذزظ", "ر", "سص", "ش", "غ", "ف", "قك")
    for letter in group
} | {ord(letter): letter for letter in "لمن"}
_WEAK = re.compile("[^بتثجحخدذرسشغفقلمن]")
_REPEATED = re.compile(r"(.)\1+")
_DEFINITE = re.compile("^[وفبك]?ال|^[وف]?لل")


def consonants(arabic: str) -> str:
    """The key of a word."""
    return without_repeats(_WEAK.sub("", arabic.translate(_CLASSES)))


def without_repeats(text: str) -> str:
    """Each letter that stands several times in a row once."""
    return _REPEATED.sub(r"\1", text)


def without_article(term: str) -> str:
    """An exact form without the article, and what may stand before that.

    >>> without_article("والسفير"), without_article("سفير")
    ('سفير', 'سفير')
    """
    return _DEFINITE.sub("", term)
