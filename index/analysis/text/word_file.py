"""The user's own word file: words to protect, words to join, and synonyms.

A small text file named by the environment variable BAHITH_WORDS, one rule a line, `#` begins a
comment, words are separated by commas or spaces and synonyms of several words by commas:

    protect  داعش, حماس              their lemma is the word itself, nothing is taken off
    join     أميركي أمريكي           every form of the first counts as a form of the second
    synonym  سيارة, مركبة            a query for one also finds the other, ranked lower
    synonym  داعش, الدولة الإسلامية

It is part of the analysis version: after a change the index asks to be built again.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from crawl import setting
from index.analysis.text.folding import fold
from index.errors import EngineError

_COMMENT = re.compile(r"#.*")
_COMMA = re.compile(r"\s*[,،]\s*")


class UserWords(NamedTuple):
    """The rules of a word file; every word is folded."""

    protected: frozenset[str]
    joined: dict[str, str]
    synonyms: dict[str, tuple[tuple[str, ...], ...]]


class BadWords(EngineError):
    """The word file cannot be read or has a line that is no rule; says which."""


@cache
def user_words() -> UserWords:
    """The rules of the file that BAHITH_WORDS names; none when it names no file.

    Raises `BadWords`.
    """
    return parse_words(user_text())


@cache
def user_text() -> str:
    """The text of the word file; empty without one. Raises `BadWords`."""
    path = setting("BAHITH_WORDS")
    if not path:
        return ""
    try:
        return Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadWords(f"BAHITH_WORDS names {path}, which cannot be read: {error}") from error


def parse_words(text: str) -> UserWords:
    """The rules of a word file's text. Raises `BadWords` with the number of a wrong line.

    >>> parse_words("join أميركي أمريكي").joined
    {'أميركي': 'أمريكي'}
    """
    protected: set[str] = set()
    joined: dict[str, str] = {}
    synonyms: dict[str, tuple[tuple[str, ...], ...]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        rule, _, rest = _COMMENT.sub("", line).strip().partition(" ")
        phrases = [tuple(map(fold, one.split())) for one in _COMMA.split(rest.strip()) if one]
        words = [word for phrase in phrases for word in phrase]
        if len(phrases) == 1:  # no commas: each word by itself
            phrases = [(word,) for word in words]
        match rule if all(words) else "unusable", words:
            case "", _:
                continue
            case "protect", [_, *_]:
                protected.update(words)
            case "join", [one, other] if one != other:
                joined[one] = other
            case "synonym", _ if len(set(phrases)) > 1:
                for phrase in phrases:
                    others = tuple(other for other in phrases if other != phrase)
                    synonyms[" ".join(phrase)] = synonyms.get(" ".join(phrase), ()) + others
            case _:
                raise BadWords(f"BAHITH_WORDS, line {number}: {line.strip()!r} is no rule")
    return UserWords(frozenset(protected), joined, synonyms)
