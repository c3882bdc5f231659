"""Lookup: what words mean in one index, remembered for as long as the index stays the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from index import Variant, Vocabulary, analysis, fold, query
from index.analysis import NearTerm, Rewriting
from searcher.expansion.weights import NEAR, USUAL, Weights

# Words of which a long-lived server keeps the variants and trees.
MOST_REMEMBERED = 50_000

# Spellings that one `كلمة~2` stands for; the nearest, then the most frequent.
MOST_NEAR = 50

# Other ways to write one phrase that are looked for; none of real headlines has more.
MOST_WORDINGS = 8

_ARTICLE, _ALEFS = "ال", "اأإآ"

Name = TypeVar("Name", bound=Hashable)
Value = TypeVar("Value")


class Lookup:
    """A vocabulary that remembers the variants of the words it was asked for.

    Trees are made with its weights, so these are as lasting as it.
    """

    def __init__(self, vocabulary: Vocabulary, weights: Weights = USUAL) -> None:
        self.vocabulary = vocabulary
        self.weights = weights
        self._variants: dict[str, list[Variant]] = {}
        self._lemmas: dict[str, tuple[str, ...]] = {}
        self._trees: dict[Hashable, query.Or] = {}

    def variants(self, word: str) -> list[Variant]:
        """Every index term that a word means; see `index.analysis.expansion.variants`."""
        return _kept(self._variants, word, lambda: analysis.variants(word, self.vocabulary))

    def once(self, name: Hashable, make: Callable[[], query.Or]) -> query.Or:
        """The tree of a name, made when it is first asked for."""
        return _kept(self._trees, name, make)

    def lemmas(self, word: str) -> tuple[str, ...]:
        """The dictionary words that a word of a phrase may stand under."""
        return _kept(self._lemmas, word, lambda: self._near_lemmas(word))

    def joined(self, words: Sequence[str]) -> dict[str, list[Rewriting]]:
        """For each word what may stand for it, or for it and its neighbours."""
        found: dict[str, list[Rewriting]] = {}
        for one in analysis.joined_variants(list(words), self.vocabulary):
            for word in words[one.start : one.end]:
                found.setdefault(word, []).append(one)
        return found

    def wordings(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        """The other ways to write the words of a phrase, each with one stretch rewritten."""
        found = [
            (*words[: one.start], *one.spelled, *words[one.end :])
            for one in (
                *analysis.joined_variants(list(words), self.vocabulary),
                *analysis.loose_ands(words),
            )
        ]
        return list(dict.fromkeys(found))[:MOST_WORDINGS]

    def beginning(self, prefix: str, limit: int) -> list[str]:
        """The spellings that begin so as readers type it, the most frequent first."""
        found = {
            one.text: -one.frequency
            for spelled in openings(fold(prefix))
            for one in self.vocabulary.beginning("exact", spelled, limit)
        }
        return sorted(found, key=lambda text: (found[text], text))[:limit]

    def near(self, word: str, slips: int) -> list[NearTerm]:
        """The spellings at most so many slips away, itself left out; none for no slips."""
        folded = fold(word)
        found = self.vocabulary.near(folded, slips, MOST_NEAR + 1) if slips else []
        return [one for one in found if one.text != folded][:MOST_NEAR]

    def _near_lemmas(self, word: str) -> tuple[str, ...]:
        found = (one for one in self.variants(word) if one.form == "lemma" and one.why in NEAR)
        return tuple(one.text for one in found) or (analysis.forms(word)[1],)


def openings(prefix: str) -> list[str]:
    """The ways to write the beginning of a word: any hamza on its alef, ة for ه, and after ال.

    >>> openings("احم")[:4], openings("وزاره")
    (['احم', 'أحم', 'إحم', 'آحم'], ['وزاره', 'وزارة', 'الوزاره', 'الوزارة'])
    """
    article, rest = (_ARTICLE, prefix[2:]) if prefix.startswith(_ARTICLE) else ("", prefix)
    heads = list(_ALEFS) if rest and rest[0] in _ALEFS else [rest[:1]]
    tails = [rest[1:], rest[1:-1] + "ة"] if rest[1:].endswith("ه") else [rest[1:]]
    articles = (article,) if article else ("", _ARTICLE)
    return [start + head + tail for start in articles for head in heads for tail in tails]


def _kept(memory: dict[Name, Value], name: Name, make: Callable[[], Value]) -> Value:
    """What is remembered under a name, made when it is first asked for."""
    found = memory.get(name)
    if found is None:
        if len(memory) >= MOST_REMEMBERED:
            memory.clear()
        found = memory[name] = make()
    return found
