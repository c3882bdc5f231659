"""Wording: a word or phrase of a query as the tree of all index terms that mean it.

A word's tree is made once for an index and remembered as that very object: engines remember by it
what they found (see `index/engines/whoosh/searching/clause_cache.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from index import FIELDS, Field, Form, Variant, Why, analysis, fold, query
from index.analysis import Rewriting
from searcher.expansion.lookup import Lookup
from searcher.syntax.query_ast import PhraseClause, WordClause

# What may stand for a word, or for it and its neighbours.
Joined = tuple[Rewriting, ...]

# What may be written onto the first half of a name that is looked for as spelled: لعبد الله.
_ATTACHED = ("", "و", "ف", "ب", "ل", "ك")


def word_tree(word: WordClause, joined: Joined, lookup: Lookup) -> query.Or:
    """Every term that means a word, in title and body; the same object for the same word."""
    return lookup.once((word, joined), lambda: _word(word, joined, lookup))


def phrase_tree(
    words: Sequence[str],
    field: Field | None,
    lookup: Lookup,
    *,
    slop: int = 0,
    spelled: bool = False,
    share: float = 1.0,
    told: Why | None = None,
) -> query.Or:
    """Words in a row: as spelled, and unless that is wanted, as inflected; `share` of the score.

    `told` is the reason, if it is another than that.
    """
    weights = lookup.weights
    forms: list[tuple[Form, Why, tuple[tuple[str, ...], ...]]] = [
        ("exact", "exact", tuple((fold(word),) for word in words))
    ]
    if not spelled:
        forms.append(("lemma", "inflected", tuple(map(lookup.lemmas, words))))
    return query.Or(
        tuple(
            query.Phrase(
                one, form, slots, slop, share * weights.field(one) * weights.form(form), told or why
            )
            for one in fields(field)
            for form, why, slots in forms
        )
    )


def clause_tree(clause: PhraseClause, lookup: Lookup) -> query.Or:
    """A phrase as asked for, its joined names parted too; of two words near both orders."""
    orders = [clause.words] if clause.ordered else [clause.words, clause.words[::-1]]
    if not clause.spelled:
        orders += [words for order in orders for words in lookup.wordings(order)]
    trees = [
        phrase_tree(words, clause.field, lookup, slop=clause.slop, spelled=clause.spelled)
        for words in orders
    ]
    return query.Or(tuple(part for tree in trees for part in tree.parts))


def _rewritten(word: str, one: Rewriting, field: Field | None, lookup: Lookup) -> query.Or:
    """What may stand for a word: halves as spelled, anything else in all its forms."""
    weights = lookup.weights
    if not one.halves:
        told = analysis.reason_joined(word, one.spelled)
        return phrase_tree(one.spelled, field, lookup, share=weights.joined, told=told)
    first, *others = map(fold, one.spelled)
    slots = (tuple(letters + first for letters in _ATTACHED), *((half,) for half in others))
    boost = weights.joined * weights.form("exact")
    why: Why = "exact" if "".join(one.spelled) == fold(word) else "name-variant"
    return query.Or(
        tuple(
            query.Phrase(of, "exact", slots, 0, boost * weights.field(of), why)
            for of in fields(field)
        )
    )


def fields(field: Field | None) -> tuple[Field, ...]:
    """The one field that was asked for, or all."""
    return (field,) if field else FIELDS


def _word(word: WordClause, joined: Joined, lookup: Lookup) -> query.Or:
    """The terms; phrases in their place; and the word early in the text, which counts for more."""
    weights = lookup.weights
    found = [] if word.spelled else lookup.variants(word.text)
    spelling = Variant("exact", fold(word.text), "exact", 1.0, own=True)
    terms = [
        query.Term(field, one.form, one.text, weights.of(field, one), one.why)
        for field in fields(word.field)
        for one in found or [spelling]
    ]
    terms += [
        query.Term(
            field, "exact", one.text, weights.field(field) * weights.slip**one.slips, "spelling"
        )
        for one in lookup.near(word.text, word.slips)
        for field in fields(word.field)
    ]
    phrases = [_rewritten(word.text, one, word.field, lookup) for one in joined]
    tells = next((one for one in found if one.form == "lemma" and one.own), spelling)
    leads = [
        query.Lead(query.Term("body", tells.form, tells.text, boost, tells.why), width)
        for width, boost in weights.leads
        if found and word.field != "title"
    ]
    return query.Or((*terms, *phrases, *leads))
