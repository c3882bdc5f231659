"""Weights: every number that ranking was tuned with, as one frozen value.

All were chosen by `python -m benchmarks.relevance`, which prints both halves of its queries apart:
a value that helped one half and hurt the other was not taken. `docs/ranking.md` has what each is
worth. An installation may pass its own to `Searcher`.

>>> Weights(title=3.0).of("title", Variant("exact", "سفير", "exact", 1.0, own=True))
2.0999999999999996
"""

from __future__ import annotations

from dataclasses import dataclass

from index import Field, Form, Variant, Why

# Reasons by which a word of a phrase may stand for another.
NEAR: frozenset[Why] = frozenset({"exact", "inflected", "broken-plural", "name-variant"})

# Of two reasons for the same word of a text the surer one is told.
CERTAINTY: dict[Why, float] = {
    "exact": 1.0,
    "inflected": 0.9,
    "broken-plural": 0.8,
    "name-variant": 0.7,
    "synonym": 0.6,
    "prefix": 0.5,
    "keyboard": 0.3,
    "latin": 0.2,
    "spelling": 0.1,
}


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence counts; all are shares of a term's BM25, unless said otherwise.

    A word that is spelled as asked has both forms, so it counts for more than its inflections; a
    headline is the article in ten words. `other_reading`: what a word means besides its plain
    reading. `joined`: two words that may be written as one, or one that may be two. `slip`: what
    each slip that `كلمة~1` forgives leaves. `stopword`: they are not required, but a text that has
    them too is a little nearer. `neighbours`: two words that are neighbours in the query, in this
    order and at most `neighbour_slop` words apart in the text. `leads`: (first words of the body,
    what standing among them adds): an article's first sentences say what it is about.

    `coordination`: what a text that holds every word of the query gains, as a share of its score,
    by their number from one on, the last for all higher. Who types few words expects each of them:
    of two, answers with both stand first whatever the rest says.
    """

    exact: float = 0.7
    lemma: float = 1.25
    title: float = 2.0
    body: float = 1.0
    other_reading: float = 0.5
    joined: float = 0.25
    slip: float = 0.4
    stopword: float = 0.8
    neighbours: float = 0.2
    neighbour_slop: int = 8
    leads: tuple[tuple[int, float], ...] = ((20, 0.2), (60, 0.4))
    coordination: tuple[float, ...] = (0.0, 10.0, 0.5, 0.1)

    def field(self, name: Field) -> float:
        """What a term counts in a field."""
        return self.title if name == "title" else self.body

    def form(self, name: Form) -> float:
        """What a term counts under a form."""
        return self.exact if name == "exact" else self.lemma

    def of(self, field: Field, variant: Variant) -> float:
        """The boost of a term that a word led to."""
        share = 1.0 if variant.own else self.other_reading
        return self.field(field) * self.form(variant.form) * variant.weight * share

    def gain(self, words: int) -> float:
        """What a whole answer to so many words gains, as a share of its score.

        >>> Weights().gain(2) > Weights().gain(3) > Weights().gain(4)
        True
        """
        return (
            self.coordination[min(words, len(self.coordination)) - 1]
            if words and self.coordination
            else 0.0
        )


USUAL = Weights()


def least(words: int) -> int:
    """How many of so many plain words a text must hold before fewer are accepted.

    >>> [least(n) for n in (0, 1, 2, 3, 6, 9, 12)]
    [0, 1, 2, 2, 2, 3, 4]
    """
    return max(min(words, 2), words // 3)
