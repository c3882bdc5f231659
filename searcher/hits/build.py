"""Hits: found documents made ready to be read, with what answered the query marked in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index import Document, Engine, Match, Why, analysis
from searcher.expansion.expand import HighlightTerm
from searcher.hits.highlights import Highlights, find, highlight_table
from searcher.hits.results import Hit, Word
from searcher.hits.snippet import USUAL, SnippetOptions, excerpt

# Spellings of one query word that a hit names.
FORMS_SHOWN = 4


def hits_of(
    engine: Engine,
    matches: Sequence[Match],
    sought: Sequence[HighlightTerm],
    options: SnippetOptions = USUAL,
) -> Iterator[Hit]:
    """The hits of matches, in their order."""
    table = highlight_table(sought)
    located = engine.located([match.key for match in matches], table.terms)
    for match, one in zip(matches, located, strict=True):
        if one:  # else it was removed between the two calls
            yield hit_of(one.document, match.score, sought, find(one, table), options)


def hit_of(
    document: Document,
    score: float,
    sought: Sequence[HighlightTerm],
    highlights: Highlights,
    options: SnippetOptions = USUAL,
) -> Hit:
    """A document as a hit, by what was found in it."""
    return Hit.of(
        document,
        excerpt(document.body, highlights.body, sought, options),
        score,
        title_marks=tuple((mark.start, mark.end) for mark in highlights.title),
        words=tuple(_words(document, sought, highlights)),
        missing=tuple(sought[number].word for number in highlights.missing),
    )


def _words(
    document: Document, sought: Sequence[HighlightTerm], highlights: Highlights
) -> Iterator[Word]:
    """Each word of the query with the spellings that answered it, the first few of each."""
    shown: dict[int, dict[str, Why]] = {}
    for text, marks in ((document.title, highlights.title), (document.body, highlights.body)):
        for mark in marks:
            shown.setdefault(mark.sought, {}).setdefault(text[mark.start : mark.end], mark.why)
    for number, spellings in sorted(shown.items()):
        for spelling, why in list(spellings.items())[:FORMS_SHOWN]:
            yield Word(sought[number].word, spelling, _finer(why, sought[number].word, spelling))


def _finer(why: Why, asked: str, spelling: str) -> Why:
    """The reason of one word for another; the index only knows that both have one lemma."""
    return analysis.reason(asked, spelling) if why == "inflected" and " " not in asked else why
