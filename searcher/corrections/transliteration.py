"""Latin: Arabic words typed in Latin letters, as names are transcribed and as people chat.

alsafir, daesh, al-jazaer, moscow, and the chat alphabet's digits (ma7kama, 9aroo5). Both scripts
are first reduced to the consonants they agree on, which finds the few words of the index that could
be meant; each is then aligned with what was typed, letter by letter. A word that the language knows
and that fits better than anything in the index wins, and then nothing is offered: qatar is قطر, so
it is not قطار where only that occurs.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import product
from weakref import WeakKeyDictionary

from index import Vocabulary, analysis
from searcher.corrections.alignment import GRAPHEMES, SILENT, cost_of

_LIMIT = 1.2
"""The cost of an alignment above which a word is not what was typed."""
_RARITY = 0.02
"""What each tenth of a power of ten in rarity weighs against the alignment."""
_RAREST = 45
_RARITY_OF_UNKNOWN = 23
_OFTEN = 3
"""The logarithm of how often the index must have a word for it to be half as likely as any."""
_MARGIN = 0.03
"""How much worse than the best word of the language a word of the index may fit."""

_ARTICLE = re.compile("(?:al|el|ul)[- ]?(?=..)|a([dnrstz]|sh)-(?=..)")
_DEFINITE = re.compile("^[وفبك]?ال|^[وف]?لل")
_MOST_KEYS = 64

# Consonants that one script confuses, under one letter; the rest, weak, are left out.
_CLASSES = {
    letter: group[0]
    for group in ("ب", "تط", "ث", "ج", "ح", "خ", "دض", "ذزظ", "ر", "سص", "ش", "غ", "ف", "قك")
    for letter in group
} | {letter: letter for letter in "لمن"}


def arabic_for(typed: str, vocabulary: Vocabulary) -> list[tuple[str, float]]:
    """The words of an index that a Latin word may spell, the likeliest first, each with 0 to 1."""
    word = typed.lower().replace("’", "'").replace("`", "'")
    if not re.fullmatch("[a-z0-9'-]+", word) or not re.search("[a-z]", word):
        return []
    best: dict[str, float] = {}
    for bare, article in _without_article(word):
        ceiling = _best_of_language(bare)
        for term in _candidates(bare, vocabulary):
            cost = cost_of(bare, term)
            if cost > _LIMIT or cost + _RARITY * _rarity(term) > ceiling + _MARGIN:
                continue
            chosen, frequency = _written(term, article, vocabulary)
            score = math.exp(-cost) * _weight(frequency)
            best[chosen] = max(best.get(chosen, 0.0), score)
    return sorted(best.items(), key=lambda one: -one[1])


def _without_article(word: str) -> Iterator[tuple[str, bool]]:
    """A word as it stands, and without the article it may begin with."""
    yield word.replace("-", ""), False
    if found := _ARTICLE.match(word):
        yield word[found.end() :].replace("-", ""), True


def _written(bare: str, article: bool, vocabulary: Vocabulary) -> tuple[str, int]:
    """A word as the index has it more often, with or without the article, and how often."""
    often = {one: vocabulary.frequency("exact", one) for one in (bare, "ال" + bare)}
    chosen = max(often, key=lambda one: (often[one] > 0, article == (one != bare), often[one]))
    return chosen, sum(often.values()) or vocabulary.frequency("lemma", analysis.forms(bare)[1])


def _weight(frequency: int) -> float:
    return math.log1p(frequency) / (math.log1p(frequency) + _OFTEN)


def _candidates(word: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The words of an index, without article, whose consonants are those of a Latin word."""
    table = _table_of(vocabulary)
    for key in _keys_of_latin(word):
        yield from table.get(key, ())


_Table = dict[str, list[str]]
_TABLES: WeakKeyDictionary[Vocabulary, tuple[Sequence[str], _Table]] = WeakKeyDictionary()


def _table_of(vocabulary: Vocabulary) -> _Table:
    """Terms by their consonants; some tenths of a second for a large index, once."""
    terms = vocabulary.terms("exact")
    known = _TABLES.get(vocabulary)
    if known is None or (known[0] is not terms and known[0] != terms):
        known = _TABLES[vocabulary] = terms, _tabulated(terms)
    return known[1]


def _tabulated(terms: Iterable[str]) -> _Table:
    words = {term for term in terms if len(term) > 1 and "ء" <= term[0] <= "ي"}
    words |= {rest for term in words if len(rest := _DEFINITE.sub("", term)) > 1}
    table: _Table = defaultdict(list)
    for word in words:
        if not analysis.is_stopword(word):
            table[_key(word)].append(word)
    return dict(table)


def _key(arabic: str) -> str:
    classes = (_CLASSES.get(letter, "") for letter in arabic)
    return _without_repeats("".join(classes))


def _without_repeats(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", text)


@lru_cache(256)
def _keys_of_latin(word: str) -> frozenset[str]:
    """Every key that a Latin word may have."""
    options = []
    at = 0
    while at < len(word):
        size = next((n for n in (3, 2, 1) if word[at : at + n] in GRAPHEMES), 0)
        grapheme = word[at : at + max(size, 1)]
        letters = GRAPHEMES.get(grapheme, ())
        keys = {_key(one.replace("+", "")) for one in letters}
        if at and grapheme in SILENT:
            keys.add("")
        options.append(sorted(keys))
        at += max(size, 1)
    count = math.prod(map(len, options))
    while count > _MOST_KEYS * 8:  # too many to try: keep the likelier half of the widest choice
        widest = max(range(len(options)), key=lambda i: len(options[i]))
        options[widest] = options[widest][: max(1, len(options[widest]) // 2)]
        count = math.prod(map(len, options))
    return frozenset(_without_repeats("".join(one)) for one in product(*options))


@cache
def _language() -> _Table:
    """The lemmas of the language by their consonants."""
    return _tabulated(analysis.known_lemmas())


def _rarity(word: str) -> int:
    rarity = analysis.rarity(word)
    if rarity is None:
        rarity = analysis.rarity(analysis.forms(word)[1])
    return _RARITY_OF_UNKNOWN if rarity is None else min(rarity, _RAREST)


@lru_cache(256)
def _best_of_language(word: str) -> float:
    """The least cost of any lemma for a Latin word, its rarity included."""
    lemmas = {one for key in _keys_of_latin(word) for one in _language().get(key, ())}
    return min((cost_of(word, one) + _RARITY * _rarity(one) for one in lemmas), default=math.inf)
