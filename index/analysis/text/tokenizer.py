"""Words: where each one starts and ends in the original text.

Cutting comes first and works on the text as written, so every offset is one into what the reader
sees; spelling is dealt with afterwards, word by word. A word is a run of letters, digits and
whatever hangs on them (vowel marks, tatweel, zero-width and direction marks, soft hyphens); a
decimal or thousands mark between two digits belongs to the number. Arabic run together with digits
or Latin letters (رؤية2030) is two words, but for particles (ب20, الBBC) and eras (2015م).
"""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

from crawl.text.letters import (
    INVISIBLE,
    QURANIC_MARKS,
    TATWEEL,
    VOWEL_MARKS,
    without_marks,
)

# Characters that never end a word although `\\w` leaves them out; also Latin and Hebrew marks.
_MARKS = "\u0300-\u036f\u0591-\u05bd" + VOWEL_MARKS + QURANIC_MARKS + INVISIBLE

# A mark inside a number is none that parts words; `_STANDS` looks back at what was just consumed.
_STANDS = rf"(?<![{_MARKS}])(?:(?<![.,٫٬])|(?!\d)|(?<!\d.))"
# What stands between words: spaces, punctuation, symbols. Each step consumes exactly one character,
# so there is nothing to backtrack into; beginning with a set of characters and no choice is what
# lets `re` skip from gap to gap (half the time; `benchmarks.analysis_speed`).
_BETWEEN = re.compile(rf"([\W_](?:(?<= )|{_STANDS})(?:[\W_]{_STANDS})*)", re.DOTALL)

_ARABIC = "ء-غف-يٱ-ۓ"
_OTHERS = "0-9A-Za-z٠-٩۰-۹"
# Begins with the rarer set, so that `re` skips through Arabic as through blanks.
_SEAM = re.compile(f"[{_OTHERS}](?:(?=[{_ARABIC}])|(?<=[{_ARABIC}{TATWEEL}].))")
_ONE_SCRIPT = re.compile(f"[{_OTHERS}][^{_ARABIC}]*|[^{_OTHERS}]+")
_LETTER = re.compile(f"[{_ARABIC}]")
_ONTO_NUMBERS = re.compile("[وفبلك]{0,2}(?:ال|لل)?")  # والـ20, وF16
_ERAS = re.compile("ه|م|هجرية?|ميلادية?")  # 1436هـ, 2015م


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
    # The word of each seam, the last first, so that the places before stay what they are.
    sewn = {bisect_right(starts, seam.start()) - 1 for seam in _SEAM.finditer(text)}
    for place in sorted(sewn, reverse=True):
        parted = _parts(words[place])
        if len(parted) > 1:
            inner = list(accumulate(map(len, parted), initial=starts[place]))
            words[place : place + 1] = parted
            starts[place : place + 1] = inner[:-1]
            ends_of_words[place : place + 1] = inner[1:]
    return words, starts, ends_of_words


def is_sewn(word: str) -> bool:
    """Whether a word has a seam of scripts, at which it may be two.

    >>> is_sewn("رؤية2030"), is_sewn("رؤية")
    (True, False)
    """
    return _SEAM.search(word) is not None


@lru_cache(1 << 12)  # papers write 2015م and الـ20 on every page
def _parts(word: str) -> tuple[str, ...]:
    """The words that a word of two scripts is made of.

    >>> _parts("1500طن"), _parts("وال20م")
    (('1500', 'طن'), ('وال20م',))
    """
    first, *others = _ONE_SCRIPT.findall(word)
    parts, last = [first], first
    for one in others:
        if _is_parted(last, one):
            parts.append(one)
        else:
            parts[-1] += one
        last = one
    return tuple(parts)


def _is_parted(one: str, other: str) -> bool:
    before, after = without_marks(one), without_marks(other)
    if _LETTER.match(before):
        initial = len(after) == 1 and after.isalpha()  # تويترX
        return len(before) > 1 and not initial and not _ONTO_NUMBERS.fullmatch(before)
    return len(after) > 1 and not _ERAS.fullmatch(after)
