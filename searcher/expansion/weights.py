"""Weights: every number that ranking was tuned with.

All were chosen by `python -m benchmarks.relevance`, which prints both halves of its queries apart:
a value that helped one half and hurt the other was not taken. `docs/ranking.md` has what each is
worth.
"""

from __future__ import annotations

from index import Field, Form, Variant, Why

FORM: dict[Form, float] = {"exact": 0.7, "lemma": 1.25}
"""A word that is spelled as asked has both forms, so it counts for more than its inflections."""

FIELD: dict[Field, float] = {"title": 2.0, "body": 1.0}
"""A headline is the article in ten words."""

OTHER_READING = 0.5
"""What a word means besides its plain reading, as a share of what the analysis gives it."""

JOINED = 0.25
"""Two words that may be written as one, or one that may be two: «عبد الله», «عبدالله»."""

SLIP = 0.4
"""What each slip that `كلمة~1` forgives leaves of a word's weight."""

STOPWORD = 0.8
"""Stop words are not required, but a text that has them too is a little nearer."""

WHOLE = {1: 0.0, 2: 10.0, 3: 0.5}
"""What a text that holds every word of the query gains, as a share of its score, by their number.

Who types few words expects each of them: of two, answers with both stand first whatever the rest
says.
"""

WHOLE_OF_MANY = 0.1
"""The same for more words than that."""

NEIGHBOURS = 0.2
NEIGHBOUR_SLOP = 8
"""Two words that are neighbours in the query, in this order and close in the text."""

LEADS = ((20, 0.2), (60, 0.4))
"""Among so many first words of the body: an article's first sentences say what it is about."""

NEAR: frozenset[Why] = frozenset({"exact", "inflected", "broken-plural", "name-variant"})
"""Reasons by which a word of a phrase may stand for another."""

CERTAINTY: dict[Why, float] = {
    "exact": 1.0,
    "inflected": 0.9,
    "broken-plural": 0.8,
    "name-variant": 0.7,
    "synonym": 0.6,
    "prefix": 0.5,
    "family": 0.4,
    "keyboard": 0.3,
    "latin": 0.2,
    "spelling": 0.1,
}
"""Of two reasons for the same word of a text the surer one is told."""


def of(field: Field, variant: Variant) -> float:
    """The boost of a term that a word led to."""
    share = 1.0 if variant.own else OTHER_READING
    return FIELD[field] * FORM[variant.form] * variant.weight * share


def whole(words: int) -> float:
    """What a whole answer to so many words gains, as a share of its score.

    >>> whole(2) > whole(3) > whole(4)
    True
    """
    return WHOLE.get(words, WHOLE_OF_MANY)


def least(words: int) -> int:
    """How many of so many plain words a text must hold before fewer are accepted.

    >>> [least(n) for n in (0, 1, 2, 3, 6, 9, 12)]
    [0, 1, 2, 2, 2, 3, 4]
    """
    return max(min(words, 2), words // 3)
