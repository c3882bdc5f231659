"""Numbers in words and in digits: الثالث and 3, أربعمئة and 400, ثلاثة عشر and 13.

`pyarabic.number` knows the words and adds them up. One and two are left out: their words mean much
else (الأول, اثنين).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pyarabic import number_const

from index.analysis.lemmatizer import remembered
from index.analysis.text.folding import key

_LEAST, _MOST = 3, 999
_HUNDRED = re.compile("(ثلاث|اربع|خمس|ست|سبع|ثمان|ثماني|تسع)(?:ماءه|مءه)").fullmatch
_THOUSANDS = re.compile("[1-9][0-9]{3,5}").fullmatch
_YEAR = re.compile("1[349][0-9]{2}|20[0-9]{2}").fullmatch
_POINTED = re.compile("[1-9][0-9]{0,2}(?:[.][0-9]{3}){1,3}").fullmatch
_UNITS = frozenset(["ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "ثماني", "تسع"])


def digits_of(exact: str) -> str:
    """The digits of one number word, cardinal or ordinal; empty when it is none.

    >>> digits_of("أربعمئة"), digits_of("الثالث"), digits_of("ثلاثون"), digits_of("وزير")
    ('400', '3', '30', '')
    """
    found = _values().get(remembered(exact).lemma, 0) or _values().get(_bare(exact), 0)
    return str(found) if found >= _LEAST else ""


def words_of(digits: str) -> tuple[str, ...]:
    """The lemmas of the words for a number that has one: 3 → ثلاثة, ثالث.

    >>> words_of("3"), words_of("13")
    (('ثلاثة', 'ثالث'), ())
    """
    return _lemmas().get(digits, ())


def spelled_out(digits: str) -> tuple[str, ...]:
    """A number of several words as these words; empty when it has one word or too many.

    >>> spelled_out("13"), spelled_out("25"), spelled_out("3")
    (('ثلاث', 'عشرة'), ('خمس', 'وعشرون'), ())
    """
    if not (digits.isdecimal() and len(digits) <= len(str(_MOST)) and int(digits) > 10):
        return ()
    from pyarabic import number  # loads much, and few ask for numbers

    words = number.number2text(int(digits)).replace(" و ", " و").split()
    return tuple(words) if len(words) > 1 else ()


def added_up(exact: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Number words in a row as one number: where they start and end, and its digits.

    >>> list(added_up(["رقم", "ثلاثة", "عشر"])), list(added_up(["خمسة", "وعشرون", "يوما"]))
    ([(1, 3, '13')], [(0, 2, '25')])
    """
    start = 0
    while start < len(exact):
        end = start
        while end < len(exact) and _bare(exact[end]) in _values():
            end += 1
        if end - start > 1:
            from pyarabic import number

            yield start, end, str(number.text2number(" ".join(map(_usual, exact[start:end]))))
        start = max(end, start + 1)


def hundreds_parted(exact: str) -> tuple[str, ...]:
    """Hundreds written as one word, as two; empty when it is none.

    >>> hundreds_parted("أربعمائة"), hundreds_parted("مائة")
    (('أربع', 'مائة'), ())
    """
    found = _HUNDRED(key(exact))
    return (exact[: found.end(1)], exact[found.end(1) :]) if found else ()


def hundreds_joined(first: str, second: str) -> str:
    """Hundreds written as two words, as one; empty when they are none.

    >>> hundreds_joined("أربع", "مئة"), hundreds_joined("سبع", "سنوات")
    ('أربعمئة', '')
    """
    return first + second if key(first) in _UNITS and _HUNDRED(key(first + second)) else ""


def is_grouped(digits: str) -> bool:
    """Whether some write a number with a gap before its last three digits; years are no such.

    >>> is_grouped("12345"), is_grouped("1500"), is_grouped("2015"), is_grouped("1234567")
    (True, True, False, False)
    """
    return _THOUSANDS(digits) is not None and not _YEAR(digits)


def otherwise_grouped(digits: str) -> str:
    """A number with points between its thousands without these, and back; empty if it has neither.

    >>> otherwise_grouped("12.345"), otherwise_grouped("12345"), otherwise_grouped("3.5")
    ('12345', '12.345', '')
    """
    if _POINTED(digits):
        return digits.replace(".", "")
    return f"{digits[:-3]}.{digits[-3:]}" if is_grouped(digits) else ""


def _bare(exact: str) -> str:
    """A number word without the «and» before it: وعشرون."""
    return exact[1:] if exact.startswith("و") and key(exact[1:]) in _spellings() else exact


def _usual(exact: str) -> str:
    """A number word as `pyarabic` spells it."""
    return _spellings().get(key(_bare(exact)), exact)


@cache
def _spellings() -> dict[str, str]:
    """The words of numbers by their keys."""
    return {key(word): word for word in number_const.NUMBER_WORDS}


@cache
def _values() -> dict[str, int]:
    """What words are worth: cardinals, and the lemmas of cardinals and ordinals."""
    values = dict(number_const.NUMBER_WORDS)
    for cardinal, ordinal in number_const.UNITS_ORDINAL_WORDS.items():
        values.setdefault(ordinal, values[cardinal])
    return {remembered(word).lemma: value for word, value in values.items()} | values


@cache
def _lemmas() -> dict[str, tuple[str, ...]]:
    """The lemmas of the words for each number from three on."""
    found: dict[str, tuple[str, ...]] = {}
    for word, value in _values().items():
        lemma = remembered(word).lemma
        if value >= _LEAST and lemma not in found.get(str(value), ()):
            found[str(value)] = (*found.get(str(value), ()), lemma)
    return found
