"""Numbers in words, from one to 9,999: cardinals and ordinals, as papers write them.

All in the spelling of `crawl.text.month_names.plain` (أ إ آ → ا, ى → ي, ة → ه), the table of
every reader of numbers in words. `pyarabic.number` was tried first: it knows no ordinals and reads
«الف وتسعمئة» as 900.

>>> read_number(["الفين", "وخمسه", "عشر", "سفيرا"])
(2015, 3)
>>> read_number(["الحادي", "والعشرين", "من"])
(21, 2)
"""

from __future__ import annotations

from collections.abc import Sequence

# value → its words: feminine and masculine, nominative and the other cases, the old spelling مائة.
_ONES = {
    1: "واحد واحده احد احدي",
    2: "اثنان اثنين اثنتان اثنتين اثنا اثني",
    3: "ثلاثه ثلاث",
    4: "اربعه اربع",
    5: "خمسه خمس",
    6: "سته ست",
    7: "سبعه سبع",
    8: "ثمانيه ثماني ثمان",
    9: "تسعه تسع",
}
_TENS = {
    20: "عشرون عشرين",
    30: "ثلاثون ثلاثين",
    40: "اربعون اربعين",
    50: "خمسون خمسين",
    60: "ستون ستين",
    70: "سبعون سبعين",
    80: "ثمانون ثمانين",
    90: "تسعون تسعين",
}
_HUNDREDS = {100: "مئه مائه ميه", 200: "مئتان مئتين مائتان مائتين"} | {
    100 * digit: " ".join(stem + end for stem in stems.split() for end in ("مئه", "مائه", "ميه"))
    for digit, stems in (
        *(
            (3, "ثلاث"),
            (4, "اربع"),
            (5, "خمس"),
            (6, "ست"),
            (7, "سبع"),
            (8, "ثمان ثماني"),
            (9, "تسع"),
        ),
    )
}
_THOUSANDS = {1000: "الف", 2000: "الفان الفين"}
_ORDINALS = {
    1: "اول اولي حادي حاديه",
    2: "ثاني ثانيه ثان",
    3: "ثالث ثالثه",
    4: "رابع رابعه",
    5: "خامس خامسه",
    6: "سادس سادسه",
    7: "سابع سابعه",
    8: "ثامن ثامنه",
    9: "تاسع تاسعه",
    10: "عاشر عاشره",
}


def _table(rows: dict[int, str]) -> dict[str, int]:
    return {word: value for value, row in rows.items() for word in row.split()}


_UNIT = _table(_ONES) | _table(_ORDINALS)
_TEN, _HUNDRED, _THOUSAND = _table(_TENS), _table(_HUNDREDS), _table(_THOUSANDS)
_TEEN = ("عشر", "عشره")
_THOUSANDS_OF = "الاف"


def read_number(words: Sequence[str]) -> tuple[int, int] | None:
    """The number that the first of these words say, and how many say it; digits are no words."""
    total = used = 0
    for stage in (_thousands, _hundreds, _under_hundred):
        start = _joined(words[used:]) if used else (list(words), 0)
        if start and start[0] and (found := stage(start[0])):
            total, used = total + found[0], used + start[1] + found[1]
    return (total, used) if used else None


def read_ordinal(word: str) -> int | None:
    """The place in a row that one word names, with or without its article.

    >>> read_ordinal("الثالث"), read_ordinal("اولي"), read_ordinal("سفير")
    (3, 1, None)
    """
    return _table(_ORDINALS).get(_bare(word))


def _joined(words: Sequence[str]) -> tuple[list[str], int] | None:
    """The words after an «و» that joins them to a number, and how many words that و is."""
    if words and words[0] == "و":
        return list(words[1:]), 1
    if words and words[0].startswith("و") and words[0] not in _UNIT:  # واحد
        return [words[0][1:], *words[1:]], 0
    return None


def _thousands(words: Sequence[str]) -> tuple[int, int] | None:
    if value := _THOUSAND.get(words[0]) or _THOUSAND.get(_bare(words[0])):
        return value, 1
    count = _UNIT.get(_bare(words[0]), 0)
    of = len(words) > 1 and words[1] == _THOUSANDS_OF
    return (count * 1000, 2) if count > 2 and of else None


def _hundreds(words: Sequence[str]) -> tuple[int, int] | None:
    value = _HUNDRED.get(_bare(words[0]))
    return (value, 1) if value else None


def _under_hundred(words: Sequence[str]) -> tuple[int, int] | None:
    """«خمسه عشر», «خمسه وعشرين», «عشرين», «خمسه», «عشره»."""
    first = _bare(words[0])
    if value := _TEN.get(first):
        return value, 1
    unit = _UNIT.get(first)
    if unit is None:
        return (10, 1) if first in _TEEN else None
    if len(words) > 1 and words[1] in _TEEN:
        return unit + 10, 2
    rest = _joined(words[1:])
    if rest and rest[0] and (ten := _TEN.get(_bare(rest[0][0]))):
        return unit + ten, 2 + rest[1]
    return unit, 1


def _bare(word: str) -> str:
    """A word without its article."""
    return word.removeprefix("ال")
