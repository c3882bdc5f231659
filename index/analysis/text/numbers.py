"""Numbers: one spelling for a number however its digits, marks and letters are typed."""

import re

_NUMBER = re.compile(
    r"(?P<before>[وفبلك]{0,2}(?:ال|لل)?)"  # والـ20
    r"(?P<digits>\d+(?:\.\d+)*)"
    r"(?P<after>ه|م|ميلادي|هجري|ميلادية|هجرية)?"  # 1436هـ, 2015م
)
_THOUSANDS = re.compile(r"(?<=\d)[,٬،](?=\d{3}(?!\d))")


def plain_marks(word: str) -> str:
    """A word with the marks inside its numbers reduced to the decimal point.

    A comma before exactly three digits groups thousands, any other is a decimal comma.

    >>> plain_marks("1,500"), plain_marks("٣٫٥"), plain_marks("1٬250٬000")
    ('1500', '٣.٥', '1250000')
    """
    return _THOUSANDS.sub("", word).replace("٬", "").translate(_DECIMAL)


_DECIMAL = str.maketrans({"٫": ".", ",": "."})


def number_in(exact: str) -> str:
    """The number that an exact form writes, without what is attached to it; empty if none.

    >>> number_in("2015م"), number_in("1436ه"), number_in("ال20"), number_in("07"), number_in("f16")
    ('2015', '1436', '20', '7', '')
    """
    found = _NUMBER.fullmatch(exact)
    if not found:
        return ""
    digits = found["digits"]
    return digits.lstrip("0") or "0"
