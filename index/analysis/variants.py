"""Variants: every term of an index that a query word means, and why.

The index holds two forms of each word and never changes when ideas do; what is wider happens here,
on the query's side, over the terms that the index really has. A word's own two forms come first;
then its other readings (كتب is كتاب's plural and a verb), texts whose spelling leaves the same
reading open, spellings of the same name, and the user's synonyms.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol
from weakref import WeakKeyDictionary

from index.analysis.ambiguity import doubtful_spellings
from index.analysis.compounds import Rewriting, joined, splits
from index.analysis.lemmas import FORMS, Analysis, analyse, may_hide_name
from index.analysis.letters import fold
from index.analysis.lexicon import kind_of
from index.analysis.names import may_vary, same_name, sound
from index.analysis.userwords import user_words

Form = Literal["exact", "lemma"]
Why = Literal[
    "exact",
    "inflected",
    "broken-plural",
    "name-variant",
    "synonym",
    "family",
    "keyboard",
    "latin",
    "spelling",
    "prefix",
]


class Variant(NamedTuple):
    """An index term that a query word means, and why."""

    form: Form
    text: str
    why: Why
    weight: float


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


_WEIGHTS: dict[Why, float] = {
    "exact": 1.0,
    "inflected": 0.8,
    "broken-plural": 0.8,
    "name-variant": 0.7,
    "synonym": 0.5,
}
_OTHER_READING = 0.6
_CLITICS = "وفبلك"
_SHORTEST_NAME = 4
_NAMELIKE = ("unknown", "name")
_REMEMBERED = 10_000
_CARELESS = 10
"""The misspelling that a query may have and a text is not suspected of: ه for ة."""


class _Index:
    """What a vocabulary is asked again and again: its sorted terms, and names by their sound."""

    def __init__(self, vocabulary: Vocabulary, exact: Sequence[str]) -> None:
        self.exact = exact
        self.exact_set = frozenset(exact)
        self.ambiguous: dict[str, list[tuple[str, Why]]] = {}
        self.lemmas = frozenset(vocabulary.terms("lemma"))
        self.names: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for lemma in self.lemmas:
            if may_vary(lemma) and lemma[0] > "~":
                for bare in _bared(lemma):
                    self.names[sound(bare)].append((lemma, bare))

    @cached_property
    def inflected(self) -> dict[str, list[str]]:
        """By their sound, the exact terms that are no lemmas and might be names after all."""
        found: dict[str, list[str]] = defaultdict(list)
        for term in self.exact:
            if len(term) > _SHORTEST_NAME and term[0] > "~" and term not in self.lemmas:
                found[sound(term)].append(term)
        return found

    def has(self, form: Form, text: str) -> bool:
        return text in (self.exact_set if form == "exact" else self.lemmas)


_INDEXES: WeakKeyDictionary[Vocabulary, _Index] = WeakKeyDictionary()


def _index_of(vocabulary: Vocabulary) -> _Index:
    """The tables of a vocabulary, made again when its terms have changed."""
    found = _INDEXES.get(vocabulary)
    terms = vocabulary.terms("exact")
    if found is None or (terms is not found.exact and terms != found.exact):
        found = _INDEXES[vocabulary] = _Index(vocabulary, terms)
    return found


def variants(word: str, vocabulary: Vocabulary) -> list[Variant]:
    """Every index term that a query word means, and why; its own forms first, each term once.

    Only terms that the index holds. The first call on a vocabulary reads its terms.
    """
    exact = FORMS[word][0]
    if not exact:
        return []
    index = _index_of(vocabulary)
    best: dict[tuple[Form, str], Variant] = {}
    for one in _candidates(exact, analyse(exact), index):
        place = (one.form, one.text)
        if place not in best and index.has(*place):
            best[place] = one
    return list(best.values())


def _candidates(exact: str, found: Analysis, index: _Index) -> Iterator[Variant]:
    yield _variant("exact", exact, "exact")
    yield _variant("lemma", found.lemma, "inflected")
    for other in found.others:
        yield Variant("lemma", other.lemma, _why(other.origin), _OTHER_READING)
    for text, why in _readable_as(found.lemma, index):
        yield Variant("exact", text, why, _OTHER_READING)
    if may_vary(found.lemma):
        yield from _named(found.lemma, index)
    yield from _hidden(exact, found, index)
    synonyms = user_words().synonyms
    for phrase in synonyms.get(exact) or synonyms.get(found.lemma, ()):
        if len(phrase) == 1:
            yield _variant("lemma", analyse(phrase[0]).lemma, "synonym")


def _variant(form: Form, text: str, why: Why) -> Variant:
    return Variant(form, text, why, _WEIGHTS[why])


def _readable_as(lemma: str, index: _Index) -> list[tuple[str, Why]]:
    """Exact terms that were given another lemma but can be read as this one too."""
    found = index.ambiguous.get(lemma)
    if found is None:
        found = [
            (term, _why(other.origin))
            for term in sorted(index.exact_set.intersection(doubtful_spellings(lemma)))
            for other in analyse(term).others
            if other.lemma == lemma and other.misspelled < _CARELESS
        ]
        if len(index.ambiguous) >= _REMEMBERED:
            index.ambiguous.clear()
        index.ambiguous[lemma] = found
    return found


def _why(origin: str) -> Why:
    return "broken-plural" if origin == "plural" else "inflected"


def _named(lemma: str, index: _Index) -> Iterator[Variant]:
    """Terms that spell the same name, with or without a particle written onto them."""
    for mine in _bared(lemma):
        for term, bare in index.names.get(sound(mine), ()):
            if bare == mine:
                yield _variant("lemma", term, "inflected")
    for term, bare in index.names.get(sound(lemma), ()):
        if same_name(lemma, bare):
            yield _variant("lemma", term, "name-variant")


def _hidden(exact: str, found: Analysis, index: _Index) -> Iterator[Variant]:
    """Spellings of a name that a far-fetched reading hides: كيفين, by rule a dual of كيف."""
    if found.origin in _NAMELIKE:
        for term in index.inflected.get(sound(found.lemma), ()):
            if may_hide_name(term) and same_name(found.lemma, term):
                yield _variant("exact", term, "name-variant")
    elif may_hide_name(exact):
        for term, bare in index.names.get(sound(exact), ()):
            if same_name(exact, bare) and analyse(term).origin in _NAMELIKE:
                yield _variant("lemma", term, "name-variant")


def _bared(lemma: str) -> list[str]:
    """A name as it stands and without the particle that may be written onto it: وواشنطن."""
    if lemma[0] in _CLITICS and len(lemma) > _SHORTEST_NAME and not kind_of(lemma):
        return [lemma, lemma[1:]]
    return [lemma]


def joined_variants(words: Sequence[str], vocabulary: Vocabulary) -> list[Rewriting]:
    """The other ways to write neighbouring words of a query: two as one, one as two, synonyms.

    Only what the index holds. Read `spelled` as a phrase in the place of `words[start:end]`, each
    of its words with its own `variants`.
    """

    def known(word: str) -> bool:
        return bool(variants(word, vocabulary))

    exact = [FORMS[word][0] for word in words]
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


def reason(query_word: str, text_word: str) -> Why:
    """Why a written word matched a word of a query."""
    asked, read = fold(query_word), fold(text_word)
    if asked == read:
        return "exact"
    mine, yours = analyse(asked), analyse(read)
    if _share(mine, yours):
        plural = "plural" in (mine.origin, yours.origin) and mine.origin != yours.origin
        return "broken-plural" if plural else "inflected"
    if _is_name_variant(_as_name(asked, mine), _as_name(read, yours)):
        return "name-variant"
    if (read,) in user_words().synonyms.get(asked, ()):
        return "synonym"
    return "inflected"


def _share(mine: Analysis, yours: Analysis) -> bool:
    return not _lemmas(mine).isdisjoint(_lemmas(yours))


def _lemmas(found: Analysis) -> set[str]:
    return {found.lemma, *(other.lemma for other in found.others)}


def _as_name(exact: str, found: Analysis) -> str:
    return exact if may_hide_name(exact) else found.lemma


def _is_name_variant(mine: str, yours: str) -> bool:
    spelled: Iterable[str] = _bared(yours) if may_vary(yours) else (yours,)
    return any(same_name(mine, one) for one in spelled)
