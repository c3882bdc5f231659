"""Derived tables: which terms of an index share a key, such as the sound of a name.

Each table is made from the terms alone, so that it can be made anew when its rules change.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from index.analysis.expansion.names import bared, may_vary, sounds
from index.analysis.expansion.vocabulary import Form, Table
from index.analysis.lemmatizer import HIDEABLE, other_lemmas
from index.analysis.text.consonants import consonants, without_article

# Raised with every change of rules that gives some term another key; a test holds their digest.
TABLES_VERSION = 2


class TableRule(NamedTuple):
    """The form whose terms a table lists, and the (key, term) pairs of some terms."""

    form: Form
    pairs: Callable[[Sequence[str]], Iterable[tuple[str, str]]]


def names(lemmas: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Lemmas that may be names by their sound, each as it is and without a particle."""
    varying = [lemma for lemma in lemmas if _arabic(lemma) and may_vary(lemma)]
    pairs = [(lemma, bare) for lemma in varying for bare in bared(lemma)]
    keys = sounds([bare for _, bare in pairs])
    return ((key, lemma) for key, (lemma, _) in zip(keys, pairs, strict=True))


def hidden(terms: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Exact terms whose reading may hide a name, by their sound."""
    hiding = [term for term in terms if _arabic(term) and HIDEABLE(term)]
    return zip(sounds(hiding), hiding, strict=True)


def readings(terms: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Exact terms by the lemmas that they can be read as too, besides the one they were given."""
    return ((lemma, term) for term in terms for lemma in other_lemmas(term))


def by_consonants(terms: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Exact terms by their consonants, with the article and without."""
    for term in terms:
        if "ء" <= term[0] <= "ي":
            for one in {term, without_article(term)}:
                if len(one) > 1:
                    yield consonants(one), term


def _arabic(term: str) -> bool:
    return term[0] > "~"


TABLES: dict[Table, TableRule] = {
    "names": TableRule("lemma", names),
    "hidden": TableRule("exact", hidden),
    "readings": TableRule("exact", readings),
    "consonants": TableRule("exact", by_consonants),
}
