"""Damage: what fingers and keyboards do to a query, each kind with what it does to one.

Every kind is a total function of a query and a source of chance; it gives the damaged query, or
nothing where the query offers no place for such an accident.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Damage = Callable[[str, random.Random], str]

# Shorter words are left alone: a slip in them makes another word, which nobody could undo.
SHORTEST = 4

# The letters of an Arabic keyboard, row by row.
ROWS = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ")

_KEYS = dict(
    zip(
        "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظذأإآ؟،",
        [*"qwertyuiop[]asdfghjkl;'zxcvnm,./`HYN?K"],
        strict=True,
    )
)
_PAIRS = {"لا": "b", "لأ": "G", "لإ": "T", "لآ": "B"}

_SOUNDS = dict.fromkeys("اعةىأآء", "a") | dict.fromkeys("يإئ", "i") | dict.fromkeys("وؤ", "u")
_SOUNDS |= dict(zip("بتجحدرزسصضطظفقكلمنه", "btjhdrzssdtzfqklmnh", strict=True))
_SOUNDS |= {"ث": "th", "خ": "kh", "ذ": "dh", "ش": "sh", "غ": "gh"}
_VOWELS = "اويةىأإآؤئءع"


def layout(query: str, _chance: random.Random) -> str:
    """All of it with the Latin layout on."""
    pairs = re.sub("ل[اأإآ]", lambda found: _PAIRS[found[0]], query)
    return "".join(_KEYS.get(letter, letter) for letter in pairs)


def joined(query: str, chance: random.Random) -> str:
    """A space forgotten."""
    words = query.split()
    if len(words) < 2:
        return ""
    at = chance.randrange(len(words) - 1)
    return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])


def split(query: str, chance: random.Random) -> str:
    """A space too many."""
    return _in_a_word(query, chance, lambda w, i: f"{w[:i]} {w[i:]}", first=2, last=2)


def neighbour(query: str, chance: random.Random) -> str:
    """The key beside the right one."""

    def slip(word: str, at: int) -> str:
        row = next((row for row in ROWS if word[at] in row), "")
        if not row:
            return word
        place = row.index(word[at])
        return word[:at] + chance.choice(row[max(0, place - 1) : place + 2]) + word[at + 1 :]

    return _in_a_word(query, chance, slip)


def insertion(query: str, chance: random.Random) -> str:
    """A letter too many."""
    return _in_a_word(
        query, chance, lambda w, i: w[:i] + chance.choice("".join(ROWS)) + w[i:], first=1
    )


def transposition(query: str, chance: random.Random) -> str:
    """Two letters in the wrong order."""
    return _in_a_word(query, chance, lambda w, i: w[:i] + w[i + 1] + w[i] + w[i + 2 :], last=2)


def deletion(query: str, chance: random.Random) -> str:
    """A letter too few."""
    return _in_a_word(query, chance, lambda w, i: w[:i] + w[i + 1 :])


def doubled(query: str, chance: random.Random) -> str:
    """A key that stuck."""
    return _in_a_word(query, chance, lambda w, i: w[:i] + w[i] + w[i:])


def hamza(query: str, _chance: random.Random) -> str:
    """Hamza, teh marbuta and final yeh as the hurried write them."""
    careless = query.translate(str.maketrans("أإآؤئةى", "ااءويهي"))
    return careless if careless != query else ""


def latin(query: str, chance: random.Random) -> str:
    """One word in Latin letters, a vowel between consonants."""
    words = query.split()
    places = [i for i, word in enumerate(words) if len(word) >= SHORTEST and word.isalpha()]
    if not places:
        return ""
    at = chance.choice(places)
    word, written = words[at], ""
    for place, letter in enumerate(word):
        vowel = place > 0 and word[place - 1] not in _VOWELS and letter not in _VOWELS
        written += ("a" if vowel and word[:2] != "ال" else "") + _SOUNDS.get(letter, letter)
    return " ".join([*words[:at], written, *words[at + 1 :]])


def _in_a_word(
    query: str,
    chance: random.Random,
    change: Callable[[str, int], str],
    *,
    first: int = 0,
    last: int = 1,
) -> str:
    """A change at a random place of a random word; `first` and `last` keep it from the ends."""
    words = query.split()
    places = [
        i for i, word in enumerate(words) if len(word) >= SHORTEST and set(word) <= set(_SOUNDS)
    ]
    if not places:
        return ""
    at = chance.choice(places)
    changed = change(words[at], chance.randrange(first, len(words[at]) - last + 1))
    damaged = " ".join([*words[:at], changed, *words[at + 1 :]])
    return damaged if damaged != query else ""


KINDS: dict[str, Damage] = {
    "layout": layout,
    "joined": joined,
    "split": split,
    "neighbour": neighbour,
    "insertion": insertion,
    "transposition": transposition,
    "deletion": deletion,
    "doubled": doubled,
    "hamza": hamza,
    "latin": latin,
}
