"""Arabic lives here and only here: from a text to its words and the forms they are found by.

One definition of token for indexing, querying and highlighting. Words are cut on the original
text (`tokens`), their letters folded (`letters`), and each gets two forms: `exact`, its folded
spelling, and `lemma`, the dictionary word behind it.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol

from index.analysis.compounds import Rewriting, joined, split
from index.analysis.letters import fold, loose
from index.analysis.stem import stem
from index.analysis.stopwords import STOPWORDS, is_stopword
from index.analysis.tokens import pieces

__all__ = [
    "STOPWORDS",
    "Columns",
    "Form",
    "Rewriting",
    "Token",
    "Variant",
    "Vocabulary",
    "Why",
    "analyze",
    "columns",
    "cut",
    "fold",
    "forms",
    "is_stopword",
    "joined_variants",
    "reason",
    "variants",
    "version",
]

Form = Literal["exact", "lemma"]
Why = Literal[
    "exact",
    "inflected",
    "broken-plural",
    "name-variant",
    "synonym",
    "family",
    "keyboard",
    "latin",
    "spelling",
    "prefix",
]


class Token(NamedTuple):
    """A word of a text: `word == text[start:end]`, its two forms, and how the lemma was found."""

    start: int
    end: int
    word: str
    exact: str
    lemma: str
    why: str


class Columns(NamedTuple):
    """The words of a whole text as parallel lists, in text order and never overlapping."""

    starts: list[int]
    ends: list[int]
    exact: list[str]
    lemma: list[str]


class Variant(NamedTuple):
    """An index term that a query word means, and why."""

    form: Form
    text: str
    why: Why
    weight: float


class Vocabulary(Protocol):
    """What an engine can say about its index; `variants` asks it."""

    def terms(self, form: Form) -> Sequence[str]:
        """All distinct terms of a form over title and body, sorted."""
        ...

    def frequency(self, form: Form, text: str) -> int:
        """In how many documents a term occurs; 0 when absent."""
        ...


def columns(text: str) -> Columns:
    """The words of a text with their forms, as columns; what an index stores."""
    words, starts, ends = pieces(text)
    both = list(map(forms, words))
    exact = [form for form, _ in both]
    lemma = [form for _, form in both]
    if "" in exact:
        kept = [i for i, form in enumerate(exact) if form]
        starts, ends = [starts[i] for i in kept], [ends[i] for i in kept]
        exact, lemma = [exact[i] for i in kept], [lemma[i] for i in kept]
    return Columns(starts, ends, exact, lemma)


def analyze(text: str) -> list[Token]:
    """The words of a text as tokens.

    >>> [(t.word, t.exact) for t in analyze("قال السَّفير.")]
    [('قال', 'قال'), ('السَّفير', 'السفير')]
    """
    return [
        Token(start, end, text[start:end], exact, lemma, "exact" if exact == lemma else "stem")
        for start, end, exact, lemma in zip(*columns(text), strict=True)
    ]


def cut(text: str) -> tuple[list[int], list[int]]:
    """Where the words of a text start and end."""
    found = columns(text)
    return found.starts, found.ends


@lru_cache(200_000)
def forms(word: str) -> tuple[str, str]:
    """The exact form and the lemma of one word as written; both empty when nothing is left."""
    exact = fold(word)
    return exact, loose(stem(exact)) or exact


def variants(word: str, vocabulary: Vocabulary) -> list[Variant]:
    """Every index term that a query word means, its own two forms first."""
    exact, lemma = forms(word)
    own = [Variant("exact", exact, "exact", 1.0), Variant("lemma", lemma, "inflected", 0.8)]
    return [one for one in own if one.text and vocabulary.frequency(one.form, one.text)]


def joined_variants(words: Sequence[str], vocabulary: Vocabulary) -> list[Rewriting]:
    """The other ways to write neighbouring words of a query: two as one, or one as two.

    Only what the index holds: every word of a rewriting has a term. Read `spelled` as a phrase in
    the place of `words[start:end]`, each of its words with its own `variants`.
    """
    found = []
    exact = [forms(word)[0] for word in words]
    for i, (first, second) in enumerate(pairwise(exact)):
        if first and second:
            found.append(Rewriting(i, i + 2, (joined(first, second),)))
    for i, word in enumerate(exact):
        found += [Rewriting(i, i + 1, parts) for parts in split(word)]
    return [one for one in found if all(vocabulary.frequency("exact", w) for w in one.spelled)]


def reason(query_word: str, text_word: str) -> Why:
    """Why a word of a text matched a word of a query."""
    return "exact" if fold(query_word) == fold(text_word) else "inflected"


def version() -> str:
    """A hash of everything that shapes the forms; an index of another version needs a rebuild."""
    return "0"
