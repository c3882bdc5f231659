"""Signs: what in a typed query is no word, as tables and patterns."""

from __future__ import annotations

import re

from index import ATTRIBUTES

# What may stand before a colon, and the field it means.
FIELDS: dict[str, str] = {
    name: field
    for field, names in {
        "title": ("title", "intitle", "عنوان", "العنوان"),
        "body": ("body", "text", "intext", "نص", "النص", "متن", "المتن"),
        "date": ("date", "تاريخ", "التاريخ"),
        **{spec.name: spec.names for spec in ATTRIBUTES},
    }.items()
    for name in names
}

# What other systems have before a colon → the note that says what to do here.
UNSUPPORTED = {
    **dict.fromkeys(("sort", "order", "ترتيب"), "sort-field"),
    **dict.fromkeys(("url", "inurl", "link", "رابط"), "url-field"),
}

OR = frozenset({"OR", "أو", "او", "||", "|"})
AND = frozenset({"AND", "&&"})
NOT = frozenset({"NOT"})
# Plain words that exclude what follows, in a short query.
NOT_WORDS = (("ليس",), ("ليست",), ("ماعدا",), ("ما", "عدا"), ("باستثناء",))

# An opening mark → those that close it: keyboards and phones mix the pairs.
CLOSING = {
    '"': '"',
    "＂": "＂",
    "«": "»",
    "»": "«",
    "“": "”“„",
    "”": "“”",
    "„": "“”",
    "‹": "›",
    "‘": "’",
}

CHUNK = re.compile(r"[^\s()|\"＂«»“”„‹]+")
SPACE = re.compile(r"\s+")
SLOP = re.compile(r"~(\d{1,3})")
NEAR = re.compile(r"(?:قرب|NEAR|near)/(\d{1,3})")
BOOST = re.compile(r"\^\d{0,4}(?:\.\d{1,4})?")
FUZZY = re.compile(r"(?<=\w)~(\d{0,2})$")
STAND_IN = re.compile(r"(?<=\w)\?(?=\w)")
_NAMES = "|".join(sorted((*FIELDS, *UNSUPPORTED), key=len, reverse=True))
FIELD = re.compile(rf"({_NAMES}):", re.IGNORECASE)
# «عنوان :السفير»: the colon touches what follows, so it is no headline's.
SPACED_FIELD = re.compile(rf"({_NAMES})\s{{1,3}}:(?=\S)", re.IGNORECASE)

_DAY = r"\d{4}(?:[-/]\d{1,2}(?:[-/]\d{1,2})?)?"
RANGE = re.compile(rf"(?:{_DAY})?\.\.(?:{_DAY})?")
# A whole date, day first or year first, is no fraction and no path: 15/8/2015, 2015-08-15.
WHOLE_DATE = re.compile(
    r"(?:[0-3]?\d)([-/.])[0-3]?\d\1\d{4}(?:م|هـ?)?|\d{4}([-/.])[01]?\d\2[0-3]?\d(?:م|هـ?)?"
)

# Past this a "phrase" is no evidence any more.
MOST_SLOP = 50

MOST_SLIPS = 2
# Letters of a word from which `~` alone forgives two slips.
LONG = 6
