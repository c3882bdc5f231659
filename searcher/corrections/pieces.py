"""Pieces: the words of a query, where they stand, and which of them a correction may rewrite.

Left alone is what the reader took care of: `=word`, quotation marks, words with their short vowels,
abbreviations in capitals (UN, GCC, UNESCO), and what is too long to be a word. Values of attributes
and what is excluded are no pieces at all: nothing is found by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crawl.text.letters import VOWEL_MARKS
from index import FIELDS, cut
from searcher.syntax.lexer import lex

# Letters of the longest word that is corrected; the language has no longer ones.
LONGEST = 40
# Words of a query that are looked at: a headline has fewer, a pasted article finds itself.
MOST_PIECES = 40

_ABBREVIATION = re.compile("[A-Z]{1,6}").fullmatch
# Beginnings of Arabic names that are written apart in Latin letters.
PARTICLES = frozenset(("al", "el", "ul", "abu", "abou", "abd", "abdel", "abdul", "abdal", "umm"))
# Two vowel signs: one alone, as in شكرا with its tanwin, is typed without care.
_VOCALISED = re.compile(f"[{VOWEL_MARKS}].*[{VOWEL_MARKS}]").search

_INSIDE = tuple("-'’`")


class Piece(NamedTuple):
    """A word of a query, `text == query[start:end]`; `free`: it may be rewritten."""

    start: int
    end: int
    text: str
    free: bool = True


def pieces(query: str) -> list[Piece]:
    """The words of a query in order; a Latin one keeps its hyphens (al-jazaer).

    >>> [one.text for one in pieces('وزير "الصحة" al-jazaer UNESCO -رياضة') if one.free]
    ['وزير', 'al-jazaer']
    """
    found: list[Piece] = []
    for piece in _words(query):
        if found and piece.text.isascii() and _belongs_to_next(found[-1], query, piece.start):
            before = found.pop()
            text = query[before.start : piece.end]
            piece = Piece(before.start, piece.end, text, before.free and piece.free)
        found.append(piece)
    return [one._replace(free=one.free and len(one.text) <= LONGEST) for one in found[:MOST_PIECES]]


def _belongs_to_next(piece: Piece, query: str, start: int) -> bool:
    """Whether a Latin word and the next are one: al-jazaer, al houthi, abu dhabi."""
    joint = query[piece.end : start]
    particle = joint == " " and piece.text.lower().rpartition(" ")[2] in PARTICLES
    return piece.text.isascii() and (joint in _INSIDE or particle)


def replaced(query: str, changes: dict[tuple[int, int], str]) -> str:
    """A query with other texts in the place of some spans, which do not overlap."""
    text, at = "", 0
    for (start, end), meant in sorted(changes.items()):
        text, at = text + query[at:start] + meant, end
    return text + query[at:]


def _words(query: str) -> Iterator[Piece]:
    """The words, found again in the query one after the other."""
    at = 0
    wary = False  # the lexeme before says that this one is no word to be found
    depth = 0  # of parentheses for which that was said
    for lexeme in lex(query):
        if lexeme.kind == "field":  # written otherwise than typed
            wary = lexeme.text not in FIELDS
            continue
        start = query.find(lexeme.text, at)
        if lexeme.kind == "range" or start < 0:
            continue
        at = start + len(lexeme.text)
        if lexeme.kind == "open":
            depth += wary or depth > 0
        elif lexeme.kind == "close":
            depth -= depth > 0
        elif lexeme.kind in ("word", "quote") and not wary and not depth:
            careful = lexeme.spelled or _ABBREVIATION(lexeme.text) or _VOCALISED(lexeme.text)
            free = lexeme.kind == "word" and not careful
            for begin, end in zip(*cut(lexeme.text), strict=True):
                yield Piece(start + begin, start + end, lexeme.text[begin:end], free)
        wary = lexeme.kind == "not"
