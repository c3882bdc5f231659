"""Ambiguity: the spellings that were given another lemma but can be read as this one too.

A text's كتب is indexed under the verb that it most often is; a reader who asks for كتاب means its
plural كتب as well. For each lemma the lexicon tells which of its stems others may claim; here they
are written out with everything that may stand around them, for an index to say which it holds.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from crawl.text.letters import ALEF_FORMS
from index.analysis.lexicon.cache import lexicon
from index.analysis.morphology.prefixes import PERSONS, PROCLITICS
from index.analysis.morphology.suffixes import SUFFIXES

_NEAR = 34
_LONGEST_BEFORE = 3
_CARELESS = str.maketrans(ALEF_FORMS)


def doubtful_spellings(lemma: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Exact forms, many of them no words, that may be read as a lemma and were perhaps not.

    Beginnings up to and with a stem, each with all that may follow it.

    >>> any(head == "والكتب" and "" in tails for head, tails in doubtful_spellings("كتاب"))
    True
    """
    for stem, kinds in _doubtful_stems().get(lemma, {}).items():
        around = _around(kinds)
        for spelled in _spellings(stem):
            for before, tails in around:
                yield before + spelled, tails


@cache
def _doubtful_stems() -> dict[str, dict[str, int]]:
    """For each lemma the stems, with their kinds, that another lemma is about as likely to own."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for entries in lexicon().stems.values():
        if len(entries) == 1:
            continue
        dearest = min(entry[3] for entry in entries) + _NEAR
        near = [entry for entry in entries if entry[3] <= dearest]
        if any(entry[2] != near[0][2] for entry in near):
            for stem, kinds, lemma, _, _ in near:
                stems = found[lemma]
                stems[stem] = stems.get(stem, 0) | kinds
    return found


def _spellings(stem: str) -> set[str]:
    """A stem as the dictionary, the hurried and the Egyptian write it."""
    hurried = stem.translate(_CARELESS)
    last = {"ى": "ي", "ي": "ى"}.get(stem[-1], stem[-1])
    return {stem, hurried, stem[:-1] + last, hurried[:-1] + last}


@lru_cache(256)
def _around(kinds: int) -> tuple[tuple[str, frozenset[str]], ...]:
    """What may stand before a stem of some kinds, each with all that may then stand after it."""
    found: dict[str, frozenset[str]] = {}
    for before, takes, article in _befores():
        if tails := _tails(kinds & takes, article):
            found[before] = found.get(before, tails) | tails
    return tuple(found.items())


@lru_cache(1024)
def _tails(kinds: int, article: bool) -> frozenset[str]:
    """What may stand after a stem of some kinds, with the article before it or without."""
    return frozenset(
        suffix.letters
        for suffixes in SUFFIXES.values()
        for suffix in suffixes
        if kinds & suffix.takes and not (article and suffix.bound)
    )


@cache
def _befores() -> tuple[tuple[str, int, bool], ...]:
    particles = [
        (letters, one.takes, one.article)
        for letters, some in PROCLITICS.items()
        for one in some
        if one.article or len(letters) < _LONGEST_BEFORE
    ]
    persons = [(letters, takes, False) for letters, (takes, _) in PERSONS.items()]
    return (*particles, *persons)
