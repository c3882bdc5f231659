"""Lexemes: a typed query cut into words, phrases and signs, once from left to right.

Every character is either used or dropped as punctuation, so any string has lexemes. A sign is one
only where it cannot be prose: a field's colon and a minus touch what follows them («عنوان:السفير»,
`-رياضة`), while «مصدر: الاجتماع تأجل» and «المغرب - تونس» are ordinary headlines.

>>> [(one.kind, one.text) for one in lex('السفير «منظمة التجارة» -رياضة')]
[('word', 'السفير'), ('quote', 'منظمة التجارة'), ('not', '-'), ('word', 'رياضة')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from crawl.text.letters import ascii_digits
from index import ATTRIBUTES, cut
from index import FIELDS as SEARCHED

Kind = Literal[
    "word", "day", "prefix", "quote", "open", "close", "and", "or", "not", "field", "range"
]


class Lexeme(NamedTuple):
    """One piece of a query; `spelled` for `=word` and `="…"`, `slop` for `"…"~5`."""

    kind: Kind
    text: str
    spelled: bool = False
    slop: int = 0


FIELDS: dict[str, str] = {
    name: field
    for field, names in {
        "title": ("title", "عنوان", "العنوان"),
        "body": ("body", "text", "نص", "النص", "متن", "المتن"),
        "date": ("date", "تاريخ", "التاريخ"),
        **{spec.name: spec.names for spec in ATTRIBUTES},
    }.items()
    for name in names
}
"""What may stand before a colon, and the field it means."""

_OPERATORS: dict[str, Kind] = {
    "OR": "or",
    "أو": "or",
    "||": "or",
    "|": "or",
    "AND": "and",
    "&&": "and",
    "NOT": "not",
}
# An opening mark and the ones that close it: keyboards and phones mix the pairs.
_CLOSING = {
    '"': '"',
    "＂": "＂",
    "«": "»",
    "»": "«",
    "“": "”“„",
    "”": "“”",
    "„": "“”",
    "‹": "›",
}
_SLOP = re.compile(r"~(\d{1,3})")
_CHUNK = re.compile(r"[^\s()|\"＂«»“”„‹]+")
_FIELD = re.compile(rf"({'|'.join(sorted(FIELDS, key=len, reverse=True))}):", re.IGNORECASE)
_DAY = r"\d{4}(?:[-/]\d{1,2}(?:[-/]\d{1,2})?)?"
_RANGE = re.compile(rf"(?:{_DAY})?\.\.(?:{_DAY})?")
# A whole date, day first or year first, is no fraction and no path: 15/8/2015, 2015-08-15.
_WHOLE_DATE = re.compile(
    r"(?:[0-3]?\d)([-/.])[0-3]?\d\1\d{4}(?:م|هـ?)?|\d{4}([-/.])[01]?\d\2[0-3]?\d(?:م|هـ?)?"
)
_SPACE = re.compile(r"\s+")
MOST_SLOP = 50
"""Past this a "phrase" is no evidence any more."""


def lex(text: str, notes: list[str] | None = None) -> list[Lexeme]:
    """The lexemes of a query in order; sentences about what was dropped are added to `notes`."""
    return list(_scan(text, [] if notes is None else notes))


def _scan(text: str, notes: list[str]) -> Iterator[Lexeme]:
    place = 0
    spelled = False  # an `=` touches what comes next
    while place < len(text):
        letter = text[place]
        if letter.isspace():
            place = _SPACE.match(text, place).end()  # type: ignore[union-attr]
            spelled = False
        elif letter in _CLOSING:
            end = _closing(text, place)
            if end < 0:
                notes.append(f"علامة الاقتباس {letter} لم تُغلق، فبحثنا عن الكلمات دونها.")
                place += 1
                continue
            found = _SLOP.match(text, end + 1)
            slop = min(int(found[1]), MOST_SLOP) if found else 0
            yield Lexeme("quote", text[place + 1 : end], spelled, slop)
            place, spelled = (found.end() if found else end + 1), False
        elif letter in "()":
            yield Lexeme("open" if letter == "(" else "close", letter)
            place += 1
        elif letter == "|":
            yield Lexeme("or", letter)
            place += 1
        else:
            chunk = _CHUNK.match(text, place)
            if chunk is None:  # a closing mark that nothing opened
                place += 1
                continue
            touches = chunk.end() < len(text) and (
                text[chunk.end()] in _CLOSING or text[chunk.end()] == "("
            )
            spelled = touches and chunk[0].endswith("=")
            yield from _chunk(chunk[0], touches, notes)
            place = chunk.end()


def _closing(text: str, opening: int) -> int:
    """Where the mark that opens at a place is closed; -1 when it is not."""
    ends = [text.find(mark, opening + 1) for mark in _CLOSING[text[opening]]]
    return min((end for end in ends if end >= 0), default=-1)


def _chunk(chunk: str, touches: bool, notes: list[str]) -> Iterator[Lexeme]:
    """The lexemes of a run without spaces; `touches`: a phrase or parenthesis follows at once."""
    if chunk in _OPERATORS:
        yield Lexeme(_OPERATORS[chunk], chunk)
        return
    if chunk[0] in "-−+" and (touches or len(chunk) > 1):
        rest = chunk[1:]
        if chunk[0] != "+" and (not rest or rest[0].isalnum() or rest[0] in "="):
            yield Lexeme("not", "-")
        chunk = rest
    field = _FIELD.match(chunk)
    if field and (touches or field.end() < len(chunk)):
        yield Lexeme("field", FIELDS[field[1].lower()])
        chunk = chunk[field.end() :]
        if FIELDS[field[1].lower()] not in SEARCHED and chunk:
            yield Lexeme("word", chunk)
            return
    if ".." in chunk and _RANGE.fullmatch(ascii_digits(chunk)) and chunk != "..":
        yield Lexeme("range", ascii_digits(chunk))
        return
    if _WHOLE_DATE.fullmatch(ascii_digits(chunk).rstrip("،,.؟")):
        yield Lexeme("day", chunk.rstrip("،,.؟"))
        return
    yield from _words(chunk, notes)


def _words(chunk: str, notes: list[str]) -> Iterator[Lexeme]:
    spelled = chunk.startswith("=")
    for start, end in zip(*cut(chunk), strict=True):
        star = chunk[end : end + 1] == "*"
        yield Lexeme("prefix" if star else "word", chunk[start:end], spelled and not star)
    if "*" in chunk and not re.search(r"\w\*+$", chunk):
        notes.append(f"النجمة تعمل في آخر الكلمة فقط، فأُهملت في {chunk}.")
