"""Directions: which way a text runs, and how to keep a foreign piece of a sentence in one piece.

Unicode's algorithm (UAX #9) shows «2015-08-01» inside an Arabic sentence as 01-08-2015, since each
hyphen takes the sentence's direction. An isolate (§2.4) keeps such a piece apart.
"""

from __future__ import annotations

import re
import unicodedata

from web.locale.catalog import Direction

LEFT_TO_RIGHT = "\u2066"  # LRI
FIRST_STRONG = "\u2068"  # FSI
END = "\u2069"  # PDI

# Digits or Latin words parted by marks that would take the direction of the sentence around them.
PARTED = re.compile(r"[0-9٠-٩]+(?:(?:\.\.|[-/])[0-9٠-٩]+)+|[A-Za-z]+[+/:-](?:[A-Za-z]+)?")
# Letters and digits that keep their places in a sentence of that direction.
_AT_HOME: dict[Direction, frozenset[str]] = {
    "rtl": frozenset({"R", "AL", "AN"}),
    "ltr": frozenset({"L", "EN"}),
}
# A number whose marks do not part it, in either set of digits.
_NUMBER = re.compile(r"[0-9]+(?:[.,:][0-9]+)*|[٠-٩]+(?:[٬٫:][٠-٩]+)*")


def direction(text: str) -> Direction:
    """The direction of a text by its first strong letter (UAX #9, P2 and P3); Arabic's without any.

    >>> direction("«خبر»"), direction("2015 news")
    ('rtl', 'ltr')
    """
    for letter in text:
        match unicodedata.bidirectional(letter):
            case "R" | "AL":
                return "rtl"
            case "L":
                return "ltr"
    return "rtl"


def isolated(value: str, sentence: Direction) -> str:
    """A value fit to stand inside a sentence: in an isolate, unless it runs the sentence's way.

    >>> isolated("زرافة", "rtl"), isolated("٢٬٠٠٠", "rtl")
    ('زرافة', '٢٬٠٠٠')
    >>> isolated("2015-08-01", "rtl") == FIRST_STRONG + "2015-08-01" + END
    True
    """
    plain = _AT_HOME[sentence] | {"WS", "NSM"}
    if _NUMBER.fullmatch(value) or all(unicodedata.bidirectional(c) in plain for c in value):
        return value
    return FIRST_STRONG + value + END


def isolate_parted(sentence: str) -> str:
    """A sentence whose dates, ranges and commands are kept left to right.

    >>> isolate_parted("اكتب 2015-08") == f"اكتب {LEFT_TO_RIGHT}2015-08{END}"
    True
    """
    return PARTED.sub(lambda found: left_to_right(found[0]), sentence)


def left_to_right(text: str) -> str:
    """A date, a range or a command, kept left to right inside any sentence."""
    return LEFT_TO_RIGHT + text + END
