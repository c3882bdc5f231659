"""The words of a question in a whole stored text, for the article's page.

A search marks the passage that it shows; here the reader opens the text itself, so each word of the
question is looked for on its own, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from index import analysis, cut, fold
from searcher import explain
from web.html.markup import Span

# Each is one pass over the text; a longer question is a pasted text, which needs no marks.
MOST_WORDS = 20


def marks(query: str, text: str) -> list[Span]:
    """The spans of a text that hold a word of a question, ascending.

    >>> text = "زار السفراء المدينة"
    >>> [text[start:end] for start, end in marks("سفير -المدينة", text)]
    ['السفراء']
    """
    wanted = list(dict.fromkeys(_words(query)))[:MOST_WORDS]
    found = {(one.start, one.end) for word in wanted for one in explain(word, text).words}
    return sorted(found)


def _words(query: str) -> Iterator[str]:
    """The words that a text is meant to hold: none excluded, none that all texts hold."""
    for start, end in zip(*cut(query), strict=True):
        word = query[start:end]
        if not query[:start].endswith("-") and not analysis.is_stopword(fold(word)):
            yield word
