"""LexemeCursor: a place among a query's lexemes, and what can be said of those that come next."""

from __future__ import annotations

from collections.abc import Sequence

from searcher.notes import Note
from searcher.syntax.lexer import Kind, Lexeme

# Different words and phrases of one query; a pasted article is found by its first sentences.
MOST_WORDS = 100

MOST_LEXEMES = 1_000
WORDS: set[Kind] = {"word", "fuzzy", "day", "prefix", "quote"}
UNITS: set[Kind] = {*WORDS, "open", "not", "field", "range"}


def capped(lexemes: Sequence[Lexeme], notes: list[Note]) -> list[Lexeme]:
    """The lexemes up to the most different words a query may have."""
    kept: list[Lexeme] = []
    seen: set[str] = set()
    for lexeme in lexemes[:MOST_LEXEMES]:
        if lexeme.kind in WORDS and lexeme.text not in seen:
            if len(seen) == MOST_WORDS:
                continue
            seen.add(lexeme.text)
        kept.append(lexeme)
    if len(kept) < len(lexemes):
        notes.append(Note("many-words", MOST_WORDS))
    return kept


class LexemeCursor:
    """The lexemes of a query and the place that was read up to."""

    def __init__(self, lexemes: Sequence[Lexeme]) -> None:
        self.lexemes, self.place = lexemes, 0

    def kind(self) -> Kind | None:
        """The kind of the lexeme at `place`; None at the end."""
        return self.lexemes[self.place].kind if self.place < len(self.lexemes) else None

    def step(self) -> Lexeme:
        """The lexeme at `place`, and one on."""
        self.place += 1
        return self.lexemes[self.place - 1]

    def takes(self, operator: Kind) -> bool:
        """Step over an operator (or several of its kind) that has something to work on."""
        ahead = self.place
        while ahead < len(self.lexemes) and self.lexemes[ahead].kind == operator:
            ahead += 1
        if ahead == self.place or ahead == len(self.lexemes):
            return False
        if self.lexemes[ahead].kind not in UNITS:
            return False
        self.place = ahead
        return True

    def words_ahead(self) -> list[str]:
        """The plain words that come next, a handful at most."""
        words = []
        for lexeme in self.lexemes[self.place : self.place + 5]:
            if lexeme.kind not in ("word", "day") or lexeme.spelled:
                break
            words.append(lexeme.text)
        return words
