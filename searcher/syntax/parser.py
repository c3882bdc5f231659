"""Parse: from what people type to a `ParsedQuery`; never fails.

Juxtaposed parts are all wanted; OR binds tighter than that («السفير روسيا OR الجزائر» is one word
and a choice), AND tighter than OR, and NOT or a touching minus tightest. What cannot be used is
dropped and said in `ParsedQuery.notes`.

    query  := part…                      السفير «منظمة التجارة» -رياضة
    part   := both (OR both)…            OR, أو, |
    both   := near (AND near)…           AND, &&
    near   := unit (قرب/5 unit)…         NEAR/5
    unit   := NOT unit | field:unit | ( query ) | word | =word | word* | word~1 | "…" | "…"~5
              | 2015..2016 | 15/8/2015 | رمضان 1436

>>> len(parse("السفير روسيا OR الجزائر").clauses)
2
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from crawl import site_of, with_scheme
from crawl.text.times import leading_period, read_period
from index import FIELDS, cut, fold
from searcher.notes import Note
from searcher.syntax import signs
from searcher.syntax.lexer import Kind, Lexeme, lex
from searcher.syntax.query_ast import (
    AllOf,
    AnyOf,
    AttributeFilter,
    Clause,
    DateRange,
    NoneOf,
    ParsedQuery,
    PhraseClause,
    PrefixClause,
    WordClause,
)

MOST_CHARACTERS = 20_000
MOST_WORDS = 100
"""Different words and phrases of one query; a pasted article is found by its first sentences."""
MOST_LEXEMES = 1_000
MOST_DEPTH = 20
_AND_APART = "و"
MOST_TO_EXCLUDE = 5
"""Pieces of a query in which «ليس» excludes; a longer one is a headline."""
_WORDS: set[Kind] = {"word", "fuzzy", "day", "prefix", "quote"}
_UNITS: set[Kind] = {*_WORDS, "open", "not", "field", "range"}


def parse(text: str, today: date | None = None) -> ParsedQuery:
    """What a string asks for; `today` is what «أمس» counts from."""
    notes: list[Note] = []
    if len(text) > MOST_CHARACTERS:
        notes.append(Note("long-query", MOST_CHARACTERS))
    typed = html.unescape(text[:MOST_CHARACTERS])  # a headline may be pasted from its source
    lexemes = _capped(lex(typed, notes), notes)
    parts = _Parser(lexemes, notes, today or date.today()).parts(0)
    if not parts:
        notes.append(Note("no-words"))
    return ParsedQuery(text, parts, tuple(dict.fromkeys(notes)))


def _capped(lexemes: Sequence[Lexeme], notes: list[Note]) -> list[Lexeme]:
    """The lexemes up to the most different words a query may have."""
    kept: list[Lexeme] = []
    seen: set[str] = set()
    for lexeme in lexemes[:MOST_LEXEMES]:
        if lexeme.kind in _WORDS and lexeme.text not in seen:
            if len(seen) == MOST_WORDS:
                continue
            seen.add(lexeme.text)
        kept.append(lexeme)
    if len(kept) < len(lexemes):
        notes.append(Note("many-words", MOST_WORDS))
    return kept


class _Parser:
    """Recursive descent over lexemes; every method leaves `place` after what it read."""

    def __init__(self, lexemes: Sequence[Lexeme], notes: list[Note], today: date) -> None:
        self.lexemes, self.notes, self.today = lexemes, notes, today
        self.place = 0

    def kind(self) -> Kind | None:
        """The kind of the lexeme at `place`; None at the end."""
        return self.lexemes[self.place].kind if self.place < len(self.lexemes) else None

    def parts(self, depth: int) -> tuple[Clause, ...]:
        """Everything up to the closing parenthesis or the end; a part said twice counts once."""
        found: list[Clause] = []
        while (kind := self.kind()) and not (kind == "close" and depth):
            if kind not in _UNITS:  # an operator or parenthesis with nothing to work on
                self.place += 1
            elif found and (excluded := self.excluded(depth)):
                found.append(excluded)
            elif part := self.choice(depth):
                found.append(part)
        return tuple(dict.fromkeys(found))

    def choice(self, depth: int) -> Clause | None:
        """`both (OR both)…`"""
        first = self.both(depth)
        if self.kind() != "or":
            return first
        found = [first]
        while self.takes("or"):
            found.append(self.both(depth))
        parts = tuple(dict.fromkeys(part for part in found if part))
        return AnyOf(parts) if len(parts) > 1 else parts[0] if parts else None

    def both(self, depth: int) -> Clause | None:
        """`near (AND near)…`"""
        first = self.near(depth)
        if self.kind() != "and":
            return first
        found = [first]
        while self.takes("and"):
            found.append(self.near(depth))
        parts = tuple(dict.fromkeys(part for part in found if part))
        return AllOf(parts, strict=True) if len(parts) > 1 else parts[0] if parts else None

    def near(self, depth: int) -> Clause | None:
        """`unit (قرب/5 unit)…`: each word near the one before it, in either order."""
        found = self.unit(depth)
        if self.kind() != "near":
            return found
        last = found
        pairs: list[Clause] = []
        while self.kind() == "near":
            slop = self.lexemes[self.place].slop
            self.place += 1
            following = self.unit(depth) if self.kind() in _UNITS else None
            if isinstance(last, WordClause) and isinstance(following, WordClause):
                words = (last.text, following.text)
                pairs.append(PhraseClause(words, slop, last.spelled, ordered=False))
            else:
                self.notes.append(Note("near"))
                pairs += [part for part in (last, following) if part]
            last = following
        parts = tuple(dict.fromkeys(pairs))
        return AllOf(parts, strict=True) if len(parts) > 1 else parts[0] if parts else None

    def takes(self, operator: Kind) -> bool:
        """Step over an operator (or several of its kind) that has something to work on."""
        ahead = self.place
        while ahead < len(self.lexemes) and self.lexemes[ahead].kind == operator:
            ahead += 1
        if ahead == self.place or ahead == len(self.lexemes):
            return False
        if self.lexemes[ahead].kind not in _UNITS:
            return False
        self.place = ahead
        return True

    def unit(self, depth: int) -> Clause | None:
        """One word, phrase, group, field or negation; None when nothing of it is usable."""
        if period := self.bare_period():
            return period
        lexeme = self.lexemes[self.place]
        self.place += 1
        match lexeme.kind:
            case "word":
                return WordClause(lexeme.text, lexeme.spelled)
            case "fuzzy":
                return WordClause(lexeme.text, slips=lexeme.slop)
            case "day":  # of no calendar
                words = tuple(WordClause(word) for word in _cut_words(lexeme.text))
                return AllOf(words)
            case "prefix":
                return PrefixClause(lexeme.text)
            case "quote":
                return _quote(lexeme)
            case "range":
                return self.days(lexeme.text)
            case "open":
                return self.group(depth)
            case "not":
                return self.without(depth)
            case "field":
                return self.field(lexeme.text, depth)
            case _:
                return None

    def bare_period(self) -> DateRange | None:
        """A time said in plain words («رمضان 1436»), if the next words say one."""
        words = self.words_ahead()
        found = leading_period(words, self.today) if words else None
        if not found:
            return None
        days, used = found
        self.place += used
        return DateRange(*days, bare=True)

    def words_ahead(self) -> list[str]:
        """The plain words that come next, a handful at most."""
        words = []
        for lexeme in self.lexemes[self.place : self.place + 5]:
            if lexeme.kind not in ("word", "day") or lexeme.spelled:
                break
            words.append(lexeme.text)
        return words

    def excluded(self, depth: int) -> NoneOf | None:
        """«… ليس كذا», «… ما عدا كذا» in a query short enough to be no sentence."""
        if len(self.lexemes) > MOST_TO_EXCLUDE or depth:
            return None
        ahead = [fold(word) for word in self.words_ahead()]
        for said in signs.NOT_WORDS:
            after = self.place + len(said)
            if tuple(ahead[: len(said)]) != said or after >= len(self.lexemes):
                continue
            if self.lexemes[after].kind in _WORDS:
                self.place = after
                part = self.unit(depth)
                if part:
                    self.notes.append(Note("excluded", self.lexemes[after].text))
                    return NoneOf(part, " ".join(said))
        return None

    def group(self, depth: int) -> Clause | None:
        """What stands in parentheses; too deep ones are read as if they were not there."""
        if depth >= MOST_DEPTH:
            self.notes.append(Note("deep-parentheses"))
            return None
        parts = self.parts(depth + 1)
        if self.kind() == "close":
            self.place += 1
        return AllOf(parts) if len(parts) > 1 else parts[0] if parts else None

    def without(self, depth: int) -> Clause | None:
        """`NOT unit`; two of them cancel out."""
        if self.kind() not in _UNITS:
            return None
        match self.unit(depth):
            case None:
                return None
            case NoneOf(part):
                return part
            case DateRange(since, until, said, bare=True):
                return NoneOf(DateRange(since, until, said))
            case part:
                return NoneOf(part)

    def field(self, name: str, depth: int) -> Clause | None:
        """`field:unit`"""
        if self.kind() not in _UNITS:
            return None
        if name == "date":
            return self.dated()
        part = self.unit(depth)
        narrowed = narrow(name, part) if part else None
        if not narrowed:
            self.notes.append(Note("empty-field", name))
        return narrowed

    def dated(self) -> Clause | None:
        """What follows `date:`, the longest run of words that names a time."""
        words = self.words_ahead()
        for width in range(len(words), 0, -1):
            if days := read_period(" ".join(words[:width]), self.today):
                self.place += width
                return DateRange(*days)
        lexeme = self.lexemes[self.place]
        self.place += 1
        return self.days(lexeme.text)

    def days(self, text: str) -> DateRange | None:
        """The range a text names; a sentence when it names none."""
        if days := read_period(text, self.today):
            return DateRange(*days)
        self.notes.append(Note("bad-date", text))
        return None


def _cut_words(text: str) -> list[str]:
    return [text[start:end] for start, end in zip(*cut(text), strict=True)]


def _quote(lexeme: Lexeme) -> Clause | None:
    """A phrase; one word in quotation marks is just that word, as headlines quote names."""
    typed = tuple(_cut_words(lexeme.text))[:MOST_WORDS]
    spelled = lexeme.spelled or "=" in lexeme.text
    words = typed if spelled else tuple(word for word in typed if word != _AND_APART) or typed
    slop = lexeme.slop + len(typed) - len(words)  # «القاهرة و بيروت» is «القاهرة وبيروت»
    if len(words) == 1:
        return WordClause(words[0], spelled)
    return PhraseClause(words, slop, spelled) if words else None


def narrow(name: str, clause: Clause) -> Clause | None:
    """A clause within one field; None when it says nothing there."""
    match clause:
        case WordClause() | PrefixClause() | PhraseClause() if name in FIELDS:
            return replace(clause, field=name)
        case WordClause(text) | PrefixClause(text):
            return _held(name, text)
        case PhraseClause(words):
            return _held(name, " ".join(words))
        case DateRange(said=said):
            return narrow(name, PhraseClause(tuple(said.split())))
        case AllOf(parts, strict):
            return AllOf(_each(name, parts), strict)
        case AnyOf(parts):
            return AnyOf(_each(name, parts))
        case NoneOf(part):
            inner = narrow(name, part)
            return NoneOf(inner) if inner else None
        case _:  # a field inside another keeps its own
            return clause


def _each(name: str, parts: Sequence[Clause]) -> tuple[Clause, ...]:
    return tuple(part for part in (narrow(name, part) for part in parts) if part)


def _held(name: str, text: str) -> AttributeFilter | None:
    if name == "site":
        text = site_of(with_scheme(text)) or text
    return AttributeFilter(name, text) if cut(text)[0] else None
