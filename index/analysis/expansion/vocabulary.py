"""Vocabulary: the terms of one index, laid out for what `variants` asks again and again.

The tables are made from an index's sorted terms when they are first needed, many words at a time:
names by their sound, and the spellings that may be names after all.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Literal, Protocol
from weakref import WeakKeyDictionary

from index.analysis.expansion.ambiguity import doubtful_spellings
from index.analysis.expansion.names import bared, may_vary, sounds
from index.analysis.lemmatizer import HIDEABLE, remembered

Form = Literal["exact", "lemma"]

REMEMBERED = 10_000
_FEW = 32
"""Terms of one beginning that are walked; where there are more, each spelling is looked up."""
_CARELESS = 10
"""The misspelling that a query may have and a text is not suspected of: ه for ة."""


class Vocabulary(Protocol):
    """What an engine can say about its index; `variants` asks it."""

    def terms(self, form: Form) -> Sequence[str]:
        """All distinct terms of a form over title and body, sorted.

        The same object while the index stays the same: `variants` keeps tables over it.
        """
        ...

    def frequency(self, form: Form, text: str) -> int:
        """In how many documents a term occurs; 0 when absent."""
        ...


class Tables:
    """The terms of a vocabulary, and its names by their sound."""

    def __init__(self, vocabulary: Vocabulary, exact: Sequence[str]) -> None:
        self.exact = exact
        self._exact = frozenset(exact)
        self._sorted_lemmas = vocabulary.terms("lemma")
        self._lemmas = frozenset(self._sorted_lemmas)
        self._readable: dict[str, list[tuple[str, str]]] = {}
        self.known: dict[str, bool] = {}  # whether the index holds any variant of an exact form

    def has(self, form: Form, text: str) -> bool:
        """Whether the index holds a term."""
        return text in (self._exact if form == "exact" else self._lemmas)

    @cached_property
    def names(self) -> dict[str, list[tuple[str, str]]]:
        """By the sound of a name the lemmas that are one, each as it is and without a particle."""
        varying = [lemma for lemma in self._sorted_lemmas if lemma[0] > "~" and may_vary(lemma)]
        pairs = [(lemma, bare) for lemma in varying for bare in bared(lemma)]
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for pair, sound in zip(pairs, sounds([bare for _, bare in pairs]), strict=True):
            found[sound].append(pair)
        return found

    @cached_property
    def hiding(self) -> dict[str, list[str]]:
        """By their sound, the exact terms that are no lemmas and might be names after all."""
        terms = [
            term
            for term in filter(HIDEABLE, self.exact)
            if term[0] > "~" and term not in self._lemmas
        ]
        found: dict[str, list[str]] = defaultdict(list)
        for term, sound in zip(terms, sounds(terms), strict=True):
            found[sound].append(term)
        return found

    def readable_as(self, lemma: str) -> list[tuple[str, str]]:
        """Exact terms that were given another lemma but can be read as this one too; as what."""
        found = self._readable.get(lemma)
        if found is None:
            found = [
                (term, other.origin)
                for term in sorted(self._spelled(lemma))
                for other in remembered(term).others
                if other.lemma == lemma and other.misspelled < _CARELESS
            ]
            if len(self._readable) >= REMEMBERED:
                self._readable.clear()
            self._readable[lemma] = found
        return found

    def _spelled(self, lemma: str) -> set[str]:
        """The index's terms among the doubtful spellings of a lemma, of which few are words."""
        found: set[str] = set()
        for head, tails in doubtful_spellings(lemma):
            at = bisect_left(self.exact, head)
            few = self.exact[at : at + _FEW]
            if len(few) == _FEW and few[-1].startswith(head):
                found.update(term for tail in tails if (term := head + tail) in self._exact)
                continue
            for term in few:
                if not term.startswith(head):
                    break
                if term[len(head) :] in tails:
                    found.add(term)
        return found


_TABLES: WeakKeyDictionary[Vocabulary, Tables] = WeakKeyDictionary()


def tables_of(vocabulary: Vocabulary) -> Tables:
    """The tables of a vocabulary, made again when its terms have changed."""
    found = _TABLES.get(vocabulary)
    terms = vocabulary.terms("exact")
    if found is None or (terms is not found.exact and terms != found.exact):
        found = _TABLES[vocabulary] = Tables(vocabulary, terms)
    return found
