"""Variants: every term of an index that a query word means, and why.

The index holds two forms of each word and never changes when ideas do; what is wider happens here,
on the query's side, over the terms that the index really has. A word's own two forms come first;
then its other readings (كتب is كتاب's plural and a verb), texts whose spelling leaves the same
reading open, spellings of the same name, and the user's synonyms.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.analysis.expansion.compounds import Rewriting, joined, splits
from index.analysis.expansion.names import bared, may_vary, same_name, sound
from index.analysis.expansion.reasons import Why
from index.analysis.expansion.vocabulary import REMEMBERED, Form, Tables, Vocabulary, tables_of
from index.analysis.lemmatizer import Analysis, may_hide_name, remembered
from index.analysis.text.folding import fold
from index.analysis.text.word_file import user_words


class Variant(NamedTuple):
    """An index term that a query word means, and why; `own`: its own spelling or lemma."""

    form: Form
    text: str
    why: Why
    weight: float
    own: bool = False


_WEIGHTS: dict[Why, float] = {
    "exact": 1.0,
    "inflected": 0.8,
    "broken-plural": 0.8,
    "name-variant": 0.7,
    "synonym": 0.5,
}
_OTHER_READING = 0.6
_NAMELIKE = ("unknown", "name")


def variants(word: str, vocabulary: Vocabulary) -> list[Variant]:
    """Every index term that a query word means, and why; its own forms first, each term once.

    Only terms that the index holds. The first call on a vocabulary reads its terms.
    """
    exact = fold(word)
    if not exact:
        return []
    best: dict[tuple[Form, str], Variant] = {}
    for one in _held(exact, tables_of(vocabulary)):
        best.setdefault((one.form, one.text), one)
    return list(best.values())


def _held(exact: str, tables: Tables) -> Iterator[Variant]:
    """What an exact form means, as far as the index holds it; some of it more than once."""
    has = tables.has
    return (one for one in _candidates(exact, tables) if has(one.form, one.text))


def _candidates(exact: str, tables: Tables) -> Iterator[Variant]:
    yield Variant("exact", exact, "exact", _WEIGHTS["exact"], own=True)
    found = remembered(exact)
    yield Variant("lemma", found.lemma, "inflected", _WEIGHTS["inflected"], own=True)
    for other in found.others:
        yield Variant("lemma", other.lemma, _why(other.origin), _OTHER_READING)
    for text, origin in tables.readable_as(found.lemma):
        yield Variant("exact", text, _why(origin), _OTHER_READING)
    if may_vary(found.lemma):
        yield from _named(found.lemma, tables)
    yield from _hidden(exact, found, tables)
    synonyms = user_words().synonyms
    for phrase in synonyms.get(exact) or synonyms.get(found.lemma, ()):
        if len(phrase) == 1:
            yield _variant("lemma", remembered(phrase[0]).lemma, "synonym")


def _variant(form: Form, text: str, why: Why) -> Variant:
    return Variant(form, text, why, _WEIGHTS[why])


def _why(origin: str) -> Why:
    return "broken-plural" if origin == "plural" else "inflected"


def _named(lemma: str, tables: Tables) -> Iterator[Variant]:
    """Terms that spell the same name, with or without a particle written onto them."""
    for mine in bared(lemma):
        for term, bare in tables.names.get(sound(mine), ()):
            if bare == mine:
                yield _variant("lemma", term, "inflected")
    for term, bare in tables.names.get(sound(lemma), ()):
        if same_name(lemma, bare):
            yield _variant("lemma", term, "name-variant")


def _hidden(exact: str, found: Analysis, tables: Tables) -> Iterator[Variant]:
    """Spellings of a name that a far-fetched reading hides: كيفين, by rule a dual of كيف."""
    if found.origin in _NAMELIKE:
        for term in tables.hiding.get(sound(found.lemma), ()):
            if may_hide_name(term) and same_name(found.lemma, term):
                yield _variant("exact", term, "name-variant")
    elif may_hide_name(exact):
        for term, bare in tables.names.get(sound(exact), ()):
            if same_name(exact, bare) and remembered(term).origin in _NAMELIKE:
                yield _variant("lemma", term, "name-variant")


def joined_variants(words: Sequence[str], vocabulary: Vocabulary) -> list[Rewriting]:
    """The other ways to write neighbouring words of a query: two as one, one as two, synonyms.

    Only what the index holds. Read `spelled` as a phrase in the place of `words[start:end]`, each
    of its words with its own `variants`.
    """
    tables = tables_of(vocabulary)

    def known(exact: str) -> bool:
        found = tables.known.get(exact)
        if found is None:
            if len(tables.known) >= REMEMBERED:
                tables.known.clear()
            found = tables.known[exact] = any(True for _ in _held(exact, tables))
        return found

    exact = list(map(fold, words))
    found = [
        Rewriting(i, i + 2, (one,))
        for i, (first, second) in enumerate(pairwise(exact))
        if first and second and (one := joined(first, second)) and known(one)
    ]
    for i, word in enumerate(exact):
        if word:
            found += [Rewriting(i, i + 1, parts) for parts in splits(word, known)]
    return found + list(_phrases(exact))


def _phrases(exact: Sequence[str]) -> Iterator[Rewriting]:
    """The user's synonyms of more than one word, on either side."""
    synonyms = user_words().synonyms
    longest = max((len(one.split()) for one in synonyms), default=0)
    for start in range(len(exact)):
        for end in range(start + 1, min(start + longest, len(exact)) + 1):
            for phrase in synonyms.get(" ".join(exact[start:end]), ()):
                if end - start > 1 or len(phrase) > 1:
                    yield Rewriting(start, end, phrase)
