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
from index import FIELDS as SEARCHED
from index import cut
from searcher.notes import Note
from searcher.syntax import signs

Kind = Literal[
    "word", "fuzzy", "day", "prefix", "quote", "range",
    "open", "close", "and", "or", "not", "near", "field",
]  # fmt: skip


class Lexeme(NamedTuple):
    """One piece of a query; `spelled` for `=word` and `="…"`.

    `slop`: the 5 of `"…"~5` and `قرب/5`, the slips of `word~1`.
    """

    kind: Kind
    text: str
    spelled: bool = False
    slop: int = 0


def lex(text: str, notes: list[Note] | None = None) -> list[Lexeme]:
    """The lexemes of a query in order; what was dropped is told in `notes`."""
    return list(_scan(text, [] if notes is None else notes))


def _scan(text: str, notes: list[Note]) -> Iterator[Lexeme]:
    place = 0
    spelled = False  # an `=` touches what comes next
    while place < len(text):
        letter = text[place]
        if letter.isspace():
            place = signs.SPACE.match(text, place).end()  # type: ignore[union-attr]
            spelled = False
        elif letter in signs.CLOSING:
            end = _closing(text, place)
            if end < 0:
                notes.append(Note("open-quote", letter))
                place += 1
                continue
            found = signs.SLOP.match(text, end + 1)
            slop = min(int(found[1]), signs.MOST_SLOP) if found else 0
            yield Lexeme("quote", text[place + 1 : end], spelled, slop)
            place, spelled = (found.end() if found else end + 1), False
        elif letter in "()":
            yield Lexeme("open" if letter == "(" else "close", letter)
            place += 1
        elif letter == "|":
            yield Lexeme("or", letter)
            place += 1
        elif field := signs.SPACED_FIELD.match(text, place):
            touching = signs.CHUNK.match(text, field.end())
            chunk = f"{field[1]}:{touching[0] if touching else ''}"
            place = touching.end() if touching else field.end()
            yield from _chunk(chunk, _touches(text, place), notes)
        else:
            found = signs.CHUNK.match(text, place)
            if found is None:  # a closing mark that nothing opened
                place += 1
                continue
            place = found.end()
            touches = _touches(text, place)
            spelled = touches and found[0].endswith("=")
            yield from _chunk(found[0], touches, notes)


def _touches(text: str, place: int) -> bool:
    """Whether a phrase or parenthesis begins there."""
    return place < len(text) and (text[place] in signs.CLOSING or text[place] == "(")


def _closing(text: str, opening: int) -> int:
    """Where the mark that opens at a place is closed; -1 when it is not."""
    ends = [text.find(mark, opening + 1) for mark in signs.CLOSING[text[opening]]]
    return min((end for end in ends if end >= 0), default=-1)


def _chunk(chunk: str, touches: bool, notes: list[Note]) -> Iterator[Lexeme]:
    """The lexemes of a run without spaces; `touches`: a phrase or parenthesis follows at once."""
    if operator := _operator(chunk):
        yield operator
        return
    if chunk[0] in "-−+" and (touches or len(chunk) > 1):
        rest = chunk[1:]
        if chunk[0] != "+" and (not rest or rest[0].isalnum() or rest[0] in "="):
            yield Lexeme("not", "-")
        chunk = rest
    field = signs.FIELD.match(chunk)
    if field and (touches or field.end() < len(chunk)):
        name = field[1].lower()
        if name in signs.UNSUPPORTED:
            notes.append(Note(signs.UNSUPPORTED[name], chunk))
            return
        yield Lexeme("field", signs.FIELDS[name])
        chunk = chunk[field.end() :]
        if signs.FIELDS[name] not in SEARCHED and chunk:
            yield Lexeme("word", chunk)
            return
    yield from _dated(chunk) or _words(chunk, notes)


def _operator(chunk: str) -> Lexeme | None:
    if near := signs.NEAR.fullmatch(ascii_digits(chunk)):
        return Lexeme("near", chunk, slop=min(int(near[1]), signs.MOST_SLOP))
    if chunk in signs.OR:
        return Lexeme("or", chunk)
    if chunk in signs.AND:
        return Lexeme("and", chunk)
    return Lexeme("not", chunk) if chunk in signs.NOT else None


def _dated(chunk: str) -> list[Lexeme]:
    """A range of days or a whole date, if the chunk is one."""
    written = ascii_digits(chunk)
    if signs.RANGE.fullmatch(written) and written != "..":
        return [Lexeme("range", written)]
    day = written.rstrip("،,.؟")
    return [Lexeme("day", chunk[: len(day)])] if signs.WHOLE_DATE.fullmatch(day) else []


def _words(chunk: str, notes: list[Note]) -> Iterator[Lexeme]:
    if boost := signs.BOOST.search(chunk):
        notes.append(Note("boost", boost[0]))
        chunk = chunk[: boost.start()] + chunk[boost.end() :]
    spelled = chunk.startswith("=")
    if signs.STAND_IN.search(chunk):
        yield _with_stand_ins(chunk, notes)
        return
    fuzzy = signs.FUZZY.search(ascii_digits(chunk))
    chunk = chunk[: fuzzy.start()] if fuzzy else chunk
    for start, end in zip(*cut(chunk), strict=True):
        word = chunk[start:end]
        if chunk[end : end + 1] == "*":
            yield Lexeme("prefix", word)
        elif fuzzy and end == len(chunk):
            usual = 2 if len(word) >= signs.LONG else 1
            yield Lexeme("fuzzy", word, slop=min(int(fuzzy[1] or usual), signs.MOST_SLIPS))
        else:
            yield Lexeme("word", word, spelled)
    if "*" in chunk and not re.search(r"\w\*+$", chunk):
        notes.append(Note("star-inside", chunk))


def _with_stand_ins(chunk: str, notes: list[Note]) -> Lexeme:
    """`سف?ر`: a letter left out is one slip, which is nearly what was asked for."""
    word, count = signs.STAND_IN.subn("", chunk)
    starts, ends = cut(word)
    text = word[starts[0] : ends[0]]
    notes.append(Note("question-inside", chunk, text))
    return Lexeme("fuzzy", text, slop=min(count, signs.MOST_SLIPS))
