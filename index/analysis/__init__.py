"""Arabic lives here and only here: from a text to its words and the forms they are found by.

One definition of token for indexing, querying and highlighting. Words are cut on the original
text (`tokens`), their letters folded (`letters`), and each gets two forms: `exact`, its folded
spelling, and `lemma`, the dictionary word behind it.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, Protocol

from index.analysis.letters import fold, loose
from index.analysis.stem import stem
from index.analysis.tokens import pieces

__all__ = [
    "Columns",
    "Form",
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

STOPWORDS = frozenset(
    map(
        fold,
        """في من على إلى عن مع أن إن ما لا لم لن هو هي هم هذا هذه ذلك تلك التي الذي الذين كان كانت
        قد كل بعد قبل بين أو ثم حتى إذا كما أي أية غير هناك عند منذ خلال حول دون""".split(),
    )
)


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
        return Columns(*([column[i] for i in kept] for column in (starts, ends, exact, lemma)))
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


def is_stopword(exact: str) -> bool:
    """Whether an exact form is a word that almost every text holds."""
    return exact in STOPWORDS


def variants(word: str, vocabulary: Vocabulary) -> list[Variant]:
    """Every index term that a query word means, its own two forms first."""
    exact, lemma = forms(word)
    if not exact:
        return []
    return [Variant("exact", exact, "exact", 1.0), Variant("lemma", lemma, "inflected", 0.8)]


def reason(query_word: str, text_word: str) -> Why:
    """Why a word of a text matched a word of a query."""
    return "exact" if fold(query_word) == fold(text_word) else "inflected"


def version() -> str:
    """A hash of everything that shapes the forms; an index of another version needs a rebuild."""
    return "0"
