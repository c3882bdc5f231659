"""Variants: every term of an index that a query word means, and why.

The index holds two forms of each word and never changes when ideas do; what is wider happens here,
on the query's side, over the terms that the index really has. A word's own two forms come first;
then its other readings (كتب is كتاب's plural and a verb), texts whose spelling leaves the same
reading open, spellings of the same name, and the user's synonyms.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from index.analysis.expansion.abbreviations import LINKS_OF_NAMES, in_full, in_short
from index.analysis.expansion.careful import careful_spellings
from index.analysis.expansion.names import bared, may_vary, same_name, sound
from index.analysis.expansion.number_words import digits_of, otherwise_grouped, words_of
from index.analysis.expansion.place_names import place_spellings, spells_place
from index.analysis.expansion.reasons import Why
from index.analysis.expansion.vocabulary import Form, Table, Vocabulary
from index.analysis.lemmatizer import Analysis, may_hide_name, remembered, with_alef
from index.analysis.lexicon.name_tables import (
    is_arab_place,
    is_listed_name,
    is_listed_place,
    latin_spellings,
    names_in_latin,
)
from index.analysis.text.folding import fold, loose
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
    "latin": 0.3,
}
_OTHER_READING = 0.6
# Words for digits and back: of two texts the one that has them as asked comes first.
_NUMBER = 0.3
# A spelling of a place that has no lemma of its own: what this would add to it.
_PLACE = 1.4

_FORMS: tuple[Form, ...] = ("exact", "lemma")
_NAMELIKE = ("unknown", "name")


def variants(word: str, vocabulary: Vocabulary) -> list[Variant]:
    """Every index term that a query word means, and why; its own forms first, each term once.

    Only terms that the index holds.
    """
    return variants_of([word], vocabulary)[0]


def variants_of(words: Sequence[str], vocabulary: Vocabulary) -> list[list[Variant]]:
    """The variants of each word, at the cost of a few questions to the index for all of them."""
    exact = list(map(with_alef, words))
    candidates = _candidates_of(set(filter(None, exact)), vocabulary)
    held = _held((one for some in candidates.values() for one in some), vocabulary)
    found: dict[str, list[Variant]] = {"": []}
    for form, some in candidates.items():
        best: dict[tuple[Form, str], Variant] = {}
        for one in some:
            if held[one.form, one.text]:
                best.setdefault((one.form, one.text), one)
        found[form] = _one_name([*best.values()], held)
    return [found[form] for form in exact]


_Key = tuple[Table, str]
Counts = dict[tuple[Form, str], int]


def _candidates_of(exact: set[str], vocabulary: Vocabulary) -> dict[str, list[Variant]]:
    """What some exact forms mean; some of it more than once, some not held."""
    keys: dict[Table, dict[str, list[str]]] = {}
    for form in exact:
        for table, key in _questions(form):
            keys.setdefault(table, {})[key] = []
    for table, asked in keys.items():
        asked.update(zip(asked, vocabulary.keyed(table, list(asked)), strict=True))
    hidden = [term for terms in keys.get("hidden", {}).values() for term in terms]
    lemmas = vocabulary.frequencies("lemma", hidden) if hidden else []
    plain = {term for term, held in zip(hidden, lemmas, strict=True) if held}
    answers = {(table, key): terms for table, asked in keys.items() for key, terms in asked.items()}
    answers |= {
        ("hidden", key): [term for term in terms if term not in plain]
        for key, terms in keys.get("hidden", {}).items()
    }
    return {form: list(_candidates(form, answers)) for form in exact}


def _held(candidates: Iterator[Variant], vocabulary: Vocabulary) -> Counts:
    """In how many documents the index holds each of the candidates."""
    asked = dict.fromkeys((one.form, one.text) for one in candidates)
    held: Counts = {}
    for form in _FORMS:
        texts = [text for of, text in asked if of == form]
        counts = vocabulary.frequencies(form, texts) if texts else []
        held.update(((form, text), count) for text, count in zip(texts, counts, strict=True))
    return held


def _one_name(found: list[Variant], held: Counts) -> list[Variant]:
    """The variants, but of the Arabic names that a Latin word may spell only the likeliest.

    That is one that is nothing but a name, then the most frequent; with its own other spellings.
    """
    names = [one.text for one in found if one.why == "latin" and one.form == "lemma"]
    if len(names) < 2:
        return found
    first = max(names, key=lambda name: (remembered(name).origin in _NAMELIKE, held["lemma", name]))
    others = {name for name in names if name != first and not same_name(first, name)}
    return [one for one in found if one.why != "latin" or one.text not in others]


def _questions(exact: str) -> Iterator[_Key]:
    """What must be looked up by key to know what an exact form means."""
    found = remembered(exact)
    yield "readings", found.lemma
    if may_vary(found.lemma):
        for name in (found.lemma, *bared(found.lemma)):
            yield "names", sound(name)
    if found.origin in _NAMELIKE:
        yield "hidden", sound(found.lemma)
    elif may_hide_name(exact):
        yield "names", sound(exact)


def _candidates(exact: str, answers: Mapping[_Key, Sequence[str]]) -> Iterator[Variant]:
    yield Variant("exact", exact, "exact", _WEIGHTS["exact"], own=True)
    for text in careful_spellings(exact):
        yield Variant("exact", text, "inflected", _WEIGHTS["exact"], own=True)
    found = remembered(exact)
    if spelled := place_spellings(exact):
        for text in spelled[1:]:
            yield Variant("exact", text, "inflected", _PLACE, own=True)
        yield from _otherwise(exact, found.lemma)
        return
    yield Variant("lemma", found.lemma, "inflected", _WEIGHTS["inflected"], own=True)
    place = is_listed_place(exact)
    for other in found.others:
        if not place or other.origin == "name":
            yield Variant("lemma", other.lemma, _why(other.origin), _OTHER_READING)
    for text in answers["readings", found.lemma]:
        origin = next(one.origin for one in remembered(text).others if one.lemma == found.lemma)
        if place and not spells_place(text, exact):  # «his catch», صيده, is no Sidon
            continue
        if origin == "verb" and is_listed_name(exact):  # names do not conjugate: حسن, تحسن
            continue
        yield Variant("exact", text, _why(origin), _OTHER_READING)
    if may_vary(found.lemma):
        own = is_arab_place(exact)
        named = _named(found.lemma, answers)
        yield from (one for one in named if not own or loose(one.text) == loose(found.lemma))
    yield from _hidden(exact, found, answers)
    yield from _otherwise(exact, found.lemma)
    synonyms = user_words().synonyms
    for phrase in synonyms.get(exact) or synonyms.get(found.lemma, ()):
        if len(phrase) == 1:
            yield _variant("lemma", remembered(phrase[0]).lemma, "synonym")


def _otherwise(exact: str, lemma: str) -> Iterator[Variant]:
    """Digits for number words and back, abbreviations in full and back, the other script."""
    if linked := LINKS_OF_NAMES.get(exact):
        yield Variant("exact", linked, "inflected", _OTHER_READING)
    if number := otherwise_grouped(lemma):
        yield Variant("lemma", number, "inflected", _NUMBER)
    if digits := digits_of(exact):
        yield Variant("lemma", digits, "synonym", _NUMBER)
    for word in words_of(exact):
        yield Variant("lemma", word, "synonym", _NUMBER)
    for word in in_full(exact):
        yield _variant("lemma", remembered(word).lemma, "synonym")
    for short in in_short(lemma):
        yield _variant("exact", short, "synonym")
    for name in names_in_latin().get(exact) or ():
        yield _variant("lemma", remembered(fold(name)).lemma, "latin")
    for name in dict.fromkeys((exact, lemma)):
        for latin in latin_spellings(name):
            yield _variant("exact", latin, "latin")


def _variant(form: Form, text: str, why: Why) -> Variant:
    return Variant(form, text, why, _WEIGHTS[why])


def _why(origin: str) -> Why:
    return "broken-plural" if origin == "plural" else "inflected"


def _named(lemma: str, answers: Mapping[_Key, Sequence[str]]) -> Iterator[Variant]:
    """Terms that spell the same name, with or without a particle written onto them."""
    for mine in bared(lemma):
        for term in answers["names", sound(mine)]:
            if mine in bared(term):
                yield _variant("lemma", term, "inflected")
    for term, bare in _sounding(lemma, answers):
        if same_name(lemma, bare):
            yield _variant("lemma", term, "name-variant")


def _sounding(name: str, answers: Mapping[_Key, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Lemmas that sound like a name, as they are or without the particle, and which of the two."""
    key = sound(name)
    for term in answers["names", key]:
        for bare in bared(term):
            if sound(bare) == key:
                yield term, bare


def _hidden(
    exact: str, found: Analysis, answers: Mapping[_Key, Sequence[str]]
) -> Iterator[Variant]:
    """Spellings of a name that a far-fetched reading hides: كيفين, by rule a dual of كيف."""
    if found.origin in _NAMELIKE:
        for term in answers["hidden", sound(found.lemma)]:
            if may_hide_name(term) and same_name(found.lemma, term):
                yield _variant("exact", term, "name-variant")
    elif may_hide_name(exact):
        for term, bare in _sounding(exact, answers):
            if same_name(exact, bare) and remembered(term).origin in _NAMELIKE:
                yield _variant("lemma", term, "name-variant")
