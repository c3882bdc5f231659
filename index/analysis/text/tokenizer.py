"""Words: where each one starts and ends in the original text.

Cutting comes first and works on the text as written, so every offset is one into what the reader
sees; spelling is dealt with afterwards, word by word. A word is a run of letters, digits and
whatever hangs on them (vowel marks, tatweel, zero-width and direction marks, soft hyphens); a
decimal or thousands mark between two digits belongs to the number.
"""

import re
from itertools import accumulate

from crawl.text.letters import INVISIBLE, QURANIC_MARKS, VOWEL_MARKS

# Characters that never end a word although `\\w` leaves them out; also Latin and Hebrew marks.
_MARKS = "\u0300-\u036f\u0591-\u05bd" + VOWEL_MARKS + QURANIC_MARKS + INVISIBLE

# A mark inside a number is none that parts words; `_STANDS` looks back at what was just consumed.
_STANDS = rf"(?<![{_MARKS}])(?:(?<![.,٫٬])|(?!\d)|(?<!\d.))"
# What stands between words: spaces, punctuation, symbols. Each step consumes exactly one character,
# so there is nothing to backtrack into; beginning with a set of characters and no choice is what
# lets `re` skip from gap to gap (half the time; `benchmarks.analysis_speed`).
_BETWEEN = re.compile(rf"([\W_](?:(?<= )|{_STANDS})(?:[\W_]{_STANDS})*)", re.DOTALL)


def pieces(text: str) -> tuple[list[str], list[int], list[int]]:
    """The candidate words of a text with their starts and ends; some may fold to nothing.

    >>> pieces("قال: 1,500 وزيرًا.")
    (['قال', '1,500', 'وزيرًا'], [0, 5, 11], [3, 10, 17])
    """
    parts = _BETWEEN.split(text)  # word, gap, word, gap, … word
    ends = list(accumulate(map(len, parts)))
    words, ends_of_words = parts[::2], ends[::2]
    starts = [0, *ends[1::2]]
    if not words[-1]:
        del words[-1], starts[-1], ends_of_words[-1]
    if words and not words[0]:
        del words[0], starts[0], ends_of_words[0]
    return words, starts, ends_of_words
