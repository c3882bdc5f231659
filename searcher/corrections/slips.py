"""Cost of a misspelling: how unlikely it is to type one word where another was meant.

The distance of optimal string alignment (Damerau 1964, each letter moved once), in which a slip
costs less the likelier it is: letters that sound or look alike, keys side by side, a key that
stuck. A plain slip, a letter left out, costs 1: a finger skips a letter more often than it hits a
key that is far from the right one.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from searcher.corrections.keyboard import ROWS


def _pairs(cost: float, groups: str) -> dict[tuple[str, str], float]:
    return {(one, other): cost for group in groups.split() for one in group for other in group}


# Letters that are mistaken for each other: neighbours on the keyboard, in sound, in shape.
_WRONG = {
    **{pair: 0.8 for row in ROWS for one in pairwise(row) for pair in (one, one[::-1])},
    **_pairs(0.5, "ذز ذد سص تط ثس دض كق قغ هح ثت زظ ءا ىا"),
    **_pairs(0.25, "اأإآ ىي ةه ؤو ئي ئء ضظ"),
}

_WRONG_AT_ALL = 1.4
_SWAPPED = 0.7
_LEFT_OUT = {"ا": 0.8, "و": 0.8, "ي": 0.8, "ء": 0.5}
_TOO_MANY = 1.2
_STUCK = 0.5
# A letter too many: of a key struck twice, and of the key beside one that was meant.
_BY_THE_WAY = 0.8
# What a slip costs more in the first letter, which is seldom wrong.
_FIRST = 0.3


@lru_cache(1 << 12)
def slip_cost(typed: str, meant: str) -> float:
    """What it takes to type one word where another was meant.

    >>> slip_cost("نتايج", "نتائج") < slip_cost("نتاخج", "نتائج") < slip_cost("نتج", "نتائج")
    True
    """
    gaps = [_LEFT_OUT.get(letter, 1.0) + (0.0 if at else _FIRST) for at, letter in enumerate(meant)]
    before: list[float] = []
    above = [0.0]
    for gap in gaps:
        above.append(above[-1] + gap)
    for i, key in enumerate(typed):
        first = 0.0 if i else _FIRST
        extra = _too_many(typed, i) + first
        row = [above[0] + extra]
        for j, letter in enumerate(meant):
            wrong = 0.0 if key == letter else _WRONG.get((key, letter), _WRONG_AT_ALL) + first
            best = min(above[j] + wrong, above[j + 1] + extra, row[j] + gaps[j])
            if i and j and key == meant[j - 1] and typed[i - 1] == letter:
                best = min(best, before[j - 1] + _SWAPPED)
            row.append(best)
        before, above = above, row
    return above[-1]


def _too_many(typed: str, at: int) -> float:
    """The cost of a letter that was not meant."""
    around = typed[max(0, at - 1) : at] + typed[at + 1 : at + 2]
    if typed[at] in around:
        return _STUCK
    return _BY_THE_WAY if any((typed[at], other) in _WRONG for other in around) else _TOO_MANY
