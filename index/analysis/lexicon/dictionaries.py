"""Sources: what the installed dictionaries say, as plain values.

arramooz (GPL-3): nouns with their broken plurals, verbs with their vowels, particles, and how often
the news used each lemma. simplemma (MIT): inflected forms and their lemmas. Only read here, by
`compile`; nothing of their content is part of this project.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache
from importlib.resources import files
from math import log10
from typing import Any, Final, NamedTuple

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

import index.analysis.morphology.prefixes as a
from index.analysis.text.folding import fold

COMMONEST: Final = 4e6
# The cost of a lemma of the dictionary that the news never used.
UNCOUNTED: Final = 72
# The cost of such a lemma that the other dictionary has as well.
_LISTED_TWICE: Final = 50

NOMINAL: Final = ("noun", "adjective", "elative")
_PARTS = {
    "noun": "noun",
    "noun_quant": "noun",
    "adj_num": "noun",
    "adj": "adjective",
    "adj_comp": "elative",
    "noun_prop": "name",
    "verb": "verb",
}


class Counts:
    """How often the news used each lemma, by part of speech."""

    def __init__(self) -> None:
        self.of: dict[tuple[str, str], int] = defaultdict(int)
        self.vocalized: dict[tuple[str, str], set[str]] = defaultdict(set)
        query = "select vocalized, unvocalized, word_type, freq from wordfreq"
        for vocalized, plain, tag, count in _rows("wordfreq", query):
            place = fold(plain), _PARTS.get(tag, "particle")
            self.of[place] += count
            self.vocalized[place].add(vocalized)

    def count(self, lemma: str, *parts: str) -> int:
        """Occurrences as any of some parts of speech."""
        return sum(self.of.get((lemma, part), 0) for part in parts)

    def cost(self, lemma: str, *parts: str) -> int:
        """Rarity: ten for each power of ten that a lemma is rarer than the commonest."""
        count = min(self.count(lemma, *parts), COMMONEST)
        if count:
            return round(10 * log10(COMMONEST / count))
        return _LISTED_TWICE if lemma in _inflected() else UNCOUNTED

    def restore_feminines(self, singulars: Collection[str]) -> None:
        """Count مزرعة as often as مزرع, which the count has and no dictionary of nouns knows."""
        for lemma in self.lemmas("noun") - set(singulars):
            feminine = lemma + "ة"
            if feminine in singulars and not self.count(feminine, *NOMINAL):
                self.of[feminine, "noun"] = self.of[lemma, "noun"]

    def lemmas(self, *parts: str) -> set[str]:
        """All lemmas of some parts of speech."""
        return {lemma for lemma, part in self.of if part in parts}


class Nouns(NamedTuple):
    """A dictionary's singulars with the endings they take, and its (plural, singular) pairs."""

    singulars: dict[str, int]
    plurals: set[tuple[str, str]]


def nouns() -> Nouns:
    """arramooz's nouns."""
    singulars: dict[str, int] = defaultdict(int)
    plurals: set[tuple[str, str]] = set()
    flags = {
        "feminable": a.FEMALE,
        "dualable": a.DUAL,
        "masculin_plural": a.MEN,
        "feminin_plural": a.WOMEN,
    }
    fields = f"unvocalized, number, single, broken_plural, {', '.join(flags)}"
    for plain, number, single, broken, *given in _rows(
        "arabicdictionary", f"select {fields} from nouns"
    ):
        word = fold(plain)
        if number == "جمع تكسير":
            plurals |= {(word, fold(one)) for one in _listed(single)}
            continue
        kinds = (kind for kind, flag in zip(flags.values(), given, strict=True) if flag)
        singulars[word] |= a.NOUN | sum(kinds)
        plurals |= {(_without_and(fold(one), word), word) for one in _listed(broken)}
    del singulars[""]
    return Nouns(singulars, {pair for pair in plurals if all(pair)})


def _listed(words: str) -> list[str]:
    """The words of a list; remarks among them have more than one word or a sign."""
    found = words.replace("،", ";").split(";")
    return [one for one in found if not set(one.strip()) & set(" +:()-.")]


def _without_and(plural: str, singular: str) -> str:
    """A plural without the «and» that ties it to the one listed before: وأعزاء for عزيز."""
    return plural[1:] if plural.startswith("و") and "و" not in singular else plural


def verbs() -> Iterator[tuple[str, str, str]]:
    """arramooz's verbs: vocalised, bare, and the vowel of the present."""
    query = "select vocalized, unvocalized, future_type from verbs"
    for vocalized, plain, vowel in _rows("arabicdictionary", query):
        yield vocalized, fold(plain), vowel


def particles() -> dict[str, bool]:
    """arramooz's particles, each with whether it takes pronouns."""
    found: dict[str, bool] = {}
    for word, takes in _rows("stopwords", "select WORD, pronoun from classedstopwords"):
        found[fold(word)] = found.get(fold(word), False) or bool(takes)
    return found


@cache
def inflections() -> dict[str, str]:
    """simplemma's Arabic: inflected form → lemma."""
    table = DefaultDictionaryFactory().get_dictionary("ar")
    return {fold(form): fold(lemma) for form, lemma in table.items()}


@cache
def _inflected() -> frozenset[str]:
    """The lemmas of simplemma that have other forms than themselves."""
    return frozenset(lemma for form, lemma in inflections().items() if form != lemma)


def _rows(name: str, query: str) -> list[Any]:
    path = files("arramooz").joinpath("data", f"{name}.sqlite")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        return database.execute(query).fetchall()
