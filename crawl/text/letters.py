"""Arabic letters, marks and digits: the one table of each for the whole project.

What a letter may be written as, which marks hang on letters, which characters nobody sees, and the
digits of every script. `crawl` compares labels and dates by these tables, `index.analysis` folds
words by them, `searcher` and `web` read and write numbers by them. Every table maps one character
to one, so a text keeps its length and offsets into it keep their meaning; only `without_marks`
shortens. Letter constants come from `pyarabic`; its `normalize_*` functions are not used, because
they fold what tells words apart (ى into ا, every hamza into ء).

>>> bare_letters("إلى المدرسة، ١٤٣٦"), without_marks("مُحَمَّـــد")
('الي المدرسه، 1436', 'محمد')
"""

from __future__ import annotations

import re
import unicodedata

from pyarabic import araby

# Character classes, to be written between [ and ].
TATWEEL = araby.TATWEEL
VOWEL_MARKS = "\u064b-\u065f" + araby.MINI_ALEF  # fathatan … wavy hamza below, superscript alef
QURANIC_MARKS = "\u0610-\u061a\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08ca-\u08e1\u08e3-\u08ff"
# What is written on or between letters and is no letter.
MARKS = VOWEL_MARKS + QURANIC_MARKS + TATWEEL

EMBEDDINGS = "\u202a-\u202e\u2066-\u2069"  # direction embeddings, overrides, isolates
DIRECTION_MARKS = "\u061c\u200e\u200f"  # ALM, LRM, RLM
JOINERS = "\u200c\u200d"  # shape the letters beside them
# What leaves no trace on a page.
INVISIBLE = (
    "\u00ad\u180e\u200b\u2060-\u2064\ufe00-\ufe0f"  # soft hyphen, zero-width spaces, variants
    + araby.BYTE_ORDER_MARK + JOINERS + DIRECTION_MARKS + EMBEDDINGS
)  # fmt: skip

# أ إ آ → ا, which hurried writers type for all of them.
ALEF_FORMS = dict.fromkeys(
    (araby.ALEF_HAMZA_ABOVE, araby.ALEF_HAMZA_BELOW, araby.ALEF_MADDA), araby.ALEF
)
# ؤ ئ → ء: a hamza without its seat.
SEATED_HAMZA = dict.fromkeys((araby.WAW_HAMZA, araby.YEH_HAMZA), araby.HAMZA)
# ى → ي, ة → ه, which are confused at the end of words.
ENDINGS = {araby.ALEF_MAKSURA: araby.YEH, araby.TEH_MARBUTA: araby.HEH}
# Letters of Persian, Urdu and their neighbours → the Arabic letter that papers print for them.
FOREIGN_LETTERS = {
    araby.ALEF_WASLA: araby.ALEF,  # ٱلله → الله
    "ٲ": "أ",
    "ٳ": "إ",
    "ٵ": "أ",
    "ک": "ك",  # Persian keheh: أکد → أكد
    "ڪ": "ك",
    "گ": "غ",  # gaf, as most papers respell it: گوگل → غوغل
    "ڭ": "غ",
    "ی": "ي",  # Farsi yeh inside a word: وزیر → وزير
    "ې": "ي",
    "ے": "ي",
    "ۍ": "ي",
    "ہ": "ه",
    "ھ": "ه",
    "ە": "ه",
    "ۀ": "ه",
    "ۂ": "ه",
    "ۃ": "ة",
    "ۆ": "و",
    "ۇ": "و",
    "ۈ": "و",
    "ۋ": "و",
    "پ": "ب",  # peh: پاريس → باريس
    "چ": "ج",
    "ژ": "ز",
    "ڤ": "ف",  # veh: دوڤال → دوفال
    "ڨ": "ق",
    "ٹ": "ت",
    "ڈ": "د",
    "ڑ": "ر",
    "ں": "ن",
}

_MARKS = re.compile(f"[{MARKS}{INVISIBLE}]+")
_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


class _Digits(dict[int, int]):
    """Every code point that is a decimal digit → its ASCII digit, others → themselves.

    Filled as characters are met; never more entries than Unicode has characters.
    """

    def __missing__(self, code: int) -> int:
        value = unicodedata.decimal(chr(code), None)
        self[code] = found = code if value is None else ord("0") + value
        return found


class _BareLetters(_Digits):
    """The same with letters: each spelled as the most careless writer would."""


_DIGITS = _Digits()
_BARE = _BareLetters(
    (ord(letter), ord(bare))
    for letter, bare in (FOREIGN_LETTERS | {"ۃ": "ه"} | ALEF_FORMS | ENDINGS).items()
)


def bare_letters(text: str) -> str:
    """Text of the same length with one spelling for each letter, and ASCII digits.

    >>> bare_letters("أيّار ٢٠١٨")
    'ايّار 2018'
    """
    return text.translate(_BARE)


def without_marks(text: str) -> str:
    """Text without vowel marks, tatweel and what nobody sees.

    >>> without_marks("الســــبت")
    'السبت'
    """
    return _MARKS.sub("", text)


def ascii_digits(text: str) -> str:
    """Text of the same length with the digits of every script as 0-9.

    >>> ascii_digits("٢٠١٥-۰۸")
    '2015-08'
    """
    return text if text.isascii() else text.translate(_DIGITS)


def arabic_digits(text: str) -> str:
    """Text with the digits 0-9 as Arabic readers east of Egypt write them.

    >>> arabic_digits("14:30")
    '١٤:٣٠'
    """
    return text.translate(_ARABIC_INDIC)


def xml_text(text: str) -> str:
    """A text without the control characters that no XML document may hold, however escaped.

    >>> xml_text("خبر\\x00\\x1b\\n")
    'خبر\\n'
    """
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
