"""Alignment: how well an Arabic word fits what was typed in Latin letters.

A cheapest path through both words, where each Latin grapheme stands for Arabic letters or nothing;
short vowels are cheap to leave out, long ones are not. No cost was fitted to single words.
"""

from __future__ import annotations

import math
from functools import lru_cache

# What each Latin grapheme may stand for, the likeliest first; two letters joined by + go together.
GRAPHEMES: dict[str, tuple[str, ...]] = {
    grapheme: tuple(letters.split())
    for grapheme, letters in {
        "a": "ا أ آ ة ى ع ه إ",
        "aa": "ا آ ع ع+ا ا+ء ع+ا+ء",
        "ae": "ا ا+ع ا+ئ",
        "ai": "ي ا+ئ ا+ي",
        "au": "و ا+و",
        "aw": "و ا+و",
        "ay": "ي ا+ي",
        "b": "ب",
        "c": "ك س ق",
        "ch": "ش ت+ش خ ك",
        "ck": "ك",
        "d": "د ض ذ",
        "dh": "ذ ض ظ د",
        "dj": "ج",
        "e": "ي ا إ أ ئ ة ه ع",
        "ea": "ي ا",
        "ee": "ي ئ",
        "ei": "ي ئ+ي ا+ي",
        "f": "ف",
        "g": "غ ج ق ك",
        "gh": "غ ج",
        "h": "ه ح ة خ",
        "i": "ي ئ إ ع ا",
        "ie": "ي",
        "j": "ج",
        "k": "ك ق خ",
        "kh": "خ",
        "l": "ل",
        "m": "م",
        "n": "ن",
        "o": "و ؤ أ ع ا",
        "oo": "و ؤ+و",
        "ou": "و ؤ ؤ+و",
        "ow": "و ا+و",
        "p": "ب",
        "ph": "ف",
        "q": "ق ك",
        "r": "ر",
        "s": "س ص ث ز",
        "sh": "ش",
        "t": "ت ط ث",
        "tch": "ت+ش",
        "th": "ث ذ ت",
        "u": "و ؤ ؤ+و أ ع ا",
        "v": "ف",
        "w": "و ؤ",
        "x": "ك+س",
        "y": "ي ى ئ",
        "z": "ز ظ ذ ض",
        "'": "ء ع أ ئ ؤ",
        "2": "ء أ ئ ؤ آ",
        "3": "ع",
        "4": "ذ",
        "5": "خ",
        "6": "ط",
        "7": "ح",
        "8": "ق غ",
        "9": "ص ق",
    }.items()
}
# Where a vowel begins or ends a word it is always written, and often so.
_FIRST = {
    "a": (("ع", 0.1), ("أ", 0.0), ("ا", 0.0)),
    "e": (("إ", 0.0), ("ا", 0.05), ("أ", 0.1)),
    "i": (("إ", 0.0), ("ا", 0.05), ("ع", 0.1), ("إي", 0.0), ("اي", 0.05)),
    "o": (("ع", 0.05), ("أ", 0.1), ("أو", 0.0), ("او", 0.05)),
    "u": (("أ", 0.05), ("ع", 0.1), ("أو", 0.05), ("او", 0.1)),
}
_LAST = {
    "a": (("ة", 0.0), ("ا", 0.03), ("ى", 0.08), ("اء", 0.05)),
    "ah": (("ة", 0.0), ("اه", 0.05)),
    "eh": (("ة", 0.05),),
    "e": (("ة", 0.2), ("", 0.15)),
    "i": (("ي", 0.0), ("ى", 0.2)),
}
SILENT = {"a": 0.06, "e": 0.08, "i": 0.16, "o": 0.16, "u": 0.16, "'": 0.1, "h": 0.4}
_SILENT_LAST = 0.5
_UNTYPED = {
    "ع": 0.4,
    "ء": 0.3,
    "أ": 0.6,
    "إ": 0.6,
    "ئ": 0.5,
    "ؤ": 0.9,
    "ا": 0.8,
    "و": 0.9,
    "ي": 0.9,
}
_UNTYPED_LAST = {"ة": 0.6, "ه": 0.3, "ا": 0.4, "ى": 0.3, "ء": 0.2, "ي": 0.6}
_SECOND_CHOICE = 0.12
_DOUBLED = 0.05
_LONGEST_GRAPHEME = 3


@lru_cache(1 << 12)
def cost_of(latin: str, arabic: str) -> float:
    """The cost of the cheapest way to read a Latin word as an Arabic one.

    >>> cost_of("safir", "سفير") < cost_of("safir", "سفر")
    True
    """
    rows = [[math.inf] * (len(arabic) + 1) for _ in range(len(latin) + 1)]
    rows[0][0] = 0.0
    for i, row in enumerate(rows):
        for j in range(len(arabic) + 1):
            if row[j] == math.inf:
                continue
            if j < len(arabic):
                row[j + 1] = min(row[j + 1], row[j] + _untyped(arabic, j))
            for size, letters, cost in _steps(latin, i):
                if arabic.startswith(letters, j):
                    target = rows[i + size]
                    target[j + len(letters)] = min(target[j + len(letters)], row[j] + cost)
    return rows[-1][-1]


def _untyped(arabic: str, at: int) -> float:
    """The cost of an Arabic letter that nothing Latin stands for."""
    letter = arabic[at]
    if at == len(arabic) - 1 and letter in _UNTYPED_LAST:
        return _UNTYPED_LAST[letter]
    return _UNTYPED.get(letter, math.inf)


@lru_cache(1 << 12)
def _steps(latin: str, at: int) -> tuple[tuple[int, str, float], ...]:
    """The moves from a place: Latin letters taken, Arabic letters they stand for, cost."""
    found = []
    for size in range(1, min(_LONGEST_GRAPHEME, len(latin) - at) + 1):
        grapheme = latin[at : at + size]
        last = at + size == len(latin)
        for rank, letters in enumerate(GRAPHEMES.get(grapheme, ())):
            found.append((size, letters.replace("+", ""), min(rank, 3) * _SECOND_CHOICE))
        if last:
            found += [(size, letters, cost) for letters, cost in _LAST.get(grapheme, ())]
        if not at:
            found += [(size, letters, cost) for letters, cost in _FIRST.get(grapheme, ())]
        elif grapheme in SILENT:
            found.append((size, "", _SILENT_LAST if last else SILENT[grapheme]))
    if 0 < at < len(latin) and latin[at] == latin[at - 1]:
        found.append((1, "", _DOUBLED))
    return tuple(found)
