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

from datetime import date

from crawl.text.times import leading_period, read_period
from index import cut, fold
from searcher.notes import Note
from searcher.syntax import signs
from searcher.syntax.lexeme_cursor import MOST_WORDS, UNITS, WORDS, LexemeCursor, capped
from searcher.syntax.lexer import Lexeme, lex
from searcher.syntax.narrowing import narrow
from searcher.syntax.query_ast import (
    AllOf,
    AnyOf,
    Clause,
    DateRange,
    NoneOf,
    ParsedQuery,
    PhraseClause,
    PrefixClause,
    WordClause,
)

MOST_CHARACTERS = 20_000
MOST_DEPTH = 20
_AND_APART = "و"
# Pieces of a query in which «ليس» excludes; a longer one is a headline.
MOST_TO_EXCLUDE = 5


def parse(text: str, today: date | None = None) -> ParsedQuery:
    """What a string asks for; `today` is what «أمس» counts from."""
    notes: list[Note] = []
    if len(text) > MOST_CHARACTERS:
        notes.append(Note("long-query", MOST_CHARACTERS))
    lexemes = capped(lex(_unescaped(text[:MOST_CHARACTERS]), notes), notes)
    parts = _Parser(LexemeCursor(lexemes), notes, today or date.today()).parts(0)
    if not parts:
        notes.append(Note("no-words"))
    return ParsedQuery(text, parts, tuple(dict.fromkeys(notes)))


def _unescaped(typed: str) -> str:
    """A headline may be pasted from its page's source."""
    if "&" not in typed:
        return typed
    import html  # its table of entities is not for every process that searches

    return html.unescape(typed)


class _Parser:
    """Recursive descent over lexemes; every method leaves the cursor after what it read."""

    def __init__(self, cursor: LexemeCursor, notes: list[Note], today: date) -> None:
        self.cursor, self.notes, self.today = cursor, notes, today

    def parts(self, depth: int) -> tuple[Clause, ...]:
        """Everything up to the closing parenthesis or the end; a part said twice counts once."""
        found: list[Clause] = []
        while (kind := self.cursor.kind()) and not (kind == "close" and depth):
            if kind not in UNITS:  # an operator or parenthesis with nothing to work on
                self.cursor.place += 1
            elif found and (excluded := self.excluded(depth)):
                found.append(excluded)
            elif part := self.choice(depth):
                found.append(part)
        return tuple(dict.fromkeys(found))

    def choice(self, depth: int) -> Clause | None:
        """`both (OR both)…`"""
        first = self.both(depth)
        if self.cursor.kind() != "or":
            return first
        found = [first]
        while self.cursor.takes("or"):
            found.append(self.both(depth))
        parts = tuple(dict.fromkeys(part for part in found if part))
        return AnyOf(parts) if len(parts) > 1 else parts[0] if parts else None

    def both(self, depth: int) -> Clause | None:
        """`near (AND near)…`"""
        first = self.near(depth)
        if self.cursor.kind() != "and":
            return first
        found = [first]
        while self.cursor.takes("and"):
            found.append(self.near(depth))
        parts = tuple(dict.fromkeys(part for part in found if part))
        return AllOf(parts, strict=True) if len(parts) > 1 else parts[0] if parts else None

    def near(self, depth: int) -> Clause | None:
        """`unit (قرب/5 unit)…`: each word near the one before it, in either order."""
        found = self.unit(depth)
        if self.cursor.kind() != "near":
            return found
        last = found
        pairs: list[Clause] = []
        while self.cursor.kind() == "near":
            slop = self.cursor.step().slop
            following = self.unit(depth) if self.cursor.kind() in UNITS else None
            if isinstance(last, WordClause) and isinstance(following, WordClause):
                words = (last.text, following.text)
                pairs.append(PhraseClause(words, slop, last.spelled, ordered=False))
            else:
                self.notes.append(Note("near"))
                pairs += [part for part in (last, following) if part]
            last = following
        parts = tuple(dict.fromkeys(pairs))
        return AllOf(parts, strict=True) if len(parts) > 1 else parts[0] if parts else None

    def unit(self, depth: int) -> Clause | None:
        """One word, phrase, group, field or negation; None when nothing of it is usable."""
        if period := self.bare_period():
            return period
        lexeme = self.cursor.step()
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
        words = self.cursor.words_ahead()
        found = leading_period(words, self.today) if words else None
        if not found:
            return None
        days, used = found
        self.cursor.place += used
        return DateRange(*days, bare=True)

    def excluded(self, depth: int) -> NoneOf | None:
        """«… ليس كذا», «… ما عدا كذا» in a query short enough to be no sentence."""
        if len(self.cursor.lexemes) > MOST_TO_EXCLUDE or depth:
            return None
        coming = [fold(word) for word in self.cursor.words_ahead()]
        for said in signs.NOT_WORDS:
            after = self.cursor.place + len(said)
            if tuple(coming[: len(said)]) != said or after >= len(self.cursor.lexemes):
                continue
            if self.cursor.lexemes[after].kind in WORDS:
                self.cursor.place = after
                part = self.unit(depth)
                if part:
                    self.notes.append(Note("excluded", self.cursor.lexemes[after].text))
                    return NoneOf(part, " ".join(said))
        return None

    def group(self, depth: int) -> Clause | None:
        """What stands in parentheses; too deep ones are read as if they were not there."""
        if depth >= MOST_DEPTH:
            self.notes.append(Note("deep-parentheses"))
            return None
        parts = self.parts(depth + 1)
        if self.cursor.kind() == "close":
            self.cursor.place += 1
        return AllOf(parts) if len(parts) > 1 else parts[0] if parts else None

    def without(self, depth: int) -> Clause | None:
        """`NOT unit`; two of them cancel out."""
        if self.cursor.kind() not in UNITS:
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
        if self.cursor.kind() not in UNITS:
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
        words = self.cursor.words_ahead()
        for width in range(len(words), 0, -1):
            if days := read_period(" ".join(words[:width]), self.today):
                self.cursor.place += width
                return DateRange(*days)
        lexeme = self.cursor.step()
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
