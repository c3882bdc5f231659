"""Hits: found documents made ready to be read, with what answered the query marked in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index import Document, Engine, Match, Why, analysis
from searcher.expansion.expand import Clue
from searcher.hits.highlights import Evidence, find, wanted_by
from searcher.hits.results import Hit, Word
from searcher.hits.snippet import excerpt

FORMS_SHOWN = 4
"""Spellings of one query word that a hit names."""


def hits_of(engine: Engine, matches: Sequence[Match], clues: Sequence[Clue]) -> Iterator[Hit]:
    """The hits of matches, in their order."""
    wanted = wanted_by(clues)
    located = engine.located([match.key for match in matches], wanted.terms)
    for match, one in zip(matches, located, strict=True):
        if one:  # else it was removed between the two calls
            yield hit_of(one.document, match.score, clues, find(one, wanted))


def hit_of(document: Document, score: float, clues: Sequence[Clue], evidence: Evidence) -> Hit:
    """A document as a hit, by what was found in it."""
    return Hit.of(
        document,
        excerpt(document.body, evidence.body, clues),
        score,
        title_marks=tuple((mark.start, mark.end) for mark in evidence.title),
        words=tuple(_words(document, clues, evidence)),
        missing=tuple(clues[number].word for number in evidence.missing),
    )


def _words(document: Document, clues: Sequence[Clue], evidence: Evidence) -> Iterator[Word]:
    """Each word of the query with the spellings that answered it, the first few of each."""
    shown: dict[int, dict[str, Why]] = {}
    for text, marks in ((document.title, evidence.title), (document.body, evidence.body)):
        for mark in marks:
            shown.setdefault(mark.clue, {}).setdefault(text[mark.start : mark.end], mark.why)
    for number, spellings in sorted(shown.items()):
        for spelling, why in list(spellings.items())[:FORMS_SHOWN]:
            yield Word(clues[number].word, spelling, _finer(why, clues[number].word, spelling))


def _finer(why: Why, asked: str, spelling: str) -> Why:
    """The reason of one word for another; the index only knows that both have one lemma."""
    return analysis.reason(asked, spelling) if why == "inflected" and " " not in asked else why
