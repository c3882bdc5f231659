"""Arabic lives here and only here: from a text to its words and the forms they are found by.

One definition of token for indexing, querying and highlighting. Words are cut on the original
text (`tokens`), their letters folded (`letters`), and each gets two forms: `exact`, its folded
spelling, and `lemma`, the dictionary word behind it (`lemmas`). What else a query word may mean is
looked up among the terms of the index (`variants`).
"""

from operator import itemgetter
from typing import NamedTuple

from index.analysis.analysis_version import version
from index.analysis.expansion.compounds import Rewriting, loose_ands
from index.analysis.expansion.reasons import Why, reason, reason_joined
from index.analysis.expansion.scan import ScannedVocabulary
from index.analysis.expansion.variants import Variant, variants, variants_of
from index.analysis.expansion.vocabulary import Form, NearTerm, Table, TermCount, Vocabulary
from index.analysis.expansion.wordings import joined_variants
from index.analysis.lemmatizer import FORMS, is_name, is_plain
from index.analysis.lexicon.cache import rarity, words_sounding
from index.analysis.lexicon.name_tables import names_in_latin
from index.analysis.lexicon.proper_names import ProperName, proper_names
from index.analysis.text.consonants import consonants, without_article, without_repeats
from index.analysis.text.folding import fold, loose
from index.analysis.text.stopwords import STOPWORDS, is_stopword
from index.analysis.text.tokenizer import pieces

__all__ = [
    "STOPWORDS",
    "Columns",
    "Form",
    "NearTerm",
    "ProperName",
    "Rewriting",
    "ScannedVocabulary",
    "Table",
    "TermCount",
    "Token",
    "Variant",
    "Vocabulary",
    "Why",
    "analyze",
    "columns",
    "consonants",
    "cut",
    "fold",
    "forms",
    "is_name",
    "is_plain",
    "is_stopword",
    "joined_variants",
    "loose",
    "loose_ands",
    "names_in_latin",
    "proper_names",
    "rarity",
    "reason",
    "reason_joined",
    "variants",
    "variants_of",
    "version",
    "without_article",
    "without_repeats",
    "words_sounding",
]

# A word that begins with one of these is never folded away; other words may be.
_LETTERS = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي0123456789")

_first = itemgetter(0)


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


def columns(text: str) -> Columns:
    """The words of a text with their forms, as columns; what an index stores."""
    words, starts, ends = pieces(text)
    found = list(map(FORMS.__getitem__, words))
    exact = [one[0] for one in found]
    lemma = [one[1] for one in found]
    if "" in exact:  # marks without a letter
        kept = [i for i, form in enumerate(exact) if form]
        starts, ends = [starts[i] for i in kept], [ends[i] for i in kept]
        exact, lemma = [exact[i] for i in kept], [lemma[i] for i in kept]
    return Columns(starts, ends, exact, lemma)


def analyze(text: str) -> list[Token]:
    """The words of a text as tokens.

    >>> [(t.word, t.exact, t.lemma) for t in analyze("التقى السُّفراءُ.")]
    [('التقى', 'التقى', 'التقى'), ('السُّفراءُ', 'السفراء', 'سفير')]
    """
    words, starts, ends = pieces(text)
    return [
        Token(start, end, word, exact, lemma, origin)
        for word, start, end, (exact, lemma, origin, _) in zip(
            words, starts, ends, map(FORMS.__getitem__, words), strict=True
        )
        if exact
    ]


def cut(text: str) -> tuple[list[int], list[int]]:
    """Where the words of a text start and end: those of its `columns`, without looking them up."""
    words, starts, ends = pieces(text)
    if not _LETTERS.issuperset(map(_first, words)):  # some may be marks without a letter
        kept = [i for i, word in enumerate(words) if word[0] in _LETTERS or fold(word)]
        starts, ends = [starts[i] for i in kept], [ends[i] for i in kept]
    return starts, ends


def forms(word: str) -> tuple[str, str]:
    """The exact form and the lemma of one word as written; both empty when nothing is left.

    >>> forms("وللمدارس")
    ('وللمدارس', 'مدرسة')
    """
    return FORMS[word][:2]
