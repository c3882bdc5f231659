"""Strength: in how many documents an index holds a word as typed, or surely a form of it.

What only sounds like it does not count, nor a single Latin letter.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from index import Vocabulary, analysis, fold

# Documents up to which a word may be a misspelling that some texts share.
WEAK = 10
# What a document with another form of the word counts: the form typed may still be no word.
_LEMMA = 0.05
# What a word that no document holds counts in the logarithm.
_NOTHING = 0.05
# Documents that may share a misspelling; more of them know a word.
_SHARED = 2


class Strengths:
    """The strengths of words in one vocabulary, each asked once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._known: dict[str, float] = {}

    def of(self, words: Sequence[str]) -> list[float]:
        """The strength of each word, in documents."""
        new = [word for word in dict.fromkeys(words) if word not in self._known]
        forms = [analysis.forms(word) for word in new]
        exact = self.vocabulary.frequencies("exact", [form for form, _ in forms])
        lemmas = self.vocabulary.frequencies("lemma", [lemma for _, lemma in forms])
        for word, spelled, meant in zip(new, exact, lemmas, strict=True):
            letter = len(word) == 1 and word.isascii() and word.isalpha()
            strength = spelled + _LEMMA * meant
            if spelled <= _SHARED:  # أشرطة may be الشرطة, however often papers write شريط
                strength = min(strength, WEAK)
            self._known[word] = 0.0 if letter else strength
        return [self._known[word] for word in words]

    def knows(self, word: str) -> bool:
        """Whether a word is one as typed: papers write it so, or dictionaries have it."""
        exact = fold(word)
        return self.vocabulary.frequencies("exact", [exact])[0] > _SHARED or analysis.is_plain(
            exact
        )

    def logarithm(self, words: Sequence[str]) -> float:
        """The natural logarithm of the weakest word's strength."""
        return math.log(min(self.of(words), default=0.0) + _NOTHING)
