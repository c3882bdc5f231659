"""Words that almost every text holds, and that a search should not insist on."""

from importlib.resources import files

from index.analysis.text.folding import fold

STOPWORDS = frozenset(
    fold(word) for word in files(__package__).joinpath("stopwords.txt").read_text("utf-8").split()
)
"""Exact forms; folded here, so the file may be written with or without vowel marks."""


def is_stopword(exact: str) -> bool:
    """Whether an exact form is a stop word.

    >>> is_stopword("من"), is_stopword("سفير")
    (True, False)
    """
    return exact in STOPWORDS
